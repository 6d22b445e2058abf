package notes

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// chebyshev returns the polynomials T₁ … T_degree at x, which lie between −1 and 1 there. A constant
// comes with the layer's bias.
func chebyshev(x float64, degree int) []float64 {
	t := []float64{1, x}
	for len(t) <= degree {
		n := len(t)
		t = append(t, 2*x*t[n-1]-t[n-2])
	}
	return t[1 : degree+1]
}

// A fitted is a polynomial that was trained.
type fitted struct {
	degree int
	layer  *nn.Linear
}

func (f fitted) features(xs []float64) []float64 {
	var all []float64
	for _, x := range xs {
		all = append(all, chebyshev(x, f.degree)...)
	}
	return all
}

// at returns what the polynomial predicts.
func (f fitted) at(x float64) float64 {
	return nn.Predict(f.layer, f.features([]float64{x}), 1, f.degree)[0]
}

// loss returns the mean of the squared errors on a set.
func (f fitted) loss(set *data.Set) float64 {
	tape := reverse.NewTape()
	b := set.Batch()
	return nn.MSE(f.layer.Forward(tape.Const(f.features(b.X), set.Len(), f.degree)), tape.Const(b.Y, set.Len(), 1)).Value()
}

// fit trains a polynomial on a set, with a penalty on its coefficients.
func fit(set *data.Set, degree int, penalty func(reverse.Array) reverse.Array) fitted {
	f := fitted{degree, nn.NewLinear(degree, 1, seeded(9))}
	clear(f.layer.Weight.Value)
	clear(f.layer.Bias.Value)
	b := set.Batch()
	x := f.features(b.X)
	tape := reverse.NewTape()
	opt := optim.NewLBFGS()
	opt.Iterations = 3000
	_, err := opt.Minimize(f.layer.Params(), func() float64 {
		tape.Reset()
		loss := nn.MSE(f.layer.Forward(tape.Const(x, set.Len(), degree)), tape.Const(b.Y, set.Len(), 1))
		if penalty != nil {
			loss = loss.Add(nn.Penalty(loss, []*nn.Param{f.layer.Weight}, penalty))
		}
		loss.Backward()
		return loss.Value()
	})
	if err != nil {
		panic(fmt.Sprintf("notes: %v", err)) // the data are those below, and finite
	}
	return f
}

func overfitting(s *sheet) {
	const most = 12
	truth := func(x float64) float64 { return math.Sin(3 * x) }
	train := data.Curve(seeded(83), 24, truth, -1, 1, 0.25)
	test := data.Curve(seeded(22), 400, truth, -1, 1, 0.25)

	s.p("A model that is too stiff misses what is there; one that is too loose learns the noise along with it. The error on the samples that were learned from does not tell the two apart. The error on others does, and the gap between them has a name.")
	s.eq(18, "E_gen = E_out − E_in")
	var fits []fitted
	degrees := span(1, most, most-1)
	var in, out []float64
	for degree := 1; degree <= most; degree++ {
		f := fit(train, degree, nil)
		fits = append(fits, f)
		in, out = append(in, f.loss(train)), append(out, f.loss(test))
	}
	draw := func(title string, f fitted) *plot {
		p := newPlot(axes{x0: -1, x1: 1, y0: -2, y1: 2, title: title, xTitle: "x"})
		p.curve("k4", truth)
		p.curve("k1", f.at)
		b := train.Batch()
		p.dots("d2", 2.6, b.X, b.Y)
		return p
	}
	best := 0
	for k := range out {
		if out[k] < out[best] {
			best = k
		}
	}
	s.figure(fmt.Sprintf("Figure 1 as an experiment: polynomials of three degrees, trained by L-BFGS on the same 24 noisy samples of a sine (gray). Of all degrees up to %d, degree %d does best on new samples.", most, best+1),
		draw("Degree 1: too stiff", fits[0]).done("A straight line misses the sine."), draw(fmt.Sprintf("Degree %d: right", best+1), fits[best]).done("The curve follows the sine."), draw(fmt.Sprintf("Degree %d: too loose", most), fits[most-1]).done("The curve runs through every sample and swings between them."))
	errors := newPlot(axes{x0: 1, x1: most, y0: 0.005, y1: 5, logY: true, title: "Errors by degree", xTitle: "degree"})
	errors.line("k1", degrees, in)
	errors.line("k2", degrees, out)
	errors.key("k1", "E_in")
	errors.key("k2", "E_out")
	var rows [][]string
	for _, k := range []int{0, 2, best, 8, most - 1} {
		if k > 0 && len(rows) > 0 && rows[len(rows)-1][0] == fmt.Sprint(k+1) {
			continue
		}
		rows = append(rows, []string{fmt.Sprint(k + 1), num(in[k]), num(out[k]), num(out[k] - in[k])})
	}
	s.figure("E_in only ever falls. E_out falls, and rises again: the gap is what was learned of the noise. The noise itself has a variance of 0.0625, below which no model gets on average.", errors.done("One line falls all the way, the other rises at high degrees."))
	s.table("Errors of the polynomials", []string{"degree", "E_in", "E_out", "E_gen"}, rows)

	s.h("Regularization")
	s.eq(19, "L_reg(θ) = L(θ) + Ω(θ)")
	s.p("A penalty Ω makes large parameters cost something. L2, Ω = λ‖θ‖², draws all of them towards 0; its gradient 2λθ is a weight decay of 2λ, though for plain gradient descent alone. L1, Ω = λ‖θ‖₁, has the same slope however small a parameter is, so that many become 0; at 0 itself the subgradient 0 is taken.")
	lambdas := []float64{1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 1}
	reg := newPlot(axes{x0: 1e-5, x1: 1, y0: 0.005, y1: 5, logX: true, logY: true, title: fmt.Sprintf("L2 on degree %d", most), xTitle: "λ"})
	var regIn, regOut []float64
	tamed, least := fits[most-1], math.Inf(1)
	lambda := 0.0
	for _, l := range lambdas {
		f := fit(train, most, func(w reverse.Array) reverse.Array { return nn.L2(w, l) })
		regIn, regOut = append(regIn, f.loss(train)), append(regOut, f.loss(test))
		if e := f.loss(test); e < least {
			tamed, least, lambda = f, e, l
		}
	}
	reg.line("k1", lambdas, regIn)
	reg.line("k2", lambdas, regOut)
	reg.key("k1", "E_in")
	reg.key("k2", "E_out")
	sizes := newPlot(axes{x0: 0.5, x1: most + 0.5, y0: 0, y1: 1.2, title: "Sizes of the coefficients", xTitle: "degree of its term"})
	for k := range most {
		sizes.bar("b1", float64(k+1)-0.18, 0.32, math.Abs(fits[most-1].layer.Weight.Value[k]))
		sizes.bar("b2", float64(k+1)+0.18, 0.32, math.Abs(tamed.layer.Weight.Value[k]))
	}
	s.figure(fmt.Sprintf("The loosest polynomial with a penalty. At λ = %g its error on new samples is %s, where it was %s without one. The bars are its coefficients, without the penalty (gray) and with it; those above 1.2 are cut.", lambda, num(least), num(out[most-1])),
		reg.done("The error on new samples has its least value in between."), draw(fmt.Sprintf("Degree %d, λ = %g", most, lambda), tamed).done("The curve follows the sine again."), sizes.done("The penalty makes the coefficients of high terms small."))
	s.early(train, test)
	s.p("Data augmentation makes more samples of those that there are, by changes that leave the answer as it is: the next picture shows it for a digit. Dropout has a chapter of its own.")
	s.augmented()
	s.sources("Abu-Mostafa, Magdon-Ismail and Lin, Learning from data (2012), for the errors; the sign of the gap varies between authors.", "Loshchilov and Hutter, Decoupled weight decay regularization (2019), arXiv:1711.05101.", "Parikh and Boyd, Proximal algorithms (2014), for exact zeros by L1.")
}

// early shows early stopping: a network's errors over its training.
func (s *sheet) early(train, test *data.Set) {
	rng := seeded(31)
	net := nn.Sequential{nn.NewLinear(1, 40, rng), nn.Tanh{}, nn.NewLinear(40, 40, rng), nn.Tanh{}, nn.NewLinear(40, 1, rng)}
	opt := optim.NewAdam(0.01)
	tape := reverse.NewTape()
	params := net.Params()
	a, b := train.Batch(), test.Batch()
	var steps, in, out []float64
	for step := range 1200 {
		tape.Reset()
		loss := nn.MSE(net.Forward(tape.Const(a.X, train.Len(), 1)), tape.Const(a.Y, train.Len(), 1))
		if step%20 == 0 {
			other := nn.MSE(net.Forward(tape.Const(b.X, test.Len(), 1)), tape.Const(b.Y, test.Len(), 1))
			steps, in, out = append(steps, float64(step)), append(in, loss.Value()), append(out, other.Value())
		}
		loss.Backward()
		opt.Step(params)
	}
	best := 0
	for k := range out {
		if out[k] < out[best] {
			best = k
		}
	}
	p := newPlot(axes{x0: 0, x1: 1200, y0: 0.01, y1: 2, logY: true, title: "Errors of a network by steps", xTitle: "steps of Adam"})
	p.line("k1", steps, in)
	p.line("k2", steps, out)
	p.key("k1", "E_in")
	p.key("k2", "E_out")
	p.dots("d5", 4, steps[best:best+1], out[best:best+1])
	s.figure(fmt.Sprintf("Early stopping: a network of 40 and 40 units is best after %.0f steps, with an E_out of %s. At the end it is %s, while E_in has fallen on to %s. The trainer of package nn keeps the best, and stops when there has been none for a while.", steps[best], num(out[best]), num(out[len(out)-1]), num(in[len(in)-1])),
		p.done("The error on new samples falls, and then rises."))
}

// augmented shows a digit with random changes.
func (s *sheet) augmented() {
	digits := data.Digits()
	d := &drawing{w: 350, h: 190}
	for k, a := range []struct {
		name string
		data.Augmentation
	}{
		{"as it is", nil}, {"shift", data.Shift(1)}, {"rotate", data.Rotate(20)}, {"zoom", data.Zoom(0.7, 1.2)},
		{"noise", data.Noise(0.15)}, {"cutout", data.Cutout(3)}, {"shift", data.Shift(1)}, {"rotate", data.Rotate(20)},
	} {
		x := append([]float64(nil), digits.Sample(3)...)
		if a.Augmentation != nil {
			a.Augmentation(seeded(uint64(40+k)), x, digits.Shape)
		}
		left, top := float64(88*(k%4)), float64(95*(k/4))
		d.text("mu", left, top+12, "start", a.name)
		d.pixels(left, top+18, 9, digits.Shape[2], x)
	}
	s.figure("A digit of the embedded set, and seven random changes of it.", d.done("Eight images of the digit three."))
}

package notes

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// moments returns mean and variance of a batch, by the tape's arrays.
func moments(x []float64) (mean, variance float64) {
	a := reverse.NewTape().Const(x, len(x))
	return a.Mean().Value(), a.Variance(0).Value()
}

// deep is a chain of twelve layers of 32 units with tanh, with batch normalization or without, whose
// weights are scaled by a factor.
func deep(normalize bool, factor float64) nn.Sequential {
	rng := seeded(3)
	var net nn.Sequential
	for range 12 {
		l := nn.NewLinear(32, 32, rng)
		for i := range l.Weight.Value {
			l.Weight.Value[i] *= factor
		}
		net = append(net, l)
		if normalize {
			net = append(net, nn.NewBatchNorm1D(32))
		}
		net = append(net, nn.Tanh{})
	}
	return net
}

// depth returns, for every activation of a chain, the deviation of its results, and the size of the
// gradient of the loss in the weights before it.
func depth(net nn.Sequential) (deviation, gradient []float64) {
	rng := seeded(4)
	x := make([]float64, 64*32)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	y := reverse.NewTape().Const(x, 64, 32)
	for _, l := range net {
		y = l.Forward(y)
		if _, ok := l.(nn.Tanh); ok {
			_, v := moments(y.Values())
			deviation = append(deviation, math.Sqrt(v))
		}
	}
	y.SumSq().Scale(0.5).Backward()
	for _, l := range net {
		if l, ok := l.(*nn.Linear); ok {
			gradient = append(gradient, float64(ad.Norm2(reals(l.Weight.Grad...))))
		}
	}
	return deviation, gradient
}

func normalization(s *sheet) {
	s.p("Batch normalization gives every feature of a layer's input the mean 0 and the variance 1 over the batch, and then lets the layer learn another mean β and another deviation γ. (Ioffe and Szegedy 2015.)")
	s.eq(14, "bn(a) = γ·(a − μ)/√(s + ε) + β")
	s.eq(15, "μⱼ = (1/m) Σᵢ xᵢ[j]")
	s.eq(16, "sⱼ = (1/m) Σᵢ (xᵢ[j] − μⱼ)²")

	x := []float64{0, 0, 0, 0, 0, 0, 0, 0, 0, 10}
	mean, variance := moments(x)
	layer := nn.NewBatchNorm1D(1)
	layer.Epsilon = 1e-12
	z := layer.Forward(reverse.NewTape().Const(x, len(x), 1)).Values()
	printed := make([]float64, len(x))
	sixteen := 0.0
	for i, v := range x {
		printed[i] = (v - mean) / variance
		sixteen += (v - 1/float64(len(x))) * (v - 1/float64(len(x))) / float64(len(x))
	}
	_, after := moments(z)
	_, wrong := moments(printed)
	s.p("Nine zeros and a ten have the mean %s and the variance %s. The ten lies three deviations from the mean.", num(mean), num(variance))
	s.table("Nine zeros and a ten", []string{"", "the zeros become", "the ten becomes", "variance afterwards"}, [][]string{
		{"the layer", fix(z[0], 4), fix(z[9], 4), fix(after, 4)},
		{"equation 14 as printed", fix(printed[0], 4), fix(printed[9], 4), fix(wrong, 4)},
	})
	s.misprint(14, "it divides by the variance and not by its root, so that the result has the variance 1 only if it had it before. It also lacks ε, γ and β.")
	s.misprint(15, "the sum runs over j, which is the feature already. It runs over the samples.")
	s.misprint(16, "it subtracts 1/|B| in place of the mean, and gives %s here where the variance is %s.", num(sixteen), num(variance))
	s.p("Nor does it scale to [−1, 1], as the text says: the ten becomes 3. All that holds is |z| ≤ √(m − 1), which is %s for ten samples, and is reached here.", num(math.Sqrt(9)))

	rng := rand.New(rand.NewPCG(5, 6))
	const n = 400
	raw := make([]float64, n)
	for i := range raw {
		raw[i] = 3 + 2*rng.NormFloat64()
	}
	bn := nn.NewBatchNorm1D(1)
	scaled := bn.Forward(reverse.NewTape().Const(raw, n, 1)).Values()
	bn.Weight.Value[0], bn.Bias.Value[0] = 0.5, -2
	learned := bn.Forward(reverse.NewTape().Const(raw, n, 1)).Values()
	draw := func(title string, x []float64) *plot {
		m, v := moments(x)
		p := newPlot(axes{x0: -5, x1: 10, y0: 0, y1: 110, title: title})
		for lo := -5.0; lo < 10; lo += 0.5 {
			count := 0
			for _, v := range x {
				if v >= lo && v < lo+0.5 {
					count++
				}
			}
			p.bar("b1", lo+0.25, 0.46, min(float64(count), 110))
		}
		p.text(10, 100, 0, 0, "end", fmt.Sprintf("mean %s, deviation %s", fix(m, 2), fix(math.Sqrt(v), 2)))
		return p
	}
	s.figure("400 numbers before normalization, after it, and with γ = 0.5 and β = −2, which training may choose.",
		draw("Before", raw).done("A heap around 3."), draw("Normalized", scaled).done("A heap around 0, of deviation 1."), draw("With γ and β", learned).done("A narrow heap around −2."))

	s.h("A chain of layers")
	s.eq(17, "X⁽⁰⁾ → X⁽¹⁾ → X⁽²⁾ → … → X⁽ⁿ⁾")
	s.misprint(17, "the arrows point the other way. X⁽ᵏ⁾ is the input of layer k + 1, and depends on X⁽ᵏ⁻¹⁾.")
	s.p("When parameters move, the inputs of all later layers move along: that change in the distribution of inputs (not of parameters) is what the authors named internal covariate shift. Whether it is the reason has been disputed since; a smoother loss is another explanation (Santurkar and others 2018). What can be seen at once is the scale. In twelve layers with small weights the signal fades, and with it the gradient of the early layers.")
	deviation := newPlot(axes{x0: 1, x1: 12, y0: 0.05, y1: 2, logY: true, title: "Deviation of the results", xTitle: "layer"})
	gradient := newPlot(axes{x0: 1, x1: 12, y0: 1e-3, y1: 1e3, logY: true, title: "Gradient in the weights", xTitle: "layer"})
	layers := span(1, 12, 11)
	var rows [][]string
	for k, normalize := range []bool{false, true} {
		d, g := depth(deep(normalize, 0.8))
		class, name := []string{"k1", "k2"}[k], []string{"plain", "with batch norm"}[k]
		for p, ys := range map[*plot][]float64{deviation: d, gradient: g} {
			p.line(class, layers, ys)
			p.key(class, name)
		}
		rows = append(rows, []string{name, num(d[0]), num(d[11]), num(g[0]), num(g[11])})
	}
	s.figure("Twelve layers of 32 units with tanh, at the usual initialization times 0.8, and a batch of 64.",
		deviation.done("Without normalization the deviation falls layer by layer; with it, it stays."), gradient.done("The gradients of plain layers are small; those with normalization are not."))
	s.table("The first and the last of the twelve layers", []string{"", "deviation, first", "deviation, last", "gradient, first", "gradient, last"}, rows)
	s.sources("Ioffe and Szegedy, Batch normalization (2015), arXiv:1502.03167, algorithms 1 and 2.", "Santurkar and others, How does batch normalization help optimization? (2018), arXiv:1805.11604.")
}

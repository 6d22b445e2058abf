package notes

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

func dropout(s *sheet) {
	const n, rate = 16, 0.4
	s.p("Dropout leaves out units at random, others at every step, so that none can rely on what a certain other one does. After training all of them take part.")
	s.eq(0, "in training:  y = mask ⊙ x/(1 − p),   P(mask = 0) = p;    afterwards:  y = x")
	s.p("Algorithm 1 of the Reviews calls p the probability to keep, as Srivastava and others did; libraries mean the probability to drop, and so does this page.")

	x := make([]float64, n)
	for i := range x {
		x[i] = 1 + math.Round(10*math.Sin(float64(i)))/20
	}
	drop := nn.NewDropout(rate, seeded(51))
	d := &drawing{w: 470, h: 208}
	label := func(row int, text string) { d.text("mu", 0, float64(36+34*row), "start", text) }
	label(0, "x")
	d.cells(96, 20, 23, n, x, nil)
	for k := range 3 {
		tape := reverse.NewTape()
		in := tape.Param(x, nil, n)
		y := drop.Forward(in)
		y.Sum().Backward()
		values := y.Values()
		label(k+1, fmt.Sprintf("in training, %d", k+1))
		d.cells(96, float64(20+34*(k+1)), 23, n, values, func(_, i int) string {
			if values[i] == 0 {
				return "c-pad"
			}
			return "c-on"
		})
		if k == 2 {
			slopes := in.Grad()
			label(4, "its slopes")
			d.cells(96, float64(20+34*4), 23, n, slopes, func(_, i int) string {
				if slopes[i] == 0 {
					return "c-pad"
				}
				return "c-hot"
			})
		}
	}
	s.figure(fmt.Sprintf("Sixteen numbers, and three passes through a dropout of %g. What stays is divided by %g. The last row is the tape's gradient of the sum in the third pass: dropped units get none.", rate, 1-rate),
		d.done("Rows of numbers, some of them left out."))

	s.h("Without the division, training and use are two different networks")
	var kept, sums, plain []float64
	for k := 0; k <= 9; k++ {
		p := float64(k) / 10
		const m = 20000
		ones := make([]float64, m)
		for i := range ones {
			ones[i] = 1
		}
		y := nn.NewDropout(p, seeded(uint64(60+k))).Forward(reverse.NewTape().Const(ones)).Values()
		left := 0.0
		for _, v := range y {
			if v != 0 {
				left++ // unscaled, it is 1
			}
		}
		kept, sums, plain = append(kept, p), append(sums, float64(ad.Mean(reals(y...)))), append(plain, left/m)
	}
	p := newPlot(axes{x0: 0, x1: 0.9, y0: 0, y1: 1.4, title: "Mean of 20000 ones, in training", xTitle: "drop probability"})
	p.line("k1", kept, sums)
	p.dots("d1", 2.6, kept, sums)
	p.line("k2", kept, plain)
	p.dots("d2", 2.6, kept, plain)
	p.key("k1", "the layer")
	p.key("k2", "Algorithm 1")
	s.figure("Afterwards the mean is 1. The layer gives 1 in training, too, up to chance.", p.done("A level line at 1, and one that falls from 1 to 0.1."))
	s.misprint(0, "Algorithm 1 does not scale. At a drop probability of %g the next layer sees sums of %s in training for 1 afterwards: after ten such layers a factor of %s.", kept[5], fix(plain[5], 2), num(math.Pow(plain[5], 10)))

	s.h("Many networks in one")
	var outputs []float64
	net := nn.Sequential{nn.NewLinear(4, 64, seeded(71)), nn.ReLU{}, nn.NewDropout(0.5, seeded(72)), nn.NewLinear(64, 1, seeded(73))}
	in := []float64{1, -0.5, 0.3, 2}
	for range 500 {
		outputs = append(outputs, net.Forward(reverse.NewTape().Const(in, 1, 4)).Value())
	}
	nn.SetTraining(net, false)
	whole := net.Forward(reverse.NewTape().Const(in, 1, 4)).Value()
	mean, variance := moments(outputs)
	lo, hi := mean-3.5*math.Sqrt(variance), mean+3.5*math.Sqrt(variance)
	h := newPlot(axes{x0: lo, x1: hi, y0: 0, y1: 70, title: "Results of 500 passes in training", xTitle: "result"})
	const bins = 28
	for k := range bins {
		a, b := lo+(hi-lo)*float64(k)/bins, lo+(hi-lo)*float64(k+1)/bins
		count := 0
		for _, v := range outputs {
			if v >= a && v < b {
				count++
			}
		}
		h.bar("b1", (a+b)/2, (b-a)*0.9, float64(count))
	}
	h.line("k2", []float64{whole, whole}, []float64{0, 70})
	s.figure(fmt.Sprintf("One input, 500 masks: every mask is a network of its own. Their mean is %s; the whole network, used once, says %s (dashed). Here the layer behind is linear, and the two agree up to chance.", num(mean), num(whole)), h.done("A heap of results around that of the whole network."))
	s.sources("Srivastava and others, Dropout (2014), Journal of Machine Learning Research 15.", "Hinton and others, Improving neural networks by preventing co-adaptation of feature detectors (2012), arXiv:1207.0580.")
}

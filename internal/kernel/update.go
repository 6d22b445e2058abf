package kernel

import "math"

// SGD changes the parameters p by a step of gradient descent against g, to which
// decay·p is added first: by -rate·g where mu is 0, else by -rate·v of the
// velocity v = mu·v + g, or by -rate·(g + mu·v) if nesterov. v may be nil where
// mu is 0. These are the formulas of PyTorch's SGD without dampening.
func SGD(p, v, g []float64, rate, decay, mu float64, nesterov bool) {
	length("SGD", "g", len(g), len(p))
	if mu == 0 {
		loop{use.descend, [4][]float64{p, g}, [8]float64{rate, decay}}.run()
		return
	}
	length("SGD", "v", len(v), len(p))
	step := use.momentum
	if nesterov {
		step = use.nesterov
	}
	loop{step, [4][]float64{p, v, g}, [8]float64{rate, decay, mu}}.run()
}

// Adam changes the parameters p by step number t, from 1 on, of Adam: Kingma and
// Ba (2015), algorithm 1, with m and v the moments. decay·p is added to the
// gradient, and weight decay apart from the gradient (Loshchilov and Hutter,
// 2019) multiplies p by 1-rate·decoupled first. Where the square of a gradient
// overflows v is +Inf from then on, and p stays but for its decay.
func Adam(p, m, v, g []float64, t int, rate, beta1, beta2, epsilon, decay, decoupled float64) {
	length("Adam", "m", len(m), len(p))
	length("Adam", "v", len(v), len(p))
	length("Adam", "g", len(g), len(p))
	first := 1 - math.Pow(beta1, float64(t))
	second := 1 - math.Pow(beta2, float64(t))
	loop{use.adam, [4][]float64{p, m, v, g},
		[8]float64{rate / first, 1 - rate*decoupled, decay, 1 - beta1, beta2, 1 - beta2, 1 / math.Sqrt(second), epsilon}}.run()
}

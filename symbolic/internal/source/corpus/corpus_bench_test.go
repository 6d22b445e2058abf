package corpus

import (
	"cmp"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
)

// valleyByHand is how one writes the gradient of valley by hand.
func valleyByHand(grad, x []float64) float64 {
	clear(grad)
	sum := 0.0
	for i := range len(x) - 1 {
		a := 1 - x[i]
		b := x[i+1] - x[i]*x[i]
		sum += a*a + 100*b*b
		grad[i] -= 2*a + 400*b*x[i]
		grad[i+1] += 200 * b
	}
	return sum
}

// growthByHand is the same for growth.
func growthByHand(grad, x []float64) float64 {
	clear(grad)
	var path [51]float64
	path[0] = x[0]
	for i := range 50 {
		p := path[i]
		path[i+1] = p + 0.1*x[1]*p*(1-p)
	}
	w := 1.0
	for i := 49; i >= 0; i-- {
		p := path[i]
		grad[1] += w * 0.1 * p * (1 - p)
		w *= 1 + 0.1*x[1]*(1-2*p)
	}
	grad[0] = w
	return path[50]
}

func pendulumByHand(grad, x []float64) float64 {
	const h, n = 0.05, 40
	var angles, speeds [n]float64
	a, s := x[0], x[1]
	for i := range n {
		angles[i], speeds[i] = a, s
		a1, s1 := s, -x[2]*math.Sin(a)
		a2, s2 := s+h/2*s1, -x[2]*math.Sin(a+h/2*a1)
		a3, s3 := s+h/2*s2, -x[2]*math.Sin(a+h/2*a2)
		a4, s4 := s+h*s3, -x[2]*math.Sin(a+h*a3)
		a += h / 6 * (a1 + 2*a2 + 2*a3 + a4)
		s += h / 6 * (s1 + 2*s2 + 2*s3 + s4)
	}
	wa, ws, wx := 2*a, 0.1, 0.0
	for i := n - 1; i >= 0; i-- {
		a, s := angles[i], speeds[i]
		sin1, cos1 := math.Sincos(a)
		a1, s1 := s, -x[2]*sin1
		sin2, cos2 := math.Sincos(a + h/2*a1)
		a2, s2 := s+h/2*s1, -x[2]*sin2
		sin3, cos3 := math.Sincos(a + h/2*a2)
		a3 := s + h/2*s2
		sin4, cos4 := math.Sincos(a + h*a3)
		w4a, w4s := h/6*wa, h/6*ws
		w3a, w3s := 2*w4a, 2*w4s
		w2a, w2s := w3a, w3s
		w1a, w1s := w4a, w4s
		da, ds := wa, ws
		step := func(w, sin, cos float64) float64 { wx -= w * sin; return -w * x[2] * cos }
		t := step(w4s, sin4, cos4)
		da, w3a = da+t, w3a+h*t
		ds, w3s = ds+w4a, w3s+h*w4a
		t = step(w3s, sin3, cos3)
		da, w2a = da+t, w2a+h/2*t
		ds, w2s = ds+w3a, w2s+h/2*w3a
		t = step(w2s, sin2, cos2)
		da, w1a = da+t, w1a+h/2*t
		ds, w1s = ds+w2a, w1s+h/2*w2a
		da += step(w1s, sin1, cos1)
		ds += w1a
		wa, ws = da, ds
	}
	grad[0], grad[1], grad[2] = wa, ws, wx
	return a*a + 0.1*s
}

// odeFitByHand keeps the state before each step.
func odeFitByHand(grad, x []float64) float64 {
	data := [4]float64{0.9, 0.8, 0.72, 0.65}
	var before, mids [20]float64
	var errors [4]float64
	y, loss := x[0], 0.0
	for k, d := range data {
		for i := range 5 {
			mid := y + 0.05*rate(y, x[1])
			before[5*k+i], mids[5*k+i] = y, mid
			y += 0.1 * rate(mid, x[1])
		}
		errors[k] = y - d
		loss += (y - d) * (y - d)
	}
	wy, wk := 0.0, 0.0
	for k := len(data) - 1; k >= 0; k-- {
		wy += 2 * errors[k]
		for i := 4; i >= 0; i-- {
			mid, y := mids[5*k+i], before[5*k+i]
			a := 1 / (1 + mid*mid)
			wk -= 0.1 * wy * mid * a
			wMid := -0.1 * wy * x[1] * (1 - mid*mid) * a * a
			b := 1 / (1 + y*y)
			wk -= 0.05 * wMid * y * b
			wy += wMid * (1 - 0.05*x[1]*(1-y*y)*b*b)
		}
	}
	grad[0], grad[1] = wy, wk
	return loss
}

// cellByHand keeps what the gates and the states were.
func cellByHand(grad, x []float64) float64 {
	inputs := [6]float64{0.5, -0.3, 0.8, 0.1, -0.9, 0.4}
	var forgets, changes, bounded, cs, hs [6]float64 // cs and hs before each step
	c, h, loss := 0.0, 0.0, 0.0
	for k, in := range inputs {
		cs[k], hs[k] = c, h
		forget := sigmoid(x[0]*in + x[1]*h + x[2])
		change := math.Tanh(x[3]*in + x[4]*h)
		c = forget*c + (1-forget)*change
		bound := math.Tanh(c)
		h = forget * bound
		forgets[k], changes[k], bounded[k] = forget, change, bound
		loss += (h - in) * (h - in)
	}
	clear(grad)
	wc, wh := 0.0, 0.0
	for k := len(inputs) - 1; k >= 0; k-- {
		in, forget, change, bound := inputs[k], forgets[k], changes[k], bounded[k]
		wh += 2 * (forget*bound - in)
		wc += wh * forget * (1 - bound*bound)
		wForget := wh*bound + wc*(cs[k]-change)
		wa := wForget * forget * (1 - forget)
		wb := wc * (1 - forget) * (1 - change*change)
		grad[0] += wa * in
		grad[1] += wa * hs[k]
		grad[2] += wa
		grad[3] += wb * in
		grad[4] += wb * hs[k]
		wh = wa*x[1] + wb*x[4]
		wc *= forget
	}
	return loss
}

// A timed program has a gradient by hand.
type timed struct {
	name       string
	value      func(x []float64) float64
	grad, hand func(grad, x []float64) float64
	tape       func(x []reverse.Var) reverse.Var
	x          []float64
}

func byHand(t testing.TB) []timed {
	x, d, k, points, gamma, m := readMixture(t, "d10_K10.txt", 100)
	return []timed{
		{"valley", valley, valleyGrad, valleyByHand, valleyGeneric[reverse.Var], ramp(1000)},
		{"growth", growth, growthGrad, growthByHand, growthGeneric[reverse.Var], []float64{0.1, 0.8}},
		{"pendulum", pendulum, pendulumGrad, pendulumByHand, pendulumGeneric[reverse.Var], []float64{0.5, 0.1, 2}},
		{"odeFit", odeFit, odeFitGrad, odeFitByHand, odeFitGeneric[reverse.Var], []float64{1.1, 0.4}},
		{"cell", cell, cellGrad, cellByHand, cellGeneric[reverse.Var], []float64{0.4, -0.3, 0.2, 0.9, -0.6}},
		{"mixture", func(x []float64) float64 { return gaussianMixture(x, d, k, points, gamma, m) },
			func(grad, x []float64) float64 { return gaussianMixtureGrad(grad, x, d, k, points, gamma, m) },
			func(grad, x []float64) float64 { return mixtureByHand(grad, x, d, k, points, gamma, m) },
			func(x []reverse.Var) reverse.Var { return gaussianMixtureGeneric(x, d, k, points, gamma, m) }, x},
	}
}

func ramp(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = 0.001 * float64(i)
	}
	return x
}

// TestByHand: what is timed below computes the same.
func TestByHand(t *testing.T) {
	for _, c := range byHand(t) {
		got, want := make([]float64, len(c.x)), make([]float64, len(c.x))
		value := c.grad(got, c.x)
		optest.Within(t, c.name+" value", []float64{value}, []float64{c.hand(want, c.x)}, 1e-12)
		optest.Within(t, c.name, got, want, 1e-12)
	}
}

// A race holds the best times of functions that take turns, so that a busy machine slows
// all of them alike.
type race struct {
	calls []func()
	times []int     // of a call in a turn
	best  []float64 // seconds a call
}

func newRace(calls ...func()) *race {
	r := &race{calls: calls, times: make([]int, len(calls)), best: make([]float64, len(calls))}
	for k, f := range calls {
		f()
		begin := time.Now()
		f()
		r.times[k] = max(1, int(100*time.Microsecond/max(1, time.Since(begin))))
		r.best[k] = math.Inf(1)
	}
	return r
}

func (r *race) turn() {
	for k, f := range r.calls {
		begin := time.Now()
		for range r.times[k] {
			f()
		}
		r.best[k] = min(r.best[k], time.Since(begin).Seconds()/float64(r.times[k]))
	}
}

// BenchmarkByHand reports what generated gradients, those by hand, of the tape and of its
// replay cost, in ratios of best times: to the function, and to the gradient by hand.
func BenchmarkByHand(b *testing.B) {
	for _, c := range byHand(b) {
		g := make([]float64, len(c.x))
		f := reverse.Record(c.tape, len(c.x))
		r := newRace(
			func() { c.value(c.x) }, func() { c.grad(g, c.x) }, func() { c.hand(g, c.x) },
			func() { reverse.GradientTo(g, c.tape, c.x) }, func() { f.GradientTo(g, c.x) })
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				r.turn()
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(r.best[1]/r.best[2], "grad/hand")
			b.ReportMetric(r.best[1]/r.best[0], "grad/value")
			b.ReportMetric(r.best[2]/r.best[0], "hand/value")
			b.ReportMetric(r.best[3]/r.best[0], "tape/value")
			b.ReportMetric(r.best[4]/r.best[0], "replay/value")
		})
	}
}

// BenchmarkBundle reports the 2 by 15 Jacobian of bundle adjustment, by its rows and along 15
// directions, in ratios to both residuals.
func BenchmarkBundle(b *testing.B) {
	v := readBench(b, "ba/ba1.txt")[3:]
	x := append([]float64(nil), v[:15]...)
	x[7], x[8] = x[7]-v[15], x[8]-v[16]
	jacobian, seed := make([]float64, 30), make([]float64, 15)
	r := newRace(
		func() { reprojections(x) },
		func() { reprojectionsJacobian(jacobian, x) },
		func() {
			for i := range seed {
				seed[i] = 1
				reprojectionsJVP(x, seed)
				seed[i] = 0
			}
		})
	for b.Loop() {
		r.turn()
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(1e9*r.best[0], "value-ns")
	b.ReportMetric(r.best[1]/r.best[0], "jacobian/value")
	b.ReportMetric(r.best[2]/r.best[0], "jvp/value")
}

// BenchmarkPrograms reports what the gradient of every program costs, in ratios to the
// function, and lists the dearest.
func BenchmarkPrograms(b *testing.B) {
	var races []*race
	for _, p := range programs {
		x := p.points[0]
		g := make([]float64, len(x))
		races = append(races, newRace(func() { p.value(x) }, func() { p.grad(g, x) }))
	}
	for b.Loop() {
		for _, r := range races {
			r.turn()
		}
	}
	order, logs := make([]int, len(races)), 0.0
	ratio := func(k int) float64 { return races[k].best[1] / races[k].best[0] }
	for k := range races {
		order[k] = k
		logs += math.Log(ratio(k))
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(ratio(j), ratio(i)) })
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(math.Exp(logs/float64(len(races))), "geomean")
	b.ReportMetric(ratio(order[0]), "worst")
	for _, k := range order[:20] {
		b.Logf("%-20s %.2f  %.0f ns", programs[k].name, ratio(k), 1e9*races[k].best[0])
	}
}

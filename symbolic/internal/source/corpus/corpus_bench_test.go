package corpus

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
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

var byHand = []struct {
	name  string
	value func(x []float64) float64
	grad  func(grad, x []float64) float64
	hand  func(grad, x []float64) float64
	x     []float64
}{
	{"valley", valley, valleyGrad, valleyByHand, ramp(1000)},
	{"growth", growth, growthGrad, growthByHand, []float64{0.1, 0.8}},
	{"pendulum", pendulum, pendulumGrad, pendulumByHand, []float64{0.5, 0.1, 2}},
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
	for _, c := range byHand {
		got, want := make([]float64, len(c.x)), make([]float64, len(c.x))
		c.grad(got, c.x)
		c.hand(want, c.x)
		optest.Within(t, c.name, got, want, 1e-12)
	}
}

func BenchmarkByHand(b *testing.B) {
	for _, c := range byHand {
		g := make([]float64, len(c.x))
		b.Run(c.name+"/value", func(b *testing.B) {
			for b.Loop() {
				c.value(c.x)
			}
		})
		b.Run(c.name+"/generated", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.grad(g, c.x)
			}
		})
		b.Run(c.name+"/hand", func(b *testing.B) {
			for b.Loop() {
				c.hand(g, c.x)
			}
		})
	}
}

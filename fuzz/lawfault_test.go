package fuzz

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// A slip is a fault in the JVP of a method, and the law that it breaks.
type slip struct {
	name, law string
	jvp       func(right method, p Program, x, v []float64) []number
}

var slips = []slip{
	{"off by 1e-9 of itself", "the dot product", func(right method, p Program, x, v []float64) []number {
		return multiplied(right.jvp(p, x, v), 1+1e-9)
	}},
	{"of the other sign", "the dot product", func(right method, p Program, x, v []float64) []number {
		return multiplied(right.jvp(p, x, v), -1)
	}},
	{"without the last input", "the dot product", func(right method, p Program, x, v []float64) []number {
		return right.jvp(p, x, append(v[:len(v)-1:len(v)-1], 0))
	}},
	{"the magnitude", "JVP is linear", func(right method, p Program, x, v []float64) []number {
		y := right.jvp(p, x, v)
		for k := range y {
			y[k].v = math.Abs(y[k].v)
		}
		return y
	}},
	{"of the side that v points to, at a kink", "the dot product", func(right method, p Program, x, v []float64) []number {
		y, ahead, behind := right.jvp(p, x, v), right.jvp(p, beside(x, v, 1), v), right.jvp(p, beside(x, v, -1), v)
		for k := range y {
			if math.Abs(ahead[k].v-behind[k].v) > 1e-3*math.Abs(ahead[k].v) {
				y[k].v = ahead[k].v
			}
		}
		return y
	}},
}

func multiplied(y []number, by float64) []number {
	for k := range y {
		y[k].v *= by
	}
	return y
}

// beside returns the point next to x on the side of v, or on the other one.
func beside(x, v []float64, side float64) []float64 {
	y := make([]float64, len(x))
	for i := range x {
		y[i] = math.Nextafter(x[i], math.Inf(int(math.Copysign(1, side*v[i]))))
	}
	return y
}

// TestLawFaults: a law is seen to be broken where a method is wrong in the JVP alone.
func TestLawFaults(t *testing.T) {
	for _, s := range slips {
		for _, l := range laws {
			if l.name != s.law {
				continue
			}
			tried, caught := 0, 0
			for seed := 0; seed < 100 && tried < 5; seed++ {
				planted, right := false, exactMethods[0]
				wrong := right
				wrong.jvp = func(p Program, x, v []float64) []number {
					y, z := s.jvp(right, p, x, v), right.jvp(p, x, v)
					for k := range y {
						planted = planted || math.Abs(y[k].v-z[k].v) > 1e-10*math.Abs(z[k].v) && z[k].known()
					}
					return y
				}
				h := rapid.Custom(func(t *rapid.T) *hearing { return l.hear(t, []method{wrong}) }).Example(seed)
				if planted {
					tried++
				}
				if h.broken != "" {
					caught++
				}
			}
			t.Logf("a JVP %s: caught in %d of %d", s.name, caught, tried)
			if tried < 5 || caught < tried/2 {
				t.Errorf("a JVP %s: caught in %d of %d", s.name, caught, tried)
			}
		}
	}
}

package nn

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestInitializers: means and variances are those that are documented, within five
// deviations of the estimates, and uniform ones keep their bounds.
func TestInitializers(t *testing.T) {
	const out, in, k = 60, 40, 3 // 21600 elements, of fans 360 and 540
	const fanIn, fanOut = in * k * k, out * k * k
	density := func(x float64) float64 { return math.Exp(-x*x/2) / math.Sqrt(2*math.Pi) }
	share := (math.Erf(2/math.Sqrt2) - math.Erf(-1/math.Sqrt2)) / 2
	shift := (density(-1) - density(2)) / share
	for _, c := range []struct {
		name           string
		init           Initializer
		mean, variance float64
		bound          float64 // of the distance from the mean, 0 for none
	}{
		{"Uniform", Uniform(-1, 3), 1, 16.0 / 12, 2},
		{"Normal", Normal(2, 0.5), 2, 0.25, 0},
		{"TruncatedNormal", TruncatedNormal(1, 2, -1, 2), 1 + 2*shift,
			4 * (1 - (2*density(2)+density(-1))/share - shift*shift), 2 * (2 + shift)},
		{"XavierUniform", XavierUniform(1), 0, 2.0 / (fanIn + fanOut), math.Sqrt(6.0 / (fanIn + fanOut))},
		{"XavierUniform", XavierUniform(2), 0, 8.0 / (fanIn + fanOut), math.Sqrt(24.0 / (fanIn + fanOut))},
		{"XavierNormal", XavierNormal(1), 0, 2.0 / (fanIn + fanOut), 0},
		{"HeUniform", HeUniform(), 0, 2.0 / fanIn, math.Sqrt(6.0 / fanIn)},
		{"HeNormal", HeNormal(), 0, 2.0 / fanIn, 0},
		{"LeCunUniform", LeCunUniform(), 0, 1.0 / fanIn, math.Sqrt(3.0 / fanIn)},
		{"LeCunNormal", LeCunNormal(), 0, 1.0 / fanIn, 0},
	} {
		p := NewParam("weight", out, in, k, k)
		c.init(p, newRand(11))
		n := float64(len(p.Value))
		mean, variance := moments(p.Value)
		if !(math.Abs(mean-c.mean) <= 5*math.Sqrt(c.variance/n)) {
			t.Errorf("%s: mean %v, want %v", c.name, mean, c.mean)
		}
		if !(math.Abs(variance-c.variance) <= 5*c.variance*math.Sqrt(2/n)) {
			t.Errorf("%s: variance %v, want %v", c.name, variance, c.variance)
		}
		for _, v := range p.Value {
			if c.bound > 0 && !(math.Abs(v-c.mean) <= c.bound*(1+1e-15)) {
				t.Errorf("%s: %v is farther than %v from %v", c.name, v, c.bound, c.mean)
				break
			}
		}
	}
}

func TestConstant(t *testing.T) {
	p := NewParam("weight", 2, 3)
	Constant(3)(p, nil)
	for _, v := range p.Value {
		if v != 3 {
			t.Errorf("%v, want all 3", p.Value)
		}
	}
}

// TestOrthogonal: rows, or columns if they are fewer, are orthogonal and as long as asked
// for.
func TestOrthogonal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.IntRange(1, 8).Draw(t, "rows")
		in := rapid.IntRange(1, 4).Draw(t, "in")
		k := rapid.IntRange(1, 3).Draw(t, "k")
		gain := rapid.Float64Range(0.1, 3).Draw(t, "gain")
		p := NewParam("weight", rows, in, k)
		Orthogonal(gain)(p, newRand(rapid.Uint64().Draw(t, "seed")))
		cols := in * k
		at := func(i, j int) float64 { return p.Value[i*cols+j] }
		n, m := rows, cols
		if rows > cols {
			at, n, m = func(i, j int) float64 { return p.Value[j*cols+i] }, cols, rows
		}
		for a := range n {
			for b := range n {
				dot, want := 0.0, 0.0
				for j := range m {
					dot += at(a, j) * at(b, j)
				}
				if a == b {
					want = gain * gain
				}
				if math.Abs(dot-want) > 1e-14*gain*gain {
					t.Fatalf("product of lines %d and %d of %v: %v, want %v", a, b, p.Shape, dot, want)
				}
			}
		}
	})
}

// TestOrthogonalHasBothSigns: of one element both signs are drawn.
func TestOrthogonalHasBothSigns(t *testing.T) {
	positive, rng := 0, newRand(4)
	for range 400 {
		p := NewParam("weight", 1, 1)
		Orthogonal(1)(p, rng)
		if p.Value[0] > 0 {
			positive++
		}
	}
	if positive < 150 || positive > 250 {
		t.Errorf("%d of 400 are positive", positive)
	}
}

// TestNewLayersByFan: bounds of new layers are one over the root of the fan of inputs.
func TestNewLayersByFan(t *testing.T) {
	rng := newRand(9)
	for _, c := range []struct {
		l     Layer
		bound float64
	}{
		{NewLinear(64, 50, rng), 1.0 / 8},
		{NewGRU(3, 100, rng), 0.1},
	} {
		for _, p := range c.l.Params() {
			largest := 0.0
			for _, v := range p.Value {
				largest = max(largest, math.Abs(v))
			}
			if largest > c.bound || largest < 0.8*c.bound {
				t.Errorf("%T: the largest of %s is %v, want up to %v", c.l, p.Name, largest, c.bound)
			}
		}
	}
}

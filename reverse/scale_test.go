package reverse

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
)

// atSecondOrder is a value, and its derivatives in the elements of one array: the
// gradient, the derivative along v, and that of the gradient.
type atSecondOrder struct {
	y, g, d, h []float64
}

func deriveTwice(f func(x Array) Array, x, v []float64, shape ...int) atSecondOrder {
	tape, grad := NewTape(), make([]float64, len(x))
	a := tape.Param(x, grad, shape...)
	y := f(a)
	w := make([]float64, y.Size())
	for i := range w {
		w[i] = 1 + 0.5*float64(i%3) - 0.125*float64(i)
	}
	y.BackwardFrom(w)
	return atSecondOrder{y.Values(), grad, y.JVP([]Array{a}, [][]float64{v}), y.HVP(w, []Array{a}, [][]float64{v})[0]}
}

// TestScale: an operation on x·2^k that is homogeneous gives what it does on x, scaled,
// however large or small the numbers: with the same bits, but for results that are
// subnormal or overflow themselves.
func TestScale(t *testing.T) {
	const epsilon = 0
	held := 0
	one := func(f func(x Array, w Array) Array) func(x Array) Array {
		return func(x Array) Array { return f(x, Array{}) }
	}
	for _, c := range []struct {
		name   string
		degree int // of homogeneity
		f      func(x Array) Array
	}{
		{"LayerNorm", 0, one(func(x, w Array) Array { return x.LayerNorm(2, w, w, epsilon) })},
		{"LayerNorm of the last axis", 0, one(func(x, w Array) Array { return x.LayerNorm(1, w, w, epsilon) })},
		{"BatchNorm", 0, one(func(x, w Array) Array { y, _, _ := x.BatchNorm(w, w, epsilon); return y })},
		{"GroupNorm", 0, one(func(x, w Array) Array { return x.GroupNorm(2, w, w, epsilon) })},
		{"GroupNorm of single elements", 0, one(func(x, w Array) Array { return x.Reshape(2, 12).GroupNorm(3, w, w, epsilon) })},
		{"BatchNorm of single elements", 0, one(func(x, w Array) Array { y, _, _ := x.Reshape(4, 6).BatchNorm(w, w, epsilon); return y })},
		{"Variance", 2, func(x Array) Array { return x.Variance(1, 0) }},
		{"Variance of all", 2, func(x Array) Array { return x.Variance(0) }},
		{"Norm2", 1, func(x Array) Array { return x.Norm2(1) }},
		{"Norm2 of all", 1, func(x Array) Array { return x.Norm2() }},
		{"Mean", 1, func(x Array) Array { return x.Mean(0, 2) }},
		{"Mean of all", 1, func(x Array) Array { return x.Mean() }},
		{"Mean of the last axis", 1, func(x Array) Array { return x.Mean(-1) }},
	} {
		x, v := make([]float64, 24), make([]float64, 24)
		for i := range x {
			x[i] = 1 + math.Mod(float64(i*i)*0.37, 0.95) // below 2
			v[i] = math.Mod(float64(i)*0.71, 1.3) - 0.5
		}
		want := deriveTwice(c.f, x, v, 2, 4, 3)
		for _, k := range []int{-1000, -900, -566, -520, -440, 440, 498, 512, 515, 700, 1000, 1023} {
			y := make([]float64, len(x))
			for i := range y {
				y[i] = math.Ldexp(x[i], k)
			}
			got := deriveTwice(c.f, y, v, 2, 4, 3)
			for _, part := range []struct {
				name      string
				degree    int
				got, want []float64
			}{
				{"value", c.degree, got.y, want.y}, {"gradient", c.degree - 1, got.g, want.g},
				{"JVP", c.degree - 1, got.d, want.d}, {"HVP", c.degree - 2, got.h, want.h},
			} {
				for i, w := range part.want {
					w = math.Ldexp(w, k*part.degree)
					size := math.Ldexp(1, k*part.degree)
					if w-w != 0 || size == 0 || size < 0x1p-1000 && math.Abs(w) < 0x1p-1000 {
						continue // out of range itself
					}
					held++
					if g := part.got[i]; math.Abs(g-w) > 0x1p-48*size && golden.ULP(g, w) > 0 {
						t.Errorf("%s of 2^%d: element %d of the %s is %v, want %v", c.name, k, i, part.name, g, w)
					}
				}
			}
		}
	}
	if held < 4000 {
		t.Errorf("%d numbers held", held)
	}
}

// TestNormTiny: epsilon has a unit of its own, and rules where the numbers are small.
func TestNormTiny(t *testing.T) {
	for _, epsilon := range []float64{1e-5, 1e-12, 1e-300} {
		for _, unit := range []float64{1e-170, 1e-250, 1e-300} {
			x := []float64{unit, 2 * unit, 3 * unit, 4 * unit}
			d := deriveTwice(func(x Array) Array { return x.LayerNorm(1, Array{}, Array{}, epsilon) }, x, []float64{1, 0, 0, 0}, 4)
			// d is variance over epsilon, far below 1 but where it is said.
			scale := math.Hypot(math.Sqrt(1.25)*unit, math.Sqrt(epsilon))
			for i, y := range d.y {
				if want := (float64(i) - 1.5) * unit / scale; !(math.Abs(y-want) <= 1e-15*math.Abs(want)) {
					t.Errorf("LayerNorm of %v with epsilon %v: %v, want %v", x, epsilon, y, want)
				}
			}
			for i, g := range d.d {
				h := unit / scale
				want := -0.25/scale - (float64(i)-1.5)*h*-1.5*h/4/scale
				if i == 0 {
					want += 1 / scale
				}
				if !(math.Abs(g-want) <= 1e-14*math.Abs(want)) {
					t.Errorf("LayerNorm of %v with epsilon %v: slope %v, want %v", x, epsilon, g, want)
				}
			}
		}
	}
}

// TestBatchNormStatisticsScale: what is told for running averages is in the numbers' unit.
func TestBatchNormStatisticsScale(t *testing.T) {
	for _, c := range []struct{ unit, mean, variance float64 }{
		{1, 2.5, 1.25}, {0x1p-512, 0x1p-512 * 2.5, 0x1p-1024 * 1.25}, {0x1p511, 0x1p511 * 2.5, 0x1p1022 * 1.25},
		{0x1p600, 0x1p600 * 2.5, math.Inf(1)}, {0x1p1021, 0x1p1021 * 2.5, math.Inf(1)}, {0x1p-600, 0x1p-600 * 2.5, 0},
	} {
		tape := NewTape()
		x := tape.Const([]float64{c.unit, 2 * c.unit, 3 * c.unit, 4 * c.unit}, 4, 1)
		_, mean, variance := x.BatchNorm(Array{}, Array{}, 0)
		if mean[0] != c.mean || variance[0] != c.variance {
			t.Errorf("of (1, 2, 3, 4)·%v: mean %v and variance %v, want %v and %v", c.unit, mean[0], variance[0], c.mean, c.variance)
		}
	}
}

// TestProdScale: a product in range is found where those on the way are not, whatever
// the order.
func TestProdScale(t *testing.T) {
	v := []float64{1, -2, 0.5, 3}
	for _, x := range [][]float64{
		{0x1p700, 0x1p600, 0x1p-650, 0x1p-640}, {0x1p-700, 0x1p-600, 0x1p650, 0x1p640}, {0x1p-640, 0x1p700, 0x1p600, 0x1p-650},
		{0x1p700, 0x1p600, 0, 0x1p-640}, {0x1p-700, 0x1p-600, 0, 0x1p640}, {0, 0x1p900, 0x1p900, 0}, {3, 5, 7, 11},
	} {
		got := deriveTwice(func(x Array) Array { return x.Prod() }, x, v, 4)
		want := atSecondOrder{y: []float64{exactProduct(x, -1, -1)}, g: make([]float64, 4), d: []float64{0}, h: make([]float64, 4)}
		for i := range x {
			want.g[i] = exactProduct(x, i, -1)
			for j := range x {
				if i != j {
					want.h[i] += v[j] * exactProduct(x, i, j)
				}
			}
		}
		for _, part := range []struct{ got, want []float64 }{{got.y, want.y}, {got.g, want.g}, {got.h, want.h}} {
			if fmt.Sprint(part.got) != fmt.Sprint(part.want) {
				t.Errorf("product of %v: %v, want %v", x, part.got, part.want)
			}
		}
	}
}

// exactProduct returns the product of x, powers of two or small, without elements i and j.
func exactProduct(x []float64, i, j int) float64 {
	m, e := 1.0, 0
	for k, v := range x {
		if k != i && k != j {
			f, n := math.Frexp(v)
			m, e = m*f, e+n
		}
	}
	return math.Ldexp(m, e)
}

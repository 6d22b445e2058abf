package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// An arithmetic kernel, and what it does to one element. The exact ones have the
// same bits on every processor.
type arithmetic struct {
	name  string
	run   func(dst, x, y []float64)
	plain func(dst, x, y float64) float64
	exact bool
}

const factor = -1.37

var arithmetics = []arithmetic{
	{"Add", Add, func(_, x, y float64) float64 { return x + y }, true},
	{"Sub", Sub, func(_, x, y float64) float64 { return x - y }, true},
	{"Mul", Mul, func(_, x, y float64) float64 { return x * y }, true},
	{"Div", Div, func(_, x, y float64) float64 { return x / y }, true},
	{"Max", Max, func(_, x, y float64) float64 { return max(x, y) }, true},
	{"Min", Min, func(_, x, y float64) float64 { return min(x, y) }, true},
	{"MulAdd", MulAdd, func(d, x, y float64) float64 { return d + x*y }, false},
	{"Scale", func(d, x, _ []float64) { Scale(d, factor, x) }, func(_, x, _ float64) float64 { return factor * x }, true},
	{"Shift", func(d, x, _ []float64) { Shift(d, factor, x) }, func(_, x, _ float64) float64 { return x + factor }, true},
	{"Over", func(d, x, _ []float64) { Over(d, factor, x) }, func(_, x, _ float64) float64 { return x / factor }, true},
	{"Axpy", func(d, x, _ []float64) { Axpy(d, factor, x) }, func(d, x, _ float64) float64 { return d + factor*x }, false},
	{"Sqrt", func(d, x, _ []float64) { Sqrt(d, x) }, func(_, x, _ float64) float64 { return math.Sqrt(x) }, true},
	{"ReLU", func(d, x, _ []float64) { ReLU(d, x) }, func(_, x, _ float64) float64 { return reluGo(x) }, true},
	{"AddPositive", AddPositive, func(d, x, y float64) float64 {
		if y == 0 {
			return d
		}
		if x > 0 {
			return d + y
		}
		if math.IsNaN(x) {
			return x
		}
		return d
	}, true},
	{"mulShifted", func(d, x, y []float64) {
		if len(d) > 0 {
			use.mulShifted(len(d), &d[0], &x[0], &y[0], factor)
		}
	}, func(d, x, y float64) float64 { return d + x*(y+factor) }, false},
	{"SigmoidSlope", func(d, x, _ []float64) { SigmoidSlope(d, x) }, func(_, x, _ float64) float64 { return sigmoidSlopeGo(x) }, false},
	{"TanhSlope", func(d, x, _ []float64) { TanhSlope(d, x) }, func(_, x, _ float64) float64 { return tanhSlopeGo(x) }, false},
}

// agree says whether got is want: the same NaN-ness, sign and infinity, and if
// not exact then within rounding of operands of this size.
func agree(got, want float64, exact bool, size float64) bool {
	switch {
	case math.IsNaN(want):
		return math.IsNaN(got)
	case exact:
		return got == want && (want != 0 || math.Signbit(got) == math.Signbit(want))
	case math.IsInf(want, 0):
		return got == want
	}
	return math.Abs(got-want) <= 8*0x1p-53*size
}

// TestArithmetic: every length and offset, in place or not, with special values
// among the others, and what surrounds dst left alone.
func TestArithmetic(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	draw := func() []float64 {
		x := random(r, 80)
		for i := range x {
			switch r.IntN(4) {
			case 0:
				x[i] = []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 5e-324, 1e150, -1, 1}[r.IntN(9)]
			}
		}
		return x
	}
	onAll(t, func(t *testing.T) {
		for _, k := range arithmetics {
			checked := 0
			for n := range 70 {
				offset := n % 7
				x, y, dst := draw(), draw(), draw()
				got := append([]float64(nil), dst...)
				inPlace := n%3 == 0
				if inPlace {
					copy(dst, x)
					got = append([]float64(nil), x...)
					k.run(got[offset:][:n], got[offset:][:n], y[offset:][:n])
				} else {
					k.run(got[offset:][:n], x[offset:][:n], y[offset:][:n])
				}
				for i := range got {
					if i < offset || i >= offset+n {
						if math.Float64bits(got[i]) != math.Float64bits(dst[i]) {
							t.Fatalf("%s of %d from %d writes at %d", k.name, n, offset, i)
						}
						continue
					}
					want := k.plain(dst[i], x[i], y[i])
					size := math.Abs(want)
					for _, v := range []float64{dst[i], x[i], factor * x[i], x[i] * y[i]} {
						if math.Abs(v) <= math.MaxFloat64 {
							size += math.Abs(v)
						}
					}
					if !agree(got[i], want, k.exact, size) {
						t.Fatalf("%s(%v, %v, %v) is %v, want %v", k.name, dst[i], x[i], y[i], got[i], want)
					}
					checked++
				}
			}
			if checked < 1500 {
				t.Errorf("%s: %d elements checked", k.name, checked)
			}
		}
	})
}

func TestElementwiseMisuse(t *testing.T) {
	two, three := make([]float64, 2), make([]float64, 3)
	for name, f := range map[string]func(){
		"Add x":           func() { Add(two, three, two) },
		"Add y":           func() { Add(two, two, three) },
		"Scale":           func() { Scale(two, 1, three) },
		"Dot":             func() { Dot(two, three) },
		"Softmax":         func() { Softmax(three, three, 2) },
		"Softmax 0":       func() { Softmax(three, three, 0) },
		"SoftmaxBackward": func() { SoftmaxBackward(two, two, three, 2) },
		"AddRows":         func() { AddRows(three, three, two) },
		"SumRows":         func() { SumRows(two, three) },
		"Activate":        func() { Activate(two, two, two, 9) },
		"SGD":             func() { SGD(two, nil, two, 1, 0, 0.9, false) },
		"Adam":            func() { Adam(two, two, two, three, 1, 1, 0, 0, 0, 0, 0) },
	} {
		if !panics(f) {
			t.Errorf("%s: no panic", name)
		}
	}
}

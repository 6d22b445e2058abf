package kernel

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"pgregory.net/rapid"
)

// A function is a kernel with its true values and what it promises.
type function struct {
	name  string
	f     func(dst, x []float64)
	truth func(x *big.Float) *big.Float
	plain func(float64) float64 // for special cases
	lo    float64               // of the domain; below it the result is NaN
	hi    float64               // beyond it the result is 0, a constant or overflows
	ulp   float64               // the promised bound
}

var functions = []function{
	{"Exp", Exp, bigExp, expGo, -745.2, 709.7827, 1.5},
	{"Expm1", Expm1, bigExpm1, expm1Go, -745, 709.7827, 2},
	{"Log", Log, bigLog, logGo, 0, math.MaxFloat64, 1},
	{"Log1p", Log1p, bigLog1p, math.Log1p, -1, math.MaxFloat64, 2},
	{"Sigmoid", Sigmoid, bigSigmoid, sigmoidGo, -745.2, 800, 2},
	{"Softplus", Softplus, func(x *big.Float) *big.Float { return bigLog1p(bigExp(x)) }, softplusGo, -745.1, 1000, 2},
	{"Tanh", Tanh, bigTanh, math.Tanh, -30, 30, 2},
	{"Erf", Erf, bigErf, math.Erf, -6.5, 6.5, 2},
}

const precision = 260

func bigFloat(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }
func number() *big.Float            { return new(big.Float).SetPrec(precision) }

// series returns Σ xⁿ/n! from n = 1 on, for |x| ≤ 1.
func series(x *big.Float) *big.Float {
	sum, term := number(), bigFloat(1)
	for n := 1.0; n < 60; n++ {
		term.Mul(term, x)
		term.Quo(term, bigFloat(n))
		sum.Add(sum, term)
	}
	return sum
}

func bigExp(x *big.Float) *big.Float {
	halvings := max(0, x.MantExp(nil)+4)
	y := series(number().SetMantExp(x, -halvings))
	y.Add(y, bigFloat(1))
	for range halvings {
		y.Mul(y, y)
	}
	return y
}

func bigExpm1(x *big.Float) *big.Float {
	if x.MantExp(nil) <= 0 {
		return series(x)
	}
	return number().Sub(bigExp(x), bigFloat(1))
}

// bigLog makes the sum of the digits of a float64's logarithm and a correction
// by Halley's method, which triples them.
func bigLog(x *big.Float) *big.Float {
	mant := number()
	e := x.MantExp(mant)
	m, _ := mant.Float64()
	y := bigFloat(math.Log(m))
	if e == 0 || e == 1 { // near 1 nothing may cancel
		v, _ := number().Sub(x, bigFloat(1)).Float64()
		y, e = bigFloat(math.Log1p(v)), 0
	}
	for range 2 {
		z := bigExp(y)
		a := number().Sub(number().SetMantExp(x, -e), z)
		a.Quo(a, number().Add(number().SetMantExp(x, -e), z))
		y.Add(y, a.Mul(a, bigFloat(2)))
	}
	return y.Add(y, number().Mul(bigFloat(float64(e)), bigLn2))
}

var bigLn2, _ = number().SetString("0.693147180559945309417232121458176568075500134360255254120680009493393621969694715605863326996418687")

func bigLog1p(x *big.Float) *big.Float {
	if x.MantExp(nil) < -90 { // x - x²/2
		y := number().Mul(x, x)
		return y.Sub(x, y.Mul(y, bigFloat(0.5)))
	}
	return bigLog(number().Add(x, bigFloat(1)))
}

func bigSigmoid(x *big.Float) *big.Float {
	e := bigExp(number().Neg(x))
	return number().Quo(bigFloat(1), e.Add(e, bigFloat(1)))
}

func bigTanh(x *big.Float) *big.Float {
	e := bigExpm1(number().Mul(x, bigFloat(2)))
	return number().Quo(e, number().Add(e, bigFloat(2)))
}

func bigErf(x *big.Float) *big.Float {
	square := number().Mul(x, x)
	sum, term := number(), number().Set(x)
	for n := 0.0; term.MantExp(nil) > min(0, x.MantExp(nil))-150; n++ {
		sum.Add(sum, number().Quo(term, bigFloat(2*n+1)))
		term.Mul(term, square)
		term.Quo(term, bigFloat(-n-1))
	}
	pi, _ := number().SetString("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798")
	return sum.Mul(sum, number().Quo(bigFloat(2), number().Sqrt(pi)))
}

// ulps returns how far got is from want, in units of the last digit of want.
func ulps(got float64, want *big.Float) float64 {
	w, _ := want.Float64()
	if math.IsInf(w, 0) || got == w && w == 0 {
		if got == w {
			return 0
		}
		return math.Inf(1)
	}
	_, e := math.Frexp(w)
	unit := math.Ldexp(1, max(e-53, -1074))
	d, _ := number().Sub(bigFloat(got), want).Float64()
	return math.Abs(d) / unit
}

// points returns numbers of the domain: of every size, close to its ends, and
// evenly spread where a table or a power of 2 changes.
func (f function) points(n int) []float64 {
	r := rand.New(rand.NewPCG(3, 1))
	var x []float64
	add := func(v float64) {
		if f.lo < v && v < f.hi {
			x = append(x, v)
		}
	}
	for len(x) < n {
		size := math.Exp2(r.Float64()*60 - 50)
		add(size)
		add(-size)
		add(math.Exp2(r.Float64()*2098 - 1074))
		add(-math.Exp2(r.Float64()*2098 - 1074))
		add(8 * r.NormFloat64())
		add(r.NormFloat64())
		add(1 + 0.3*r.NormFloat64())
		add(max(f.lo, -1000) + r.Float64()*(min(f.hi, 1000)-max(f.lo, -1000)))
		add(f.lo + math.Abs(f.lo)*math.Exp2(-60*r.Float64()))
		add(f.hi * (1 - math.Exp2(-60*r.Float64())))
	}
	return x[:n]
}

// TestULP holds every function to the bound that it documents.
func TestULP(t *testing.T) {
	n := 6000
	if testing.Short() {
		n = 600
	}
	truths := map[string][]*big.Float{}
	for _, f := range functions {
		for _, x := range f.points(n) {
			truths[f.name] = append(truths[f.name], f.truth(bigFloat(x)))
		}
	}
	onAll(t, func(t *testing.T) {
		for _, f := range functions {
			x, y := f.points(n), make([]float64, n)
			f.f(y, x)
			worst, at := 0.0, 0.0
			for i, want := range truths[f.name] {
				if d := ulps(y[i], want); !(d <= worst) {
					worst, at = d, x[i]
				}
			}
			t.Logf("%-8s %d points, worst %.3f ULP at %v", f.name, n, worst, at)
			if worst > f.ulp {
				t.Errorf("%s(%v) is off by %.3g ULP, want at most %g", f.name, at, worst, f.ulp)
			}
		}
	})
}

var specials = []float64{
	0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 1, -1, 5e-324, -5e-324, 0x1p-1022, -0x1p-1022,
	0x0.fffffffffffffp-1022, math.MaxFloat64, -math.MaxFloat64, 710, -746, 1e10, -1e10, math.Nextafter(-1, -2), math.Nextafter(-1, 0),
	709.782712893384, 709.7827128933841, -745.1332191019411, -745.1332191019412, -708.5, 1e-300, -1e-300, 20, -20, 6, -6, 1000, -1000,
}

// TestSpecial: NaN, infinities, zeros, subnormal and huge numbers in every lane.
func TestSpecial(t *testing.T) {
	onAll(t, func(t *testing.T) {
		for _, f := range functions {
			for _, x := range specials {
				want := f.plain(x)
				for lane := range 17 {
					in, out := make([]float64, 17), make([]float64, 17)
					for i := range in {
						in[i] = 0.5
					}
					in[lane] = x
					f.f(out, in)
					got := out[lane]
					if math.IsNaN(want) != math.IsNaN(got) || math.Signbit(want) != math.Signbit(got) && !math.IsNaN(want) ||
						math.IsInf(want, 0) && got != want || math.Abs(got-want) > 4*math.Abs(want)*0x1p-52+5e-324 {
						t.Errorf("%s(%v) in lane %d is %v, want %v", f.name, x, lane, got, want)
					}
					for i := range out {
						if i != lane && math.Float64bits(out[i]) != math.Float64bits(out[(lane+1)%17]) {
							t.Errorf("%s(%v) in lane %d disturbs lane %d", f.name, x, lane, i)
						}
					}
				}
			}
		}
	})
}

// TestElementwise: every length, in place or not, at any offset, gives the same
// bits for the same element and leaves its surroundings alone.
func TestElementwise(t *testing.T) {
	onAll(t, func(t *testing.T) {
		for _, f := range functions {
			x := f.points(64)
			want := make([]float64, 64)
			for i := range x {
				f.f(want[i:i+1], x[i:i+1])
			}
			for n := range 40 {
				for offset := range 5 {
					dst := []float64{}
					for range 64 {
						dst = append(dst, guard)
					}
					f.f(dst[offset:][:n], x[offset:][:n])
					for i, got := range dst {
						w := guard
						if offset <= i && i < offset+n {
							w = want[i]
						}
						if math.Float64bits(got) != math.Float64bits(w) {
							t.Fatalf("%s of %d from %d: [%d] is %v, want %v", f.name, n, offset, i, got, w)
						}
					}
					in := append([]float64(nil), x...)
					f.f(in[offset:][:n], in[offset:][:n])
					optest.Equal(t, f.name+" in place", in[offset:][:n], want[offset:][:n], optest.Bits())
				}
			}
		}
	})
}

// TestNeverDecreases: all these functions grow, and so do their values, but for
// the errors that both may have.
func TestNeverDecreases(t *testing.T) {
	onAll(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			f := functions[rapid.IntRange(0, len(functions)-1).Draw(t, "function")]
			x := rapid.Float64Range(f.lo, f.hi).Draw(t, "x")
			in := []float64{x, x + math.Abs(x)*0x1p-45}
			out := make([]float64, 2)
			f.f(out, in)
			if out[0]-out[1] > 2*f.ulp*math.Abs(out[1])*0x1p-52 {
				t.Fatalf("%s: %v gives %v, %v gives %v", f.name, in[0], out[0], in[1], out[1])
			}
		})
	})
}

func TestLengths(t *testing.T) {
	for _, f := range functions {
		if !panics(func() { f.f(make([]float64, 3), make([]float64, 4)) }) {
			t.Errorf("%s: no panic", f.name)
		}
	}
}

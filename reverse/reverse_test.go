package reverse

import (
	"fmt"
	"math"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

var (
	inf = math.Inf(1)
	nan = math.NaN()
)

func same(x, y float64) bool { return x == y || x != x && y != y }

func close(x, y []float64) bool {
	for i := range x {
		if math.Abs(x[i]-y[i]) > 1e-12*(1+math.Abs(y[i])) {
			return false
		}
	}
	return len(x) == len(y)
}

func TestOperators(t *testing.T) {
	optest.Operators(t, optest.Backend[Var, Var]{
		Name: "reverse", Tolerance: 1e-12,
		Derivative: Derivative,
		Gradient:   Gradient,
		GradientTo: GradientTo,
		Jacobian:   Jacobian,
		JacobianTo: JacobianTo,
		JVP:        JVP,
		JVPTo:      JVPTo,
		VJP:        VJP,
		VJPTo:      VJPTo,
		Hessian:    Hessian,
		HessianTo:  HessianTo,
		HVP:        HVP,
		HVPTo:      HVPTo,
	})
}

// TestProblem: what Problem returns is what the operators compute, to the bit.
func TestProblem(t *testing.T) {
	f := func(x []Var) Var { return optest.Rosenbrock(x).Add(ad.Norm2(x)).Sub(ad.LogSumExp(x)) }
	value, gradient, hessian := Problem(f)
	for _, x := range [][]float64{{-1.2, 1}, {0, 0}, {inf, 1}, {nan, 2}} {
		want, wantHessian := make([]float64, 2), mat.NewSymDense(2, nil)
		y := GradientTo(want, f, x)
		HessianTo(wantHessian, f, x)
		g, h := []float64{7, 7}, mat.NewSymDense(2, []float64{7, 7, 7, 7})
		gradient(g, x)
		hessian(h, x)
		if v := value(x); !same(v, y) {
			t.Errorf("at %v: value %v, want %v", x, v, y)
		}
		for i := range x {
			if !same(g[i], want[i]) || !same(h.At(i, 0), wantHessian.At(i, 0)) || !same(h.At(i, 1), wantHessian.At(i, 1)) {
				t.Errorf("at %v: gradient %v, want %v; Hessian %v, want %v", x, g, want, mat.Formatted(h), mat.Formatted(wantHessian))
			}
		}
	}
}

// TestChunks: tapes that end, or have an n-ary statement, just before
// and after the end of a chunk.
func TestChunks(t *testing.T) {
	for n := chunkLen - 5; n < chunkLen+5; n++ {
		count := func(x []Var) Var { // x² + n·y, by n additions
			sum := x[0].Mul(x[0])
			for range n {
				sum = sum.Add(x[1])
			}
			return ad.SumSq([]Var{sum, x[1]})
		}
		x := []float64{3, 0.5}
		s := 9 + 0.5*float64(n)
		want := []float64{2 * s * 6, 2*s*float64(n) + 1}
		if g := Gradient(count, x); !close(g, want) {
			t.Errorf("gradient of %d operations %v, want %v", n, g, want)
		}
		// Hessian of s² + y², s = x² + ny.
		k := float64(n)
		if h := HVP(count, x, []float64{1, 1}); !close(h, []float64{2*36 + 4*s + 12*k, 12*k + 2*k*k + 2}) {
			t.Errorf("HVP of %d operations %v", n, h)
		}
		many := func(x []Var) Var { // as many inputs as a chunk has slots
			return ad.Dot(x, x)
		}
		y := make([]float64, n)
		for i := range y {
			y[i] = float64(i)
		}
		for i, d := range Gradient(many, y) {
			if d != 2*y[i] {
				t.Fatalf("gradient of a dot product of %d: entry %d is %v", n, i, d)
			}
		}
	}
}

func TestKnownWrongAnswers(t *testing.T) {
	power := func(p float64) func(Var) Var {
		return func(x Var) Var { return ad.PowReal(x, p) }
	}
	for _, test := range []struct {
		name string
		f    func(Var) Var
		x    float64
		want float64
	}{
		{"x² at 0", power(2), 0, 0},
		{"x³ at 1e-20", power(3), 1e-20, 3e-40},
		{"√x at 1e-20", ad.Sqrt[Var], 1e-20, 5e9},
		{"x³ at -2", power(3), -2, 12},
		{"x² at 0, again", func(x Var) Var { return x.Mul(x) }, 0, 0},
		{"√c at the constant 0", func(x Var) Var { return x.Add(ad.Sqrt(Var{})) }, 1, 1},
		{"log c at the constant 0", func(x Var) Var { return x.Sub(ad.Exp(ad.Log(Var{}))) }, 1, 1},
		{"-x", Var.Neg, 5, -1},
	} {
		if d := Derivative(test.f, test.x); math.Abs(d-test.want) > 1e-15*math.Abs(test.want) {
			t.Errorf("derivative of %s = %v, want %v", test.name, d, test.want)
		}
	}
}

// TestStructuralZero: what is not there contributes nothing, not even against
// an infinite slope; what happens to be 0 follows IEEE 754.
func TestStructuralZero(t *testing.T) {
	zero := Var{}.Const(0)
	for _, test := range []struct {
		name string
		f    func(Var) Var
		x    float64
		want float64
	}{
		{"√(x·x) at 0", func(x Var) Var { return ad.Sqrt(x.Mul(x)) }, 0, nan},
		{"exp(log x) at 0", func(x Var) Var { return ad.Exp(ad.Log(x)) }, 0, nan},
		{"log(relu x) at -1", func(x Var) Var { return ad.Log(ad.ReLU(x)) }, -1, nan},
		{"x > 0 ? √x : 0 at 0", func(x Var) Var { return x.IfPos(ad.Sqrt(x), zero) }, 0, 0},
		{"x > 0 ? √x : x at 0", func(x Var) Var { return x.IfPos(ad.Sqrt(x), x) }, 0, 1},
		{"√x unused at 0", func(x Var) Var { y := x.Mul(x); ad.Sqrt(x); return y.Add(x) }, 0, 1},
		{"Σ with √x unused at 0", func(x Var) Var { ad.Norm2([]Var{ad.Sqrt(x), x}); return x.Add(x) }, 0, 2},
		{"0·√x at 0", func(x Var) Var { return zero.Mul(ad.Sqrt(x)) }, 0, nan},
		{"Inf·x at 1", func(x Var) Var { return Var{}.Const(inf).Mul(x) }, 1, inf},
		{"x + Inf at 1", func(x Var) Var { return x.Add(Var{}.Const(inf)) }, 1, 1},
		{"x/0 at 1", func(x Var) Var { return x.Div(zero) }, 1, inf},
		{"c/x at 0", func(x Var) Var { return Var{}.Const(1).Div(x) }, 0, -inf},
		{"NaN > 0 ? x : x", func(x Var) Var { return Var{}.Const(nan).IfPos(x, x) }, 1, nan},
		{"NaN > 0 ? 1 : 2", func(x Var) Var { return Var{}.Const(nan).IfPos(zero, zero) }, 1, 0},
	} {
		if d := Derivative(test.f, test.x); !same(d, test.want) {
			t.Errorf("derivative of %s = %v, want %v", test.name, d, test.want)
		}
		f := func(x []Var) []Var { return []Var{test.f(x[0])} }
		if d := JVP(f, []float64{test.x}, []float64{1})[0]; !same(d, test.want) {
			t.Errorf("JVP of %s = %v, want %v", test.name, d, test.want)
		}
	}
	// Inputs that do not move, and results that are left out.
	roots := func(x []Var) []Var { return []Var{ad.Sqrt(x[0]), x[1]} }
	if d := JVP(roots, []float64{0, 1}, []float64{0, 1}); !close(d, []float64{0, 1}) {
		t.Errorf("JVP beside an infinite slope: %v", d)
	}
	if d := VJP(roots, []float64{0, 1}, []float64{0, 1}); !close(d, []float64{0, 1}) {
		t.Errorf("VJP beside an infinite slope: %v", d)
	}
	// One result twice, with weights that cancel, is there all the same.
	twice := func(x []Var) []Var { y := ad.Sqrt(x[0]); return []Var{y, y} }
	if d := VJP(twice, []float64{0}, []float64{1, -1})[0]; d == d {
		t.Errorf("VJP of (√x, √x) at 0 with the weights 1 and -1: %v, want NaN", d)
	}
	// At second order: √x + y² at x = 0 curves in y alone.
	h := Hessian(func(x []Var) Var { return ad.Sqrt(x[0]).Add(x[1].Mul(x[1])) }, []float64{0, 3})
	if h.At(0, 0) != -inf || h.At(0, 1) != 0 || h.At(1, 1) != 2 {
		t.Errorf("Hessian of √x + y² at (0, 3): %v", mat.Formatted(h))
	}
	if d := Hessian(func(x []Var) Var { return ad.Sqrt(x[0].Mul(x[0])) }, []float64{0}).At(0, 0); d == d {
		t.Errorf("second derivative of √(x·x) at 0 = %v, want NaN", d)
	}
	quotient := func(x []Var) Var { return x[0].Div(x[1]).Add(ad.Sqrt(x[2])) }
	if d := HVP(quotient, []float64{1, 2, 0}, []float64{1, 1, 0}); !close(d, []float64{-0.25, 0, 0}) {
		t.Errorf("HVP of x/y + √z at (1, 2, 0) along (1, 1, 0): %v", d)
	}
}

// TestNorm2AtOrigin: a cone has no second derivative at its tip, in no direction.
func TestNorm2AtOrigin(t *testing.T) {
	h := Hessian(ad.Norm2[Var], []float64{0, 0})
	for _, d := range []float64{h.At(0, 0), h.At(0, 1), h.At(1, 1)} {
		if d == d {
			t.Errorf("Hessian of the norm at the origin: %v", mat.Formatted(h))
		}
	}
}

// TestLogSumExpCurve: where one entry outweighs the others the second derivatives
// are small, and not lost in the difference of larger numbers.
func TestLogSumExpCurve(t *testing.T) {
	const want = 4.248354255291589e-18 // e⁻⁴⁰/(1+e⁻⁴⁰)², to the last place
	h := Hessian(ad.LogSumExp[Var], []float64{0, -40})
	if h.At(0, 0) != want || h.At(0, 1) != -want || h.At(1, 1) != want {
		t.Errorf("Hessian of log(e⁰+e⁻⁴⁰): %v", mat.Formatted(h))
	}
}

// TestFullTape: a tape refuses more slots than it can number.
func TestFullTape(t *testing.T) {
	full := &tape{chunks: make([]*chunk, 1<<32/chunkLen-1)}
	full.n = uint32(len(full.chunks) * chunkLen)
	defer func() {
		if want := "reverse: more than 4294963200 operations on one tape"; recover() != want {
			t.Errorf("want the panic %q", want)
		}
	}()
	full.nextChunk()
}

// TestDeepChain: sweeps are loops; a chain of ten million operations neither
// overflows the stack nor takes more than 700 MiB.
func TestDeepChain(t *testing.T) {
	const n = 10_000_000
	f := func(x Var) Var {
		y := x
		for range n {
			y = y.Add(x)
		}
		return y
	}
	debug.FreeOSMemory() // and with it the tapes of other tests
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if d := Derivative(f, 1); d != n+1 {
		t.Errorf("derivative %v, want %d", d, n+1)
	}
	runtime.ReadMemStats(&after)
	if mib := (after.TotalAlloc - before.TotalAlloc) >> 20; mib > 700 {
		t.Errorf("%d MiB were allocated", mib)
	} else {
		t.Logf("%d MiB, %.1f bytes an operation", mib, float64(after.TotalAlloc-before.TotalAlloc)/n)
	}
}

// TestConcurrent: operators may be called from many goroutines at once, and give
// the same bits as one after the other.
func TestConcurrent(t *testing.T) {
	const goroutines = 64
	rounds := 10_000
	if testing.Short() {
		rounds = 100
	}
	f := func(x []Var) Var {
		return ad.LogSumExp([]Var{x[0].Mul(x[1]), ad.Sin(x[2]), optest.Rosenbrock(x[:2])})
	}
	want := Gradient(f, []float64{0.1, 0.2, 0.3})
	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			g := make([]float64, 3)
			for range rounds {
				GradientTo(g, f, []float64{0.1, 0.2, 0.3})
				for i := range g {
					if g[i] != want[i] {
						t.Errorf("gradient %v, want %v", g, want)
						return
					}
				}
			}
		})
	}
	wg.Wait()
}

// TestMisuse: every misuse panics at the caller and says what is wrong.
func TestMisuse(t *testing.T) {
	f := func(x []Var) Var { return x[0] }
	g := func(x []Var) []Var { return x }
	noCurve := ad.NewOp(&ad.Func{Name: "step", Value: math.Floor, Slope: func(x, y float64) float64 { return 0 }})
	noCurve2 := ad.NewOp2(&ad.Func2{
		Name: "first", Value: func(x, y float64) float64 { return x },
		SlopeX: func(x, y, z float64) float64 { return 1 }, SlopeY: func(x, y, z float64) float64 { return 0 },
	})
	const nested = "reverse: a variable of another derivative got into the function (nested captures); " +
		"use Hessian or HVP for second derivatives, package symbolic to nest them"
	var kept Var
	Gradient(func(x []Var) Var { kept = x[0]; return x[0] }, []float64{2.5})
	const stale = "reverse: a Var (value 2.5) was kept past the end of its derivative"

	_, gradient, hessian := Problem(f)

	type misuse struct {
		want string
		f    func()
	}
	tests := []misuse{
		{"reverse.GradientTo: dst has length 1, want 2", func() { GradientTo(make([]float64, 1), f, make([]float64, 2)) }},
		{"reverse.JVP: v has length 1, want 2", func() { JVP(g, make([]float64, 2), make([]float64, 1)) }},
		{"reverse.JVPTo: dst has length 1, want 2", func() { JVPTo(make([]float64, 1), g, make([]float64, 2), make([]float64, 2)) }},
		{"reverse.VJP: w has length 1, want 2", func() { VJP(g, make([]float64, 2), make([]float64, 1)) }},
		{"reverse.VJPTo: dst has length 3, want 2", func() { VJPTo(make([]float64, 3), g, make([]float64, 2), make([]float64, 2)) }},
		{"reverse.JacobianTo: dst is 3×2, want 2×2", func() { JacobianTo(mat.NewDense(3, 2, nil), g, make([]float64, 2)) }},
		{"reverse.HessianTo: dst is 3×3, want 2×2", func() { HessianTo(mat.NewSymDense(3, nil), f, make([]float64, 2)) }},
		{"reverse.HVPTo: dst has length 3, want 2", func() { HVPTo(make([]float64, 3), f, make([]float64, 2), make([]float64, 2)) }},
		{"reverse.HVPTo: v has length 3, want 2", func() { HVPTo(make([]float64, 2), f, make([]float64, 2), make([]float64, 3)) }},
		{"reverse: step has no second derivative (its Curve is nil), which Hessian and HVP need", func() {
			Hessian(func(x []Var) Var { return x[0].Apply(noCurve) }, make([]float64, 1))
		}},
		{"reverse: first has no second derivative (its Curve is nil), which Hessian and HVP need", func() {
			Hessian(func(x []Var) Var { return x[0].Apply2(noCurve2, x[0]) }, make([]float64, 1))
		}},
		{stale, func() { Gradient(func([]Var) Var { return kept }, []float64{1}) }},
		{"reverse.GradientTo: dst has length 1, want 2", func() { gradient(make([]float64, 1), make([]float64, 2)) }},
		{"reverse.HessianTo: dst is 3×3, want 2×2", func() { hessian(mat.NewSymDense(3, nil), make([]float64, 2)) }},
		{nested, func() {
			Derivative(func(x Var) Var {
				value, _, _ := Problem(func(y []Var) Var { return x.Mul(y[0]) })
				return x.Const(value([]float64{1}))
			}, 1)
		}},
	}
	for _, use := range []func(x Var) Var{
		x2(Var.Add), x2(Var.Sub), x2(Var.Mul), x2(Var.Div), x2(ad.Hypot[Var]),
		x2(func(x, y Var) Var { return ad.Dot([]Var{x}, []Var{y}) }),
		x2(func(x, y Var) Var { return x.IfPos(x, y) }),
	} {
		tests = append(tests, misuse{nested, func() {
			Derivative(func(x Var) Var {
				return x.Const(Derivative(func(y Var) Var { outer = x; return use(y) }, 1))
			}, 1)
		}})
	}
	for _, use := range []func(){
		func() { kept.Add(kept) }, func() { kept.Sub(Var{}) }, func() { Var{}.Mul(kept) }, func() { kept.Div(kept) },
		func() { kept.Neg() }, func() { ad.Sin(kept) }, func() { ad.Pow(kept, kept) }, func() { ad.Sum([]Var{{}, kept}) },
	} {
		tests = append(tests, misuse{stale, use})
	}
	for _, test := range tests {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); got != test.want {
					t.Errorf("panic %q, want %q", got, test.want)
				}
			}()
			test.f()
		}()
	}
	// A tape that saw a panic is good for the next derivative.
	if g := Gradient(optest.Rosenbrock, []float64{-1.2, 1}); !close(g, []float64{-215.6, -88}) {
		t.Errorf("gradient after panics: %v", g)
	}
}

var outer Var

// x2 makes a use of an outer variable as the second operand, then the first.
func x2(f func(x, y Var) Var) func(Var) Var {
	return func(y Var) Var {
		f(y, Var{})
		func() {
			defer func() {
				if r := recover(); r == nil || !strings.Contains(fmt.Sprint(r), "nested captures") {
					panic(fmt.Sprintf("inner, outer: %v", r))
				}
			}()
			f(y, outer)
		}()
		return f(outer, y)
	}
}

// TestKeepsToItself: an inner derivative that captures nothing is fine.
func TestKeepsToItself(t *testing.T) {
	d := Derivative(func(x Var) Var {
		inner := Derivative(func(y Var) Var { return y.Mul(y) }, x.Float())
		return x.Mul(x.Const(inner))
	}, 3)
	if d != 6 {
		t.Errorf("derivative of x·c, c = 6: %v", d)
	}
}

// TestQuotientAtExtremes: 1/y overflows where y is subnormal, and is infinite at
// 0, but not everything that it goes into is.
func TestQuotientAtExtremes(t *testing.T) {
	quotient := func(x []Var) Var { return x[0].Div(x[1]) }
	inf, tiny := math.Inf(1), math.SmallestNonzeroFloat64
	if g := Gradient(quotient, []float64{0, tiny}); g[0] != inf || g[1] != 0 {
		t.Errorf("gradient of x/y at 0, %g: %v, want [+Inf 0]", tiny, g)
	}
	if h := Hessian(quotient, []float64{0, tiny}); h.At(1, 1) != 0 {
		t.Errorf("∂²/∂y² of x/y at 0, %g: %v, want 0", tiny, h.At(1, 1))
	}
	// The two terms of the derivative of x/y have opposite signs, but the
	// second is of higher order.
	ratio := func(x []Var) []Var { return []Var{quotient(x)} }
	if d := JVP(ratio, []float64{0.7, math.Copysign(0, -1)}, []float64{1, -1}); d[0] != inf {
		t.Errorf("JVP of x/y at 0.7, -0: %v, want +Inf", d)
	}
}

// TestPanicInCurve: a second derivative that panics in the middle of a careful
// sweep leaves nothing behind on the tape for the next derivative.
func TestPanicInCurve(t *testing.T) {
	curves := 0
	op := ad.NewOp(&ad.Func{
		Name:  "square",
		Value: func(x float64) float64 { return x * x },
		Slope: func(x, _ float64) float64 { return 2 * x },
		Curve: func(x, _ float64) float64 {
			if curves++; curves == 2 {
				panic("the second curve")
			}
			return 2
		},
	})
	tp := new(tape)
	hvp := func() (got float64, panicked bool) {
		defer func() {
			if recover() != nil {
				panicked = true
			}
		}()
		x := tp.start([]float64{0, 3})
		y := ad.Sqrt(x[0]).Add(x[1].Apply(op)) // NaN in the quick sweep, where x[0] does not move
		tp.pullSecondOne(y, []float64{0, 1})
		return tp.dadj[2], false
	}
	if _, panicked := hvp(); !panicked {
		t.Fatal("the careful sweep did not take place")
	}
	x := tp.start([]float64{1})
	tp.pullSecondOne(x[0].Mul(x[0]).Mul(x[0]), []float64{1})
	if got := tp.dadj[1]; got != 6 {
		t.Errorf("the next second derivative is %v, want 6", got)
	}
}

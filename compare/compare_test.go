package compare

import (
	"fmt"
	"math"
	"os"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// TestMain lets more garbage lie: judging makes much of it, and keeps nothing.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}

func rosenbrock[T ad.Scalar[T]](x []T) T {
	one, hundred := ad.Const[T](1), ad.Const[T](100)
	a := one.Sub(x[0])
	b := x[1].Sub(x[0].Mul(x[0]))
	return a.Mul(a).Add(hundred.Mul(b).Mul(b))
}

func TestAgree(t *testing.T) {
	fn := New("rosenbrock", rosenbrock, rosenbrock, rosenbrock, rosenbrock, rosenbrock)
	for _, x := range [][]float64{{-1.2, 1}, {1, 1}, {0, 0}, {1e5, -1e-5}} {
		r := Check(fn, x)
		if !r.OK() || r.Class != Smooth || r.Culprit != "" {
			t.Error(r)
		}
		// Value; Jacobian, JVP and VJP; gradient, Hessian and HVP; identities.
		if want := 6*1 + 6*(2+1+2) + 6*(2+3+2) + 9 + 3*2; r.Comparisons+r.Skipped != want {
			t.Errorf("%d comparisons and %d skipped, want %d", r.Comparisons, r.Skipped, want)
		}
	}
}

// sinSq is a row without fault.
func sinSq() *ad.Func {
	return &ad.Func{
		Name:  "sinsq",
		Value: func(x float64) float64 { return math.Sin(x) * math.Sin(x) },
		Slope: func(x, _ float64) float64 { return math.Sin(2 * x) },
		Curve: func(x, _ float64) float64 { return 2 * math.Cos(2*x) },
		Text:  "2*sin(x)*cos(x)",
		Lo:    -3, Hi: 3,
	}
}

// TestColumns plants one wrong column at a time in a row: it is reported, and
// the column is named.
func TestColumns(t *testing.T) {
	for _, fault := range []struct {
		want  string
		plant func(f *ad.Func)
	}{
		{"", func(f *ad.Func) {}},
		{"Slope of sinsq", func(f *ad.Func) { f.Slope = func(x, _ float64) float64 { return -math.Sin(2 * x) } }},
		{"Slope of sinsq", func(f *ad.Func) { f.Slope = func(x, _ float64) float64 { return 1.01 * math.Sin(2*x) } }},
		{"Curve of sinsq", func(f *ad.Func) { f.Curve = func(x, _ float64) float64 { return math.Cos(2 * x) } }},
		{"Text of sinsq", func(f *ad.Func) { f.Text = "2*cos(x)" }},
		{"Text of sinsq", func(f *ad.Func) { f.Text = "2*sin(x)*cos(x)*1.000001" }},
		{"Value of sinsq", func(f *ad.Func) { f.Value = func(x float64) float64 { return 1.01 * math.Sin(x) * math.Sin(x) } }},
	} {
		row := sinSq()
		fault.plant(row)
		op := ad.NewOp(row)
		outer := New("outer", inside[numeric.Real](op), inside[dual.Number](op), inside[dual.Hyper](op), inside[reverse.Var](op), inside[symbolic.Expr](op))
		for _, fn := range []Func{Elementary(row), outer} {
			if r := Check(fn, []float64{0.7}); r.Culprit != fault.want || r.OK() != (fault.want == "") {
				t.Errorf("planted a fault in %q; %v", fault.want, r)
			}
		}
	}
}

// inside buries an operation among others.
func inside[T ad.Scalar[T]](op ad.Op) func([]T) T {
	return func(x []T) T { return ad.Exp(x[0].Mul(x[0])).Sub(ad.Log(x[0]).Apply(op)) }
}

// TestMechanisms gives one method at a time a function of its own: the method is
// named.
func TestMechanisms(t *testing.T) {
	f := New("f", product, product, product, product, product)
	if r := Check(f, []float64{0.7, 1.3}); !r.OK() {
		t.Error(r)
	}
	wrongDual := New("f", product, lopsided, lopsided, product, product)
	wrongHyper := New("f", product, product, lopsided, product, product)
	wrongTape := New("f", product, product, product, lopsided, product)
	wrongPaper := New("f", product, product, product, product, lopsided)
	wrongDifferences := New("f", lopsided, product, product, product, product)
	for want, fn := range map[string]Func{
		"dual": wrongDual, "reverse": wrongTape, "symbolic": wrongPaper, "differences": wrongDifferences,
	} {
		if r := Check(fn, []float64{0.7, 1.3}); r.Culprit != want {
			t.Errorf("culprit %q, want %q: %v", r.Culprit, want, r)
		}
	}
	if r := Check(wrongHyper, []float64{0.7, 1.3}); r.Culprit != "dual" {
		t.Errorf("a wrong Hyper: culprit %q: %v", r.Culprit, r)
	}
}

// product is a function with a product; lopsided has the same value but loses
// one term of the product rule.
func product[T ad.Scalar[T]](x []T) T { return ad.Sin(x[0]).Mul(x[0]).Add(x[1]) }

func lopsided[T ad.Scalar[T]](x []T) T {
	return x[0].Apply(frozenSin).Mul(x[0]).Add(x[1])
}

// frozenSin is the sine at 0.7 as if it were a constant, in every column.
var frozenSin = ad.NewOp(&ad.Func{
	Name:  "frozen",
	Value: func(x float64) float64 { return math.Sin(0.7) },
	Slope: func(x, _ float64) float64 { return 0 },
	Curve: func(x, _ float64) float64 { return 0 },
	Text:  "0*x",
	Lo:    0, Hi: 1,
})

// TestKinks: a slope between those of the two sides is accepted at a kink, and
// no other.
func TestKinks(t *testing.T) {
	for _, test := range []struct {
		fn    Func
		x     []float64
		class Class
	}{
		{New("max", tied, tied, tied, tied, tied), []float64{2, 2}, Kink},
		{Elementary(reluRow(0)), []float64{0}, Kink},
		{Elementary(reluRow(0.3)), []float64{0}, Kink},
		{Elementary(reluRow(1)), []float64{0}, Kink},
	} {
		if r := Check(test.fn, test.x); !r.OK() || r.Class != test.class {
			t.Errorf("want %v: %v", test.class, r)
		}
	}
	if r := Check(Elementary(reluRow(1.5)), []float64{0}); r.OK() {
		t.Errorf("a slope of 1.5 at a kink from 0 to 1 was accepted: %v", r)
	}
	if r := Check(Elementary(reluRow(0)), []float64{math.NaN()}); !r.OK() || r.Class != Undefined {
		t.Errorf("at NaN: %v", r)
	}
}

func tied[T ad.Scalar[T]](x []T) T { return ad.Max(x[0], x[1]) }

// reluRow is ReLU with the slope at 0 given.
func reluRow(slope float64) *ad.Func {
	return &ad.Func{
		Name:  "relu0",
		Value: func(x float64) float64 { return max(x, 0) },
		Slope: func(x, _ float64) float64 {
			switch {
			case x > 0:
				return 1
			case x < 0:
				return 0
			}
			return slope + 0*x
		},
		Curve: func(x, _ float64) float64 { return 0 * x },
		Text:  fmt.Sprintf("ifpos(x, 1, ifpos(-x, 0, %v))", slope),
		Lo:    -1, Hi: 1,
	}
}

// recorder is a testing.TB that keeps what it is told.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Helper()                   {}
func (r *recorder) Error(args ...any)         { r.errors = append(r.errors, fmt.Sprint(args...)) }
func (r *recorder) Errorf(f string, a ...any) { r.errors = append(r.errors, fmt.Sprintf(f, a...)) }

func TestTest(t *testing.T) {
	Test(t, New("rosenbrock", rosenbrock, rosenbrock, rosenbrock, rosenbrock, rosenbrock), []float64{1, 2}, []float64{-3, 0.5})

	var r recorder
	wrong := New("f", product, product, product, lopsided, product)
	Test(&r, wrong, []float64{0.7, 1.3}, []float64{0.7, 1})
	if len(r.errors) != 2 || !strings.Contains(r.errors[0], "f at [0.7 1.3]: DISAGREE") || !strings.Contains(r.errors[0], "culprit: reverse") ||
		!strings.HasSuffix(r.errors[0], "compare/explain -go FILE.go:FUNC x1=0.7 x2=1.3") {
		t.Errorf("errors %q", r.errors)
	}
	r = recorder{}
	Test(&r, wrong)
	if len(r.errors) != 1 {
		t.Errorf("a test at no points: errors %q", r.errors)
	}
}

func TestCheckWithoutCoordinates(t *testing.T) {
	defer func() {
		if got := recover(); got != "compare: Check of f at a point without coordinates" {
			t.Errorf("panic %q", got)
		}
	}()
	Check(New("f", product, product, product, product, product), nil)
}

// TestBlame names the culprit of patterns of disagreeing pairs.
func TestBlame(t *testing.T) {
	type pair struct{ a, b Method }
	const n, d, r, s = Differences, Dual, Reverse, Symbolic
	for _, test := range []struct {
		want  string
		pairs []pair
	}{
		{"dual", []pair{{d, r}, {d, s}, {d, n}}},
		{"reverse", []pair{{d, r}, {r, s}, {r, n}}},
		{"symbolic", []pair{{s, r}, {d, s}, {s, n}}},
		{"differences", []pair{{n, r}, {n, s}, {d, n}}},
		{"a Slope or Curve that dual and reverse share", []pair{{d, s}, {r, s}, {d, n}, {r, n}}},
		{"dual", []pair{{d, r}, {d, s}}},
		{"reverse", []pair{{d, r}, {r, s}}},
		{"symbolic, or a Slope or Curve that dual and reverse share", []pair{{d, s}, {r, s}}},
		{"reverse", []pair{{r, r}}},
		{"one of differences, dual, reverse, symbolic", []pair{{d, r}, {n, s}}},
	} {
		var disagree disagreement
		for _, p := range test.pairs {
			disagree[p.a][p.b], disagree[p.b][p.a] = true, true
		}
		if got := blame(disagree); got != test.want {
			t.Errorf("%v: %q, want %q", test.pairs, got, test.want)
		}
	}
}

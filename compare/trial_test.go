package compare

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare/internal/rounding"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// Here the judge is on trial: what it says of faults that are just large enough.

// TestExactMethodsAreHeldTight: a slope that one method has wrong by a hundred times what
// the report says would be noticed is noticed, in every deep program; so limits are no
// wider than they are said to be.
func TestExactMethodsAreHeldTight(t *testing.T) {
	const n = 20
	held := 0
	for _, d := range deeps {
		good := d.over(repeat{ad.NewOp(sineRow(0)), n})
		r := Check(good, deepPoint)
		if r.Verdict() != Agree || !(r.Power < 1e-9) {
			t.Errorf("%s: power %v: %v", d.name, r.Power, r)
			continue
		}
		bad := good
		bad.tape = d.over(repeat{ad.NewOp(sineRow(100 * r.Power)), n}).tape
		if r := Check(bad, deepPoint); r.Verdict() != Disagree {
			t.Errorf("%s, the tape's slope off by %v: %v", d.name, 100*r.Power, r)
		}
		held++
	}
	if held != len(deeps) {
		t.Errorf("%d programs", held)
	}
}

// TestDifferencesAreTrustedThatFar: a Value that Slope and Text do not follow, by a hundred
// times the error that differences own up to, is found by them; by a tenth of it, it is not.
func TestDifferencesAreTrustedThatFar(t *testing.T) {
	for _, x := range []float64{-1.1, 0.4, 0.9} {
		wrong := func(by float64) func(float64) float64 {
			return func(x float64) float64 { return math.Sin(x) * (1 + by*x) }
		}
		err := numeric.DerivativeResult(math.Sin, x).Err
		for _, test := range []struct {
			times float64
			want  Verdict
		}{{0.1, Agree}, {100, Disagree}} {
			row := sineRow(0)
			row.Value = wrong(test.times * err / math.Abs(x*math.Cos(x)+math.Sin(x)))
			if r := Check(Elementary(row), []float64{x}); r.Verdict() != test.want {
				t.Errorf("at %v, off by %v estimates of %v: want %v: %v", x, test.times, err, test.want, r)
			}
		}
	}
}

// TestIdentitiesAreHeldTight: the two sides of an identity may lie as far apart as their
// terms may be off, and no further.
func TestIdentitiesAreHeldTight(t *testing.T) {
	const err = 0x1p-50
	bound := func(limits) limit { return limit{Limit: rounding.Limit{Err: err, Size: 1}} }
	for times, want := range map[float64]int{0: 0, 0.5: 0, 2: 1, 1000: 1} {
		j := &judgement{report: &Report{}}
		j.identity("identity", "", Dual, Dual, 1, 1+times*err, bound)
		if len(j.report.Findings) != want {
			t.Errorf("%v bounds apart: %v", times, j.report)
		}
	}
}

// TestPairsAreHeldTight: so it is with two results of one entry.
func TestPairsAreHeldTight(t *testing.T) {
	const err = 0x1p-50
	for times, want := range map[float64]int{0: 0, 0.5: 0, 2: 1, 1000: 1} {
		tab := table{operator: "JVP", order: 1, label: result, limits: []limit{{Limit: rounding.Limit{Err: err, Size: 1}}}}
		tab.by[Dual], tab.by[Reverse] = []float64{1}, []float64{1 + times*err}
		j := &judgement{e: &evidence{form: &form{}}, report: &Report{}}
		j.pair(&tab, 0, Dual, Reverse)
		if len(j.report.Findings) != want || j.report.Comparisons != 1 {
			t.Errorf("%v bounds apart: %v", times, j.report)
		}
	}
}

// TestReferencesAreHeldTight: and with what a reference says.
func TestReferencesAreHeldTight(t *testing.T) {
	x := 0.7
	for off, want := range map[float64]Verdict{0: Agree, 1e-12: Disagree} {
		for k := range 3 {
			right := [3]float64{math.Sin(x), math.Cos(x), -math.Sin(x)}
			right[k] *= 1 + off
			ref := Reference{Value: right[:1], Jacobian: right[1:2], Hessian: right[2:]}
			fn := New("sine", one1(ad.Sin[numeric.Real]), one1(ad.Sin[dual.Number]), one1(ad.Sin[dual.Hyper]), one1(ad.Sin[reverse.Var]), one1(ad.Sin[symbolic.Expr]))
			if r := Against(fn, []float64{x}, ref); r.Verdict() != want {
				t.Errorf("number %d of the reference off by %v: %v", k, off, r)
			}
		}
	}
}

func one1[T any](f func(T) T) func([]T) T { return func(x []T) T { return f(x[0]) } }

// TestWideLimitsProveNothing: an agreement within a limit that is wide beside what is
// compared is none.
func TestWideLimitsProveNothing(t *testing.T) {
	for share, want := range map[float64]int{0x1p-30: 1, slack / 2: 1, slack * 4: 0, 0x1p-4: 0} {
		tab := table{operator: "JVP", order: 1, label: result, limits: []limit{{Limit: rounding.Limit{Err: share, Size: 1}}}}
		tab.by[Dual], tab.by[Reverse] = []float64{1}, []float64{1 + share/2}
		j := &judgement{e: &evidence{form: &form{}}, report: &Report{}}
		j.pair(&tab, 0, Dual, Reverse)
		if j.report.Comparisons != want || j.report.Skipped != 1-want || len(j.report.Findings) > 0 {
			t.Errorf("a limit of %v of the entry: %v", share, j.report)
		}
	}
}

// TestArraysAreHeldTight: arrays may add up in another order, and may not be off by a
// thousand times what that comes to.
func TestArraysAreHeldTight(t *testing.T) {
	for off, want := range map[float64]Verdict{0: Agree, 0x1p-36: Disagree, -0x1p-36: Disagree} {
		fn := ArrayFunc{
			Func:   NewVector("sines", sines, sines, sines, sines, sines),
			Shapes: [][]int{{3}},
			Array:  func(x []reverse.Array) reverse.Array { return x[0].Apply(ad.OpSin).Scale(1 + off) },
		}
		if r := CheckArray(fn, []float64{0.3, -1.2, 2}); r.Verdict() != want || want == Disagree && r.Culprit != "arrays" {
			t.Errorf("arrays off by %v: %v", off, r)
		}
	}
}

func sines[T ad.Scalar[T]](x []T) []T {
	y := make([]T, len(x))
	for i := range x {
		y[i] = ad.Sin(x[i])
	}
	return y
}

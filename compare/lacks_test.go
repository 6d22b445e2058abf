package compare

import (
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
)

// TestLacks: what a row lacks is left out and named, and what it has is judged.
func TestLacks(t *testing.T) {
	for _, test := range []struct {
		name  string
		plant func(f *ad.Func)
		lacks string
		want  string // the culprit
	}{
		{"no Curve", func(f *ad.Func) { f.Curve = nil }, "second order", ""},
		{"no Text", func(f *ad.Func) { f.Text = "" }, "on paper", ""},
		{"neither", func(f *ad.Func) { f.Curve, f.Text = nil, "" }, "on paper", ""},
		{"no Curve, wrong Slope", func(f *ad.Func) { f.Curve = nil; slopeTimes(f, 1.01) }, "second order", "Slope of sinsq"},
		{"no Text, wrong Slope", func(f *ad.Func) { f.Text = ""; slopeTimes(f, 1.01) }, "on paper", ""},
		{"a Text that does not parse", func(f *ad.Func) { f.Text = "2*sin(x" }, "on paper", "Text of sinsq"},
		{"a Text of something else", func(f *ad.Func) { f.Text = "2*sin(q)" }, "on paper", "Text of sinsq"},
		{"a Text of no function", func(f *ad.Func) { f.Text = "2*sine(x)" }, "on paper", "Text of sinsq"},
	} {
		row := sinSq()
		test.plant(row)
		r := Check(Elementary(row), []float64{0.7})
		wrong := test.want != "" || strings.Contains(test.name, "wrong")
		if (r.Verdict() == Disagree) != wrong || test.want != "" && r.Culprit != test.want {
			t.Errorf("%s: %v", test.name, r)
		}
		if strings.HasPrefix(test.name, "a Text") && !strings.Contains(r.String(), "Text of sinsq cannot be read: symbolic: ") {
			t.Errorf("%s: the report does not say why: %v", test.name, r)
		}
		if !strings.Contains(strings.Join(r.Lacks, "; "), test.lacks) {
			t.Errorf("%s: lacks %q", test.name, r.Lacks)
		}
	}
}

func slopeTimes(f *ad.Func, by float64) {
	right := f.Slope
	f.Slope = func(x, y float64) float64 { return by * right(x, y) }
}

// TestUndecided: a derivative that rounding errors make the whole of is neither right nor
// wrong, and Test says so unless it is told otherwise.
func TestUndecided(t *testing.T) {
	fn := New("chaos", logistic, logistic, logistic, logistic, logistic)
	x := []float64{0.3}
	r := Check(fn, x)
	if r.Verdict() != Undecided || r.OK() || !(r.Condition > 1e6) || !strings.Contains(r.String(), "UNDECIDED") {
		t.Errorf("condition %v: %v", r.Condition, r)
	}
	var rec recorder
	Test(&rec, fn, x)
	fn.AllowUndecided = true
	Test(&rec, fn, x)
	if len(rec.errors) != 1 {
		t.Errorf("errors %q", rec.errors)
	}
}

// logistic is a hundred steps of a map that doubles errors.
func logistic[T ad.Scalar[T]](x []T) T {
	y := x[0]
	for range 100 {
		y = c[T](4).Mul(y).Mul(c[T](1).Sub(y))
	}
	return y
}

// TestPower: the least fault that is noticed is no larger where a program is deep.
func TestPower(t *testing.T) {
	for _, d := range deeps {
		if r := Check(d.over(repeat{ad.NewOp(sineRow(0)), 40}), deepPoint); !(r.Power < 1e-8) {
			t.Errorf("%s: power %v", d.name, r.Power)
		}
	}
}

// TestMissingForms: any form may be missing. It is named, the others are judged, and a fault
// in one of them is found.
func TestMissingForms(t *testing.T) {
	x := []float64{0.7, 1.3}
	for _, c := range []struct {
		lacks string
		take  func(fn *Func)
	}{
		{"differences: ", func(fn *Func) { fn.real = nil }},
		{"dual: no such form", func(fn *Func) { fn.number = nil }},
		{"dual at second order: ", func(fn *Func) { fn.hyper = nil }},
		{"reverse: ", func(fn *Func) { fn.tape = nil }},
		{"on paper: ", func(fn *Func) { fn.paper = nil }},
	} {
		fn := New("mixed", mixed, mixed, mixed, mixed, mixed)
		c.take(&fn)
		r := Check(fn, x)
		if r.Verdict() != Agree || len(r.Lacks) != 1 || !strings.HasPrefix(r.Lacks[0], c.lacks) {
			t.Errorf("without %q: %v, lacks %q", c.lacks, r, r.Lacks)
		}
		if fn.number != nil {
			fn.number = one(func(x []dual.Number) dual.Number { return ad.Sin(x[0]).Mul(x[1]).Sub(x[1]) })
		} else {
			fn.tape = one(func(x []reverse.Var) reverse.Var { return ad.Sin(x[0]).Mul(x[1]).Sub(x[1]) })
		}
		if r := Check(fn, x); r.Verdict() != Disagree {
			t.Errorf("without %q and with a fault: %v", c.lacks, r)
		}
	}
	none := New("none", nil, nil, nil, nil, mixed)
	optest.Panics(t, "compare: Check of none, which has no form over numbers", func() { Check(none, x) })
}

func mixed[T ad.Scalar[T]](x []T) T { return ad.Sin(x[0]).Mul(x[1]).Add(x[1]) }

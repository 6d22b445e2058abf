package main

import (
	"bytes"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	reference "github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// TestNIST fits all datasets from both starts: better than wanted, and with the
// certified deviation of the residuals.
func TestNIST(t *testing.T) {
	results, err := nist(func(string) {}, regexp.MustCompile(""))
	if err != nil {
		t.Fatal(err)
	}
	if len(results) != 27 {
		t.Errorf("%d datasets, want 27", len(results))
	}
	for _, r := range results {
		for i, f := range r.Fits {
			if len(f.X) != r.Parameters || f.Digits < 10 || f.Iterations < 2 || f.Iterations >= 10_000 {
				t.Errorf("%s from start %d: %+v", r.Name, i+1, f)
			}
			// The certified deviation of Lanczos1 is 9e-14, less than what
			// rounding makes of its data.
			if f.DeviationDigits < 10 && r.Name != "Lanczos1" || f.Deviation > 1e-13 && r.Name == "Lanczos1" {
				t.Errorf("%s from start %d: residual deviation %v, %.1f digits", r.Name, i+1, f.Deviation, f.DeviationDigits)
			}
		}
	}
	var out bytes.Buffer
	if !printNIST(&out, results) || !strings.Contains(out.String(), "NIST: 27 of 27 fits to 6 digits from start 1, 27 of 27 to 8 digits from start 2") {
		t.Error(out.String())
	}
}

// TestEvaluations holds the sums of squares and their gradients against 80-digit
// arithmetic, by every method.
func TestEvaluations(t *testing.T) {
	cases, err := reference.Load("nist")
	if err != nil {
		t.Fatal(err)
	}
	all, err := regressions()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for i, p := range all {
		// As a function of many results, so that no Hessian is computed.
		f := compare.NewVector(p.name, one(sumOfSquares[ad.Real](p)), one(sumOfSquares[dual.Number](p)),
			one(sumOfSquares[dual.Hyper](p)), one(sumOfSquares[reverse.Var](p)), one(sumOfSquares[symbolic.Expr](p)))
		for _, e := range cases[i].Evaluations {
			ref := compare.Reference{Value: e.F.Floats()}
			if len(e.Grad.Data) > 0 {
				ref.Jacobian = e.Grad.Floats()
			}
			if r := compare.Against(f, e.X.Floats(), ref); !r.OK() {
				t.Errorf("%s, %s: %v", p.name, e.At, r)
			}
			n++
		}
	}
	if n != 3*27 {
		t.Errorf("%d evaluations, want %d", n, 3*27)
	}
}

// TestMissed: two missed fits from start 1 are allowed, three are not, and none
// from start 2.
func TestMissed(t *testing.T) {
	good := nistResult{Name: "good", Fits: [2]nistFit{{Digits: 6}, {Digits: 8}}}
	missed1 := nistResult{Name: "missed1", Fits: [2]nistFit{{Digits: 5.9}, {Digits: 8}}}
	missed2 := nistResult{Name: "missed2", Fits: [2]nistFit{{Digits: 6}, {Digits: 7.9}}}
	for _, test := range []struct {
		results []nistResult
		ok      bool
	}{
		{nil, true},
		{[]nistResult{good, missed1, missed1}, true},
		{[]nistResult{good, missed1, missed1, missed1}, false},
		{[]nistResult{good, missed2}, false},
	} {
		var out bytes.Buffer
		if ok := printNIST(&out, test.results); ok != test.ok || ok == strings.Contains(out.String(), "wanted:") {
			t.Errorf("%v: %v", ok, out.String())
		}
	}
}

func TestDigits(t *testing.T) {
	nan := math.NaN()
	for _, test := range []struct {
		got, want []float64
		digits    float64
	}{
		{[]float64{1, 2}, []float64{1, 2}, 11},
		{[]float64{1.001, 2}, []float64{1, 2}, 3},
		{[]float64{1, -2.0002}, []float64{1, -2}, 4},
		{[]float64{1, -2}, []float64{1, 2}, 0},
		{[]float64{1, nan}, []float64{1, 2}, 0},
		{[]float64{math.Inf(1), 2}, []float64{1, 2}, 0},
	} {
		if d := digits(test.got, test.want); math.Abs(d-test.digits) > 1e-9 {
			t.Errorf("digits of %v for %v: %v, want %v", test.got, test.want, d, test.digits)
		}
	}
}

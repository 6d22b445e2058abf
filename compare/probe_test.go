package compare

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
)

// TestProbes: a column that is wrong somewhere in the box of a row is found whatever the
// point, and a row without fault is not convicted.
func TestProbes(t *testing.T) {
	plane := func() *ad.Func2 { // x²·y
		return &ad.Func2{
			Name:    "plane",
			Value:   func(x, y float64) float64 { return x * x * y },
			SlopeX:  func(x, y, _ float64) float64 { return 2 * x * y },
			SlopeY:  func(x, _, _ float64) float64 { return x * x },
			CurveXX: func(_, y, _ float64) float64 { return 2 * y },
			CurveXY: func(x, _, _ float64) float64 { return 2 * x },
			CurveYY: func(_, _, _ float64) float64 { return 0 },
			TextX:   "2*x*y", TextY: "x^2",
			Lo: [2]float64{-2, -3}, Hi: [2]float64{2, 3},
		}
	}
	for _, test := range []struct {
		want  string
		plant func(f *ad.Func2)
	}{
		{"", func(*ad.Func2) {}},
		{"SlopeX of plane", func(f *ad.Func2) { f.SlopeX = func(x, y, _ float64) float64 { return 2 * x * math.Abs(y) } }},
		{"SlopeX of plane", func(f *ad.Func2) {
			f.SlopeX = func(x, y, _ float64) float64 {
				if y < 0 {
					return 2 * x * y * (1 + 1e-9)
				}
				return 2 * x * y
			}
		}},
		{"SlopeY of plane", func(f *ad.Func2) { f.SlopeY = func(x, _, _ float64) float64 { return max(x, 0) * x } }},
		{"CurveXX of plane", func(f *ad.Func2) { f.CurveXX = func(_, y, _ float64) float64 { return 2 * math.Abs(y) } }},
		{"CurveXY of plane", func(f *ad.Func2) { f.CurveXY = func(x, _, _ float64) float64 { return 2 * math.Abs(x) } }},
		{"TextX of plane", func(f *ad.Func2) { f.TextX = "2*x*abs(y)" }},
	} {
		f := plane()
		test.plant(f)
		for _, x := range [][]float64{{0.7, 1.3}, {1.5, 2.5}, {0.01, 0.02}} {
			if r := Check(Elementary2(f), x); r.Culprit != test.want || r.OK() != (test.want == "") {
				t.Errorf("at %v: culprit %q, want %q: %v", x, r.Culprit, test.want, r)
			}
		}
	}
	row := sinSq()
	right := row.Slope
	row.Slope = func(x, y float64) float64 { return right(x, y) + max(0, -x)*1e-3 }
	if r := Check(Elementary(row), []float64{0.7}); r.Culprit != "Slope of sinsq" {
		t.Error(r)
	}
	if r := Check(Elementary(ad.OpLog.Func()), []float64{0.7}); !r.OK() {
		t.Error(r)
	}
}

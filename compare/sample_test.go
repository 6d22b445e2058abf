package compare

import (
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
)

// wide is a function of many inputs, of which two meet in an operation.
func wide[T ad.Scalar[T]](x []T, op ad.Op2) T {
	sum := x[3].Apply2(op, x[11])
	for i := range x[1:] {
		d := x[i+1].Sub(x[i].Mul(x[i]))
		sum = sum.Add(d.Mul(d))
	}
	return sum
}

// TestLargeHessian: of a large Hessian differences see every entry, though not each by
// itself: a mixed derivative that every exact method has wrong is found, one of hundreds,
// where it is large and where it is not.
func TestLargeHessian(t *testing.T) {
	product := func(scale, fault float64) *ad.Func2 {
		return &ad.Func2{
			Name:    "scaled", // there is no Text: differences stand alone
			Value:   func(x, y float64) float64 { return scale * x * y },
			SlopeX:  func(_, y, _ float64) float64 { return scale * y },
			SlopeY:  func(x, _, _ float64) float64 { return scale * x },
			CurveXX: func(_, _, _ float64) float64 { return 0 },
			CurveXY: func(_, _, _ float64) float64 { return scale * (1 + fault) },
			CurveYY: func(_, _, _ float64) float64 { return 0 },
		}
	}
	for _, n := range []int{entire, entire + 1, 40} {
		x := make([]float64, n)
		for i := range x {
			x[i] = 1 + 0.1*float64(i%7)
		}
		for _, scale := range []float64{100, 0.1} {
			for fault, want := range map[float64]Verdict{0: Agree, 0.01: Disagree} {
				fn := NewWith("wide", ad.NewOp2(product(scale, fault)), wide, wide, wide, wide, nil)
				r := Check(fn, x)
				if r.Verdict() != want {
					t.Errorf("%d inputs, a mixed derivative of %v off by %v: %v", n, scale, fault, r)
				}
				shows := func(f Finding) bool { return f.Operator == "HVP" && f.Entry == "x11" && f.A == Differences }
				if want == Disagree && !slices.ContainsFunc(r.Findings, shows) {
					t.Errorf("%d inputs: the product with a vector does not show it: %v", n, r)
				}
			}
		}
	}
}

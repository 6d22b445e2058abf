package corpus

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
)

// TestCalls: functions that call others, of the package and of gonum, have the derivatives
// of dual numbers, of the tape and of differences, and gonum's values but for rounding.
func TestCalls(t *testing.T) {
	for _, p := range []struct {
		name    string
		value   func(x []float64) float64
		grad    func(grad, x []float64) float64
		jvp     func(x, v []float64) (float64, float64)
		hvp     func(grad, hvp, x, v []float64) (float64, float64)
		forward func(x []dual.Number) dual.Number
		tape    func(x []reverse.Var) reverse.Var
	}{
		{"portfolio", portfolio, portfolioGrad, portfolioJVP, portfolioHVP, portfolioGeneric[dual.Number], portfolioGeneric[reverse.Var]},
		{"standardized", standardized, standardizedGrad, standardizedJVP, standardizedHVP, standardizedGeneric[dual.Number], standardizedGeneric[reverse.Var]},
		{"attention", attention, attentionGrad, attentionJVP, attentionHVP, attentionGeneric[dual.Number], attentionGeneric[reverse.Var]},
		{"spread", spread, spreadGrad, spreadJVP, spreadHVP, spreadGeneric[dual.Number], spreadGeneric[reverse.Var]},
		{"fused", fused, fusedGrad, fusedJVP, fusedHVP, fusedGeneric[dual.Number], fusedGeneric[reverse.Var]},
	} {
		for _, x := range [][]float64{{0.3, 0.8, -0.4}, {1.7, -0.2, 0.9, 0.35, -1.1}, {-0.6, -0.9}} {
			compare.TestGradient(t, p.value, func(grad, x []float64) { p.grad(grad, x) }, x)
			y, grad, hvp, v := p.value(x), make([]float64, len(x)), make([]float64, len(x)), make([]float64, len(x))
			want := dual.Gradient(p.forward, x)
			optest.Within(t, p.name+": value", []float64{p.grad(grad, x)}, []float64{y}, 1e-14)
			optest.Within(t, p.name+": gradient against dual", grad, want, 1e-12)
			optest.Within(t, p.name+": gradient against reverse", grad, reverse.Gradient(p.tape, x), 1e-12)
			for i := range x {
				clear(v)
				v[i] = 1
				yJVP, dot := p.jvp(x, v)
				optest.Within(t, p.name+": JVP", []float64{yJVP, dot}, []float64{y, want[i]}, 1e-12)
				p.hvp(grad, hvp, x, v)
				optest.Within(t, p.name+": HVP", hvp, reverse.HVP(p.tape, x, v), 1e-11)
			}
		}
	}
}

// TestSeveralResults: with a cotangent for each result the gradient is that of their weighted
// sum, and a cotangent of 0 leaves its result out, even at an infinite slope.
func TestSeveralResults(t *testing.T) {
	x, grad := []float64{0.7, 1.3, -0.4}, make([]float64, 3)
	weighted := func(a, b float64) func(x []dual.Number) dual.Number {
		return func(x []dual.Number) dual.Number {
			mean, variance, _ := momentsGeneric(x)
			return mean.Mul(ad.Const[dual.Number](a)).Add(variance.Mul(ad.Const[dual.Number](b)))
		}
	}
	wantMean, wantVariance, wantN := moments(x)
	for _, w := range [][2]float64{{1, 0}, {0, 1}, {2, -3}} {
		mean, variance, n := momentsGrad(grad, x, w[0], w[1])
		optest.Within(t, "the moments", []float64{mean, variance, float64(n)}, []float64{wantMean, wantVariance, float64(wantN)}, 1e-15)
		optest.Within(t, "the gradient", grad, dual.Gradient(weighted(w[0], w[1]), x), 1e-14)
	}
	_, _, _, meanDot, varianceDot := momentsJVP(x, []float64{1, 2, 3})
	momentsGrad(grad, x, 1, 0)
	optest.Within(t, "the tangent of the mean", []float64{meanDot}, []float64{grad[0] + 2*grad[1] + 3*grad[2]}, 1e-15)
	momentsGrad(grad, x, 0, 1)
	optest.Within(t, "the tangent of the variance", []float64{varianceDot}, []float64{grad[0] + 2*grad[1] + 3*grad[2]}, 1e-15)

	a, b, r, phi := polarGrad(2, 0.5, 3, 5)
	s, c := math.Sincos(0.5)
	optest.Within(t, "polar", []float64{a, b, r, phi}, []float64{2 * c, 2 * s, 3*c + 5*s, 2 * (5*c - 3*s)}, 1e-15)

	wantA, wantB := polar(2, 0.5)
	optest.Within(t, "the values of polar", []float64{a, b}, []float64{wantA, wantB}, 1e-15)
	if _, err := checkedLog(x); err == nil {
		t.Error("checkedLog has no error")
	}
	if y, err := checkedLogGrad(grad, x, 1); err == nil || y != 0 || err.Error() != "element 2 is negative" {
		t.Errorf("checkedLog: %v, %v", y, err)
	}
	optest.Within(t, "where an error is returned", grad, []float64{0, 0, 0}, 0)
	if _, err := checkedLogGrad(grad, []float64{0.5, 0, 4}, 0); err != nil {
		t.Error(err)
	}
	optest.Within(t, "a cotangent of 0 at log 0", grad, []float64{0, 0, 0}, 0)
	checkedLogGrad(grad, []float64{0.5, 1, 4}, 2)
	optest.Within(t, "checkedLog", grad, []float64{4, 2, 0.5}, 1e-15)

	for _, x := range [][]float64{{0.7, 1.3}, {2, -0.5}} {
		for _, w := range [][2]float64{{1, 0}, {-2, 3}} {
			a, b, phi := rotatedGrad(grad[:2], x, 0.3, w[0], w[1])
			wantA, wantB := rotated(x, 0.3)
			optest.Within(t, "the values of rotated", []float64{a, b}, []float64{wantA, wantB}, 1e-14)
			want := dual.Gradient(func(x []dual.Number) dual.Number {
				a, b := rotatedGeneric(x[:2], x[2])
				return a.Mul(ad.Const[dual.Number](w[0])).Add(b.Mul(ad.Const[dual.Number](w[1])))
			}, append([]float64(nil), x[0], x[1], 0.3))
			optest.Within(t, "rotated", []float64{grad[0], grad[1], phi}, want, 1e-13)
		}
	}
}

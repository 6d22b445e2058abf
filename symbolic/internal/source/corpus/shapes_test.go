package corpus

import (
	"testing"

	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// TestShapes: signatures with numbers, several slices, receivers, data, and a part of the
// parameters.
func TestShapes(t *testing.T) {
	check := func(what string, y, wantY float64, got, want []float64) {
		t.Helper()
		if !sameValue(y, wantY) {
			t.Errorf("%s: value %v, want %v", what, y, wantY)
		}
		optest.Within(t, what, got, want, 1e-13)
	}
	y, x1, mu1, sigma1 := densityGrad(0.3, 0.1, 1.2)
	check("density", y, density(0.3, 0.1, 1.2), []float64{x1, mu1, sigma1},
		dual.Gradient(func(x []dual.Number) dual.Number { return densityGeneric(x[0], x[1], x[2]) }, []float64{0.3, 0.1, 1.2}))

	w, x := []float64{1, 2}, []float64{-0.5, 0.7}
	gw, gx := make([]float64, 2), make([]float64, 2)
	y, bias1 := affineGrad(gw, gx, w, 0.3, x)
	check("affine", y, affine(w, 0.3, x), []float64{gw[0], gw[1], bias1, gx[0], gx[1]},
		dual.Gradient(func(x []dual.Number) dual.Number { return affineGeneric(x[:2], x[2], x[3:]) }, []float64{1, 2, 0.3, -0.5, 0.7}))
	y, dot := affineJVP(w, 0.3, x, []float64{1, 0}, 1, []float64{0, 1})
	check("affine JVP", y, affine(w, 0.3, x), []float64{dot}, []float64{gw[0] + bias1 + gx[1]})

	m := model{0.5, [][]float64{{1, 2}, {3, -1}}, []float64{0.4, 0.2}}
	y = m.LossGrad(gw, w)
	check("Loss", y, m.Loss(w), gw, dual.Gradient(func(w []dual.Number) dual.Number { return modelLossGeneric(m, w) }, w))
	y = m.EnergyGrad(gw, w)
	check("Energy", y, m.Energy(w), gw, dual.Gradient(func(w []dual.Number) dual.Number { return modelEnergyGeneric(&m, w) }, w))

	y, t1 := scaledGrad(gx, x, 0.6, 3)
	check("scaled", y, scaled(x, 0.6, 3), []float64{gx[0], gx[1], t1},
		dual.Gradient(func(x []dual.Number) dual.Number { return scaledGeneric(x[:2], x[2], 3) }, []float64{-0.5, 0.7, 0.6}))

	// 2·c·t·Σd·x: c = 3, t = 2
	y, t1 = subsetGrad(gx, x, 3, 2, []float64{1, 10, 100})
	check("subset", y, subset(x, 3, 2, []float64{1, 10, 100}), []float64{gx[0], gx[1], t1}, []float64{12 * 101, 12 * 10, 6 * (-0.5*101 + 0.7*10)})
	_, dot = subsetJVP(x, 3, 2, []float64{1, 10, 100}, []float64{1, 0}, 0)
	optest.Within(t, "subset JVP", []float64{dot}, []float64{12 * 101}, 1e-13)

	optest.Panics(t, "affineGrad: wGrad and w differ in length", func() { affineGrad(gw[:1], gx, w, 0.3, x) })
}

// TestCompare: the generic forms pass the judge.
func TestCompare(t *testing.T) {
	compare.Test(t, compare.New("valley", valleyGeneric[numeric.Real], valleyGeneric[dual.Number], valleyGeneric[dual.Hyper],
		valleyGeneric[reverse.Var], valleyGeneric[symbolic.Expr]), []float64{0.7, 1.3, -0.4})
	compare.Test(t, compare.New("growth", growthGeneric[numeric.Real], growthGeneric[dual.Number], growthGeneric[dual.Hyper],
		growthGeneric[reverse.Var], growthGeneric[symbolic.Expr]), []float64{0.1, 0.8})
	compare.Test(t, compare.New("survival", survivalGeneric[numeric.Real], survivalGeneric[dual.Number], survivalGeneric[dual.Hyper],
		survivalGeneric[reverse.Var], nil), []float64{0.7, 0.2}, []float64{0.7, -0.2})
	compare.Test(t, compare.New("eliminate", eliminateGeneric[numeric.Real], eliminateGeneric[dual.Number], eliminateGeneric[dual.Hyper],
		eliminateGeneric[reverse.Var], nil), []float64{2, 1, -1, 4, -6, 0, -2, 7, 2, 1, 2, 3})
}

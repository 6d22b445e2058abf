package compare

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// special are the numbers at which something may break.
var special = []float64{
	math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1), 5e-324, -5e-324,
	2.2250738585072014e-308, -2.2250738585072014e-308, 1, -1, math.MaxFloat64, -math.MaxFloat64,
}

// poles are the second derivatives of hypot and atan2. Their own derivatives are third ones
// of what has a name, and at the origin and just beside it the terms of their texts are
// infinities of both signs.
var poles = []*rule.Func2{rule.UnitSlope, rule.Quadrupole, rule.Crosspole}

// TestSpecialGrid holds the exact methods against each other at all special
// numbers and pairs of them: value and gradient of every row of the table, the
// Hessian and its last column of those that have a name in package ad. There is no tolerance for an
// infinity or NaN that one method has and another has not.
func TestSpecialGrid(t *testing.T) {
	checked := 0
	check := func(f Func, second bool, x ...float64) {
		g := make([]float64, len(x))
		yd := dual.GradientTo(g, first(f.number), x)
		gd := append([]float64{yd}, g...)
		yr := reverse.GradientTo(g, first(f.tape), x)
		gr := append([]float64{yr}, g...)
		ys := symbolic.GradientTo(g, first(f.paper), x)
		gs := append([]float64{ys}, g...)
		if second {
			gd = append(gd, upper(dual.Hessian(first(f.hyper), x))...)
			gr = append(gr, upper(reverse.Hessian(first(f.tape), x))...)
			gs = append(gs, upper(symbolic.Hessian(first(f.paper), x))...)
			// A column of the Hessian in another order: symbolic differentiates
			// here what it takes from the other triangle there.
			v := make([]float64, len(x))
			v[len(v)-1] = 1
			gd = append(gd, dual.HVP(first(f.hyper), x, v)...)
			gr = append(gr, reverse.HVP(first(f.tape), x, v)...)
			gs = append(gs, symbolic.HVP(first(f.paper), x, v)...)
		}
		checked += len(gd)
		at := fmt.Sprintf("%s at %v: value, gradient, Hessian, HVP by dual and by ", f.Name, x)
		optest.Equal(t, at+"reverse", gr, gd, alike)
		optest.Equal(t, at+"symbolic", gs, gd, alike)
	}
	for _, row := range slices.Concat(rule.Functions, rule.Helpers) {
		for _, x := range special {
			check(Elementary((*ad.Func)(row)), slices.Contains(rule.Functions, row), x)
		}
	}
	for _, row := range slices.Concat(rule.Functions2, rule.Helpers2) {
		if slices.Contains(poles, row) {
			continue
		}
		second := slices.Contains(rule.Functions2, row)
		switch row {
		case rule.Softplus, rule.LeakyReLU, rule.ELU, rule.CELU, rule.HardShrink, rule.SoftShrink:
			second = false // but for parameters that make sense
			for _, x := range special {
				check(Elementary2((*ad.Func2)(row)), true, x, 0.5)
			}
		}
		for _, x := range special {
			for _, y := range special {
				check(Elementary2((*ad.Func2)(row)), second, x, y)
			}
		}
	}
	if checked < 19_000 {
		t.Errorf("only %d numbers were compared", checked)
	}
}

// alike lets numbers be equal that are the same up to rounding; an infinity and NaN
// are like nothing but themselves.
var alike = cmp.Comparer(func(a, b float64) bool {
	return golden.ULP(a, b) <= 32 && math.IsInf(a, 0) == math.IsInf(b, 0) || math.Abs(a-b) <= 0x1p-1070
})

package numeric_test

import (
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
)

// f may overwrite its argument.
func TestArgumentsAreCopies(t *testing.T) {
	scribble := func(x []float64) float64 {
		y := x[0] * x[0] * x[1]
		x[0], x[1] = math.NaN(), 1e9
		return y
	}
	scribbles := func(x []float64) []float64 {
		defer func() { x[1] = math.NaN() }()
		return []float64{x[0] * x[1], x[0] + x[1]}
	}
	x := []float64{3, 5}
	for _, s := range schemes {
		optest.Within(t, s.name+".Gradient", s.scheme.Gradient(scribble, x), []float64{30, 9}, s.first)
		optest.Within(t, s.name+".Hessian", flat(s.scheme.Hessian(scribble, x)), []float64{10, 6, 6, 0}, s.second)
		optest.Within(t, s.name+".HVP", s.scheme.HVP(scribble, x, []float64{1, 1}), []float64{16, 6}, s.second)
		optest.Within(t, s.name+".Jacobian", flat(s.scheme.Jacobian(scribbles, x)), []float64{5, 3, 1, 1}, s.first)
		optest.Within(t, s.name+".JVP", s.scheme.JVP(scribbles, x, []float64{1, 2}), []float64{11, 3}, s.first)
		optest.Within(t, s.name+".VJP", s.scheme.VJP(scribbles, x, []float64{1, 2}), []float64{7, 5}, s.first)
	}
	if !slices.Equal(x, []float64{3, 5}) {
		t.Errorf("the point has become %v", x)
	}
	complexScribble := func(x []complex128) complex128 {
		y := x[0] * x[0] * x[1]
		x[0] = 7
		return y
	}
	optest.Within(t, "ComplexStep.Gradient", numeric.ComplexStep.Gradient(complexScribble, x), []float64{30, 9}, 1e-15)
}

// f may return the same slice every time.
func TestResultsAreCopied(t *testing.T) {
	kept := make([]float64, 2)
	reuse := func(x []float64) []float64 {
		kept[0], kept[1] = x[0]*x[1], x[0]-x[1]
		return kept
	}
	x, dst := []float64{3, 5}, make([]float64, 2)
	for _, s := range schemes {
		optest.Within(t, s.name+".Jacobian", flat(s.scheme.Jacobian(reuse, x)), []float64{5, 3, 1, -1}, s.first)
		optest.Within(t, "value of "+s.name+".JVPTo", s.scheme.JVPTo(dst, reuse, x, []float64{1, 2}), []float64{15, -2}, 0)
		optest.Within(t, s.name+".JVPTo", dst, []float64{11, -1}, s.first)
		optest.Within(t, "value of "+s.name+".VJPTo", s.scheme.VJPTo(dst, reuse, x, []float64{1, 2}), []float64{15, -2}, 0)
		optest.Within(t, s.name+".VJPTo", dst, []float64{7, 1}, s.first)
	}
	complexKept := make([]complex128, 2)
	complexReuse := func(x []complex128) []complex128 {
		complexKept[0], complexKept[1] = x[0]*x[1], x[0]-x[1]
		return complexKept
	}
	optest.Within(t, "value of ComplexStep.VJPTo", numeric.ComplexStep.VJPTo(dst, complexReuse, x, []float64{1, 2}), []float64{15, -2}, 0)
	optest.Within(t, "ComplexStep.VJPTo", dst, []float64{7, 1}, 1e-15)
}

type metres float64

// Any type whose underlying type is float64 will do.
func TestInferredTypes(t *testing.T) {
	cube := func(x metres) metres { return x * x * x }
	optest.Within(t, "Derivative over a type of one's own", []float64{numeric.Derivative(cube, 2)}, []float64{12}, 1e-12)
	optest.Within(t, "Derivative over float64", []float64{numeric.Derivative(math.Exp, 1)}, []float64{math.E}, 1e-11)
	optest.Within(t, "Derivative over Real", []float64{numeric.Derivative(ad.Exp[numeric.Real], 1)}, []float64{math.E}, 1e-11)
	volume := func(x []metres) metres { return x[0] * x[1] * x[2] }
	optest.Within(t, "Gradient over a type of one's own", numeric.Gradient(volume, []float64{1, 2, 3}), []float64{6, 3, 2}, 1e-12)
	sides := func(x []metres) []metres { return []metres{x[0] * x[1], x[1] * x[2]} }
	optest.Within(t, "Jacobian over a type of one's own", flat(numeric.Jacobian(sides, []float64{1, 2, 3})), []float64{2, 1, 0, 0, 3, 2}, 1e-12)
}

// Results do not depend on what was computed before or at the same time.
func TestConcurrency(t *testing.T) {
	x := []float64{0.5, 2, -1.5}
	want := numeric.GradientResult(mixture[Real], x)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				if got := numeric.GradientResult(mixture[Real], x); !slices.Equal(got, want) {
					t.Errorf("%v, want %v", got, want)
					return
				}
			}
		})
	}
	group.Wait()
}

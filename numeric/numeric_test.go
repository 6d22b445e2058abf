package numeric_test

import (
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"gonum.org/v1/gonum/mat"
)

func rosenbrock[T ad.Scalar[T]](x []T) T {
	one, hundred := ad.Const[T](1), ad.Const[T](100)
	y := ad.Const[T](0)
	for i := range x[1:] {
		a := one.Sub(x[i])
		b := x[i+1].Sub(x[i].Mul(x[i]))
		y = y.Add(a.Mul(a)).Add(hundred.Mul(b).Mul(b))
	}
	return y
}

// mixture has no two derivatives of the same size.
func mixture[T ad.Scalar[T]](x []T) T {
	return ad.Sin(x[0].Mul(x[1])).Add(ad.Exp(x[2])).Mul(ad.Log(ad.SumSq(x))).Sub(ad.Tanh(x[0]).Div(x[2]))
}

func helix[T ad.Scalar[T]](x []T) []T {
	return []T{
		ad.Atan2(x[1], x[0]).Mul(x[2]),
		ad.Hypot(x[0], x[1]).Sub(ad.Const[T](1)),
		ad.Exp(x[2]).Mul(x[0]),
		x[1],
		ad.Const[T](3),
	}
}

func flat(m mat.Matrix) []float64 { return mat.DenseCopyOf(m).RawMatrix().Data }

func valuesOf(results ...numeric.Result) []float64 {
	var x []float64
	for _, r := range results {
		x = append(x, r.Value)
	}
	return x
}

// plain returns f over float64, as the methods of schemes take it.
func plain(f func([]Real) Real) func([]float64) float64 {
	return func(x []float64) float64 { return float64(f(reals(x))) }
}

func plainVector(f func([]Real) []Real) func([]float64) []float64 {
	return func(x []float64) []float64 {
		var y []float64
		for _, v := range f(reals(x)) {
			y = append(y, float64(v))
		}
		return y
	}
}

var schemes = []struct {
	name          string
	scheme        numeric.Scheme
	first, second float64 // relative error to be expected
}{
	{"Forward", numeric.Forward, 1e-6, 1e-2},
	{"Backward", numeric.Backward, 1e-6, 1e-2},
	{"Central", numeric.Central, 1e-8, 1e-5},
	{"Richardson", numeric.Richardson, 1e-11, 1e-9},
	{"Ridders", numeric.Ridders, 1e-11, 1e-9},
	{"Adaptive", numeric.Adaptive, 1e-11, 1e-9},
	{"FivePoint", numeric.FivePoint, 1e-9, 1e-7},
	{"SevenPoint", numeric.SevenPoint, 1e-9, 1e-7},
	{"RichardsonForward", numeric.RichardsonForward, 1e-9, 1e-5},
	{"RichardsonBackward", numeric.RichardsonBackward, 1e-9, 1e-5},
}

func TestOperators(t *testing.T) {
	optest.Operators(t, optest.Backend[numeric.Real, numeric.Real]{
		Name: "numeric", Tolerance: 1e-8,
		Derivative: numeric.Derivative[numeric.Real],
		Gradient:   numeric.Gradient[numeric.Real],
		GradientTo: numeric.GradientTo[numeric.Real],
		Jacobian:   numeric.Jacobian[numeric.Real],
		JacobianTo: numeric.JacobianTo[numeric.Real],
		JVP:        numeric.JVP[numeric.Real],
		JVPTo:      numeric.JVPTo[numeric.Real],
		VJP:        numeric.VJP[numeric.Real],
		VJPTo:      numeric.VJPTo[numeric.Real],
		Hessian:    numeric.Hessian[numeric.Real],
		HessianTo:  numeric.HessianTo[numeric.Real],
		HVP:        numeric.HVP[numeric.Real],
		HVPTo:      numeric.HVPTo[numeric.Real],
	})
}

func TestScalarOperatorsAgainstDual(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func([]Real) Real
		d    func([]dual.Number) dual.Number
		h    func([]dual.Hyper) dual.Hyper
		x, v []float64
	}{
		{"rosenbrock", rosenbrock[Real], rosenbrock[dual.Number], rosenbrock[dual.Hyper], []float64{-1.2, 1, 0.7, 2}, []float64{1, -0.5, 0, 0.25}},
		{"mixture", mixture[Real], mixture[dual.Number], mixture[dual.Hyper], []float64{0.5, 2, -1.5}, []float64{3, 1, -2}},
		{"one direction", mixture[Real], mixture[dual.Number], mixture[dual.Hyper], []float64{0.5, 2, -1.5}, []float64{0, -2, 0}},
	} {
		n := len(c.x)
		y := float64(c.f(reals(c.x)))
		g, h, hv := dual.Gradient(c.d, c.x), flat(dual.Hessian(c.h, c.x)), dual.HVP(c.h, c.x, c.v)
		dst, sym := make([]float64, n), mat.NewSymDense(n, nil)
		value := func(what string, got float64) {
			t.Helper()
			if got != y {
				t.Errorf("%s: %s returned %v, want %v", c.name, what, got, y)
			}
		}

		optest.Within(t, c.name+": Gradient", numeric.Gradient(c.f, c.x), g, 1e-11)
		value("GradientTo", numeric.GradientTo(dst, c.f, c.x))
		optest.Within(t, c.name+": GradientTo", dst, g, 1e-11)
		optest.Within(t, c.name+": GradientResult", valuesOf(numeric.GradientResult(c.f, c.x)...), dst, 0)
		optest.Within(t, c.name+": Hessian", flat(numeric.Hessian(c.f, c.x)), h, 1e-9)
		value("HessianTo", numeric.HessianTo(sym, c.f, c.x))
		optest.Within(t, c.name+": HessianTo", flat(sym), h, 1e-9)
		optest.Within(t, c.name+": HessianResult", valuesOf(slices.Concat(numeric.HessianResult(c.f, c.x)...)...), flat(sym), 0)
		optest.Within(t, c.name+": HVP", numeric.HVP(c.f, c.x, c.v), hv, 1e-9)
		value("HVPTo", numeric.HVPTo(dst, c.f, c.x, c.v))
		optest.Within(t, c.name+": HVPTo", dst, hv, 1e-9)
		optest.Within(t, c.name+": HVPResult", valuesOf(numeric.HVPResult(c.f, c.x, c.v)...), dst, 0)

		f := plain(c.f)
		for _, s := range schemes {
			name := c.name + ": " + s.name
			optest.Within(t, name+".Gradient", s.scheme.Gradient(f, c.x), g, s.first)
			value(s.name+".GradientTo", s.scheme.GradientTo(dst, f, c.x))
			optest.Within(t, name+".GradientTo", dst, g, s.first)
			optest.Within(t, name+".GradientResult", valuesOf(s.scheme.GradientResult(f, c.x)...), dst, 0)
			optest.Within(t, name+".Hessian", flat(s.scheme.Hessian(f, c.x)), h, s.second)
			value(s.name+".HessianTo", s.scheme.HessianTo(sym, f, c.x))
			optest.Within(t, name+".HessianTo", flat(sym), h, s.second)
			optest.Within(t, name+".HessianResult", valuesOf(slices.Concat(s.scheme.HessianResult(f, c.x)...)...), flat(sym), 0)
			optest.Within(t, name+".HVP", s.scheme.HVP(f, c.x, c.v), hv, s.second)
			value(s.name+".HVPTo", s.scheme.HVPTo(dst, f, c.x, c.v))
			optest.Within(t, name+".HVPTo", dst, hv, s.second)
			optest.Within(t, name+".HVPResult", valuesOf(s.scheme.HVPResult(f, c.x, c.v)...), dst, 0)
		}
	}
}

func TestVectorOperatorsAgainstDual(t *testing.T) {
	x := []float64{0.8, -0.3, 1.5}
	v, w := []float64{1, 2, -0.5}, []float64{2, -1, 0.5, 0, 3}
	y := plainVector(helix[Real])(x)
	j := flat(dual.Jacobian(helix[dual.Number], x))
	jv, wj := dual.JVP(helix[dual.Number], x, v), dual.VJP(helix[dual.Number], x, w)
	dense, tangents, gradient := mat.NewDense(5, 3, nil), make([]float64, 5), make([]float64, 3)

	optest.Within(t, "Jacobian", flat(numeric.Jacobian(helix[Real], x)), j, 1e-11)
	optest.Within(t, "value of JacobianTo", numeric.JacobianTo(dense, helix[Real], x), y, 0)
	optest.Within(t, "JacobianTo", flat(dense), j, 1e-11)
	optest.Within(t, "JacobianResult", valuesOf(slices.Concat(numeric.JacobianResult(helix[Real], x)...)...), flat(dense), 0)
	optest.Within(t, "JVP", numeric.JVP(helix[Real], x, v), jv, 1e-11)
	optest.Within(t, "value of JVPTo", numeric.JVPTo(tangents, helix[Real], x, v), y, 0)
	optest.Within(t, "JVPTo", tangents, jv, 1e-11)
	optest.Within(t, "JVPResult", valuesOf(numeric.JVPResult(helix[Real], x, v)...), tangents, 0)
	optest.Within(t, "VJP", numeric.VJP(helix[Real], x, w), wj, 1e-11)
	optest.Within(t, "value of VJPTo", numeric.VJPTo(gradient, helix[Real], x, w), y, 0)
	optest.Within(t, "VJPTo", gradient, wj, 1e-11)
	optest.Within(t, "VJPResult", valuesOf(numeric.VJPResult(helix[Real], x, w)...), gradient, 0)

	f := plainVector(helix[Real])
	for _, s := range schemes {
		optest.Within(t, s.name+".Jacobian", flat(s.scheme.Jacobian(f, x)), j, s.first)
		optest.Within(t, "value of "+s.name+".JacobianTo", s.scheme.JacobianTo(dense, f, x), y, 0)
		optest.Within(t, s.name+".JacobianTo", flat(dense), j, s.first)
		optest.Within(t, s.name+".JacobianResult", valuesOf(slices.Concat(s.scheme.JacobianResult(f, x)...)...), flat(dense), 0)
		optest.Within(t, s.name+".JVP", s.scheme.JVP(f, x, v), jv, s.first)
		optest.Within(t, "value of "+s.name+".JVPTo", s.scheme.JVPTo(tangents, f, x, v), y, 0)
		optest.Within(t, s.name+".JVPTo", tangents, jv, s.first)
		optest.Within(t, s.name+".JVPResult", valuesOf(s.scheme.JVPResult(f, x, v)...), tangents, 0)
		optest.Within(t, s.name+".VJP", s.scheme.VJP(f, x, w), wj, s.first)
		optest.Within(t, "value of "+s.name+".VJPTo", s.scheme.VJPTo(gradient, f, x, w), y, 0)
		optest.Within(t, s.name+".VJPTo", gradient, wj, s.first)
		optest.Within(t, s.name+".VJPResult", valuesOf(s.scheme.VJPResult(f, x, w)...), gradient, 0)
	}
}

// A column of a Jacobian costs one stencil, however many outputs there are.
func TestOutputsShareEvaluations(t *testing.T) {
	x, v := []float64{0.8, -0.3, 1.5}, []float64{1, 2, -0.5}
	evals := 0
	f := func(x []Real) []Real {
		evals++
		return helix(x)
	}
	numeric.JVP(f, x, v)
	if evals > 40 {
		t.Errorf("JVP of 5 outputs took %d evaluations", evals)
	}
	counted := evals
	for _, r := range numeric.JVPResult(f, x, v) {
		if r.Evals != counted {
			t.Errorf("Evals is %d, want %d", r.Evals, counted)
		}
	}
}

// Points and directions in which there is nothing to differentiate.
func TestStructuralZeros(t *testing.T) {
	nan := math.NaN()
	x := []float64{1, 2}
	product := func(x []Real) []Real { return []Real{x[0] * x[1], Real(nan)} }
	if got := numeric.VJP(product, x, []float64{1, 0}); !slices.Equal(got, []float64{2, 1}) {
		t.Errorf("VJP without the NaN is %v", got)
	}
	if got := numeric.VJP(product, x, []float64{0, 0}); !slices.Equal(got, []float64{0, 0}) {
		t.Errorf("VJP of nothing is %v", got)
	}
	if got := numeric.JVP(product, x, []float64{0, 0}); !slices.Equal(got, []float64{0, 0}) {
		t.Errorf("JVP along 0 is %v", got)
	}
	if got := numeric.JVP(product, []float64{1, math.Inf(1)}, []float64{0, 0}); !slices.Equal(got, []float64{0, 0}) {
		t.Errorf("JVP along 0 at infinity is %v", got)
	}
	scalar := func(x []Real) Real { return x[0] * x[1] }
	if got := numeric.HVP(scalar, x, []float64{0, 0}); !slices.Equal(got, []float64{0, 0}) {
		t.Errorf("HVP along 0 is %v", got)
	}
	got := numeric.JVP(product, x, []float64{1, nan})
	if !math.IsNaN(got[0]) || !math.IsNaN(got[1]) {
		t.Errorf("JVP along NaN is %v", got)
	}
	if got := numeric.GradientTo(nil, func([]Real) Real { return 7 }, nil); got != 7 {
		t.Errorf("value of a function without inputs is %v", got)
	}
}

// TestMisuse: what the operators of all packages say is tested with them.
func TestMisuse(t *testing.T) {
	scalar := func(x []float64) float64 { return x[0] * x[1] }
	vector := func(x []float64) []float64 { return []float64{x[0], x[1], x[0] * x[1]} }
	growing := func() func([]float64) []float64 {
		n := 0
		return func(x []float64) []float64 {
			n++
			return make([]float64, n)
		}
	}
	analytic := func(x []complex128) complex128 { return x[0] * x[1] }
	analytics := func(x []complex128) []complex128 { return []complex128{x[0], x[1], x[0] * x[1]} }
	x, two, three := []float64{1, 2}, make([]float64, 2), make([]float64, 3)
	c, complexStep := numeric.Central, numeric.ComplexStep
	for _, m := range []struct {
		do   func()
		want string
	}{
		{func() { c.GradientTo(three, scalar, x) }, "numeric.GradientTo: dst has length 3, want 2"},
		{func() { c.JacobianTo(mat.NewDense(2, 2, nil), vector, x) }, "numeric.JacobianTo: dst is 2×2, want 3×2"},
		{func() { numeric.JacobianResult(growing(), x) }, "numeric.JacobianResult: the result of f has length 2, want 1"},
		{func() { numeric.Jacobian(growing(), x) }, "numeric.JacobianTo: the result of f has length 2, want 1"},
		{func() { numeric.JVPResult(vector, x, three) }, "numeric.JVPResult: v has length 3, want 2"},
		{func() { numeric.JVP(growing(), x, x) }, "numeric.JVP: the result of f has length 2, want 1"},
		{func() { numeric.VJPResult(vector, x, two) }, "numeric.VJPResult: w has length 2, want 3"},
		{func() { numeric.HVPResult(scalar, x, three) }, "numeric.HVPResult: v has length 3, want 2"},
		{func() { c.At(0) }, "numeric: Scheme.At: step is 0, want a positive number"},
		{func() { c.At(-1) }, "numeric: Scheme.At: step is -1, want a positive number"},
		{func() { complexStep.GradientTo(three, analytic, x) }, "numeric.ComplexStep.GradientTo: dst has length 3, want 2"},
		{func() { complexStep.JacobianTo(mat.NewDense(2, 2, nil), analytics, x) }, "numeric.ComplexStep.JacobianTo: dst is 2×2, want 3×2"},
		{func() { complexStep.JVP(analytics, x, three) }, "numeric.ComplexStep.JVP: v has length 3, want 2"},
		{func() { complexStep.JVPTo(two, analytics, x, x) }, "numeric.ComplexStep.JVPTo: dst has length 2, want 3"},
		{func() { complexStep.VJP(analytics, x, two) }, "numeric.ComplexStep.VJP: w has length 2, want 3"},
		{func() { complexStep.VJPTo(three, analytics, x, three) }, "numeric.ComplexStep.VJPTo: dst has length 3, want 2"},
	} {
		optest.Panics(t, m.want, m.do)
	}
	// A dst of a wrong length is seen before the search.
	calls := 0
	counted := func(x []float64) float64 { calls++; return x[0] * x[1] }
	counteds := func(x []float64) []float64 { calls++; return x }
	for name, do := range map[string]func(){
		"GradientTo":    func() { c.GradientTo(three, counted, x) },
		"JVPTo":         func() { c.JVPTo(three, counteds, x, x) },
		"VJPTo":         func() { c.VJPTo(three, counteds, x, x) },
		"HVPTo":         func() { c.HVPTo(three, counted, x, x) },
		"HessianDiagTo": func() { c.HessianDiagTo(three, counted, x) },
	} {
		calls = 0
		optest.Panics(t, "numeric."+name+": dst has length 3, want 2", do)
		if calls > 1 {
			t.Errorf("%s to a wrong length evaluates f %d times", name, calls)
		}
	}
}

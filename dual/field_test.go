package dual

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

func swirl[T ad.Scalar[T]](x []T) []T { // (x·y², sin z·x, y·exp x·z)
	return []T{x[0].Mul(x[1]).Mul(x[1]), ad.Sin(x[2]).Mul(x[0]), x[1].Mul(ad.Exp(x[0])).Mul(x[2])}
}

func TestFields(t *testing.T) {
	x := []float64{0.5, -2, 1.5}
	e := math.Exp(0.5)
	optest.Equal(t, "divergence", Divergence(swirl[Number], x), 4-2*e, rounding)
	c := Curl(swirl[Number], x)
	optest.Equal(t, "curl", c[:], []float64{1.5*e - math.Cos(1.5)*0.5, 3 * e, math.Sin(1.5) + 2}, rounding)

	many := spread(70)
	j := Jacobian(func(x []Number) []Number { return wide(x) }, many)
	optest.Equal(t, "divergence of many", Divergence(wide[Number], many), mat.Trace(j), rounding)

	h := Hessian(mixed[Hyper], x)
	v, w := []float64{1, 0, -2}, []float64{0.5, 3, 1}
	optest.Equal(t, "Laplacian", Laplacian(mixed[Hyper], x), mat.Trace(h), rounding)
	optest.Equal(t, "vᵀHw", SecondDirectional(mixed[Hyper], x, v, w), mat.Inner(mat.NewVecDense(3, v), h, mat.NewVecDense(3, w)), rounding)

	var jv, want mat.VecDense
	j = Jacobian(swirl[Number], x)
	jv.MulVec(j, mat.NewVecDense(3, v))
	want.MulVec(j.T(), &jv)
	optest.Equal(t, "JᵀJv", GaussNewton(swirl[Number], x, v), want.RawVector().Data, rounding)
	dst := append([]float64{}, v...)
	y := GaussNewtonTo(dst, swirl[Number], x, dst)
	optest.Equal(t, "JᵀJv to v", append(dst, y...), append(append([]float64{}, want.RawVector().Data...), 2, math.Sin(1.5)*0.5, -3*e), rounding)

	for want, f := range map[string]func(){
		"dual.Curl: x has length 2, want 3":                     func() { Curl(swirl[Number], x[:2]) },
		"dual.Curl: the result of f has length 1, want 3":       func() { Curl(func(x []Number) []Number { return x[:1] }, x) },
		"dual.Divergence: the result of f has length 1, want 3": func() { Divergence(func(x []Number) []Number { return x[:1] }, x) },
		"dual.SecondDirectional: w has length 2, want 3":        func() { SecondDirectional(mixed[Hyper], x, v, w[:2]) },
		"dual.GaussNewtonTo: dst has length 2, want 3":          func() { GaussNewtonTo(dst[:2], swirl[Number], x, v) },
		"dual.GaussNewton: v has length 2, want 3":              func() { GaussNewton(swirl[Number], x, v[:2]) },
		"dual.Partial: input 3 of 3":                            func() { Partial(mixed[Jet], x, 0, 3) },
	} {
		optest.Panics(t, want, f)
	}
}

func wide[T ad.Scalar[T]](x []T) []T {
	y := make([]T, len(x))
	for i := range x {
		y[i] = ad.Sin(x[i].Mul(x[(i+1)%len(x)]))
	}
	return y
}

func TestNew(t *testing.T) {
	x, y := New(2, 3), New(4, -1)
	for want, z := range map[string]Number{
		"6+2ε": x.Add(y), "-2+4ε": x.Sub(y), "8+10ε": x.Mul(y), "0.5+0.875ε": x.Div(y), "-2-3ε": x.Neg(), "0+0ε": New(0, 0), "5": Number{}.Const(5),
	} {
		optest.Equal(t, "String()", z.String(), want)
	}
	optest.Equal(t, "exp", ad.Exp(x).Tangent(), 3*math.Exp(2))
	optest.Panics(t, confusion("Derivative"), func() { Derivative(x.Add, 1) })
	optest.Panics(t, confusion("GradientTo"), func() { Gradient(func(v []Number) Number { return v[0].Mul(x) }, spread(20)) })
}

package reverse

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
)

var _ ad.Scalar[Array] = Array{}

// mlpish is a function of two arrays through broadcasting and elementary functions.
func mlpish[T ad.Scalar[T]](x, y T) T {
	z := ad.Tanh(x.Mul(y)).Add(ad.Softplus(y)).Div(ad.Exp(x).Add(ad.Const[T](1)))
	return z.Sub(x).IfPos(ad.Sqrt(ad.Abs(x)), z.Mul(z)).Neg()
}

// TestElementwise holds an elementwise program over arrays of shapes [2 3] and [3]
// against the same over scalars: value, gradient, JVP and HVP.
func TestElementwise(t *testing.T) {
	xs, ys := []float64{0.3, -1.2, 2, 0.7, -0.4, 1.1}, []float64{0.5, -0.8, 1.7}
	v := []float64{1, -2, 0.5, 0.25, 3, -1, 0.75, 0, -0.5}
	scalar := func(p []Var) Var {
		sum := Var{}
		for i := range 6 {
			w := ad.Const[Var](float64(i + 1))
			sum = sum.Add(w.Mul(mlpish(p[i], p[6+i%3])))
		}
		return sum
	}
	point := append(append([]float64{}, xs...), ys...)
	tape := NewTape()
	w := []float64{1, 2, 3, 4, 5, 6}
	for range 2 {
		tape.Reset()
		gx, gy := make([]float64, 6), make([]float64, 3)
		x, y := tape.Param(xs, gx, 2, 3), tape.Param(ys, gy, 3)
		z := mlpish(x, y)
		z.BackwardFrom(w)
		optest.Equal(t, "gradient", append(gx, gy...), Gradient(scalar, point), rounding)
		hv := z.HVP(w, []Array{x, y}, [][]float64{v[:6], v[6:]})
		optest.Equal(t, "HVP", append(hv[0], hv[1]...), HVP(scalar, point, v), rounding)
		jv := z.JVP([]Array{x, y}, [][]float64{v[:6], v[6:]})
		want := JVP(func(p []Var) []Var {
			var out []Var
			for i := range 6 {
				out = append(out, mlpish(p[i], p[6+i%3]))
			}
			return out
		}, point, v)
		optest.Equal(t, "JVP", jv, want, rounding)
	}
}

// TestMixed takes an array to scalars and back.
func TestMixed(t *testing.T) {
	tape := NewTape()
	gx := make([]float64, 3)
	xs := []float64{0.5, 2, -1}
	x := tape.Param(xs, gx)
	s := x.At(0).Mul(x.At(1))
	y := Stack(s, ad.Sin(s), x.At(2)).Mul(x)
	y.BackwardFrom([]float64{1, 2, 3})
	f := func(p []Var) Var {
		s := p[0].Mul(p[1])
		return s.Mul(p[0]).Add(ad.Const[Var](2).Mul(ad.Sin(s)).Mul(p[1])).Add(ad.Const[Var](3).Mul(p[2]).Mul(p[2]))
	}
	optest.Equal(t, "gradient", gx, Gradient(f, xs), rounding)
	hv := y.HVP([]float64{1, 2, 3}, []Array{x}, [][]float64{{1, -1, 2}})
	optest.Equal(t, "HVP", hv[0], HVP(f, xs, []float64{1, -1, 2}), rounding)

	// In a scalar function, arrays lie on its own tape.
	g := Gradient(func(p []Var) Var {
		y := Stack(p...).Mul(Stack(p...))
		return y.At(0).Add(y.At(1))
	}, []float64{3, 5})
	optest.Equal(t, "gradient", g, []float64{6, 10}, rounding)
}

// rounding lets numbers differ by 1e-13 of themselves, and of 1.
var rounding = cmpopts.EquateApprox(1e-13, 1e-13)

func TestSteadyState(t *testing.T) {
	tape := NewTape()
	xs, ys := make([]float64, 60), make([]float64, 6)
	gx, gy := make([]float64, 60), make([]float64, 6)
	step := func() {
		tape.Reset()
		x, y := tape.Param(xs, gx, 10, 6), tape.Param(ys, gy, 6)
		z := mlpish(x, y)
		z.BackwardFrom(xs)
	}
	step()
	if n := memtest.Allocations(100, step); n != 0 {
		t.Errorf("%v allocations in a step", n)
	}
}

func TestMatMul(t *testing.T) {
	tape := NewTape()
	xs, ys := make([]float64, 2*3*4), make([]float64, 4*5)
	for i := range xs {
		xs[i] = math.Sin(float64(i + 1))
	}
	for i := range ys {
		ys[i] = math.Cos(float64(3 * i))
	}
	x, y := tape.Param(xs, nil, 2, 3, 4), tape.Param(ys, nil, 4, 5)
	z := x.MatMul(y)
	yt := tape.Param(ys, nil, 5, 4)
	z.Mul(z).Sum(0, 2).Max().Backward()
	x.MatMulT(yt)
	y.TMatMul(tape.Const(xs[:8], 4, 2))
	if z.String() == "" {
		t.Error()
	}
}

// TestKeptGradient: a sweep at second order after Backward does not write to the
// gradient of a parameter.
func TestKeptGradient(t *testing.T) {
	tape, g := NewTape(), []float64{0, 0}
	x := tape.Param([]float64{3, 4}, g)
	y := x.Mul(x)
	y.BackwardFrom([]float64{1, 1})
	y.JVP([]Array{x}, [][]float64{{1, 1}})
	y.HVP([]float64{1, 1}, []Array{x}, [][]float64{{1, 2}})
	optest.Equal(t, "gradient", g, []float64{6, 8}, rounding)
}

package numeric_test

import (
	"fmt"
	"math"
	"math/cmplx"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"gonum.org/v1/gonum/mat"
)

func TestComplexCurves(t *testing.T) {
	f := func(z []complex128) complex128 { return cmplx.Exp(z[0]*z[1]) + cmplx.Sin(z[1]) }
	x, v := []float64{0.5, 2}, []float64{1, -3}
	e := math.E
	want := []float64{4 * e, 2 * e, 2 * e, 0.25*e - math.Sin(2)}
	hv := []float64{want[0]*v[0] + want[1]*v[1], want[2]*v[0] + want[3]*v[1]}
	y := e + math.Sin(2)
	c := numeric.ComplexStep
	optest.Within(t, "Hessian", flat(c.Hessian(f, x)), want, 1e-12)
	h := mat.NewSymDense(2, nil)
	optest.Within(t, "value of HessianTo", []float64{c.HessianTo(h, f, x)}, []float64{y}, 1e-15)
	optest.Within(t, "HessianTo", flat(h), want, 1e-12)
	for i, row := range c.HessianResult(f, x) {
		for j, r := range row {
			if off := math.Abs(r.Value - want[2*i+j]); off > honesty*r.Err {
				t.Errorf("entry %d, %d: %+v, want %v", i, j, r, want[2*i+j])
			}
		}
	}
	optest.Within(t, "HVP", c.HVP(f, x, v), hv, 1e-12)
	dst := append([]float64{}, x...)
	optest.Within(t, "value of HVPTo", []float64{c.HVPTo(dst, f, dst, v)}, []float64{y}, 1e-15)
	optest.Within(t, "HVPTo", dst, hv, 1e-12)
	optest.Panics(t, "numeric.ComplexStep.HVP: v has length 1, want 2", func() { c.HVP(f, x, v[:1]) })
	optest.Panics(t, "numeric.ComplexStep.HVPTo: dst has length 1, want 2", func() { c.HVPTo(dst[:1], f, x, v) })
	optest.Panics(t, "numeric.ComplexStep.HessianTo: dst is 3×3, want 2×2", func() { c.HessianTo(mat.NewSymDense(3, nil), f, x) })
}

func TestBicomplex(t *testing.T) {
	type b = numeric.Bicomplex
	for _, c := range []struct {
		name            string
		f               func(b) b
		x               float64
		y, slope, curve float64
	}{
		{"eˣ·sin x", func(x b) b { return x.Exp().Mul(x.Sin()) }, 1, e1 * math.Sin(1), e1 * (math.Sin(1) + math.Cos(1)), 2 * e1 * math.Cos(1)},
		{"log", b.Log, 2, math.Log(2), 0.5, -0.25},
		{"√x", b.Sqrt, 4, 2, 0.25, -1.0 / 32},
		{"x³·⁵", func(x b) b { return x.Pow(3.5) }, 2, math.Pow(2, 3.5), 3.5 * math.Pow(2, 2.5), 8.75 * math.Pow(2, 1.5)},
		{"x/eˣ", func(x b) b { return x.Div(x.Exp()) }, 1, 1 / e1, 0, -1 / e1},
		{"3cos x - x + 1", func(x b) b { return x.Cos().Scale(3).Sub(x).Shift(1) }, 1, 3 * math.Cos(1), -3*math.Sin(1) - 1, -3 * math.Cos(1)},
		{"x+x", func(x b) b { return x.Add(x) }, -7, -14, 2, 0},
	} {
		y, slope, curve := numeric.BicomplexStep(c.f, c.x)
		optest.Within(t, c.name, []float64{y, slope, curve}, []float64{c.y, c.slope, c.curve}, 4e-15)
	}
	f := func(x []b) b { return x[0].Mul(x[0]).Mul(x[1].Exp()) }
	x := []float64{3, 1}
	for i, row := range [][]float64{{2 * e1, 6 * e1}, {6 * e1, 9 * e1}} {
		for j, want := range row {
			optest.Within(t, "BicomplexMixed", []float64{numeric.BicomplexMixed(f, x, i, j)}, []float64{want}, 4e-15)
		}
	}
	for _, i := range []int{-1, 2} {
		optest.Panics(t, fmt.Sprintf("numeric.BicomplexMixed: there is no input %d of 2", i), func() { numeric.BicomplexMixed(f, x, 0, i) })
	}
	// Away from the real axis the logarithm inverts the exponential too.
	z := b{A: 0.3 + 0.2i, B: 0.4 - 0.1i}
	if d := z.Exp().Log().Sub(z); cmplx.Abs(d.A)+cmplx.Abs(d.B) > 1e-14 {
		t.Errorf("log exp %v is off by %v", z, d)
	}
}

const e1 = math.E

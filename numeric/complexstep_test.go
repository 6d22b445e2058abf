package numeric_test

import (
	"math"
	"math/cmplx"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"gonum.org/v1/gonum/mat"
)

func TestComplexStepDerivative(t *testing.T) {
	for x := -3.0; x < 3; x += 1.0 / 64 {
		got := numeric.ComplexStep.Derivative(func(z complex128) complex128 { return cmplx.Sin(z) * cmplx.Exp(z) }, x)
		// The slope's own terms may cancel.
		scale := (math.Abs(math.Sin(x)) + math.Abs(math.Cos(x))) * math.Exp(x)
		if math.Abs(got-waveSlope(x)) > 1e-15*scale {
			t.Errorf("derivative of sin·exp at %v: %v, want %v", x, got, waveSlope(x))
		}
	}
}

func TestComplexStepOperators(t *testing.T) {
	f := func(z []complex128) complex128 { return cmplx.Exp(z[0]) * z[1] * z[1] / z[2] }
	x := []float64{0.5, -2, 3}
	e := math.Exp(0.5)
	g := []float64{e * 4 / 3, -e * 4 / 3, -e * 4 / 9}
	dst := make([]float64, 3)
	optest.Within(t, "Gradient", numeric.ComplexStep.Gradient(f, x), g, 1e-15)
	optest.Within(t, "value of GradientTo", []float64{numeric.ComplexStep.GradientTo(dst, f, x)}, []float64{e * 4 / 3}, 1e-15)
	optest.Within(t, "GradientTo", dst, g, 1e-15)

	fs := func(z []complex128) []complex128 { return []complex128{z[0] * z[1], cmplx.Sin(z[2]), 1, z[0] - z[2]} }
	y, j := []float64{-1, math.Sin(3), 1, -2.5}, []float64{-2, 0.5, 0, 0, 0, math.Cos(3), 0, 0, 0, 1, 0, -1}
	v, w := []float64{1, 0, -2}, []float64{3, 1, 5, 0}
	jv, wj := []float64{-2, -2 * math.Cos(3), 0, 3}, []float64{-6, 1.5, math.Cos(3)}
	dense, tangents := mat.NewDense(4, 3, nil), make([]float64, 4)
	optest.Within(t, "Jacobian", flat(numeric.ComplexStep.Jacobian(fs, x)), j, 1e-15)
	optest.Within(t, "value of JacobianTo", numeric.ComplexStep.JacobianTo(dense, fs, x), y, 1e-15)
	optest.Within(t, "JacobianTo", flat(dense), j, 1e-15)
	optest.Within(t, "JVP", numeric.ComplexStep.JVP(fs, x, v), jv, 1e-15)
	optest.Within(t, "value of JVPTo", numeric.ComplexStep.JVPTo(tangents, fs, x, v), y, 1e-15)
	optest.Within(t, "JVPTo", tangents, jv, 1e-15)
	optest.Within(t, "VJP", numeric.ComplexStep.VJP(fs, x, w), wj, 1e-15)
	optest.Within(t, "value of VJPTo", numeric.ComplexStep.VJPTo(dst, fs, x, w), y, 1e-15)
	optest.Within(t, "VJPTo", dst, wj, 1e-15)

	// dst may be x or w.
	into := slices.Clone(x)
	numeric.ComplexStep.GradientTo(into, f, into)
	optest.Within(t, "GradientTo into x", into, g, 1e-15)
	into = slices.Clone(x)
	numeric.ComplexStep.VJPTo(into, fs, into, w)
	optest.Within(t, "VJPTo into x", into, wj, 1e-15)
	square := func(z []complex128) []complex128 { return []complex128{z[0] * z[1], z[0], z[1] * z[2]} }
	into = []float64{3, 1, 5}
	numeric.ComplexStep.VJPTo(into, square, x, into)
	optest.Within(t, "VJPTo into w", into, []float64{-5, 16.5, -10}, 1e-15)
}

// The step does not depend on the length of the direction.
func TestComplexStepDirections(t *testing.T) {
	f := func(z []complex128) []complex128 { return []complex128{cmplx.Exp(z[0]) + z[1]} }
	for _, length := range []float64{0, 5e-324, 1e-250, 1, 1e250} {
		got := numeric.ComplexStep.JVP(f, []float64{1, 2}, []float64{length, 0})
		optest.Within(t, "JVP", got, []float64{math.E * length}, 1e-15)
	}
}

// What the documentation says does not work does not work.
func TestComplexStepLimits(t *testing.T) {
	if got := numeric.ComplexStep.Derivative(func(z complex128) complex128 { return complex(cmplx.Abs(z), 0) }, 2); got != 0 {
		t.Errorf("derivative of cmplx.Abs at 2: %v, want the 0 of a lost imaginary part", got)
	}
	if got := numeric.ComplexStep.Derivative(func(z complex128) complex128 { return z * cmplx.Conj(z) }, 2); got != 0 {
		t.Errorf("derivative of z·conj(z) at 2: %v, want 0", got)
	}
	if got := numeric.ComplexStep.Derivative(cmplx.Log, -2); math.Abs(got) < 1e100 {
		t.Errorf("derivative of cmplx.Log at -2: %v, want nonsense", got)
	}
}

package compare

import (
	"errors"
	"fmt"
	"math"
	"math/cmplx"

	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
)

// ErrUndecided is what an error of CheckHolomorphic is (errors.Is) where differences do not
// converge, or have too few digits, so that nothing is proved.
var ErrUndecided = errors.New("undecided")

// CheckHolomorphic compares the derivative of f at the complex number z, by dual numbers over
// complex ones, with differences of its values in both directions. With f = u+iv and z = x+iy
// the equations of Cauchy and Riemann are
//
//	∂u/∂x = ∂v/∂y = Re f′,  ∂v/∂x = -∂u/∂y = Im f′.
//
// It returns nil if all four differences equal what they should within their estimates of
// error, and otherwise an error that names the first that does not. A difference that does not
// converge, as on a branch cut or at a pole, is such an error too: ErrUndecided.
//
// At a single point a function may obey the equations and not be holomorphic, as z·conj(z)
// does at 0. So they are checked at six points around z too, up to half of max(1, |z|) away. Points
// where nothing is proved are passed over: cuts and poles beside z are no fault. What is judged is the
// function as it is computed, rounding included: log(tanh 30z) near 3, where tanh is rounded to 1, is not
// holomorphic.
//
// Cost: that of 28 derivatives by package numeric, and 14 evaluations of f more.
func CheckHolomorphic(f func(z dual.Of[dual.Complex]) dual.Of[dual.Complex], z complex128) error {
	here := cauchyRiemann(f, z, 2)
	if here != nil && !errors.Is(here, ErrUndecided) {
		return here
	}
	for k, radius := range [...]float64{0x1p-1, 0x1p-2, 0x1p-3, 0x1p-5, 0x1p-7, 0x1p-9} {
		w := z + cmplx.Rect(radius*max(1, cmplx.Abs(z)), 0.7+2.4*float64(k)) // no angle is special
		if err := cauchyRiemann(f, w, 8); err != nil && !errors.Is(err, ErrUndecided) {
			return fmt.Errorf("beside %v: %w", z, err)
		}
	}
	return here
}

// cauchyRiemann checks the equations at z, to so many estimates of error.
func cauchyRiemann(f func(z dual.Of[dual.Complex]) dual.Of[dual.Complex], z complex128, trust float64) error {
	value, slope := dual.DerivativeOf(f, dual.Complex(z))
	plane := func(xy []float64) []float64 {
		w, _ := dual.DerivativeOf(f, dual.Complex(complex(xy[0], xy[1])))
		return []float64{real(w), imag(w)}
	}
	j := numeric.JacobianResult(plane, []float64{real(z), imag(z)})
	size := cmplx.Abs(complex128(slope))
	// Where the derivative is 0, the estimates of error are small beside the function's own
	// variation nearby, or beside what a rounding of its value makes.
	unit := max(1, cmplx.Abs(z))
	rounding := 0x1p-40 * cmplx.Abs(complex128(value)) / unit
	small := max(1e-3*size, rounding)
	noise := 0x1p-45 * (cmplx.Abs(complex128(value)) + size*unit)
	for _, h := range []complex128{0x1p-4, 0x1p-4i} {
		w, _ := dual.DerivativeOf(f, dual.Complex(z+complex(unit, 0)*h))
		small = max(small, 1e-6*cmplx.Abs(complex128(w-value))/(0x1p-4*unit))
	}
	var doubt error
	for _, e := range []struct {
		name         string
		got          numeric.Result
		want         float64
		output, axis int
	}{
		{"∂u/∂x", j[0][0], real(slope), 0, 0},
		{"∂v/∂y", j[1][1], real(slope), 1, 1},
		{"∂v/∂x", j[1][0], imag(slope), 1, 0},
		{"∂u/∂y", j[0][1], -imag(slope), 0, 1},
	} {
		d := math.Abs(e.got.Value - e.want)
		if limit := trust*e.got.Err + 0x1p-45*size; !(d <= limit) || e.got.Err > small {
			err := fmt.Errorf("compare: at %v, where f is %v: %s is %v ± %.2g by differences, and %v by the derivative %v",
				z, value, e.name, e.got.Value, e.got.Err, e.want, slope)
			if e.got.Err <= small && confirmed(plane, z, e.output, e.axis, e.got.Value-e.want, e.want, noise) {
				return err
			}
			if doubt == nil {
				doubt = fmt.Errorf("%w: %w", err, ErrUndecided)
			}
		}
	}
	return doubt
}

// confirmed reports whether short central differences of an output along an axis are as far from
// what they should be: those of a cut that the long ones crossed are not, nor those of noise.
func confirmed(plane func(xy []float64) []float64, z complex128, output, axis int, gap, want, noise float64) bool {
	for _, h := range [...]float64{0x1p-12, 0x1p-16} {
		h *= max(1, cmplx.Abs(z))
		above, below := []float64{real(z), imag(z)}, []float64{real(z), imag(z)}
		above[axis] += h
		below[axis] -= h
		q := (plane(above)[output] - plane(below)[output]) / (2 * h)
		if !(math.Abs(q-want-gap)+noise/h <= math.Abs(gap)/4) {
			return false
		}
	}
	return true
}

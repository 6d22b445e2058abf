package compare

import (
	"fmt"
	"math"
	"math/cmplx"

	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
)

// CheckHolomorphic compares the derivative of f at the complex number z, by dual numbers over
// complex ones, with differences of its values in both directions. With f = u+iv and z = x+iy
// the equations of Cauchy and Riemann are
//
//	∂u/∂x = ∂v/∂y = Re f′,  ∂v/∂x = -∂u/∂y = Im f′.
//
// It returns nil if all four differences equal what they should within their estimates of
// error, and otherwise an error that names the first that does not. A difference that does not
// converge, as on a branch cut or at a pole, is such an error too: nothing is proved there.
//
// Cost: that of four derivatives by package numeric, and two evaluations of f more.
func CheckHolomorphic(f func(z dual.Of[dual.Complex]) dual.Of[dual.Complex], z complex128) error {
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
	for _, h := range []complex128{0x1p-4, 0x1p-4i} {
		w, _ := dual.DerivativeOf(f, dual.Complex(z+complex(unit, 0)*h))
		small = max(small, 1e-6*cmplx.Abs(complex128(w-value))/(0x1p-4*unit))
	}
	for _, e := range []struct {
		name string
		got  numeric.Result
		want float64
	}{
		{"∂u/∂x", j[0][0], real(slope)},
		{"∂v/∂y", j[1][1], real(slope)},
		{"∂v/∂x", j[1][0], imag(slope)},
		{"∂u/∂y", j[0][1], -imag(slope)},
	} {
		d := math.Abs(e.got.Value - e.want)
		if limit := 2*e.got.Err + 0x1p-45*size; !(d <= limit) || e.got.Err > small {
			return fmt.Errorf("compare: at %v, where f is %v: %s is %v ± %.2g by differences, and %v by the derivative %v",
				z, value, e.name, e.got.Value, e.got.Err, e.want, slope)
		}
	}
	return nil
}

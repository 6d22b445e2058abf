package numeric_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/numeric"
)

// TestMirror: a kink at 0 is seen from a point that is nearly 0 and to the other side, of first and of
// second derivatives, and nothing is where f is smooth.
func TestMirror(t *testing.T) {
	elu := func(x float64) float64 {
		if x > 0 {
			return x
		}
		return math.Expm1(x)
	}
	softsign := func(x float64) float64 { return x / (1 + math.Abs(x)) }
	relu := func(x float64) float64 { return max(0, x) }
	n := 0
	for _, x := range []float64{math.SmallestNonzeroFloat64, 1e-310, 0x1p-1022, 1e-300, 1e-160, 1e-100, 1e-20, 1e-14} {
		for _, side := range []struct {
			sign  float64 // of the steps
			all   []numeric.Scheme
			curve float64 // of elu, at the point
			slope float64 // of relu
		}{
			{1, []numeric.Scheme{numeric.Forward, numeric.RichardsonForward}, 1, 0},
			{-1, []numeric.Scheme{numeric.Backward, numeric.RichardsonBackward}, 0, 1},
		} {
			x := -side.sign * x
			for _, s := range side.all {
				for _, c := range []struct {
					name   string
					f      func(float64) float64
					order  int
					want   float64
					smooth bool
				}{
					{"relu", relu, 1, side.slope, false},
					{"|x|", math.Abs, 1, -side.sign, false},
					{"elu", elu, 2, side.curve, false},
					{"softsign", softsign, 2, 2 * side.sign, false},
					{"sin", math.Sin, 1, 1, true},
					{"exp", math.Exp, 1, 1, true},
					{"cos", math.Cos, 1, 0, true},
					{"exp", math.Exp, 2, 1, true},
					{"x²", func(x float64) float64 { return x * x }, 1, 2 * x, true},
				} {
					r := s.DerivativeResult(c.f, x)
					if c.order == 2 {
						r = s.HessianResult(func(x []float64) float64 { return c.f(x[0]) }, []float64{x})[0][0]
					}
					n++
					if off := math.Abs(r.Value - c.want); off > honesty*r.Err || c.smooth && (r.Status == numeric.Kinked || !(r.Err < 0.5)) {
						t.Errorf("%s at %v to the side of %v, order %d: %+v, want %v", c.name, x, side.sign, c.order, r, c.want)
					}
				}
			}
		}
	}
	if n != 8*2*2*9 {
		t.Errorf("%d checks", n)
	}
}

// TestPlateaus: behind a kink a scheme of one side sees that f is flat.
func TestPlateaus(t *testing.T) {
	n := 0
	for _, s := range []struct {
		sign float64
		s    numeric.Scheme
	}{
		{1, numeric.RichardsonForward}, {-1, numeric.RichardsonBackward}, {1, numeric.Forward}, {-1, numeric.Backward},
	} {
		for e := -10.0; e <= -1; e += 0.25 {
			for _, x := range []float64{-1.4, 0.0735, 0.49, 2.1} {
				kink := x + s.sign*math.Pow(10, e)
				f := func(z float64) float64 { return s.sign * max(s.sign*z, s.sign*kink) }
				n++
				if r := s.s.DerivativeResult(f, x); math.Abs(r.Value) > honesty*r.Err {
					t.Errorf("side %v, a plateau around %v to %v: %+v, want 0", s.sign, x, kink, r)
				}
			}
		}
	}
	if n != 4*37*4 {
		t.Errorf("%d checks", n)
	}
}

// TestJumpsOfCurves: beside a jump of the second derivative, formulas to both sides know half of it.
func TestJumpsOfCurves(t *testing.T) {
	n := 0
	for _, s := range []numeric.Scheme{numeric.Central, numeric.FivePoint, numeric.SevenPoint, numeric.Stencil(-4, -3, -2, -1, 0, 1, 2, 3, 4)} {
		for _, x := range []float64{-1e-9, -1e-20, -1e-160, 1e-160, 1e-20, 1e-9} {
			for _, jump := range []float64{-3, 1e-3, 1, 40} {
				f := func(z []float64) float64 { return jump/2*z[0]*max(0, z[0]) + math.Sin(z[0]) }
				want := -math.Sin(x)
				if x > 0 {
					want += jump
				}
				n++
				if r := s.HessianResult(f, []float64{x})[0][0]; math.Abs(r.Value-want) > r.Err {
					t.Errorf("a jump of %v at %v: %+v, want %v", jump, x, r, want)
				}
			}
		}
	}
	if n != 4*6*4 {
		t.Errorf("%d checks", n)
	}
}

package rule

import "math"

// This file holds what is a power of the distance h = √(x²+y²) times a function of the
// direction: the derivatives of hypot and atan2. Far out or close to the origin a
// power of h overflows or vanishes where the result does not.

// tame returns h² and whether its powers up to the third are ordinary numbers. It is false
// at the origin and at infinity.
func tame(x, y float64) (s float64, ok bool) {
	s = math.FMA(x, x, y*y)
	return s, 0x1p-300 < s && s < 0x1p300
}

// finite reports whether x and y are numbers, not both 0.
func finite(x, y float64) bool {
	s := math.Abs(x)/2 + math.Abs(y)/2
	return s <= math.MaxFloat64 && (x != 0 || y != 0)
}

// radial returns the product of the factors over h to the power n: 0 at infinity, NaN where
// both x and y are infinite.
func radial(x, y float64, n int, factors ...float64) float64 {
	if math.IsInf(x, 0) || math.IsInf(y, 0) {
		return flat(unit(x, y))
	}
	_, e := math.Frexp(larger(math.Abs(x), math.Abs(y)))
	h, k := math.Frexp(hypot(math.Ldexp(x, -e), math.Ldexp(y, -e)))
	r := product(wide{0.5, 1}, factors...)
	for range n {
		r = r.div(wide{h, e + k})
	}
	return r.float()
}

// unit returns x/h, 0 at the origin.
func unit(x, y float64) float64 {
	if s, ok := tame(x, y); ok {
		return x / math.Sqrt(s)
	}
	if x == 0 && y == y {
		return x
	}
	if a := math.Abs(x)/2 + math.Abs(y)/2; a < 0x1p-1000 {
		x, y = x*0x1p+100, y*0x1p+100
	} else if math.IsInf(x, 0) && !math.IsInf(y, 0) {
		return sign(x) + flat(y)
	} else if a > 0x1p1000 {
		x, y = x*0x1p-100, y*0x1p-100
	}
	return x / hypot(x, y)
}

// unitSlope returns y²/h³, the slope of unit in x.
func unitSlope(x, y float64) float64 {
	if s, ok := tame(x, y); ok {
		h := math.Sqrt(s)
		c := y / h
		return c * (c / h)
	}
	if finite(x, y) {
		return radial(x, y, 3, y, y)
	}
	c := unit(y, x)
	return c * (c / hypot(x, y))
}

// unitCross returns xy/h³, the slope of -unit in y.
func unitCross(x, y float64) float64 {
	if s, ok := tame(x, y); ok {
		return x / math.Sqrt(s) * (y / s)
	}
	if finite(x, y) {
		return radial(x, y, 3, x, y)
	}
	return unit(x, y) * (unit(y, x) / hypot(x, y))
}

// dipole returns x/h².
func dipole(x, y float64) float64 {
	if s, ok := tame(x, y); ok {
		return x / s
	}
	if finite(x, y) {
		return radial(x, y, 2, x)
	}
	return unit(x, y) / hypot(x, y)
}

// quadrupole returns (x²-y²)/h⁴.
func quadrupole(x, y float64) float64 {
	if s, ok := tame(x, y); ok {
		return (x - y) / s * ((x + y) / s)
	}
	if finite(x, y) {
		if math.Abs(x) > 1 || math.Abs(y) > 1 { // the sum may overflow
			return radial(x, y, 4, x/2-y/2, x/2+y/2, 4)
		}
		return radial(x, y, 4, x-y, x+y)
	}
	h := hypot(x, y)
	if math.IsInf(h, 0) {
		return flat(unit(x, y))
	}
	return (x - y) / h / h * ((x + y) / h / h)
}

// crosspole returns 2xy/h⁴.
func crosspole(x, y float64) float64 {
	if s, ok := tame(x, y); ok {
		return 2 * (x / s) * (y / s)
	}
	if finite(x, y) {
		return radial(x, y, 4, x, y, 2)
	}
	h := hypot(x, y)
	return 2 * (unit(x, y) / h) * (unit(y, x) / h)
}

// Derivatives of hypot, helpers closed under differentiation. Below, s and c are the
// cosines of the direction, x/h and y/h.
var (
	// Unit is x/h, 0 at the origin.
	Unit = &Func2{
		Name:    "unit",
		Value:   unit,
		SlopeX:  func(x, y, _ float64) float64 { return unitSlope(x, y) },
		SlopeY:  func(x, y, _ float64) float64 { return -unitCross(x, y) },
		CurveXX: func(x, y, _ float64) float64 { return radial(x, y, 5, -3, x, y, y) },
		CurveXY: func(x, y, s float64) float64 { c := unit(y, x); return radial(x, y, 3, 2*s*s-c*c, y) },
		CurveYY: func(x, y, s float64) float64 { c := unit(y, x); return radial(x, y, 3, 2*c*c-s*s, x) },
		TextX:   "unitslope(x, y)",
		TextY:   "-unitcross(x, y)",
		Lo:      [2]float64{0.1, 0.1}, Hi: [2]float64{10, 10},
	}
	// UnitSlope is y²/h³.
	UnitSlope = &Func2{
		Name:   "unitslope",
		Value:  unitSlope,
		SlopeX: func(x, y, _ float64) float64 { return radial(x, y, 5, -3, x, y, y) },
		SlopeY: func(x, y, _ float64) float64 {
			s, c := unit(x, y), unit(y, x)
			return radial(x, y, 3, 2*s*s-c*c, y)
		},
		CurveXX: func(x, y, _ float64) float64 {
			s, c := unit(x, y), unit(y, x)
			return radial(x, y, 5, 3, 4*s*s-c*c, y, y)
		},
		CurveXY: func(x, y, _ float64) float64 {
			s, c := unit(x, y), unit(y, x)
			return radial(x, y, 5, 3, 3*c*c-2*s*s, x, y)
		},
		CurveYY: func(x, y, _ float64) float64 {
			s, c := unit(x, y), unit(y, x)
			return radial(x, y, 3, 2*s*s*s*s-11*s*s*c*c+2*c*c*c*c)
		},
		TextX: "-3*unit(x, y)*unitslope(x, y)/hypot(x, y)",
		TextY: "unit(y, x)*(2*square(unit(x, y))-square(unit(y, x)))/hypot(x, y)/hypot(x, y)",
		Lo:    [2]float64{0.1, 0.1}, Hi: [2]float64{10, 10},
	}
	// UnitCross is xy/h³.
	UnitCross = &Func2{
		Name:  "unitcross",
		Value: unitCross,
		SlopeX: func(x, y, _ float64) float64 {
			s, c := unit(x, y), unit(y, x)
			return radial(x, y, 3, c*c-2*s*s, y)
		},
		SlopeY: func(x, y, _ float64) float64 {
			s, c := unit(x, y), unit(y, x)
			return radial(x, y, 3, s*s-2*c*c, x)
		},
		CurveXX: func(x, y, _ float64) float64 {
			s, c := unit(x, y), unit(y, x)
			return radial(x, y, 5, 3, 2*s*s-3*c*c, x, y)
		},
		CurveXY: func(x, y, _ float64) float64 {
			s, c := unit(x, y), unit(y, x)
			return radial(x, y, 3, 11*s*s*c*c-2*s*s*s*s-2*c*c*c*c)
		},
		CurveYY: func(x, y, _ float64) float64 {
			s, c := unit(x, y), unit(y, x)
			return radial(x, y, 5, 3, 2*c*c-3*s*s, x, y)
		},
		TextX: "unit(y, x)*(square(unit(y, x))-2*square(unit(x, y)))/hypot(x, y)/hypot(x, y)",
		TextY: "unit(x, y)*(square(unit(x, y))-2*square(unit(y, x)))/hypot(x, y)/hypot(x, y)",
		Lo:    [2]float64{0.1, 0.1}, Hi: [2]float64{10, 10},
	}
)

// Derivatives of atan2: real and imaginary parts of powers of 1/(x+iy), which is why
// each is told by the others.
var (
	// Dipole is x/h².
	Dipole = &Func2{
		Name:    "dipole",
		Value:   dipole,
		SlopeX:  func(x, y, _ float64) float64 { return -quadrupole(x, y) },
		SlopeY:  func(x, y, _ float64) float64 { return -crosspole(x, y) },
		CurveXX: func(x, y, _ float64) float64 { return 2 * octupole(x, y) },
		CurveXY: func(x, y, _ float64) float64 { return -2 * octupole(y, x) },
		CurveYY: func(x, y, _ float64) float64 { return -2 * octupole(x, y) },
		TextX:   "-quadrupole(x, y)",
		TextY:   "-crosspole(x, y)",
		Lo:      [2]float64{0.1, 0.1}, Hi: [2]float64{10, 10},
	}
	// Quadrupole is (x²-y²)/h⁴.
	Quadrupole = &Func2{
		Name:    "quadrupole",
		Value:   quadrupole,
		SlopeX:  func(x, y, _ float64) float64 { return -2 * octupole(x, y) },
		SlopeY:  func(x, y, _ float64) float64 { return 2 * octupole(y, x) },
		CurveXX: func(x, y, q float64) float64 { c := crosspole(x, y); return 6 * (q - c) * (q + c) },
		CurveXY: func(x, y, q float64) float64 { return 12 * q * crosspole(x, y) },
		CurveYY: func(x, y, q float64) float64 { c := crosspole(x, y); return -6 * (q - c) * (q + c) },
		TextX:   "-2*(dipole(x, y)*quadrupole(x, y)-dipole(y, x)*crosspole(x, y))",
		TextY:   "-2*(dipole(x, y)*crosspole(x, y)+dipole(y, x)*quadrupole(x, y))",
		Lo:      [2]float64{0.1, 0.1}, Hi: [2]float64{10, 10},
	}
	// Crosspole is 2xy/h⁴.
	Crosspole = &Func2{
		Name:    "crosspole",
		Value:   crosspole,
		SlopeX:  func(x, y, _ float64) float64 { return 2 * octupole(y, x) },
		SlopeY:  func(x, y, _ float64) float64 { return 2 * octupole(x, y) },
		CurveXX: func(x, y, c float64) float64 { return 12 * c * quadrupole(x, y) },
		CurveXY: func(x, y, c float64) float64 { q := quadrupole(x, y); return -6 * (q - c) * (q + c) },
		CurveYY: func(x, y, c float64) float64 { return -12 * c * quadrupole(x, y) },
		TextX:   "-2*(dipole(x, y)*crosspole(x, y)+dipole(y, x)*quadrupole(x, y))",
		TextY:   "2*(dipole(x, y)*quadrupole(x, y)-dipole(y, x)*crosspole(x, y))",
		Lo:      [2]float64{0.1, 0.1}, Hi: [2]float64{10, 10},
	}
)

// octupole returns x(x²-3y²)/h⁶, the real part of 1/(x+iy)³. Its imaginary part is
// octupole(y, x).
func octupole(x, y float64) float64 {
	s, c := unit(x, y), unit(y, x)
	return radial(x, y, 4, x, s*s-3*c*c)
}

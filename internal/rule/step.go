package rule

import "math"

// Functions with kinks and jumps of one variable.
var (
	Abs = &Func{
		Name:  "abs",
		Value: math.Abs,
		Slope: func(x, _ float64) float64 { return sign(x) },
		Curve: zero,
		Text:  "sign(x)",
		Lo:    -10, Hi: 10,
		Kinks: []Kink{{At: 0, Slope: 0}},
	}
	Sign = &Func{
		Name:  "sign",
		Value: sign,
		Slope: zero,
		Curve: zero,
		Text:  "flat(x)",
		Lo:    -10, Hi: 10,
		Kinks: []Kink{{At: 0, Slope: 0}},
	}
	Floor = &Func{
		Name:  "floor",
		Value: math.Floor,
		Slope: zero,
		Curve: zero,
		Text:  "flat(x)",
		Lo:    -3.5, Hi: 3.5,
		Kinks: flatAt(-3, -2, -1, 0, 1, 2, 3),
	}
	Ceil = &Func{
		Name:  "ceil",
		Value: math.Ceil,
		Slope: zero,
		Curve: zero,
		Text:  "flat(x)",
		Lo:    -3.5, Hi: 3.5,
		Kinks: flatAt(-3, -2, -1, 0, 1, 2, 3),
	}
	Trunc = &Func{
		Name:  "trunc",
		Value: math.Trunc,
		Slope: zero,
		Curve: zero,
		Text:  "flat(x)",
		Lo:    -3.5, Hi: 3.5,
		Kinks: flatAt(-3, -2, -1, 1, 2, 3),
	}
	Round = &Func{
		Name:  "round",
		Value: math.Round,
		Slope: zero,
		Curve: zero,
		Text:  "flat(x)",
		Lo:    -3, Hi: 3,
		Kinks: flatAt(-2.5, -1.5, -0.5, 0.5, 1.5, 2.5),
	}
	RoundToEven = &Func{
		Name:  "roundtoeven",
		Value: math.RoundToEven,
		Slope: zero,
		Curve: zero,
		Text:  "flat(x)",
		Lo:    -3, Hi: 3,
		Kinks: flatAt(-2.5, -1.5, -0.5, 0.5, 1.5, 2.5),
	}
)

// Functions with kinks and jumps of two variables.
var (
	Max = &Func2{
		Name:    "max",
		Value:   larger,
		SlopeX:  func(x, y, _ float64) float64 { return above(x, y) },
		SlopeY:  func(x, y, _ float64) float64 { return above(y, x) },
		CurveXX: zero2,
		CurveXY: zero2,
		CurveYY: zero2,
		TextX:   "above(x, y)",
		TextY:   "above(y, x)",
		Lo:      [2]float64{-10, -10}, Hi: [2]float64{10, 10},
	}
	Min = &Func2{
		Name:    "min",
		Value:   func(x, y float64) float64 { return -larger(-x, -y) },
		SlopeX:  func(x, y, _ float64) float64 { return above(y, x) },
		SlopeY:  func(x, y, _ float64) float64 { return above(x, y) },
		CurveXX: zero2,
		CurveXY: zero2,
		CurveYY: zero2,
		TextX:   "above(y, x)",
		TextY:   "above(x, y)",
		Lo:      [2]float64{-10, -10}, Hi: [2]float64{10, 10},
	}
	Copysign = &Func2{
		Name:    "copysign",
		Value:   copysign,
		SlopeX:  func(x, y, _ float64) float64 { return sign(x) * copysign(1, y) },
		SlopeY:  zero2,
		CurveXX: zero2,
		CurveXY: zero2,
		CurveYY: zero2,
		TextX:   "sign(x)*copysign(1, y)",
		TextY:   "flat(x)*flat(y)",
		Lo:      [2]float64{0.1, 0.1}, Hi: [2]float64{10, 10},
	}
	Mod = &Func2{
		Name:    "mod",
		Value:   math.Mod,
		SlopeX:  func(_, _, z float64) float64 { return 1 + flat(z) },
		SlopeY:  func(x, y, _ float64) float64 { return -quotient(x, y) },
		CurveXX: func(_, _, z float64) float64 { return flat(z) },
		CurveXY: func(_, _, z float64) float64 { return flat(z) },
		CurveYY: func(_, _, z float64) float64 { return flat(z) },
		TextX:   "1+flat(quotient(x, y))",
		TextY:   "-quotient(x, y)",
		Lo:      [2]float64{-10, 11}, Hi: [2]float64{10, 20},
	}
)

// Helpers of the kinks and jumps, closed under differentiation.
var (
	// Step is 1 where x is positive and 0 elsewhere.
	Step = &Func{
		Name:  "step",
		Value: step,
		Slope: zero,
		Curve: zero,
		Text:  "flat(x)",
		Lo:    -10, Hi: 10,
		Kinks: []Kink{{At: 0, Slope: 0}},
	}
	// Flat is 0, but NaN where x is NaN.
	Flat = &Func{
		Name:  "flat",
		Value: flat,
		Slope: zero,
		Curve: zero,
		Text:  "flat(x)",
		Lo:    -10, Hi: 10,
	}
	// Above is 1 where x > y, 0 where x < y, and 0.5 at a tie.
	Above = &Func2{
		Name:    "above",
		Value:   above,
		SlopeX:  zero2,
		SlopeY:  zero2,
		CurveXX: zero2,
		CurveXY: zero2,
		CurveYY: zero2,
		TextX:   "flat(x)*flat(y)",
		TextY:   "flat(x)*flat(y)",
		Lo:      [2]float64{0.1, 0.1}, Hi: [2]float64{10, 10},
	}
	// Quotient is x/y rounded toward 0 before anything else is rounded, NaN
	// where mod is.
	Quotient = &Func2{
		Name:    "quotient",
		Value:   quotient,
		SlopeX:  func(_, _, z float64) float64 { return flat(z) },
		SlopeY:  func(_, _, z float64) float64 { return flat(z) },
		CurveXX: func(_, _, z float64) float64 { return flat(z) },
		CurveXY: func(_, _, z float64) float64 { return flat(z) },
		CurveYY: func(_, _, z float64) float64 { return flat(z) },
		TextX:   "flat(quotient(x, y))",
		TextY:   "flat(quotient(x, y))",
		Lo:      [2]float64{-10, 11}, Hi: [2]float64{10, 20},
	}
	// Pivot is the larger of x and y as if it were a constant: an offset for
	// formulas that do not depend on it. -Inf counts as the smallest finite
	// number, so that subtracting the pivot from it leaves -Inf.
	Pivot = &Func2{
		Name:    "pivot",
		Value:   func(x, y float64) float64 { return max(x, y, -math.MaxFloat64) },
		SlopeX:  none,
		SlopeY:  none,
		CurveXX: none,
		CurveXY: none,
		CurveYY: none,
		TextX:   "0",
		TextY:   "0",
		Lo:      [2]float64{-10, -10}, Hi: [2]float64{10, 10},
	}
)

// flat returns the slope of a piecewise constant function.
func flat(x float64) float64 {
	if x != x {
		return x
	}
	return 0
}

// zero and zero2 are slopes and curves that are 0 wherever the function is a
// number.
func zero(x, _ float64) float64 { return flat(x) }

func zero2(x, y, _ float64) float64 { return flat(x) * flat(y) }

// none is a slope or curve that is 0 whatever its arguments, NaN included: the
// derivative of something that does not depend on the variable.
func none(_, _, _ float64) float64 { return 0 }

// flatAt returns jumps where the agreed slope is 0.
func flatAt(at ...float64) []Kink {
	kinks := make([]Kink, len(at))
	for i, x := range at {
		kinks[i].At = x
	}
	return kinks
}

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return flat(x)
}

func step(x float64) float64 {
	if x > 0 {
		return 1
	}
	return flat(x)
}

func above(x, y float64) float64 {
	switch {
	case x > y:
		return 1
	case x < y:
		return 0
	case x == y:
		return 0.5
	}
	return math.NaN()
}

// larger returns the larger of x and y, NaN if either is NaN, unlike math.Max
// of an infinity and NaN.
func larger(x, y float64) float64 {
	if x != x || y != y {
		return math.NaN()
	}
	return max(x, y)
}

// quotient returns the whole number that mod takes y off x, NaN where mod is. The
// rounded x/y may be one too many.
func quotient(x, y float64) float64 { return math.RoundToEven((x - math.Mod(x, y)) / y) }

func copysign(x, y float64) float64 {
	if x != x || y != y {
		return math.NaN()
	}
	return math.Copysign(x, y)
}

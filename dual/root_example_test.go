package dual_test

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/reverse"
)

func ExampleRootOf() {
	x := []float64{0.2, 1}
	y := kepler([]ad.Real{0.2, 1})
	fmt.Printf("E = %.6f\n", y)
	fmt.Printf("dE/de, dE/dM: %.6f\n", reverse.Gradient(kepler[reverse.Var], x))
	e, m := math.Sin(float64(y)), 1.0
	fmt.Printf("by hand:      %.6f\n", []float64{e / (1 - 0.2*math.Cos(float64(y))), m / (1 - 0.2*math.Cos(float64(y)))})
	// Output:
	// E = 1.185324
	// dE/de, dE/dM: [1.001968 1.081314]
	// by hand:      [1.001968 1.081314]
}

// The cosine's fixed point, of a·cos y.
func ExampleFixedPointOf() {
	rest := func(a dual.Number) dual.Number {
		y, _ := dual.FixedPointOf(func(y dual.Of[dual.Number]) dual.Of[dual.Number] {
			return dual.Of[dual.Number]{}.Lift(a).Mul(ad.Cos(y))
		}, 1)
		return y
	}
	fmt.Printf("%.6f\n", dual.Derivative(rest, 1))
	y := 0.7390851332151607
	fmt.Printf("%.6f\n", math.Cos(y)/(1+math.Sin(y)))
	// Output:
	// 0.441611
	// 0.441611
}

// The time that a drug's level takes to fall to a tenth: two exponentials.
func ExampleRoot() {
	t, err := dual.Root(func(t dual.Number) dual.Number {
		fast, slow := ad.Exp(ad.Scale(t, -2)), ad.Exp(ad.Scale(t, -0.3))
		return ad.Shift(ad.Scale(fast, 0.6).Add(ad.Scale(slow, 0.4)), -0.1)
	}, 0, 100)
	fmt.Printf("%.6f %v\n", t, err)
	// Output:
	// 4.622912 <nil>
}

// How an interest rate depends on the price of what pays 1 a year for 30 years.
func ExampleHalleyOf() {
	rate := func(price dual.Number) dual.Number {
		type jet = dual.JetOf[dual.Number]
		r, _ := dual.HalleyOf(func(r jet) jet {
			value := jet{}.Const(1).Sub(ad.Exp(ad.Scale(ad.Log1p(r), -30))).Div(r)
			return value.Sub(jet{}.Lift(price))
		}, 1e-6, 10)
		return r
	}
	fmt.Printf("%.6f\n", dual.Derivative(rate, 12))
	h := 1e-4
	fmt.Printf("%.6f\n", (rate(dual.Number{}.Const(12+h)).Float()-rate(dual.Number{}.Const(12-h)).Float())/(2*h))
	// Output:
	// -0.008473
	// -0.008473
}

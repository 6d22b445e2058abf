package dual

import (
	"fmt"
	"sync"

	"github.com/quartet-ad/ad"
)

// A user's own function has no differential equation here. Its row knows the first two
// derivatives, and so does a series of it.

// ownRecur returns n coefficients, at most three, of a function that is not of the table.
func ownRecur[T ad.Scalar[T]](op ad.Op, u []T, st store[T]) []T {
	f := op.Func()
	atMostTwo(f.Name, st.len)
	x, d := u[0], slopesOf(f)
	y := linear(st, x.Apply(op), x.Apply(d.x), u)
	if st.len == 3 {
		y = st.clone(y, 3)
		y[2] = y[2].Add(over0(x.Apply(d.xx).Mul(u[1].Mul(u[1])), 2))
	}
	return y
}

// ownRecur2 is ownRecur of two variables.
func ownRecur2[T ad.Scalar[T]](op ad.Op2, x, y []T, st store[T]) []T {
	f := op.Func()
	atMostTwo(f.Name, st.len)
	a, b, d := x[0], y[0], slopesOf2(f)
	z := st.list(st.len)
	z[0] = a.Apply2(op, b)
	for k := 1; k < st.len; k++ {
		if k < len(x) {
			z[k] = z[k].Add(a.Apply2(d.x, b).Mul(x[k]))
		}
		if k < len(y) {
			z[k] = z[k].Add(a.Apply2(d.y, b).Mul(y[k]))
		}
	}
	if st.len < 3 {
		return z
	}
	if len(x) > 1 {
		z[2] = z[2].Add(over0(a.Apply2(d.xx, b).Mul(x[1].Mul(x[1])), 2))
	}
	if len(y) > 1 {
		z[2] = z[2].Add(over0(a.Apply2(d.yy, b).Mul(y[1].Mul(y[1])), 2))
	}
	if len(x) > 1 && len(y) > 1 {
		z[2] = z[2].Add(a.Apply2(d.xy, b).Mul(x[1].Mul(y[1])))
	}
	return z
}

func atMostTwo(name string, n int) {
	if n > 3 {
		panic(fmt.Sprintf("dual: %s is no function of package ad: a Jet takes its first two derivatives from its Slope and Curve, and this one is of order %d; "+
			"write it in terms of functions of package ad", name, n-1))
	}
}

// slopes are a function's first derivative and its second, as operations.
type slopes struct{ x, xx ad.Op }

type slopes2 struct{ x, y, xx, xy, yy ad.Op2 }

// Operations are made once for each row: whoever records them tells them by their rows.
var knownSlopes, knownSlopes2 sync.Map

func slopesOf(f *ad.Func) slopes {
	if s, ok := knownSlopes.Load(f); ok {
		return s.(slopes)
	}
	curve := func(x, _ float64) float64 {
		if f.Curve == nil {
			panic(noCurve(f.Name))
		}
		return f.Curve(x, f.Value(x))
	}
	s := slopes{
		x: ad.NewOp(&ad.Func{
			Name:  "slope of " + f.Name,
			Value: func(x float64) float64 { return f.Slope(x, f.Value(x)) },
			Slope: curve,
		}),
		xx: ad.NewOp(&ad.Func{
			Name:  "curve of " + f.Name,
			Value: func(x float64) float64 { return curve(x, 0) },
			Slope: func(x, _ float64) float64 { panic(noThird(f.Name)) },
		}),
	}
	first, _ := knownSlopes.LoadOrStore(f, s)
	return first.(slopes)
}

func slopesOf2(f *ad.Func2) slopes2 {
	if s, ok := knownSlopes2.Load(f); ok {
		return s.(slopes2)
	}
	type partial = func(x, y, z float64) float64
	curve := func(c partial) partial {
		return func(x, y, _ float64) float64 {
			if c == nil {
				panic(noCurve(f.Name))
			}
			return c(x, y, f.Value(x, y))
		}
	}
	none := func(x, y, _ float64) float64 { panic(noThird(f.Name)) }
	op := func(name string, value, dx, dy partial) ad.Op2 {
		return ad.NewOp2(&ad.Func2{
			Name:   name + " of " + f.Name,
			Value:  func(x, y float64) float64 { return value(x, y, f.Value(x, y)) },
			SlopeX: dx, SlopeY: dy,
		})
	}
	xx, xy, yy := curve(f.CurveXX), curve(f.CurveXY), curve(f.CurveYY)
	s := slopes2{
		x: op("slope", f.SlopeX, xx, xy), y: op("slope", f.SlopeY, xy, yy),
		xx: op("curve", xx, none, none), xy: op("curve", xy, none, none), yy: op("curve", yy, none, none),
	}
	first, _ := knownSlopes2.LoadOrStore(f, s)
	return first.(slopes2)
}

func noThird(name string) string {
	return fmt.Sprintf("dual: the third derivative of %s is not known: it is no function of package ad", name)
}

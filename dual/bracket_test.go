package dual_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
)

// A problem is a function with one change of sign between lo and hi.
type problem[T ad.Scalar[T]] struct {
	name   string
	f      func(y T) T
	lo, hi float64
}

// problems are equations of Alefeld, Potra and Shi, Algorithm 748, ACM TOMS 21 (1995), and what
// makes Newton's method slow: it is far away, the root is of a high order, the slope vanishes.
func problems[T ad.Scalar[T]]() []problem[T] {
	c := ad.Const[T]
	list := []problem[T]{
		{"sin y - y/2", func(y T) T { return ad.Sin(y).Sub(ad.Scale(y, 0.5)) }, math.Pi / 2, math.Pi},
		{"poles", func(y T) T {
			sum := c(0)
			for i := 1.; i <= 20; i++ {
				sum = sum.Sub(c(2 * (2*i - 5) * (2*i - 5)).Div(ad.Cube(ad.Shift(y, -i*i))))
			}
			return sum
		}, 1 + 1e-9, 4 - 1e-9},
		{"-40y·exp(-y)", func(y T) T { return ad.Scale(y.Mul(ad.Exp(y.Neg())), -40) }, -9, 31},
		{"y·exp(-1/y²)", func(y T) T { return y.Mul(ad.Exp(ad.Reciprocal(ad.Square(y)).Neg())) }, -1, 4.1},
		{"a bend beside a constant", func(y T) T {
			return y.IfPos(ad.Scale(ad.Shift(ad.Scale(y, 1/1.5).Add(ad.Sin(y)), -1), 0.5), c(-0.5))
		}, -1e4, math.Pi / 2},
		{"a quantile", func(y T) T { return ad.Shift(ad.Erfc(y.Neg()), -2e-10) }, -10, 10},
		{"Kepler's", func(y T) T { return ad.Shift(y.Sub(ad.Scale(ad.Sin(y), 0.99)), -0.1) }, 0, 7},
		{"Lambert's", func(y T) T { return ad.Shift(y.Mul(ad.Exp(y)), -1e10) }, 0, 100},
		{"an interest rate", func(y T) T {
			return ad.Shift(c(1).Sub(ad.Exp(ad.Scale(ad.Log1p(y), -30))).Div(y), -12)
		}, 1e-6, 10},
		{"atan", func(y T) T { return ad.Shift(ad.Atan(ad.Scale(y, 100)), -0.3) }, -10, 12},
		{"nearly straight", func(y T) T { return ad.Shift(ad.Scale(ad.Tanh(y), 0.1).Add(y), -3) }, -10, 10},
		{"of order 9", func(y T) T { return ad.PowInt(ad.Shift(y, -0.3), 9) }, -1, 3.1},
	}
	for _, n := range []float64{4, 12, 20} {
		list = append(list,
			problem[T]{fmt.Sprintf("y^%v - 0.2", n), func(y T) T { return ad.Shift(ad.PowReal(y, n), -0.2) }, 0, 5},
			problem[T]{fmt.Sprintf("exp(-%vy)(y-1)+y^%v", n, n), func(y T) T {
				return ad.Exp(ad.Scale(y, -n)).Mul(ad.Shift(y, -1)).Add(ad.PowReal(y, n))
			}, 0, 1.1},
			problem[T]{fmt.Sprintf("y^-%v - 2", n), func(y T) T { return ad.Shift(ad.PowReal(y, -n), -2) }, 0.01, 10},
			problem[T]{fmt.Sprintf("y^(1/%v) - %v^(1/%v)", n, n, n), func(y T) T {
				return ad.Shift(ad.PowReal(y, 1/n), -math.Pow(n, 1/n))
			}, 1, 100})
	}
	return list
}

// TestRootEvaluations: Newton's and Halley's method find the same roots in few evaluations, and
// Halley's in fewer.
func TestRootEvaluations(t *testing.T) {
	type number = dual.Of[ad.Real]
	type jet = dual.JetOf[ad.Real]
	sumN, sumH := 0, 0
	halley, plain := problems[jet](), problems[dual.Number]()
	for i, p := range problems[number]() {
		n, h := 0, 0
		x, err := dual.RootOf(func(y number) number { n++; return p.f(y) }, p.lo, p.hi)
		y, errH := dual.HalleyOf(func(y jet) jet { h++; return halley[i].f(y) }, p.lo, p.hi)
		z, errP := dual.Root(plain[i].f, p.lo, p.hi)
		t.Logf("%-28s %3d by Newton %3d by Halley: %v", p.name, n, h, y)
		near := 1e-14 * max(1, math.Abs(float64(x)))
		if p.name == "y·exp(-1/y²)" { // it is 0 before the root
			near = 0.1
		}
		if err != nil || errH != nil || errP != nil || !(math.Abs(float64(x-y)) <= near) || !(math.Abs(float64(x)-z) <= near) {
			t.Errorf("%s: %v, %v by RootOf, %v, %v by HalleyOf, %v, %v by Root", p.name, x, err, y, errH, z, errP)
		}
		if n > 25 || h > 25 {
			t.Errorf("%s: %d evaluations by Newton's method, %d by Halley's", p.name, n, h)
		}
		sumN, sumH = sumN+n, sumH+h
	}
	if t.Logf("%d by Newton %d by Halley", sumN, sumH); sumH >= sumN {
		t.Error("Halley's method saves nothing")
	}
}

package compare

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
)

// TestInnocents: programs without fault at points where methods have had reason to
// differ. Nobody is convicted.
func TestInnocents(t *testing.T) {
	for _, test := range []struct {
		name string
		fn   Func
		x    []float64
	}{
		{"subnormal rates", New("decay", decay, decay, decay, decay, decay), []float64{740, 1}},
		{"subnormal rates", New("decay", decay, decay, decay, decay, decay), []float64{725, 1e-3}},
		{"subnormal rates", New("scaled", scaled, scaled, scaled, scaled, scaled), []float64{3e-160, 2e-155}},
		{"subnormal rates", New("scaled", scaled, scaled, scaled, scaled, scaled), []float64{-1e-100, 5e-210}},
		{"stairs", New("stairs", stairs, stairs, stairs, stairs, stairs), []float64{13}},
		{"stairs", New("stairs", stairs, stairs, stairs, stairs, stairs), []float64{20}},
		{"stairs", New("stairs", stairs, stairs, stairs, stairs, stairs), []float64{30}},
		{"sizes", New("sizes", sizes, sizes, sizes, sizes, sizes), []float64{3e8, 2e-7}},
		{"sizes", New("sizes", sizes, sizes, sizes, sizes, sizes), []float64{2e-9, 4e5}},
		{"sizes", New("rosenbrock", rosenbrock, rosenbrock, rosenbrock, rosenbrock, rosenbrock), []float64{1e6, 1e-6}},
		{"oscillation", New("chirp", chirp, chirp, chirp, chirp, chirp), []float64{1e-3}},
		{"oscillation", New("chirp", chirp, chirp, chirp, chirp, chirp), []float64{3.7e-5}},
		{"oscillation", New("chirp", chirp, chirp, chirp, chirp, chirp), []float64{-2e-8}},
		{"option", New("option", option, option, option, option, option), []float64{100, 100, 0.05, 0.2, 1e-8}},
		{"option", New("option", option, option, option, option, option), []float64{100, 100.001, 0.05, 0.2, 1e-8}},
		{"option", New("option", option, option, option, option, option), []float64{100, 100, 0.05, 0.2, 1e-6}},
		{"option", New("option", option, option, option, option, option), []float64{90, 100, 0.01, 0.3, 1e-4}},
		{"beside a kink", New("L1", norm1, norm1, norm1, norm1, norm1), []float64{1e-9, 2, -3}},
		{"beside a kink", New("L1", norm1, norm1, norm1, norm1, norm1), []float64{1e-9, -2e-11, 1e-3}},
		{"beside a kink", New("L1", norm1, norm1, norm1, norm1, norm1), []float64{-1e-15, 1e-12}},
		{"distance", New("distance", distance, distance, distance, distance, distance), []float64{4e-4, 3e-13}},
		{"distance", New("distance", distance, distance, distance, distance, distance), []float64{1e-7, 2e-3}},
		{"distance", New("distance", distance, distance, distance, distance, distance), []float64{1e-20, 3e-25}},
		{"a rounding squared", New("remainder", remainder, remainder, remainder, remainder, remainder), []float64{0.3221255855138372, -3.6604100353530358}},
	} {
		if r := Check(test.fn, test.x); r.Verdict() == Disagree {
			t.Errorf("%s: %v", test.name, r)
		} else {
			t.Log(r)
		}
	}
}

// remainder is 0 but for the square of a rounding, which is 0 at the point and not beside it.
func remainder[T ad.Scalar[T]](x []T) T {
	d := x[0].Sub(x[1])
	r := x[0].Sub(d.Add(x[1]))
	return d.Mul(r).Mul(r)
}

func decay[T ad.Scalar[T]](x []T) T { return ad.Exp(x[0].Neg()).Mul(ad.Sin(x[1])) }

func scaled[T ad.Scalar[T]](x []T) T { return x[0].Mul(x[1]).Mul(x[0]).Add(ad.Square(x[1])) }

func stairs[T ad.Scalar[T]](x []T) T {
	e := ad.Exp(x[0])
	return e.Add(ad.Round(e))
}

func sizes[T ad.Scalar[T]](x []T) T {
	return ad.Log(x[0].Mul(x[1])).Add(ad.Sqrt(x[0])).Mul(ad.Exp(x[1].Mul(c[T](1e-6))))
}

func chirp[T ad.Scalar[T]](x []T) T { return ad.Sin(c[T](1).Div(x[0])) }

func norm1[T ad.Scalar[T]](x []T) T {
	sum := c[T](0)
	for _, v := range x {
		sum = sum.Add(ad.Abs(v))
	}
	return sum
}

func distance[T ad.Scalar[T]](x []T) T { return ad.Sqrt(x[0].Mul(x[0]).Add(x[1].Mul(x[1]))) }

// option is the price of a call by Black and Scholes: of spot, strike, rate, volatility
// and time.
func option[T ad.Scalar[T]](x []T) T {
	s, k, r, v, time := x[0], x[1], x[2], x[3], x[4]
	d := v.Mul(ad.Sqrt(time))
	d1 := ad.Log(s.Div(k)).Add(r.Add(v.Mul(v).Mul(c[T](0.5))).Mul(time)).Div(d)
	normal := func(x T) T { return ad.Erfc(x.Mul(c[T](-math.Sqrt2 / 2))).Mul(c[T](0.5)) }
	return s.Mul(normal(d1)).Sub(k.Mul(ad.Exp(r.Mul(time).Neg())).Mul(normal(d1.Sub(d))))
}

// TestOrdered: elimination with pivoting looks at values, and has no form on paper. That
// method is left out, and a fault in another is found.
func TestOrdered(t *testing.T) {
	fn := New("determinant", determinant[numeric.Real], determinant[dual.Number], determinant[dual.Hyper], determinant[reverse.Var], nil)
	x := []float64{1, 2, 3, 4, 5, 6, 7, 8, 10}
	r := Check(fn, x)
	if r.Verdict() != Agree || len(r.Lacks) != 1 {
		t.Errorf("%v, lacks %q", r, r.Lacks)
	}
	right := fn.tape
	fn.tape = func(x []reverse.Var) []reverse.Var {
		y := right(x)[0]
		return []reverse.Var{y.Add(x[0].Mul(ad.Const[reverse.Var](1e-6))).Sub(ad.Const[reverse.Var](1e-6))}
	}
	if r := Check(fn, x); r.Verdict() != Disagree {
		t.Error(r)
	}
}

func determinant[T ad.Ordered[T]](x []T) T {
	var a [3][3]T
	for i := range a {
		copy(a[i][:], x[3*i:])
	}
	det := ad.Const[T](1)
	for k := range a {
		p := k
		for i := k + 1; i < 3; i++ {
			if ad.Abs(a[p][k]).Less(ad.Abs(a[i][k])) {
				p = i
			}
		}
		if p != k {
			a[p], a[k] = a[k], a[p]
			det = det.Neg()
		}
		det = det.Mul(a[k][k])
		for i := k + 1; i < 3; i++ {
			f := a[i][k].Div(a[k][k])
			for j := k; j < 3; j++ {
				a[i][j] = a[i][j].Sub(f.Mul(a[k][j]))
			}
		}
	}
	return det
}

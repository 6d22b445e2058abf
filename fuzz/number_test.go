package fuzz

import (
	"math"
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// A number is known up to an error: the two sides of a law hold if they may be the
// same. One whose error is not known, NaN or infinite, may be anything. It is an ad.Scalar,
// with the errors of its own operations: a running error analysis.
type number struct{ v, err float64 }

var unknown = number{math.NaN(), math.NaN()}

func exactly(v float64) number { return number{v, 0} }

// rounded adds the rounding of one operation.
func rounded(v, err float64) number { return number{v, err + 0x1p-52*math.Abs(v) + 0x1p-1050} }

// grain is below what products show their loss for.
const grain = 0x1p-900

// roundedBut is rounded, of a result of exact numbers that has lost nothing where lost is 0.
func roundedBut(lost, v, err float64) number {
	if lost == 0 && err == 0 {
		return exactly(v)
	}
	return rounded(v, err)
}

func (a number) Add(b number) number {
	s := a.v + b.v
	t := s - a.v
	return roundedBut((a.v-(s-t))+(b.v-t), s, a.err+b.err)
}

func (a number) Sub(b number) number { return a.Add(b.Neg()) }
func (a number) Neg() number         { return number{-a.v, a.err} }

func (a number) Mul(b number) number {
	p := a.v * b.v
	lost := math.FMA(a.v, b.v, -p)
	if a.v != 0 && b.v != 0 && math.Abs(p) < grain { // what it has lost may be below the range
		lost = grain
	}
	return roundedBut(lost, p, math.Abs(a.v)*b.err+math.Abs(b.v)*a.err+a.err*b.err)
}

// Div returns a/b; the quotient is unknown where b may be 0.
func (a number) Div(b number) number {
	least := math.Abs(b.v) - b.err
	if !(least > 0) {
		return unknown
	}
	q := a.v / b.v
	lost := math.FMA(q, b.v, -a.v)
	if a.v != 0 && math.Abs(a.v) < grain || math.Abs(q) < grain {
		lost = grain
	}
	return roundedBut(lost, q, (a.err+math.Abs(q)*b.err)/least)
}

func (a number) IfPos(x, y number) number {
	if a.err > 0 && !(math.Abs(a.v) > a.err) {
		return unknown
	}
	switch {
	case a.v > 0:
		return x
	case a.v <= 0:
		return y
	}
	return unknown
}

func (number) Const(c float64) number { return exactly(c) }

func (a number) Apply(op ad.Op) number {
	f := op.Func()
	return around(a, exactly(0), func(x, _ float64) (v, dx, dy float64) {
		v = f.Value(x)
		return v, f.Slope(x, v), 0
	})
}

func (a number) Apply2(op ad.Op2, b number) number {
	f := op.Func()
	return around(a, b, func(x, y float64) (v, dx, dy float64) {
		v = f.Value(x, y)
		return v, f.SlopeX(x, y, v), f.SlopeY(x, y, v)
	})
}

// around returns the value of f, which has slopes too: its error is twice what either comes to
// at the ends of the errors of a and b.
func around(a, b number, f func(x, y float64) (v, dx, dy float64)) number {
	v, _, _ := f(a.v, b.v)
	if !a.sharp() || !b.sharp() {
		return unknown
	}
	worst := 0.0
	for _, x := range a.ends() {
		for _, y := range b.ends() {
			if a.err == 0 && b.err == 0 {
				continue
			}
			w, dx, dy := f(x, y)
			for _, d := range [...]float64{math.Abs(w - v), scaled(dx, a.err) + scaled(dy, b.err)} {
				worst = max(worst, d)
			}
		}
	}
	if a.plain() && b.plain() && v == math.Trunc(v) && worst == 0 {
		return exactly(v)
	}
	return rounded(v, 2*worst+16*0x1p-52*math.Abs(v)) // what rows keep to
}

func scaled(slope, err float64) float64 {
	if err == 0 {
		return 0
	}
	return math.Abs(slope) * err
}

// ends returns the numbers that a may be at most, with its value.
func (a number) ends() []float64 {
	if a.err == 0 {
		return []float64{a.v}
	}
	return []float64{a.v - a.err, a.v, a.v + a.err}
}

// sharp reports whether a function may be looked at as straight within the error of a.
func (a number) sharp() bool { return a.err <= 0x1p-10*max(1, math.Abs(a.v)) }

// plain reports whether a is a small number without an error: if a function of it is whole, it
// is not so by rounding.
func (a number) plain() bool { return a.err == 0 && math.Abs(a.v) <= 4 && 16*a.v == math.Trunc(16*a.v) }

func (number) ApplyN(op ad.OpN, x, y []number) number { return ad.FoldN(op, x, y) }

func dot(a, b []number) number {
	z := exactly(0)
	for i := range a {
		z = z.Add(a[i].Mul(b[i]))
	}
	return z
}

// known reports whether a says anything.
func (a number) known() bool { return math.Abs(a.v) < 1e200 && a.err < 1e200 }

// A method is one way to differentiate programs, with the error of its results: by
// the judge's error analysis for the exact ways, by ten times their own estimate
// for differences.
type method struct {
	name     string
	value    func(p Program, x []float64) number
	gradient func(p Program, x []float64) []number
	jvp      func(p Program, x, v []float64) []number // of all results of a program
	vjp      func(p Program, x, w []float64) []number
	hvp      func(p Program, x, v []float64) []number
	hessian  func(p Program, x []float64) [][]number
}

var exactMethods = []method{
	exact("dual",
		func(p Program, x []float64) []float64 { return dual.Gradient(over[dual.Number](p), x) },
		func(p Program, x, v []float64) []float64 { return dual.JVP(results[dual.Number](p), x, v) },
		func(p Program, x, w []float64) []float64 { return dual.VJP(results[dual.Number](p), x, w) },
		func(p Program, x, v []float64) []float64 { return dual.HVP(over[dual.Hyper](p), x, v) },
		func(p Program, x []float64) matrix { return dual.Hessian(over[dual.Hyper](p), x) }),
	exact("reverse",
		func(p Program, x []float64) []float64 { return reverse.Gradient(over[reverse.Var](p), x) },
		func(p Program, x, v []float64) []float64 { return reverse.JVP(results[reverse.Var](p), x, v) },
		func(p Program, x, w []float64) []float64 { return reverse.VJP(results[reverse.Var](p), x, w) },
		func(p Program, x, v []float64) []float64 { return reverse.HVP(over[reverse.Var](p), x, v) },
		func(p Program, x []float64) matrix { return reverse.Hessian(over[reverse.Var](p), x) }),
	exact("symbolic",
		func(p Program, x []float64) []float64 { return symbolic.Gradient(over[symbolic.Expr](p), x) },
		func(p Program, x, v []float64) []float64 { return symbolic.JVP(results[symbolic.Expr](p), x, v) },
		func(p Program, x, w []float64) []float64 { return symbolic.VJP(results[symbolic.Expr](p), x, w) },
		func(p Program, x, v []float64) []float64 { return symbolic.HVP(over[symbolic.Expr](p), x, v) },
		func(p Program, x []float64) matrix { return symbolic.Hessian(over[symbolic.Expr](p), x) }),
}

var byDifferences = method{
	name:  "numeric",
	value: valueOf,
	gradient: func(p Program, x []float64) []number {
		return estimated(numeric.GradientResult(over[numeric.Real](p), x), 1, slices.Repeat(noise(p.Func(), x), len(x)))
	},
	jvp: func(p Program, x, v []float64) []number {
		return estimated(numeric.JVPResult(results[numeric.Real](p), x, v), 1, noise(vector(p), x))
	},
	vjp: func(p Program, x, w []float64) []number {
		sum := 0.0
		for k, dv := range noise(vector(p), x) {
			sum += math.Abs(w[k]) * dv
		}
		return estimated(numeric.VJPResult(results[numeric.Real](p), x, w), 1, slices.Repeat([]float64{sum}, len(x)))
	},
	hvp: func(p Program, x, v []float64) []number {
		return estimated(numeric.HVPResult(over[numeric.Real](p), x, v), 2, slices.Repeat(noise(p.Func(), x), len(x)))
	},
	hessian: func(p Program, x []float64) (h [][]number) {
		for _, row := range numeric.HessianResult(over[numeric.Real](p), x) {
			h = append(h, estimated(row, 2, slices.Repeat(noise(p.Func(), x), len(x))))
		}
		return h
	},
}

// estimated returns differences of an order. Beside ten times their own error estimate
// there is what their steps make of the rounding of values, dv: they see it only where it
// scatters.
func estimated(results []numeric.Result, order float64, dv []float64) []number {
	z := make([]number, len(results))
	for i, r := range results {
		z[i] = number{r.Value, 10 * r.Err}
		if r.Step > 0 {
			z[i].err += 4 * dv[i] / math.Pow(r.Step, order)
		}
	}
	return z
}

// noise returns by how much rounding moves the results of fn.
func noise(fn compare.Func, x []float64) (dv []float64) {
	for _, r := range roundings(fn, x, x, x) {
		dv = append(dv, r.Value)
	}
	return dv
}

type matrix interface{ At(i, j int) float64 }

// exact joins the operators of a backend with the judge's error analysis.
func exact(
	name string,
	gradient func(p Program, x []float64) []float64,
	jvp, vjp, hvp func(p Program, x, v []float64) []float64,
	hessian func(p Program, x []float64) matrix,
) method {
	m := method{name: name, value: valueOf}
	m.gradient = func(p Program, x []float64) []number {
		g := make([]number, len(x))
		for i, v := range gradient(p, x) {
			g[i] = bounded(v, roundings(p.Func(), x, axis(x, i), axis(x, i))[0].U)
		}
		return g
	}
	m.jvp = func(p Program, x, v []float64) []number {
		var z []number
		rs := roundings(vector(p), x, v, v)
		for k, y := range jvp(p, x, v) {
			z = append(z, bounded(y, rs[k].U))
		}
		return z
	}
	m.vjp = func(p Program, x, w []float64) []number {
		z := make([]number, len(x))
		for i, v := range vjp(p, x, w) {
			err := 0.0
			for k, r := range roundings(vector(p), x, axis(x, i), axis(x, i)) {
				err += math.Abs(w[k]) * r.U
			}
			z[i] = bounded(v, err)
		}
		return z
	}
	m.hvp = func(p Program, x, v []float64) []number {
		z := make([]number, len(x))
		for i, y := range hvp(p, x, v) {
			z[i] = bounded(y, roundings(p.Func(), x, v, axis(x, i))[0].Second)
		}
		return z
	}
	m.hessian = func(p Program, x []float64) [][]number {
		h := hessian(p, x)
		z := make([][]number, len(x))
		for i := range x {
			for j := range x {
				z[i] = append(z[i], bounded(h.At(i, j), roundings(p.Func(), x, axis(x, i), axis(x, j))[0].Second))
			}
		}
		return z
	}
	return m
}

// bounded returns a result with its bound, twice: once more for what the law compares
// it with, which went another way.
func bounded(v, err float64) number { return rounded(v, 2*err) }

func valueOf(p Program, x []float64) number {
	return bounded(float64(Eval(p, reals(x))), roundings(p.Func(), x, x, x)[0].Value)
}

// vector returns all results of a program as the judge takes them, the last one first.
func vector(p Program) compare.Func {
	return compare.NewVector("program", results[numeric.Real](p), results[dual.Number](p), results[dual.Hyper](p),
		results[reverse.Var](p), results[symbolic.Expr](p))
}

// roundings returns the judge's error bounds, infinite where there are none.
func roundings(fn compare.Func, x, u, v []float64) []compare.Rounding {
	rs := compare.Roundings(fn, x, u, v)
	for i, r := range rs {
		if r.Wild {
			inf := math.Inf(1)
			rs[i] = compare.Rounding{Value: inf, U: inf, V: inf, Second: inf, Wild: true}
		}
	}
	return rs
}

func axis(x []float64, i int) []float64 {
	e := make([]float64, len(x))
	e[i] = 1
	return e
}

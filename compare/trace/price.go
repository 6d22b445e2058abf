package trace

import (
	"strconv"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// A Price is what the derivatives of a larger function cost: of Copies of the function,
// each with inputs of its own and their sum as the one result, or all with the same inputs
// and a result each. Costs are counted while the engines run.
type Price struct {
	Copies     int `json:"copies"`
	Inputs     int `json:"inputs"`
	Results    int `json:"results"`
	Operations int `json:"operations"` // of one evaluation

	// Forward is the operations on dual numbers, one pass for each input. Backward is
	// the operations that are recorded, and what the sweeps add to adjoints, one sweep
	// for each result. Paper is the distinct operations of the derivatives' formulas,
	// -1 if the function looks at values or has no formula.
	// Differences is the operations of all evaluations.
	Forward     int `json:"forward"`
	Backward    int `json:"backward"`
	Paper       int `json:"paper"`
	Differences int `json:"differences"`
}

// mostPriced bounds the operations that are counted at one size.
const mostPriced = 20_000

func (r *tracer) price() {
	x := r.x
	for _, grows := range []string{"inputs", "results"} {
		for k := 1; k <= 8; k *= 2 {
			n, m := len(r.x), 1
			if grows == "inputs" {
				n *= k
			} else if m = k; k == 1 {
				continue
			}
			if n*k*(len(x)+r.size)*12 > mostPriced {
				break
			}
			r.t.Prices = append(r.t.Prices, r.count(k, n, m))
		}
	}
}

// count differentiates a family of k copies, and counts.
func (r *tracer) count(k, n, m int) Price {
	p := Price{Copies: k, Inputs: n, Results: m}
	x := make([]float64, n)
	for i := range x {
		x[i] = r.x[i%len(r.x)]
	}
	family := func(x []Number) []Number {
		y := make([]Number, k)
		for j := range y {
			own := x
			if n > len(r.x) {
				own = x[j*len(r.x) : (j+1)*len(r.x)]
			}
			y[j] = r.f(own)
		}
		if m == 1 {
			for j := 1; j < k; j++ {
				y[0] = y[0].Add(y[j])
			}
		}
		return y[:m]
	}
	counted(family, &p.Operations, func(f func([]ad.Real) []ad.Real) { f(reals(x)) })
	for i := range x {
		v := make([]float64, n)
		v[i] = 1
		counted(family, &p.Forward, func(f func([]dual.Number) []dual.Number) { dual.JVP(f, x, v) })
	}
	var tape *reverse.Func
	counted(family, new(int), func(f func([]reverse.Var) []reverse.Var) { tape = reverse.RecordAsWritten(f, n) })
	p.Backward = p.Operations
	for j := range m {
		w := make([]float64, m)
		w[j] = 1
		for range tape.Contributions(x, w...) {
			p.Backward++
		}
	}
	if r.looked || len(r.t.Derivations) == 0 { // a formula of another point would be another one
		p.Paper = -1
	}
	counted(family, new(int), func(f func([]symbolic.Expr) []symbolic.Expr) {
		if p.Paper < 0 {
			return
		}
		vars := make([]symbolic.Expr, n)
		for i := range vars {
			vars[i] = symbolic.Var("x" + strconv.Itoa(i))
		}
		for _, y := range f(vars) {
			for _, v := range vars {
				p.Paper += symbolic.D(y, v).Nodes()
			}
		}
	})
	counted(family, &p.Differences, func(f func([]numeric.Real) []numeric.Real) { numeric.Jacobian(f, x) })
	return p
}

// counted gives run a function of many results, whose operations on the numbers of an
// engine are added up.
func counted[T ad.Scalar[T]](family func([]Number) []Number, operations *int, run func(f func([]T) []T)) {
	run(func(x []T) []T {
		e := new(engine[T])
		y := family(e.start(x))
		*operations += len(e.v) - len(x)
		z := make([]T, len(y))
		for i := range y {
			z[i] = e.lift(y[i])
		}
		return z
	})
}

// reals returns numbers as the engine of plain floats has them.
func reals(x []float64) []ad.Real {
	y := make([]ad.Real, len(x))
	for i, v := range x {
		y[i] = ad.Real(v)
	}
	return y
}

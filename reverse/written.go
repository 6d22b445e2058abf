package reverse

import (
	"iter"
	"slices"

	"github.com/quartet-ad/ad/internal/check"
)

// RecordAsWritten is Record, but keeps every operation that f executes, in their order:
// nothing is computed once instead of twice, left out or merged into a sum. It is for
// showing what a function does; to compute with, Record is faster.
//
// What depends on no input is a constant, and no operation.
//
// RecordAsWritten panics as Record does.
func RecordAsWritten[R Var | []Var](f func([]Var) R, n int) *Func {
	fn := Record(f, n)
	fn.written = true
	return fn
}

// A Contribution is one += of the backward sweep: what the adjoint of an operation adds
// to that of one of its operands.
type Contribution struct {
	From, To int     // operations, numbered as by Ops
	Adjoint  float64 // of From, complete by now
	Slope    float64 // of From in To
	Term     float64 // Adjoint times Slope: what is added
	Sum      float64 // the adjoint of To from then on
}

// Contributions iterates over what the backward sweep adds to adjoints, at x, in the order
// of the sweep: the last operation first, and its operands from left to right. Before it
// the adjoint of each result is its weight in w, and all others are 0; no weights at all
// are ones. An operation that no result depends on contributes nothing. The last Sum of an
// operation is the Adjoint that Ops gives, but for the rounding of terms, which a processor
// that fuses products with sums leaves out there.
//
// Where the function cannot be replayed there are none; see Err.
//
// Cost: as VJP.
//
// Contributions panics as Ops does.
func (f *Func) Contributions(x []float64, w ...float64) iter.Seq[Contribution] {
	check.Length("reverse.Func.Contributions", "x", len(x), f.n)
	return func(yield func(Contribution) bool) {
		r := f.at("reverse.Func.Contributions", x)
		defer r.release()
		if r.p == nil {
			return
		}
		if len(w) == 0 {
			w = weights(len(r.results))
		}
		check.Length("reverse.Func.Contributions", "w", len(w), len(r.results))
		r.contributions(w, yield)
	}
}

// contributions is the careful sweep, told step by step.
func (r *runner) contributions(w []float64, yield func(Contribution) bool) {
	t := r.t
	last := t.seed(r.results, w)
	t.reached = zeroed(t.reached, int(t.n))
	for k, y := range r.results {
		t.reached[y.slot()] = t.reached[y.slot()] || w[k] != 0
	}
	more := true
	for i := last; i >= t.first && more; i-- {
		if !t.reached[i] {
			continue
		}
		t.eachOperand(i, func(operand uint32, slope float64) {
			a := t.adj[i]
			term := float64(a * slope) // rounded, as it is told, before it is added
			t.adj[operand] += term
			t.reached[operand] = true
			more = more && yield(Contribution{int(i) - 1, int(operand) - 1, a, slope, term, t.adj[operand]})
		})
	}
}

// Second is what the sweeps at second order leave at an operation: its tangent in a
// direction, its adjoint, and the derivative of that adjoint in the direction.
type Second struct{ Tangent, Adjoint, Rate float64 }

// Seconds returns what the sweeps at second order compute of every operation, numbered as
// by Ops, at x in the direction v. The rates of the inputs are the product of the Hessian
// with v. Adjoints are those of the results weighted with w; no weights at all are ones.
// It is nil where the function cannot be replayed; see Err.
//
// Cost: as HVP.
//
// Seconds panics if x or v has not as many entries as there are inputs, if there are
// weights, and not one for every result, or if the function uses one without a second
// derivative.
func (f *Func) Seconds(x, v []float64, w ...float64) []Second {
	check.Length("reverse.Func.Seconds", "x", len(x), f.n)
	check.Length("reverse.Func.Seconds", "v", len(v), f.n)
	r := f.at("reverse.Func.Seconds", x)
	defer r.release()
	if r.p == nil {
		return nil
	}
	if len(w) == 0 {
		w = weights(len(r.results))
	}
	check.Length("reverse.Func.Seconds", "w", len(w), len(r.results))
	r.copyValues()
	r.t.pullSecond(r.results, w, slices.Clone(v))
	all := make([]Second, r.t.n-1)
	for i := range all {
		all[i] = Second{r.t.tan[i+1], r.t.adj[i+1], r.t.dadj[i+1]}
	}
	return all
}

package trace

import (
	"fmt"
	"math"
	"slices"

	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
	"gonum.org/v1/gonum/mat"
)

// Second is what the engines compute at second order.
type Second struct {
	Crosses []Cross `json:"crosses"` // of every pair of inputs
	Rates   []Rates `json:"rates"`   // of every input
	Hessian []Entry `json:"hessian"` // of every pair of inputs
}

// A Cross is the cross term of two tangents, of hyper-dual numbers: the second derivative
// of every line by the inputs I and J.
type Cross struct {
	I     int     `json:"i"`
	J     int     `json:"j"`
	Terms []Float `json:"terms"` // by line
}

// Rates are how fast adjoints change when one input moves: the sweeps of the tape at second
// order. Those of the inputs are a column of the Hessian.
type Rates struct {
	Input int     `json:"input"`
	Rates []Float `json:"rates"` // by line
}

// An Entry is a second derivative by every method.
type Entry struct {
	I           int   `json:"i"`
	J           int   `json:"j"`
	Dual        Float `json:"dual"`
	Reverse     Float `json:"reverse"`
	Symbolic    Float `json:"symbolic"`
	Differences Float `json:"differences"`
	Estimate    Float `json:"estimate"`
}

// mostSecond is of how many inputs there are second derivatives: there is a column for
// every pair.
const mostSecond = 8

func (r *tracer) second() {
	if !r.options.Second {
		return
	}
	n := len(r.x)
	if n > mostSecond {
		panic(fmt.Sprintf("%d inputs; the limit is %d", n, mostSecond))
	}
	s := new(Second)
	r.t.Second = s
	hyper := func(x []dual.Hyper) dual.Hyper {
		i, j := -1, -1
		for k, v := range x {
			e1, e2, _ := v.Tangents()
			if e1 != 0 {
				i = k
			}
			if e2 != 0 {
				j = k
			}
		}
		return at(r.f, r.values, func(lines []dual.Hyper) {
			if i < 0 { // the pass that looks for constants
				return
			}
			c := Cross{I: i, J: j}
			for _, z := range lines {
				_, _, cross := z.Tangents()
				c.Terms = append(c.Terms, Float(cross))
			}
			s.Crosses = append(s.Crosses, c)
		})(x)
	}
	forward := dual.Hessian(hyper, r.x)
	backward := reverse.Hessian(over[reverse.Var](r.f), r.x)
	paper := mat.NewSymDense(n, slices.Repeat([]float64{math.NaN()}, n*n))
	if len(r.t.Derivations) > 0 {
		paper = symbolic.Hessian(at[symbolic.Expr](r.f, r.values, nil), r.x)
	}
	differences := numeric.HessianResult(over[numeric.Real](r.f), r.x)
	for i := range n {
		for j := i; j < n; j++ {
			s.Hessian = append(s.Hessian, Entry{i, j, Float(forward.At(i, j)), Float(backward.At(i, j)), Float(paper.At(i, j)),
				Float(differences[i][j].Value), Float(differences[i][j].Err)})
		}
		v := make([]float64, n)
		v[i] = 1
		rates := Rates{Input: i}
		for _, l := range r.tape.Seconds(r.x, v) {
			rates.Rates = append(rates.Rates, Float(l.Rate))
		}
		s.Rates = append(s.Rates, rates)
	}
}

package dual

import (
	"math"
	"sync"

	"github.com/quartet-ad/ad/internal/check"
)

// A pass evaluates the function once, on numbers that are written afresh for it:
// the function may have changed those of the pass before.

// seed writes the point x with the tangent v. An entry whose tangent is 0 is not
// differentiated, and so is a constant.
func seed(vars []Number, x, v []float64, own tag) {
	for i := range vars {
		vars[i] = Number{v: x[i]}
		if v[i] != 0 {
			vars[i].t, vars[i].tag = v[i], own
		}
	}
}

// seedOne writes the point x with the unit tangent of input i.
func seedOne(vars []Number, x []float64, i int, own tag) {
	for j := range vars {
		vars[j] = Number{v: x[j]}
	}
	vars[i].t, vars[i].tag = 1, own
}

// pool lends slices for the arguments and the results of passes. In a build with
// the tag poison it overwrites what it gets back.
type pool[T any] struct {
	free   sync.Pool
	poison T
}

var (
	numbers = pool[Number]{poison: Number{math.NaN(), math.NaN(), ^tag(0)}}
	hypers  = pool[Hyper]{poison: Hyper{math.NaN(), math.NaN(), math.NaN(), math.NaN()}}
	floats  = pool[float64]{poison: math.NaN()}
)

func (p *pool[T]) get(n int) *[]T {
	vars, _ := p.free.Get().(*[]T)
	if vars == nil {
		vars = new([]T)
	}
	if cap(*vars) < n {
		*vars = make([]T, n)
	}
	*vars = (*vars)[:n]
	return vars
}

func (p *pool[T]) put(vars *[]T) {
	if check.Poison {
		check.Fill(*vars, p.poison)
	}
	p.free.Put(vars)
}

package dual

import (
	"math"
	"sync"

	"github.com/quartet-ad/ad/internal/check"
)

// seconds are evaluations of a function on Hypers at a point. The function may change its
// argument, and derivatives may go where the point is.
type seconds struct {
	f     func([]Hyper) Hyper
	x     []float64 // a copy
	vars  []Hyper   // the function's argument
	g     []float64 // one number for each input, for whom it is of use
	value float64   // f(x)
}

var freeSeconds = sync.Pool{New: func() any { return new(seconds) }}

// newSeconds evaluates f on constants, for the operator op. A result that is not itself a
// constant contains a variable of another derivative.
func newSeconds(op string, f func([]Hyper) Hyper, x []float64) *seconds {
	s := freeSeconds.Get().(*seconds)
	s.f, s.x = f, append(s.x[:0], x...)
	s.vars, s.g = sized(s.vars, len(x)), sized(s.g, len(x))
	y := f(s.start())
	if !y.IsConst() {
		panic(confusion(op))
	}
	s.value = y.v
	return s
}

// start returns the point as constants.
func (s *seconds) start() []Hyper {
	for k, v := range s.x {
		s.vars[k] = Hyper{v: v}
	}
	return s.vars
}

// sum returns the sum of the second derivatives in input i and in each of the inputs from to
// to. It is absent if all of them are structural zeros.
func (s *seconds) sum(i, from, to int) float64 {
	vars := s.start()
	vars[i].e1 = 1
	for j := from; j < to; j++ {
		vars[j].e2 = 1
	}
	return s.f(vars).e12
}

func (s *seconds) end() {
	if check.Poison {
		nan := math.NaN()
		check.Fill(s.vars, Hyper{nan, nan, nan, nan})
	}
	s.f = nil
	freeSeconds.Put(s)
}

package reverse

import (
	"math"
	"math/rand/v2"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse/internal/layout"
	"gonum.org/v1/gonum/floats"
)

// agrees holds an operation on arrays of the shapes against the same over scalars:
// value, gradient, JVP and HVP, at random numbers; and each operand alone as a
// parameter, with the others as constants.
func agrees(t optest.TB, what string, r *rand.Rand, shapes [][]int, array func(x []Array) Array, scalar func(x [][]Var) []Var) {
	t.Helper()
	var point, v []float64
	for _, s := range shapes {
		for range layout.Size(s) {
			point, v = append(point, r.NormFloat64()), append(v, r.NormFloat64())
		}
	}
	split := func(p []Var) (x [][]Var) {
		for _, s := range shapes {
			x, p = append(x, p[:layout.Size(s)]), p[layout.Size(s):]
		}
		return x
	}
	var y, w []float64
	f := func(p []Var) []Var { return scalar(split(p)) }
	for _, z := range VJPValue(f, point) {
		y, w = append(y, z), append(w, r.NormFloat64())
	}
	weighted := func(p []Var) (sum Var) {
		for i, z := range f(p) {
			sum = sum.Add(z.Mul(Var{value: w[i]}))
		}
		return sum
	}
	tape := NewTape()
	for only := -1; only < len(shapes); only++ { // -1: all are parameters
		tape.Reset()
		var x, params []Array
		var tangents [][]float64
		direction := make([]float64, len(point))
		at := 0
		for i, s := range shapes {
			n := layout.Size(s)
			value := point[at : at+n]
			if only < 0 || only == i {
				x = append(x, tape.Param(value, make([]float64, n), s...))
				params, tangents = append(params, x[i]), append(tangents, v[at:at+n])
				copy(direction[at:], v[at:at+n])
			} else {
				x = append(x, tape.Const(value, s...))
			}
			at += n
		}
		z := array(x)
		about(t, what+": value", z.Values(), y)
		if len(params) == 0 || z.Size() == 0 {
			continue
		}
		z.BackwardFrom(w)
		hvp, jvp := z.HVP(w, params, tangents), z.JVP(params, tangents)
		about(t, what+": JVP", jvp, JVP(f, point, direction))
		gradient, second := split2(shapes, Gradient(weighted, point)), split2(shapes, HVP(weighted, point, direction))
		for i, p := range params {
			k := i
			if only >= 0 {
				k = only
			}
			about(t, what+": gradient", p.Grad(), gradient[k])
			about(t, what+": HVP", hvp[i], second[k])
		}
	}
}

// VJPValue returns the values of f.
func VJPValue(f func([]Var) []Var, x []float64) (y []float64) {
	p := make([]Var, len(x))
	for i, v := range x {
		p[i] = Var{value: v}
	}
	for _, v := range f(p) {
		y = append(y, v.value)
	}
	return y
}

func split2(shapes [][]int, x []float64) (parts [][]float64) {
	for _, s := range shapes {
		parts, x = append(parts, x[:layout.Size(s)]), x[layout.Size(s):]
	}
	return parts
}

// about compares to 1e-11 of the largest entry.
func about(t optest.TB, what string, got, want []float64) {
	t.Helper()
	optest.Equal(t, what, got, want, cmpopts.EquateApprox(0, 1e-11*max(1, floats.Norm(want, math.Inf(1)))))
}

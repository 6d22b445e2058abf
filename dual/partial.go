package dual

import (
	"fmt"

	"github.com/quartet-ad/ad"
)

// Partial returns the mixed partial derivative of f at x with respect to the inputs i, in
// any order, each as often as it is listed: Partial(f, x, 0, 0, 2) is ∂³f/∂x₀²∂x₂. Without
// any it is f(x). No terms cancel on the way, as they do in differences of directional
// derivatives: each of the inputs has a series of its own, the coefficients of one being
// series of the next.
//
// Cost: one evaluation of f on Jets, each operation in proportion to the product of
// (1+m)² over the inputs, listed m times each.
//
// Partial panics if an input is out of range, or listed more than 170 times.
func Partial(f func([]Jet) Jet, x []float64, i ...int) float64 {
	var inputs, orders []int
	scale := 1.0
	for _, i := range i {
		if i < 0 || i >= len(x) {
			panic(fmt.Sprintf("dual.Partial: input %d of %d", i, len(x)))
		}
		k := 0
		for k < len(inputs) && inputs[k] != i {
			k++
		}
		if k == len(inputs) {
			inputs, orders = append(inputs, i), append(orders, 0)
		}
		orders[k] = factorialOrder("Partial", orders[k]+1)
		scale *= float64(orders[k])
	}
	vars := make([]Jet, len(x))
	for j, v := range x {
		vars[j] = Jet{}.Const(v)
	}
	own := newTag()
	for k, i := range inputs {
		if k == len(inputs)-1 {
			vars[i] = Jet{s: variable(ad.Real(x[i]), 1, true, store[ad.Real]{len: orders[k] + 1}, own)}
			break
		}
		deep := variable(vars[i], Jet{}.Const(1), true, store[Jet]{len: orders[k] + 1}, own)
		vars[i] = Jet{deep: &deep, level: k + 1}
	}
	y := f(vars)
	for k, m := range orders {
		own.checkTag("Partial", y.tag())
		switch last := k == len(orders)-1; {
		case last && y.deep == nil:
			return scale * y.Coef(m)
		case !last && y.deep != nil && y.level == k+1:
			y = y.deep.Coef(m)
		default: // y does not depend on this input
			return 0
		}
	}
	return y.Float()
}

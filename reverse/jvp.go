package reverse

import "github.com/quartet-ad/ad/internal/check"

// JVP returns the Jacobian of f at x times the vector v: the derivative of f in
// the direction v. An input whose entry in v is 0 is not differentiated.
//
// Cost: one evaluation of f on Vars and one forward sweep of its tape.
//
// JVP panics if x and v differ in length.
func JVP(f func([]Var) []Var, x, v []float64) []float64 {
	_, tangents := pushforward("reverse.JVP", f, x, v)
	return tangents
}

// JVPTo writes the Jacobian of f at x times the vector v to dst and returns
// f(x). f must not keep its argument.
//
// Cost: as JVP.
//
// JVPTo panics if x and v differ in length, or dst and the result of f.
func JVPTo(dst []float64, f func([]Var) []Var, x, v []float64) []float64 {
	values, tangents := pushforward("reverse.JVPTo", f, x, v)
	check.Length("reverse.JVPTo", "dst", len(dst), len(tangents))
	copy(dst, tangents)
	return values
}

func pushforward(op string, f func([]Var) []Var, x, v []float64) (values, tangents []float64) {
	check.Length(op, "v", len(v), len(x))
	t := borrow()
	defer t.release()
	y := f(t.start(x))
	values = t.ownAll(y)
	t.pushTangent(v)
	tangents = make([]float64, len(y))
	for k, yk := range y {
		tangents[k] = t.tan[yk.slot()]
	}
	return values, tangents
}

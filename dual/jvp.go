package dual

import "github.com/quartet-ad/ad/internal/check"

// JVP returns the Jacobian of f at x times the vector v: the derivative of f in
// the direction v. An input whose entry in v is 0 is not differentiated.
//
// Cost: one evaluation of f on Numbers.
//
// JVP panics if x and v differ in length.
func JVP(f func([]Number) []Number, x, v []float64) []float64 {
	_, tangents := pushforward("JVP", f, x, v)
	return tangents
}

// JVPTo writes the Jacobian of f at x times the vector v to dst and returns
// f(x).
//
// Cost: as JVP.
//
// JVPTo panics if x and v differ in length, or dst and the result of f.
func JVPTo(dst []float64, f func([]Number) []Number, x, v []float64) []float64 {
	values, tangents := pushforward("JVPTo", f, x, v)
	check.Length("dual.JVPTo", "dst", len(dst), len(tangents))
	copy(dst, tangents)
	return values
}

// pushforward returns f(x) and the derivative of f in the direction v.
func pushforward(op string, f func([]Number) []Number, x, v []float64) (values, tangents []float64) {
	if len(v) != len(x) { // a text only where it is needed
		check.Length("dual."+op, "v", len(v), len(x))
	}
	own := newTag()
	vars := numbers.get(len(x))
	defer numbers.put(vars)
	seed(*vars, x, v, own)
	y := f(*vars)
	both := make([]float64, 2*len(y))
	values, tangents = both[:len(y):len(y)], both[len(y):]
	for k, yk := range y {
		own.check(op, yk)
		values[k], tangents[k] = yk.v, yk.t+0
	}
	return values, tangents
}

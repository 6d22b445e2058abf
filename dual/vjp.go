package dual

import "github.com/quartet-ad/ad/internal/check"

// VJP returns the vector w times the Jacobian of f at x: the gradient of the sum
// of f's results weighted with w. A result whose entry in w is 0 is left out.
//
// Cost: one evaluation of f on Numbers for every input.
//
// VJP panics if w and the result of f differ in length.
func VJP(f func([]Number) []Number, x, w []float64) []float64 {
	dst := make([]float64, len(x))
	pullback("VJP", dst, f, x, w)
	return dst
}

// VJPTo writes the vector w times the Jacobian of f at x to dst and returns
// f(x).
//
// Cost: as VJP.
//
// VJPTo panics if dst and x differ in length, or w and the result of f.
func VJPTo(dst []float64, f func([]Number) []Number, x, w []float64) []float64 {
	check.Length("dual.VJPTo", "dst", len(dst), len(x))
	return pullback("VJPTo", dst, f, x, w)
}

func pullback(op string, dst []float64, f func([]Number) []Number, x, w []float64) []float64 {
	own := newTag()
	vars := numbers.get(len(x))
	defer numbers.put(vars)
	g := floats.get(len(x)) // dst may be x or w
	defer floats.put(g)
	values := make([]float64, len(w))
	pass := func() (sum float64) {
		y := f(*vars)
		check.Length("dual."+op, "w", len(w), len(y))
		for k, yk := range y {
			own.check(op, yk)
			values[k] = yk.v
			if w[k] != 0 && !yk.IsConst() {
				sum += w[k] * yk.t
			}
		}
		return sum
	}
	if len(x) == 0 {
		pass()
	}
	for i := range x {
		seedOne(*vars, x, i, own)
		(*g)[i] = pass()
	}
	copy(dst, *g)
	return values
}

package compare

import (
	"fmt"
	"math"
	"slices"
)

// judgeProducts judges products with a Jacobian at x.
func judgeProducts(f func(x []float64) []float64, jvp, vjp func(dst, x, vector []float64), x []float64) error {
	m, n := len(f(copied(x))), len(x)
	v, w := direction(n), direction(m)
	slices.Reverse(w)
	if jvp != nil {
		for _, v := range [][]float64{v, other(n)} {
			if err := handJVP(f, jvp, m, v).judge(x); err != nil {
				return fmt.Errorf("%w\n\tthe vector is %s", err, pointText(v))
			}
		}
	}
	if vjp != nil {
		for _, w := range [][]float64{w, other(m)} {
			if err := handVJP(f, vjp, n, w).judge(x); err != nil {
				return fmt.Errorf("%w\n\tthe vector is %s", err, pointText(w))
			}
		}
	}
	if jvp == nil || vjp == nil {
		return nil
	}
	jv, wj := make([]float64, m), make([]float64, n)
	jvp(jv, copied(x), copied(v))
	vjp(wj, copied(x), copied(w))
	if a, b := dot(jv, w), dot(wj, v); finite(a) && finite(b) && !balanced(jv, w, wj, v) {
		return fmt.Errorf("JVP and VJP at %s do not belong together: wᵀ(Jv) is %v, (Jᵀw)ᵀv is %v", pointText(x), a, b)
	}
	return nil
}

// other is another direction than that of the function direction: longer, so that what
// grows with its square shows.
func other(n int) []float64 {
	v := direction(n + 2)[2:]
	for i := range v {
		v[i] *= -3
	}
	return v
}

func handJVP(f func(x []float64) []float64, jvp func(dst, x, v []float64), m int, v []float64) *hand {
	h := &hand{
		what: "JVP", entry: "jvp", rows: m, cols: 1, plain: f,
		call:   func(dst, x []float64) error { return keeping("v", v, func(v []float64) { jvp(dst, x, v) }) },
		column: firstDifferences(f),
		combine: func(jacobian []truth) []truth {
			return combined(m, len(v), func(k, i int) (truth, float64) { return jacobian[k*len(v)+i], v[i] })
		},
	}
	if m == len(v) {
		h.mirrored = func(jacobian []truth) []truth {
			return combined(m, m, func(k, i int) (truth, float64) { return jacobian[i*m+k], v[i] })
		}
	}
	return h
}

func handVJP(f func(x []float64) []float64, vjp func(dst, x, w []float64), n int, w []float64) *hand {
	h := &hand{
		what: "VJP", entry: "vjp", rows: 1, cols: n, plain: f,
		call:   func(dst, x []float64) error { return keeping("w", w, func(w []float64) { vjp(dst, x, w) }) },
		column: firstDifferences(f),
		combine: func(jacobian []truth) []truth {
			return combined(n, len(w), func(i, k int) (truth, float64) { return jacobian[k*n+i], w[k] })
		},
	}
	if n == len(w) {
		h.mirrored = func(jacobian []truth) []truth {
			return combined(n, n, func(i, k int) (truth, float64) { return jacobian[i*n+k], w[k] })
		}
	}
	return h
}

// keeping calls do with a copy of v, which it may not change.
func keeping(name string, v []float64, do func(v []float64)) error {
	c := copied(v)
	do(c)
	if !slices.EqualFunc(c, v, same) {
		return fmt.Errorf("changes %s", name)
	}
	return nil
}

// combined returns sums of truths, each of m with n terms.
func combined(m, n int, term func(k, i int) (truth, float64)) []truth {
	sums := make([]truth, m)
	for k := range sums {
		s := &sums[k]
		for i := range n {
			d, c := term(k, i)
			s.lo += min(c*d.lo, c*d.hi)
			s.hi += max(c*d.lo, c*d.hi)
			s.err += math.Abs(c) * d.err
			s.scale += math.Abs(c) * d.scale
		}
	}
	return sums
}

package compare_test

import (
	"math"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/compare"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

// curve is a function of three inputs with two results.
func curve(x []float64) []float64 {
	return []float64{x[0]*x[1] + math.Sin(x[2]), math.Exp(x[0]) * x[2]}
}

func curveSlopes(x []float64) []float64 {
	return []float64{x[1], x[0], math.Cos(x[2]), math.Exp(x[0]) * x[2], 0, math.Exp(x[0])}
}

// square has as many results as inputs.
func square(x []float64) []float64 { return []float64{x[0] * x[0] * x[1], math.Sin(x[1]) + x[0]} }

func squareSlopes(x []float64) []float64 {
	return []float64{2 * x[0] * x[1], x[0] * x[0], 1, math.Cos(x[1])}
}

func TestJacobianMistakes(t *testing.T) {
	setAll := func(jac *mat.Dense, a []float64) {
		r, c := jac.Dims()
		for k := range r {
			jac.SetRow(k, a[k*c:][:c])
		}
	}
	for _, c := range []struct {
		want string
		f    func([]float64) []float64
		jac  func(jac *mat.Dense, x []float64)
		x    []float64
	}{
		{"", curve, func(j *mat.Dense, x []float64) { setAll(j, curveSlopes(x)) }, []float64{0.5, -2, 1.5}},
		{"", square, func(j *mat.Dense, x []float64) { setAll(j, squareSlopes(x)) }, []float64{0.5, -2}},
		{"a transposed Jacobian", square, func(j *mat.Dense, x []float64) {
			a := squareSlopes(x)
			setAll(j, []float64{a[0], a[2], a[1], a[3]})
		}, []float64{0.5, -2}},
		{"a transposed Jacobian", curve, func(j *mat.Dense, x []float64) {
			a := curveSlopes(x)
			setAll(j, []float64{a[0], a[3], a[1], a[4], a[2], a[5]})
		}, []float64{0.5, -2, 1.5}},
		{"it looks transposed", curve, func(j *mat.Dense, x []float64) { *j = *mat.NewDense(3, 2, nil) }, []float64{0.5, -2, 1.5}},
		{"jac[1,0] is", curve, func(j *mat.Dense, x []float64) {
			setAll(j, curveSlopes(x))
			j.Set(1, 0, math.Exp(x[0]))
		}, []float64{0.5, -2, 1.5}},
		{"a wrong sign", curve, func(j *mat.Dense, x []float64) {
			setAll(j, curveSlopes(x))
			j.Set(0, 2, -math.Cos(x[2]))
		}, []float64{0.5, -2, 1.5}},
		{"jac[1,1] stays what it was", curve, func(j *mat.Dense, x []float64) {
			before := j.At(1, 1)
			setAll(j, curveSlopes(x))
			j.Set(1, 1, before)
		}, []float64{0.5, -2, 1.5}},
		{"wrong index", curve, func(j *mat.Dense, x []float64) {
			a := curveSlopes(x)
			setAll(j, append(a[3:6:6], a[:3]...))
		}, []float64{0.5, -2, 1.5}},
	} {
		var l errorList
		compare.TestJacobian(&l, c.f, c.jac, c.x)
		if (len(l) == 0) != (c.want == "") || !strings.Contains(l.String(), c.want) {
			t.Errorf("%v, want %q", &l, c.want)
		}
	}
}

func TestHessianMistakes(t *testing.T) {
	f, grad := byHands[0].f, byHands[0].grad
	for _, c := range []struct {
		want  string
		plant func(h *mat.SymDense)
	}{
		{"", func(*mat.SymDense) {}},
		{"a factor of 1/2", func(h *mat.SymDense) { h.SetSym(0, 0, h.At(0, 0)/2) }},
		{"a wrong sign", func(h *mat.SymDense) { h.SetSym(0, 1, -h.At(0, 1)) }},
		{"a missing term, 2", func(h *mat.SymDense) { h.SetSym(0, 0, h.At(0, 0)-2) }},
		{"a missing term (0", func(h *mat.SymDense) { h.SetSym(0, 1, 0) }},
		{"a wrong index", func(h *mat.SymDense) { h.SetSym(1, 1, h.At(0, 1)) }},
	} {
		hess := func(h *mat.SymDense, x []float64) {
			h.SetSym(0, 0, 2+1200*x[0]*x[0]-400*x[1])
			h.SetSym(0, 1, -400*x[0])
			h.SetSym(1, 1, 200)
			c.plant(h)
		}
		var byF, byGrad errorList
		compare.TestHessian(&byF, f, hess, []float64{-1.2, 1}, []float64{2, 3})
		compare.TestProblem(&byGrad, optimize.Problem{Func: f, Grad: grad, Hess: hess}, []float64{-1.2, 1}, []float64{2, 3})
		for _, l := range []*errorList{&byF, &byGrad} {
			if (len(*l) == 0) != (c.want == "") || c.want != "" && !strings.Contains((*l)[0], c.want) {
				t.Errorf("%v, want %q", l, c.want)
			}
		}
	}
}

func TestProblemMistakes(t *testing.T) {
	h := byHands[1]
	wrong := func(g, x []float64) { h.grad(g, x); g[2] *= -1 }
	flat := func(d *mat.SymDense, x []float64) { d.Zero() }
	for _, c := range []struct {
		p    optimize.Problem
		want []string
	}{
		{optimize.Problem{Func: h.f, Grad: h.grad}, nil},
		{optimize.Problem{Func: h.f, Grad: wrong}, []string{"grad[2]", "a wrong sign"}},
		{optimize.Problem{Func: h.f, Grad: wrong, Hess: flat}, []string{"grad[2]", "hess[0,0]"}},
		{optimize.Problem{Func: h.f, Grad: h.grad, Hess: flat}, []string{"hess[0,0]", "a missing term"}},
		{optimize.Problem{Func: h.f, Hess: flat}, []string{"hess[0,0]"}},
		{optimize.Problem{Func: h.f}, []string{"needs a Func, and a Grad or a Hess"}},
		{optimize.Problem{Grad: h.grad}, []string{"needs a Func"}},
	} {
		var l errorList
		compare.TestProblem(&l, c.p, h.x)
		if (len(l) == 0) != (c.want == nil) {
			t.Errorf("%v, want %q", &l, c.want)
		}
		for _, want := range c.want {
			if !strings.Contains(l.String(), want) {
				t.Errorf("%v, want %q", &l, want)
			}
		}
	}
}

func TestProductMistakes(t *testing.T) {
	product := func(slopes func([]float64) []float64, m, n int, transposed bool) func(dst, x, v []float64) {
		return func(dst, x, v []float64) {
			clear(dst)
			for k := range m {
				for i := range n {
					if a := slopes(x)[k*n+i]; transposed {
						dst[i] += a * v[k]
					} else {
						dst[k] += a * v[i]
					}
				}
			}
		}
	}
	jvp, vjp := product(curveSlopes, 2, 3, false), product(curveSlopes, 2, 3, true)
	squareJVP, squareVJP := product(squareSlopes, 2, 2, false), product(squareSlopes, 2, 2, true)
	changed := func(right func(dst, x, v []float64), change func(dst, x, v []float64)) func(dst, x, v []float64) {
		return func(dst, x, v []float64) { right(dst, x, v); change(dst, x, v) }
	}
	for _, c := range []struct {
		f        func([]float64) []float64
		jvp, vjp func(dst, x, v []float64)
		x        []float64
		want     string
	}{
		{curve, jvp, vjp, []float64{0.5, -2, 1.5}, ""},
		{curve, jvp, nil, []float64{0.5, -2, 1.5}, ""},
		{curve, nil, vjp, []float64{0.5, -2, 1.5}, ""},
		{curve, nil, nil, []float64{0.5, -2, 1.5}, "neither a JVP nor a VJP"},
		{square, squareJVP, squareVJP, []float64{0.5, -2}, ""},
		{square, squareVJP, nil, []float64{0.5, -2}, "the product with the transposed Jacobian"},
		{square, squareJVP, squareJVP, []float64{0.5, -2}, "the product with the transposed Jacobian"},
		{curve, changed(jvp, func(d, _, _ []float64) { d[1] *= -1 }), vjp, []float64{0.5, -2, 1.5}, "a wrong sign"},
		{curve, changed(jvp, func(d, _, _ []float64) { d[0] *= 2 }), vjp, []float64{0.5, -2, 1.5}, "a factor of 2"},
		{curve, jvp, changed(vjp, func(d, x, w []float64) { d[2] -= w[0] * math.Cos(x[2]) }), []float64{0.5, -2, 1.5}, "a missing term"},
		{curve, jvp, changed(vjp, func(d, x, w []float64) { w[0] = 0 }), []float64{0.5, -2, 1.5}, "changes w"},
		{curve, changed(jvp, func(d, x, v []float64) { d[0] += 0.1 * v[0] * (v[0] - 0.868033988749895) }), nil, []float64{0.5, -2, 1.5}, "jvp[0]"},
		{rounds(curve), changed(jvp, func(d, _, _ []float64) { d[0] *= 1 + 1e-8 }), vjp, []float64{0.5, -2, 1.5}, "do not belong together"},
	} {
		var l errorList
		compare.TestProducts(&l, c.f, c.jvp, c.vjp, c.x)
		if (len(l) == 0) != (c.want == "") || !strings.Contains(l.String(), c.want) {
			t.Errorf("%v, want %q", &l, c.want)
		}
	}
}

// rounds computes in float32, so that differences have few digits.
func rounds(f func([]float64) []float64) func([]float64) []float64 {
	return func(x []float64) []float64 {
		y := f(x)
		for i, v := range y {
			y[i] = float64(float32(v))
		}
		return y
	}
}

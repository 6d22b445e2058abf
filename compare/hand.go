package compare

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"github.com/quartet-ad/ad/numeric"
)

// TestGradient judges a gradient that was written by hand: it compares what grad writes to
// its first argument with differences of f at every point, and reports what is wrong as
// errors of t. The order of the arguments is that of gonum's optimize.Problem.
//
//	compare.TestGradient(t, f, grad, []float64{1, 2}, []float64{-3, 0.5})
//
// An error names the entries that are wrong, their values, the derivatives with the
// estimates of their errors, and the mistake that it looks like: a wrong sign, a factor, a
// missing term, a wrong index, an entry that is not written or that is added to.
//
// No tolerance is chosen. An entry may be off by ten times the estimate of the difference,
// and by four times what a rounding of the point makes of it. Where the two disagree,
// differences with smaller steps are asked before grad is called wrong.
//
// At a kink an entry may be any slope between those of the two sides; at a jump, that of a
// side that has one; at the edge of a domain differences are taken on the side where f is
// finite; where f is infinitely steep the entry is an infinity. A panic of f at a point that
// was not asked for is such an edge.
//
// A point where f is not finite, or where differences can tell nothing, is an error, and so
// are no points: a check that did not run is not a check passed.
//
// Cost: some 30 evaluations of f for every entry, and a few of grad; some hundred where
// grad is wrong.
func TestGradient(t TB, f func(x []float64) float64, grad func(grad, x []float64), points ...[]float64) {
	t.Helper()
	atPoints(t, points, "gradient", func(x []float64) error { return handGradient(f, grad, len(x)).judge(x) })
}

// TestJacobian is TestGradient for a Jacobian: jac gets a matrix with a row for every
// result of f and a column for every input. It also tells a Jacobian that was transposed.
func TestJacobian(t TB, f func(x []float64) []float64, jac func(jac *mat.Dense, x []float64), points ...[]float64) {
	t.Helper()
	atPoints(t, points, "Jacobian", func(x []float64) error {
		return handJacobian(f, jac, len(f(copied(x))), len(x)).judge(x)
	})
}

// TestHessian is TestGradient for a Hessian, which is held against second differences of f.
// The matrix that hess gets has as many rows as x has entries. TestProblem, which has a
// gradient to take differences of, sees four more digits.
//
// Cost: some 30n² evaluations of f for n inputs.
func TestHessian(t TB, f func(x []float64) float64, hess func(hess *mat.SymDense, x []float64), points ...[]float64) {
	t.Helper()
	atPoints(t, points, "Hessian", func(x []float64) error {
		return handHessian(secondDifferences(f), func(x []float64) []float64 { return []float64{f(x)} }, hess, len(x)).judge(x)
	})
}

// TestProducts is TestGradient for a product with the Jacobian of f, jvp, which writes J·v
// to dst, and one with the transposed Jacobian, vjp, which writes Jᵀ·w. Both are judged by
// differences, with two vectors each, and then held against each other: wᵀ(Jv) and (Jᵀw)ᵀv
// may differ by 1e-10 of the magnitudes of their terms. One of the two may be nil.
func TestProducts(t TB, f func(x []float64) []float64, jvp func(dst, x, v []float64), vjp func(dst, x, w []float64), points ...[]float64) {
	t.Helper()
	if jvp == nil && vjp == nil {
		t.Errorf("compare: TestProducts got neither a JVP nor a VJP")
		return
	}
	atPoints(t, points, "product", func(x []float64) error { return judgeProducts(f, jvp, vjp, x) })
}

// TestProblem judges what is there of the gradient and the Hessian of a problem for gonum's
// optimizers: Grad by differences of Func, and Hess by differences of Grad where that has
// passed, and of Func where there is none or it has not.
//
//	compare.TestProblem(t, optimize.Problem{Func: f, Grad: grad, Hess: hess}, x0)
//
// A problem without Func, or with neither Grad nor Hess, is an error.
func TestProblem(t TB, p optimize.Problem, points ...[]float64) {
	t.Helper()
	if p.Func == nil || p.Grad == nil && p.Hess == nil {
		t.Errorf("compare: TestProblem needs a Func, and a Grad or a Hess")
		return
	}
	atPoints(t, points, "problem", func(x []float64) error {
		f := func(x []float64) []float64 { return []float64{p.Func(x)} }
		truths := secondDifferences(p.Func)
		if p.Grad != nil {
			if err := handGradient(p.Func, p.Grad, len(x)).judge(x); err != nil {
				if p.Hess == nil {
					return err
				}
				return both(err, handHessian(truths, f, p.Hess, len(x)).judge(x))
			}
			truths = firstDifferences(func(x []float64) []float64 {
				g := make([]float64, len(x))
				p.Grad(g, x)
				return g
			})
		}
		if p.Hess == nil {
			return nil
		}
		return handHessian(truths, f, p.Hess, len(x)).judge(x)
	})
}

func both(a, b error) error {
	if b == nil {
		return a
	}
	return fmt.Errorf("%w\n%w", a, b)
}

// atPoints reports what judge says of every point.
func atPoints(t TB, points [][]float64, what string, judge func(x []float64) error) {
	t.Helper()
	if len(points) == 0 {
		t.Errorf("compare: the %s was judged at no points", what)
	}
	for _, x := range points {
		if len(x) == 0 {
			t.Errorf("compare: the %s was judged at a point without coordinates", what)
			continue
		}
		if err := judge(x); err != nil {
			t.Errorf("compare: %v", err)
		}
	}
}

func handGradient(f func(x []float64) float64, grad func(grad, x []float64), n int) *hand {
	plain := func(x []float64) []float64 { return []float64{f(x)} }
	return &hand{
		what: "gradient", entry: "grad", rows: 1, cols: n, plain: plain,
		call:   func(dst, x []float64) error { grad(dst, x); return nil },
		column: firstDifferences(plain),
	}
}

func handJacobian(f func(x []float64) []float64, jac func(jac *mat.Dense, x []float64), m, n int) *hand {
	return &hand{
		what: "Jacobian", entry: "jac", rows: m, cols: n, plain: f,
		call: func(dst, x []float64) error {
			d := mat.NewDense(m, n, copied(dst))
			jac(d, x)
			if r, c := d.Dims(); r != m || c != n {
				return wrongShape(r, c, m, n)
			}
			for k := range m {
				copy(dst[k*n:][:n], d.RawRowView(k))
			}
			return nil
		},
		column: firstDifferences(f),
	}
}

func handHessian(column quotients, f func(x []float64) []float64, hess func(hess *mat.SymDense, x []float64), n int) *hand {
	return &hand{
		what: "Hessian", entry: "hess", rows: n, cols: n, symmetric: true, plain: f,
		call: func(dst, x []float64) error {
			d := mat.NewSymDense(n, copied(dst))
			hess(d, x)
			if r, c := d.Dims(); r != n {
				return wrongShape(r, c, n, n)
			}
			for i := range n {
				for j := range n {
					dst[i*n+j] = d.At(i, j)
				}
			}
			return nil
		},
		column: column,
	}
}

func wrongShape(r, c, m, n int) error {
	if r == n && c == m {
		return fmt.Errorf("has become %d×%d where %d×%d is wanted: it looks transposed", r, c, m, n)
	}
	return fmt.Errorf("has become %d×%d where %d×%d is wanted", r, c, m, n)
}

// quotients returns column i of a table of derivatives at x, by a scheme.
type quotients func(s numeric.Scheme, x []float64, i int) []numeric.Result

func firstDifferences(f func(x []float64) []float64) quotients {
	return func(s numeric.Scheme, x []float64, i int) []numeric.Result {
		return s.JVPResult(within(f, x), x, axis(len(x), i))
	}
}

func secondDifferences(f func(x []float64) float64) quotients {
	plain := func(x []float64) []float64 { return []float64{f(x)} }
	return func(s numeric.Scheme, x []float64, i int) []numeric.Result {
		inside := within(plain, x)
		return s.HVPResult(func(x []float64) float64 { return inside(x)[0] }, x, axis(len(x), i))
	}
}

package numeric_test

import (
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/problems"
	"github.com/quartet-ad/ad/numeric"
)

// A tally counts derivatives: those that have an estimate, those whose error is within it, within ten
// times it, and within a relative tolerance. Accuracy is asked of what is resolved.
type tally struct{ all, known, within, tenfold, accurate, resolved int }

func (n *tally) add(r numeric.Result, want, tol float64, resolved bool) {
	n.addNear(r, want, tol*math.Abs(want), resolved)
}

// addNear is add with a tolerance that is absolute.
func (n *tally) addNear(r numeric.Result, want, tol float64, resolved bool) {
	n.all++
	if resolved {
		n.resolved++
		if math.Abs(r.Value-want) <= tol {
			n.accurate++
		}
	}
	if math.IsInf(r.Err, 1) {
		return
	}
	n.known++
	switch q := math.Abs(r.Value-want) / (r.Err + 1e-300); {
	case q <= 1:
		n.within++
		n.tenfold++
	case q <= honesty:
		n.tenfold++
	}
}

// routes are all ways to a derivative by differences. A single quotient with an error of the order
// h^p is to be right to 100·ε^(p/(p+n)) for a derivative of order n, as theory has it, and an
// extrapolated one to what is said here. Of golden's elementary functions that holds for so many per cent of
// what can be seen above rounding, at all points from 5e-324 to 1e308 and beside kinks; of the
// expressions and test functions for so many of all. So many errors are within the estimate and within ten
// times it. A formula of one side sees nothing of a kink a few places of x away, as that of relu6 at
// 5.999999999999998 from the right.
var routes = []struct {
	name                                string
	scheme                              numeric.Scheme
	order                               float64 // p, 0 of extrapolation
	first, second                       float64 // tolerances where order is 0
	firstShare, secondShare             float64
	within, tenfold                     float64
	smooth, smoothWithin, smoothTenfold float64
}{
	{"Forward", numeric.Forward, 1, 0, 0, 93, 85, 99.2, 99.2, 99, 99.5, 100},
	{"Backward", numeric.Backward, 1, 0, 0, 93, 85, 99.2, 99.2, 99, 99.5, 100},
	{"Central", numeric.Central, 2, 0, 0, 90, 86, 99.8, 99.8, 99, 99.5, 100},
	{"FivePoint", numeric.FivePoint, 4, 0, 0, 90, 73, 99.8, 99.8, 98, 99.5, 100},
	{"SevenPoint", numeric.SevenPoint, 6, 0, 0, 88, 69, 99.8, 99.8, 97, 99.5, 100},
	{"Richardson", numeric.Richardson, 0, 1e-12, 1e-9, 97, 97, 99.8, 99.8, 99.9, 99.5, 100},
	{"Ridders", numeric.Ridders, 0, 1e-12, 1e-9, 97, 97, 99.8, 99.8, 99.9, 99.5, 100},
	{"Adaptive", numeric.Adaptive, 0, 1e-12, 1e-9, 97, 97, 99.8, 99.8, 99.9, 99.5, 100},
	{"RichardsonForward", numeric.RichardsonForward, 0, 1e-11, 1e-8, 97, 95, 99.2, 99.2, 99.8, 99.5, 99.8},
	{"RichardsonBackward", numeric.RichardsonBackward, 0, 1e-11, 1e-8, 97, 95, 99.1, 99.2, 99.8, 99.5, 100},
}

// TestRoutes: golden's elementary functions, expressions and test functions by every scheme, and the
// latter two by every operator. Fewer of them with -short.
func TestRoutes(t *testing.T) {
	firsts, seconds := entries(t, 1), entries(t, 2)
	curves := map[string]float64{}
	for _, e := range seconds {
		if e.i == e.j {
			curves[e.id[:len(e.id)-1]] = e.want
		}
	}
	expressions, problems := expressionTargets(t), problemTargets(t)
	if len(firsts) != 2389 || len(seconds) != 2646 || len(expressions) != 150 || len(problems) != 76 {
		t.Fatalf("%d first and %d second derivatives, %d expressions, %d points of test functions", len(firsts), len(seconds), len(expressions), len(problems))
	}
	step, slack := 1, 0.0
	if testing.Short() {
		step, slack = 5, 1.5 // of fewer derivatives
	}
	for _, route := range routes {
		first, second := route.first, route.second
		if p := route.order; p > 0 {
			first, second = 100*math.Pow(0x1p-52, p/(p+1)), 100*math.Pow(0x1p-52, p/(p+2))
		}
		var n [4]tally
		for k := 0; k < len(firsts); k += step {
			e := firsts[k]
			r := route.scheme.GradientResult(plain(e.f), e.x)[e.i]
			n[0].add(r, e.want, first, e.resolved(1, curves[e.id], 1e-11))
		}
		for k := 0; k < len(seconds); k += step {
			e := seconds[k]
			next := 0.0
			if e.i == e.j {
				next = e.want
			}
			r := route.scheme.HessianResult(plain(e.f), e.x)[e.i][e.j]
			n[1].add(r, e.want, second, e.resolved(2, next, 1e-8))
		}
		for i, list := range [][]target{expressions, problems} {
			for k := 0; k < len(list); k += step {
				n[2+i].addOperators(route.scheme, list[k], first, second)
			}
		}
		for i, part := range []struct {
			name                   string
			all                    int
			share, within, tenfold float64
		}{
			{"first", 2389, route.firstShare, route.within, route.tenfold},
			{"second", 2646, route.secondShare, route.within, route.tenfold},
			{"operators on expressions", 2408, route.smooth, route.smoothWithin, route.smoothTenfold},
			{"operators on test functions", 5174, route.smooth, route.smoothWithin, route.smoothTenfold},
		} {
			n := n[i]
			accurate, within, tenfold := percent(n.accurate, n.resolved), percent(n.within, n.known), percent(n.tenfold, n.known)
			t.Logf("%s, %s: %d derivatives, %d with an estimate, %.2f %% within it, %.2f %% within ten times; %.1f %% of %d to the tolerance",
				route.name, part.name, n.all, n.known, within, tenfold, accurate, n.resolved)
			if step == 1 && n.all != part.all || n.all < part.all/step*3/4 || percent(n.known, n.all) < 85-2*slack ||
				accurate < part.share-2*slack || within < part.within-slack || tenfold < part.tenfold-slack {
				t.Errorf("%s, %s: want %d, %v %%, %v %% and %v %%", route.name, part.name, part.all, part.share, part.within, part.tenfold)
			}
		}
	}
}

// A target is a function with its derivatives, as golden has them.
type target struct {
	id                string
	f                 func([]float64) float64
	fs                func([]float64) []float64 // with f as its only result if there are no residuals
	x, v              []float64
	grad, hess, jac   []float64
	overComplex       func([]complex128) complex128
	vectorOverComplex func([]complex128) []complex128
	overBicomplex     func([]numeric.Bicomplex) numeric.Bicomplex
	size              float64 // the largest of f, fs and their derivatives
}

// finish sets the size.
func (c *target) finish() {
	for _, list := range [][]float64{{c.f(c.x)}, c.fs(c.x), c.grad, c.jac, c.hess} {
		for _, v := range list {
			c.size = max(c.size, math.Abs(v))
		}
	}
}

// expressionTargets are golden's expressions.
func expressionTargets(t *testing.T) (all []target) {
	cases, err := golden.Load("expressions")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		f := plain(compiled[Real](t, c.Params["tree"]))
		g := target{
			id: c.ID, f: f, fs: func(x []float64) []float64 { return []float64{f(x)} },
			x: c.Inputs["x"].Floats(), v: c.Direction.Floats(), grad: c.Grads["x"].Floats(), hess: c.Hess["x,x"].Floats(), jac: c.Grads["x"].Floats(),
		}
		g.overComplex = overComplex(compiled[number[complexNumber]](t, c.Params["tree"]))
		g.vectorOverComplex = func(x []complex128) []complex128 { return []complex128{g.overComplex(x)} }
		g.overBicomplex = overBicomplex(compiled[number[numeric.Bicomplex]](t, c.Params["tree"]))
		g.finish()
		all = append(all, g)
	}
	return all
}

// problemTargets are golden's test functions at all points.
func problemTargets(t *testing.T) (all []target) {
	cases, err := golden.Load("test_functions")
	if err != nil {
		t.Fatal(err)
	}
	planes, twice := problems.All[number[complexNumber]](), problems.All[number[numeric.Bicomplex]]()
	for _, c := range cases {
		i := slices.IndexFunc(planes, func(p problems.Problem[number[complexNumber]]) bool { return p.Name == c.Params["name"] })
		if i < 0 {
			continue // nothing to differentiate
		}
		p := problems.All[Real]()[i]
		for _, e := range c.Evaluations {
			g := target{id: c.ID + " " + e.At, f: plain(p.Objective), x: e.X.Floats(), grad: e.Grad.Floats(), hess: e.Hess.Floats(), jac: e.Jacobian.Floats()}
			g.overComplex, g.overBicomplex = overComplex(planes[i].Objective), overBicomplex(twice[i].Objective)
			if p.Residuals != nil {
				g.fs, g.vectorOverComplex = plainVector(p.Residuals), vectorOverComplex(planes[i].Residuals)
			} else {
				g.vectorOverComplex = func(x []complex128) []complex128 { return []complex128{g.overComplex(x)} }
				g.fs, g.jac = func(x []float64) []float64 { return []float64{g.f(x)} }, g.grad
			}
			for k := range g.x {
				g.v = append(g.v, 1/float64(k+1))
			}
			g.finish()
			all = append(all, g)
		}
	}
	return all
}

// product returns the matrix of rows times v.
func product(matrix, v []float64) []float64 {
	out := make([]float64, len(matrix)/len(v))
	for i := range out {
		for j, vj := range v {
			out[i] += matrix[i*len(v)+j] * vj
		}
	}
	return out
}

// addOperators counts the derivatives of a target by every operator. They are to be right to the
// tolerance times the size of the target, for so is rounding in f.
func (n *tally) addOperators(s numeric.Scheme, c target, tol1, tol2 float64) {
	add := func(r numeric.Result, want, tol float64) { n.addNear(r, want, tol*max(c.size, math.Abs(want)), true) }
	d := len(c.x)
	m := len(c.jac) / d
	w := make([]float64, m)
	vjp := make([]float64, d)
	for k := range w {
		w[k] = float64(2 - k%3)
		for i := range vjp {
			vjp[i] += w[k] * c.jac[k*d+i]
		}
	}
	for i, r := range s.GradientResult(c.f, c.x) {
		add(r, c.grad[i], tol1)
	}
	for k, row := range s.JacobianResult(c.fs, c.x) {
		for i, r := range row {
			add(r, c.jac[k*d+i], tol1)
		}
	}
	for i, r := range s.VJPResult(c.fs, c.x, w) {
		add(r, vjp[i], tol1)
	}
	jvp := product(c.jac, c.v)
	for k, r := range s.JVPResult(c.fs, c.x, c.v) {
		add(r, jvp[k], tol1)
	}
	if len(c.hess) == 0 {
		return
	}
	trace := 0.0
	hvp, products := product(c.hess, c.v), s.HVPResult(c.f, c.x, c.v)
	for i, r := range s.HessianDiagResult(c.f, c.x) {
		add(r, c.hess[i*d+i], tol2)
		add(products[i], hvp[i], tol2)
		trace += c.hess[i*d+i]
	}
	for i, row := range s.HessianResult(c.f, c.x) {
		for j, r := range row {
			add(r, c.hess[i*d+j], tol2)
		}
	}
	add(s.LaplacianResult(c.f, c.x), trace, tol2)
}

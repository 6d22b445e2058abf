package numeric_test

import (
	"fmt"
	"math"
	"math/cmplx"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/numeric"
)

// A tally counts derivatives: those that have an estimate, those whose error is within it, within ten
// times it, and within a relative tolerance. Accuracy is asked of what is resolved.
type tally struct{ all, known, within, tenfold, accurate, resolved int }

func (n *tally) add(r numeric.Result, want, tol float64, resolved bool) {
	n.all++
	if resolved {
		n.resolved++
		n.accurate += within(r.Value, want, tol)
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

// routes are all ways to a derivative by differences, with what relative error is to be expected of first and
// second derivatives that can be seen above rounding, of how many of them in per cent, and
// how many errors are within the estimate and within ten times it. A formula of one side sees nothing of
// a kink that is nearer to x than any of its steps, as that of relu at -1e-20 from the right.
var routes = []struct {
	name                    string
	scheme                  numeric.Scheme
	first, second           float64
	firstShare, secondShare float64
	within, tenfold         float64
}{
	{"Forward", numeric.Forward, 1e-5, 1e-1, 92, 90, 97.5, 98},
	{"Backward", numeric.Backward, 1e-5, 1e-1, 92, 90, 97.5, 98},
	{"Central", numeric.Central, 1e-7, 1e-4, 90, 88, 98.5, 99.3},
	{"FivePoint", numeric.FivePoint, 1e-7, 1e-5, 88, 88, 98.5, 99.3},
	{"SevenPoint", numeric.SevenPoint, 1e-7, 1e-5, 88, 88, 98.5, 99.3},
	{"Richardson", numeric.Richardson, 1e-10, 1e-6, 97, 96, 99.8, 99.8},
	{"Ridders", numeric.Ridders, 1e-10, 1e-6, 97, 96, 99.8, 99.8},
	{"Adaptive", numeric.Adaptive, 1e-10, 1e-6, 97, 96, 99.8, 99.8},
	{"RichardsonForward", numeric.RichardsonForward, 1e-7, 1e-4, 97, 96, 98.5, 98.5},
	{"RichardsonBackward", numeric.RichardsonBackward, 1e-7, 1e-4, 97, 96, 98.5, 98.5},
}

// TestRoutes: golden's elementary functions by every scheme, and its expressions by every scheme and
// operator.
func TestRoutes(t *testing.T) {
	firsts, seconds := entries(t, 1), entries(t, 2)
	curves := map[string]float64{}
	for _, e := range seconds {
		if e.i == e.j {
			curves[e.id[:len(e.id)-1]] = e.want
		}
	}
	cases, err := golden.Load("expressions")
	if err != nil {
		t.Fatal(err)
	}
	step, slack := 3, 0.5
	if testing.Short() {
		step, slack = 7, 1.5 // of fewer derivatives
	}
	for _, route := range routes {
		var first, second, operators tally
		for k := 0; k < len(firsts); k += step {
			e := firsts[k]
			r := route.scheme.GradientResult(plain(e.f), e.x)[e.i]
			first.add(r, e.want, route.first, e.resolved(1, curves[e.id], 1e-11))
		}
		for k := 0; k < len(seconds); k += step {
			e := seconds[k]
			next := 0.0
			if e.i == e.j {
				next = e.want
			}
			r := route.scheme.HessianResult(plain(e.f), e.x)[e.i][e.j]
			second.add(r, e.want, route.second, e.resolved(2, next, 1e-8))
		}
		for k := 0; k < len(cases); k += step {
			c := cases[k]
			operators.addOperators(t, route.scheme, c, route.first, route.second)
		}
		for _, part := range []struct {
			name  string
			n     tally
			share float64
			all   int
		}{
			{"first", first, route.firstShare, 2389}, {"second", second, route.secondShare, 2646}, {"operators", operators, route.secondShare, 2408},
		} {
			n := part.n
			t.Logf("%s, %s: %d derivatives, %d with an estimate, %.2f %% within it, %.2f %% within ten times; %.1f %% of %d to the tolerance", route.name, part.name,
				n.all, n.known, percent(n.within, n.known), percent(n.tenfold, n.known), percent(n.accurate, n.resolved), n.resolved)
			if n.all < part.all/step*3/4 || percent(n.accurate, n.resolved) < part.share-2*slack ||
				percent(n.within, n.known) < route.within-slack || percent(n.tenfold, n.known) < route.tenfold-slack {
				t.Errorf("%s, %s: %+v", route.name, part.name, n)
			}
		}
	}
}

// addOperators counts the derivatives of a case by every operator.
func (n *tally) addOperators(t *testing.T, s numeric.Scheme, c golden.Case, tol1, tol2 float64) {
	f := plain(func(x []Real) Real { return evaluate(t, c.Params["tree"], x) })
	fs := func(x []float64) []float64 { return []float64{f(x), x[0]} }
	x, g, h, v := c.Inputs["x"].Floats(), c.Grads["x"].Floats(), c.Hess["x,x"].Floats(), c.Direction.Floats()
	jvp, hvp, laplacian := 0.0, make([]float64, len(x)), 0.0
	for i := range x {
		jvp += g[i] * v[i]
		laplacian += h[i*len(x)+i]
		for j := range x {
			hvp[i] += h[i*len(x)+j] * v[j]
		}
	}
	add := func(r numeric.Result, want, tol float64) { n.add(r, want, tol, want != 0) }
	jacobian, diagonal := s.JacobianResult(fs, x), s.HessianDiagResult(f, x)
	hessian, product, vjp := s.HessianResult(f, x), s.HVPResult(f, x, v), s.VJPResult(fs, x, []float64{2, 0})
	for i, r := range s.GradientResult(f, x) {
		add(r, g[i], tol1)
		add(jacobian[0][i], g[i], tol1)
		add(vjp[i], 2*g[i], tol1)
		add(diagonal[i], h[i*len(x)+i], tol2)
		add(product[i], hvp[i], tol2)
		for j := range x {
			add(hessian[i][j], h[i*len(x)+j], tol2)
		}
	}
	add(s.JVPResult(fs, x, v)[0], jvp, tol1)
	add(s.LaplacianResult(f, x), laplacian, tol2)
}

// continued are the functions of golden's expressions over complex numbers.
var continued = map[string]func(complex128) complex128{
	"neg": func(z complex128) complex128 { return -z }, "sqrt": cmplx.Sqrt, "exp": cmplx.Exp, "expm1": numeric.ComplexExpm1,
	"log": cmplx.Log, "log1p": numeric.ComplexLog1p, "sin": cmplx.Sin, "cos": cmplx.Cos, "sinh": cmplx.Sinh, "cosh": cmplx.Cosh,
	"tanh": numeric.ComplexTanh, "atan": numeric.ComplexAtan, "asinh": numeric.ComplexAsinh,
}

// overComplex is evaluate over complex numbers.
func overComplex(t *testing.T, tree any, z []complex128) complex128 {
	switch tree := tree.(type) {
	case float64:
		return complex(tree, 0)
	case string:
		return z[tree[1]-'0']
	}
	list := tree.([]any)
	a, op := overComplex(t, list[1], z), list[0].(string)
	if op == "pow" {
		return numeric.ComplexPow(a, list[2].(float64))
	}
	if f := continued[op]; f != nil {
		return f(a)
	}
	b := overComplex(t, list[2], z)
	switch op {
	case "add":
		return a + b
	case "sub":
		return a - b
	case "mul":
		return a * b
	case "div":
		return a / b
	}
	t.Fatalf("no operation %v", op)
	panic("unreachable")
}

// TestComplexRoutes: golden's expressions by the complex step, to the last places.
func TestComplexRoutes(t *testing.T) {
	cases, err := golden.Load("expressions")
	if err != nil {
		t.Fatal(err)
	}
	whole, slopes, curves := 0, 0, 0
	for _, c := range cases {
		x, g, h, v := c.Inputs["x"].Floats(), c.Grads["x"].Floats(), c.Hess["x,x"].Floats(), c.Direction.Floats()
		f := func(z []complex128) complex128 { return overComplex(t, c.Params["tree"], z) }
		if text := fmt.Sprint(c.Params["tree"]); strings.Contains(text, "erf") {
			continue
		}
		whole++
		largest := 0.0
		for _, d := range g {
			largest = max(largest, math.Abs(d))
		}
		jvp := 0.0
		for i, d := range numeric.ComplexStep.Gradient(f, x) {
			slopes++
			jvp += g[i] * v[i]
			if math.Abs(d-g[i]) > 1e-13*largest {
				t.Errorf("%s: derivative %d is %v, want %v", c.ID, i, d, g[i])
			}
		}
		fs := func(z []complex128) []complex128 { return []complex128{f(z)} }
		if d := numeric.ComplexStep.JVP(fs, x, v)[0]; math.Abs(d-jvp) > 1e-12*largest {
			t.Errorf("%s: JVP %v, want %v", c.ID, d, jvp)
		}
		for i, row := range numeric.ComplexStep.HessianResult(f, x) {
			for j, r := range row {
				curves++
				if math.Abs(r.Value-h[i*len(x)+j]) > honesty*r.Err {
					t.Errorf("%s: second derivative %d, %d is %+v, want %v", c.ID, i, j, r, h[i*len(x)+j])
				}
			}
		}
	}
	t.Logf("%d expressions, %d slopes, %d curves", whole, slopes, curves)
	if whole != 127 || slopes != 234 || curves != 570 {
		t.Errorf("%d expressions, %d slopes, %d curves", whole, slopes, curves)
	}
}

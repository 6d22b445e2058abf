package symbolic

import (
	"fmt"
	"math"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/internal/rule"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

var (
	inf = math.Inf(1)
	nan = math.NaN()
)

func same(x, y float64) bool { return x == y || x != x && y != y }

func close(x, y []float64) bool {
	for i := range x {
		if math.Abs(x[i]-y[i]) > 1e-12*(1+math.Abs(y[i])) {
			return false
		}
	}
	return len(x) == len(y)
}

func parse1(t *testing.T, text string) Expr {
	t.Helper()
	e, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestOperators(t *testing.T) {
	optest.Operators(t, optest.Backend[Expr, Expr]{
		Name: "symbolic", Tolerance: 1e-12,
		Derivative: Derivative,
		Gradient:   Gradient,
		GradientTo: GradientTo,
		Jacobian:   Jacobian,
		JacobianTo: JacobianTo,
		JVP:        JVP,
		JVPTo:      JVPTo,
		VJP:        VJP,
		VJPTo:      VJPTo,
		Hessian:    Hessian,
		HessianTo:  HessianTo,
		HVP:        HVP,
		HVPTo:      HVPTo,
	})
}

// TestIdentity: equal expressions are ==, different ones are not.
func TestIdentity(t *testing.T) {
	x, y := Var("x"), Var("y")
	if ad.Sin(x.Add(y)) != ad.Sin(Var("x").Add(Var("y"))) {
		t.Error("sin(x + y) is not sin(x + y)")
	}
	if x.Add(y) == y.Add(x) || x == y || ad.Sin(x) == ad.Cos(x) {
		t.Error("different expressions are equal")
	}
	if number(0) == number(math.Copysign(0, -1)) {
		t.Error("+0 is -0")
	}
	if number(nan) != number(math.Float64frombits(0x7ff8dead00000001)) {
		t.Error("NaN is not NaN")
	}
	var zero Expr
	if zero != number(0) || zero.String() != "0" || zero.Add(x) == x {
		t.Error("the zero Expr is not the constant 0")
	}
}

// TestConstructors: they simplify where IEEE 754 agrees bit for bit, and only
// there.
func TestConstructors(t *testing.T) {
	for text, want := range map[string]string{
		"x*1": "x", "1*x": "x", "x/1": "x", "x-0": "x", "-(-x)": "x", "x*-1": "-x",
		"x+-y": "x - y", "-x+y": "y - x", "x--y": "x + y", "-x*-y": "x*y", "-x/y": "-(x/y)",
		"2+3": "5", "2*3-1/4": "5.75", "ifpos(2, x, y)": "x", "ifpos(-0, x, y)": "y",
		"0*x": "0*x", "x+0": "x + 0", "x-x": "x - x", "x/x": "x/x", "x^0": "x^0", "sin(0)": "sin(0)",
		"(x+y)+z": "x + y + z", "x+(y+z)": "x + (y + z)", "x-(y-z)": "x - (y - z)", "x/(y*z)": "x/(y*z)",
		"(x^y)^z": "(x^y)^z", "x^(y^z)": "x^y^z", "(-x)^2": "(-x)^2", "x^(-y)": "x^-y", "(-2)^x": "(-2)^x",
		"-(x+y)": "-(x + y)", "-(x^2)": "-x^2",
	} {
		if got := parse1(t, text).String(); got != want {
			t.Errorf("%s prints as %s, want %s", text, got, want)
		}
	}
}

// TestD: derivatives in forward and in reverse order, as text.
func TestD(t *testing.T) {
	x := Var("x")
	for text, want := range map[string]string{
		"x":              "1",
		"y":              "0",
		"7":              "0",
		"x^3":            "3*x^2",
		"x^2":            "2*x",
		"x*x":            "x + x",
		"y*x":            "y",
		"x/y":            "1/y",
		"y/x":            "-(y/x/x)",
		"sin(x)":         "cos(x)",
		"exp(2*x)":       "exp(2*x)*2",
		"tanh(x)":        "square(sech(x))",
		"ifpos(x, x, 0)": "ifpos(x, 1, 0)",
		"ifpos(x, 1, 2)": "0",
		"relu(x)":        "step(x)",
		"2^x":            "xlogy(2^x, 2)",
	} {
		e := parse1(t, text)
		if got := D(e, x).String(); got != want {
			t.Errorf("D(%s) = %s, want %s", text, got, want)
		}
	}
}

// TestOrders: the derivatives in forward and in reverse order have the same
// value.
func TestOrders(t *testing.T) {
	vars := []Expr{Var("x"), Var("y")}
	rapid.Check(t, func(t *rapid.T) {
		e := expression().Draw(t, "e")
		point := []ad.Real{ad.Real(rapid.Float64Range(-3, 3).Draw(t, "x")), ad.Real(rapid.Float64Range(-3, 3).Draw(t, "y"))}
		for i, g := range Grad(e, vars) {
			forward, backward := float64(Eval(D(e, vars[i]), vars, point)), float64(Eval(g, vars, point))
			if math.Abs(forward) > 1e100 || math.Abs(backward) > 1e100 || forward != forward || backward != backward {
				continue // the order of operations decides where it overflows
			}
			if math.Abs(forward-backward) > 1e-6*(math.Abs(forward)+math.Abs(backward))+1e-12*largest(D(e, vars[i]), g, vars, point)+1e-100 {
				t.Fatalf("∂/∂%v of %v at %v: forward %v, backward %v", vars[i], e, point, forward, backward)
			}
		}
	})
}

// largest returns the largest absolute value that occurs while a and b are
// evaluated: where terms cancel, their rounding errors stay.
func largest(a, b Expr, vars []Expr, x []ad.Real) float64 {
	var all []Expr
	for _, s := range compile(a, b).steps {
		all = append(all, wrap(s.node))
	}
	m := 0.0
	for _, v := range run(compile(all...), vars, x) {
		m = max(m, math.Abs(float64(v)))
	}
	return m
}

// TestStructuralZero: what is not there contributes nothing, not even against
// an infinite slope; what happens to be 0 follows IEEE 754. In forward order and
// in reverse.
func TestStructuralZero(t *testing.T) {
	x := Var("x")
	for _, test := range []struct {
		text     string
		at, want float64
	}{
		{"sqrt(x*x)", 0, nan},
		{"exp(log(x))", 0, nan},
		{"log(relu(x))", -1, nan},
		{"x + sqrt(0)", 1, 1},
		{"x - exp(log(0))", 1, 1},
		{"ifpos(x, sqrt(x), 0)", 0, 0},
		{"ifpos(x, sqrt(x), x)", 0, 1},
		{"ifpos(x, sqrt(x), 0) + ifpos(x, 2*sqrt(x), 0)", 0, 0},
		{"ifpos(x, sqrt(x), 0) + ifpos(x+1, 2*x, sqrt(x))", 0, 2},
		{"ifpos(x, ifpos(x+1, sqrt(x), 3), 0) + 2*x", 0, 2},
		{"0*sqrt(x)", 0, nan},
		{"Inf*x", 1, inf},
		{"x + Inf", 1, 1},
		{"x/0", 1, inf},
		{"ifpos(NaN, x, 2*x)", 1, nan},
		{"ifpos(NaN, 1, 2)*x", 1, nan},
		{"x + ifpos(NaN, 1, 2)", 1, 1},
		{"ifpos(x, ifpos(log(x), x, 2*x), 3*x)", -1, 3},
		{"ifpos(x, ifpos(ifpos(log(x), x, 2), x, 2*x), 3*x)", -1, 3},
		{"ifpos(x, ifpos(log(-x), x, 2*x), 3*x)", 1, nan},
		{"1/x", 0, -inf},
		{"ifpos(NaN*x, x, x)", 1, nan},
	} {
		e := parse1(t, test.text)
		for order, d := range map[string]Expr{"forward": D(e, x), "reverse": Grad(e, []Expr{x})[0]} {
			if got := float64(Eval(d, []Expr{x}, []ad.Real{ad.Real(test.at)})); !same(got, test.want) {
				t.Errorf("derivative of %s at %v in %s order = %v, want %v (%v)", test.text, test.at, order, got, test.want, d)
			}
		}
	}
	// Inputs that do not move, and results that are left out.
	roots := func(x []Expr) []Expr { return []Expr{ad.Sqrt(x[0]), x[1]} }
	if d := JVP(roots, []float64{0, 1}, []float64{0, 1}); !close(d, []float64{0, 1}) {
		t.Errorf("JVP beside an infinite slope: %v", d)
	}
	if d := VJP(roots, []float64{0, 1}, []float64{0, 1}); !close(d, []float64{0, 1}) {
		t.Errorf("VJP beside an infinite slope: %v", d)
	}
	h := Hessian(func(x []Expr) Expr { return ad.Sqrt(x[0]).Add(x[1].Mul(x[1])) }, []float64{0, 3})
	if h.At(0, 0) != -inf || h.At(0, 1) != 0 || h.At(1, 1) != 2 {
		t.Errorf("Hessian of √x + y² at (0, 3): %v", mat.Formatted(h))
	}
}

// TestPowAtExponentZero: x^y is smooth at y = 0, and its slope in x, which is 0
// there, is not 0 beside it.
func TestPowAtExponentZero(t *testing.T) {
	pow := func(x []Expr) Expr { return ad.Pow(x[0], x[1]) }
	for _, base := range []float64{0.5, 4} {
		log := math.Log(base)
		if h := HVP(pow, []float64{base, 0}, []float64{0, 1}); !close(h, []float64{1 / base, log * log}) {
			t.Errorf("HVP of x^y at (%v, 0) along y: %v", base, h)
		}
		if h := HVP(pow, []float64{base, 0}, []float64{1, 0}); !close(h, []float64{0, 1 / base}) {
			t.Errorf("HVP of x^y at (%v, 0) along x: %v", base, h)
		}
	}
	for _, base := range []float64{0, 5e-324, inf, -2} {
		if g := Gradient(pow, []float64{base, 0}); g[0] != 0 {
			t.Errorf("slope of x^0 in x at %v: %v", base, g[0])
		}
	}
}

// TestNorm2: an entry of 0 is nothing special.
func TestNorm2(t *testing.T) {
	h := Hessian(ad.Norm2[Expr], []float64{0, 2})
	if h.At(0, 0) != 0.5 || h.At(0, 1) != 0 || h.At(1, 1) != 0 {
		t.Errorf("Hessian of the norm at (0, 2): %v", mat.Formatted(h))
	}
}

// TestNested: derivatives within derivatives are right on paper, where a
// variable is known by name.
func TestNested(t *testing.T) {
	x, y := Var("x"), Var("y")
	inner := map[string]Expr{
		"siskind_pearlmutter": x.Mul(Subst(D(x.Add(y), y), y, number(1))),
		"jrevels_norm":        x.Div(Subst(D(ad.PowInt(y, 3), y), y, x)),
		"sum_inner":           Subst(D(x.Mul(ad.Square(y)), y), y, x),
		"shadow_escape":       Subst(D(x.Mul(y), y), y, number(5)).Mul(x),
		"sin_mix":             ad.Sin(x).Mul(Subst(D(ad.Cos(x.Mul(y)), y), y, number(1))),
		"rev_over_fwd":        D(ad.PowInt(x, 4), x),
		"loop_accumulate":     ad.Prod(slicesRepeat(x, 50)),
	}
	add := func(a, b Expr) Expr { return a.Add(b) }
	inner["tag_wars"] = x.Mul(Subst(D(add(x, y), y), y, number(1)))
	inner["second_of_inner"] = D(Subst(D(ad.Square(x).Mul(ad.Square(y)), y), y, x), x)
	cases, err := golden.Load("nested")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		e, ok := inner[strings.TrimPrefix(c.ID, "nested/")]
		if !ok {
			t.Errorf("%s is not tried", c.ID)
			continue
		}
		point := []ad.Real{ad.Real(c.Inputs["x"].Float())}
		for order, d := range map[string]Expr{"forward": D(e, x), "reverse": Grad(e, []Expr{x})[0]} {
			got := float64(Eval(d, []Expr{x}, point))
			if math.Abs(got-c.Value.Float()) > 1e-14*math.Abs(c.Value.Float()) {
				t.Errorf("%s (%s) in %s order = %v, want %v", c.ID, c.Params["text"], order, got, c.Value.Float())
			}
		}
	}
}

func slicesRepeat(x Expr, n int) []Expr {
	s := make([]Expr, n)
	for i := range s {
		s[i] = x
	}
	return s
}

// TestTexts: every Text parses, and its value is that of the Slope.
func TestTexts(t *testing.T) {
	x := Var("x")
	for _, rows := range [][]*rule.Func{rule.Functions, rule.Helpers} {
		for _, f := range rows {
			d := D(x.Apply(ad.NewOp(f)), x)
			for i := range 50 {
				at := f.Lo + (f.Hi-f.Lo)*(float64(i)+0.5)/50
				got, want := float64(Eval(d, []Expr{x}, []ad.Real{ad.Real(at)})), f.Slope(at, f.Value(at))
				if math.Abs(got-want) > 1e-13*(1+math.Abs(want)) {
					t.Errorf("%s at %v: Text %v, Slope %v", f.Name, at, got, want)
				}
			}
		}
	}
}

// TestSwell: the derivative of a nested product of a hundred levels is small as
// a graph and beyond measure as a tree.
func TestSwell(t *testing.T) {
	x := Var("x")
	e := x
	for range 100 {
		e = e.Mul(ad.Sin(e))
	}
	d := D(e, x)
	if n := len(d.compile().steps); n > 1000 {
		t.Errorf("the derivative has %d nodes", n)
	}
	if s := d.String(); !strings.HasPrefix(s, "<expression of ") || d.node().size < 1e20 {
		t.Errorf("%s", s)
	}
	if v := float64(Eval(d, []Expr{x}, []ad.Real{1})); v != v {
		t.Errorf("value %v", v)
	}
}

// TestStringLimit: a long name that occurs often is not printed in full.
func TestStringLimit(t *testing.T) {
	e := Var(strings.Repeat("x", 1<<19))
	for range 10 {
		e = e.Mul(e)
	}
	if s := e.String(); !strings.HasPrefix(s, "<expression of ") {
		t.Errorf("%d bytes", len(s))
	}
}

// TestDeep: nothing recurses, so that a chain of 200000 operations is built,
// differentiated and evaluated.
func TestDeep(t *testing.T) {
	x := Var("x")
	e := x
	const n = 200_000
	for range n {
		e = e.Add(x)
	}
	for order, d := range map[string]Expr{"forward": D(e, x), "reverse": Grad(e, []Expr{x})[0]} {
		if v := Eval(d, []Expr{x}, []ad.Real{1}); v != n+1 {
			t.Errorf("derivative in %s order %v", order, v)
		}
	}
}

// TestInterning: the table forgets what is not in use, and is safe for
// concurrent use.
func TestInterning(t *testing.T) {
	entries := func() (n int) {
		for i := range table {
			table[i].mu.Lock()
			n += len(table[i].nodes)
			table[i].mu.Unlock()
		}
		return n
	}
	x := Var("x")
	runtime.GC()
	for i := range 100_000 {
		x.Mul(number(float64(i) + 0.25))
	}
	left := entries()
	for tries := 0; left > 20_000 && tries < 100; tries++ {
		runtime.GC() // the table is swept some time after
		time.Sleep(time.Millisecond)
		left = entries()
	}
	if left > 20_000 {
		t.Errorf("the table holds %d entries; 200000 expressions that nobody holds went through it", left)
	}

	var wg sync.WaitGroup
	sums := make([]Expr, 8)
	for i := range sums {
		wg.Go(func() {
			e := x
			for k := range 2000 {
				e = ad.Sin(e.Add(number(float64(k))))
			}
			sums[i] = e
		})
	}
	wg.Wait()
	for _, s := range sums {
		if s != sums[0] {
			t.Error("goroutines built the same expression and got different ones")
		}
	}
}

func TestMisuse(t *testing.T) {
	x := Var("x")
	f := func(x []Expr) Expr { return x[0] }
	g := func(x []Expr) []Expr { return x }
	noText := ad.NewOp(&ad.Func{Name: "mystery", Value: math.Sin, Slope: func(x, y float64) float64 { return 0 }})
	badText := ad.NewOp(&ad.Func{Name: "broken", Value: math.Sin, Slope: func(x, y float64) float64 { return 0 }, Text: "cos(x"})
	for _, test := range []struct {
		want string
		f    func()
	}{
		{`symbolic: Var("2x"): not the name of a variable`, func() { Var("2x") }},
		{`symbolic: Var(""): not the name of a variable`, func() { Var("") }},
		{`symbolic: Var("NaN"): not the name of a variable`, func() { Var("NaN") }},
		{`symbolic: derivative with respect to x + 1, which is not a variable`, func() { D(x, x.Add(number(1))) }},
		{`symbolic: derivative with respect to 2, which is not a variable`, func() { Grad(x, []Expr{number(2)}) }},
		{`symbolic: Eval: the variable x has no value`, func() { Eval(x, nil, []ad.Real{}) }},
		{`symbolic: Eval: 1 variables and 2 values`, func() { Eval(x, []Expr{x}, []ad.Real{1, 2}) }},
		{`symbolic: Eval: x + 1 is not a variable`, func() { Eval(x, []Expr{x.Add(number(1))}, []ad.Real{1}) }},
		{`symbolic: mystery has no Text, which its derivative needs`, func() { D(x.Apply(noText), x) }},
		{`symbolic: the Text of broken: symbolic: line 1, column 4: this parenthesis is not closed`, func() { D(x.Apply(badText), x) }},
		{"symbolic.GradientTo: dst has length 1, want 2", func() { GradientTo(make([]float64, 1), f, make([]float64, 2)) }},
		{"symbolic.JVP: v has length 1, want 2", func() { JVP(g, make([]float64, 2), make([]float64, 1)) }},
		{"symbolic.JVPTo: dst has length 1, want 2", func() { JVPTo(make([]float64, 1), g, make([]float64, 2), make([]float64, 2)) }},
		{"symbolic.VJP: w has length 1, want 2", func() { VJP(g, make([]float64, 2), make([]float64, 1)) }},
		{"symbolic.VJPTo: dst has length 3, want 2", func() { VJPTo(make([]float64, 3), g, make([]float64, 2), make([]float64, 2)) }},
		{"symbolic.JacobianTo: dst is 3×2, want 2×2", func() { JacobianTo(mat.NewDense(3, 2, nil), g, make([]float64, 2)) }},
		{"symbolic.HessianTo: dst is 3×3, want 2×2", func() { HessianTo(mat.NewSymDense(3, nil), f, make([]float64, 2)) }},
		{"symbolic.HVPTo: v has length 3, want 2", func() { HVPTo(make([]float64, 2), f, make([]float64, 2), make([]float64, 3)) }},
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); got != test.want {
					t.Errorf("panic %q, want %q", got, test.want)
				}
			}()
			test.f()
		}()
	}
}

package symbolic

import (
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
)

// goldenExpr returns the expression of a golden case by a function's name, its variables
// and their values, if it is one of numbers.
func goldenExpr(c golden.Case) (e Expr, vars []Expr, x []float64, ok bool) {
	f, ok := known[c.Op]
	if !ok || len(c.Params) > 0 {
		return Expr{}, nil, nil, false
	}
	var args []Expr
	for _, name := range []string{"x", "y"} {
		in, has := c.Inputs[name]
		if !has {
			continue
		}
		for i, v := range in.Floats() {
			v0 := Var(name + "_" + string(rune('0'+i)))
			args, x = append(args, v0), append(x, v)
		}
	}
	if len(args) < f.least || f.most >= 0 && len(args) > f.most || len(args) > 9 {
		return Expr{}, nil, nil, false
	}
	e, problem := f.apply(args)
	return e, args, x, problem == ""
}

// TestGoldenCompiled: the golden elementary functions and conventions, from the name
// through Parse and D to Eval, to compiled programs and to batches, alike.
func TestGoldenCompiled(t *testing.T) {
	for _, family := range []string{"elementary", "conventions"} {
		cases, err := golden.Load(family)
		if err != nil {
			t.Fatal(err)
		}
		tried, good := 0, 0
		for _, c := range cases {
			e, vars, x, ok := goldenExpr(c)
			if !ok {
				continue
			}
			tried++
			if back, err := Parse(e.String()); err != nil || back != e {
				t.Errorf("%s: %s reads back as %s, %v", c.ID, e.String(), back.String(), err)
			}
			all := append([]Expr{e}, Grad(e, vars)...)
			want := values(all, vars, x)
			p := Compile(vars, all...)
			got, batch := make([]float64, len(all)), make([]float64, 3*len(all))
			p.Eval(got, x)
			p.EvalBatch(batch, slices.Repeat(x, 3))
			for i := range all {
				if !same(got[i], want[i]) {
					t.Errorf("%s: compiled %v, want %v", c.ID, got[i], want[i])
				}
				for k := range 3 {
					if v := batch[k*len(all)+i]; !same(v, want[i]) && golden.ULP(v, want[i]) > 16 && !(math.Abs(v-want[i]) < 1e-300) {
						t.Errorf("%s: result %d in a batch is %v, want %v", c.ID, i, v, want[i])
					}
				}
			}
			if v := c.Value.Float(); len(c.Value.Data) == 1 && (same(got[0], v) || golden.ULP(got[0], v) <= 4) {
				good++
			}
			// Another way: Simplify keeps the conventions of single functions.
			if s := values([]Expr{Simplify(e)}, vars, x)[0]; !same(s, want[0]) && golden.ULP(s, want[0]) > 4 && math.Abs(want[0]) < 1e300 && math.Abs(want[0]) > 1e-300 {
				t.Errorf("%s: simplified %v, want %v: %s", c.ID, s, want[0], Simplify(e).String())
			}
		}
		if tried < 50 || good < tried*9/10 {
			t.Errorf("%s: %d cases tried, %d have the golden value", family, tried, good)
		}
	}
}

// TestGoldenThird: third directional derivatives of the golden expressions, by D three
// times and by Directional, and mixed ones in any order.
func TestGoldenThird(t *testing.T) {
	cases, err := golden.Load("expressions")
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		cases = cases[:40]
	}
	for _, c := range cases {
		e := parse1(t, c.Params["text"].(string))
		x := c.Inputs["x"].Floats()
		vars, v := make([]Expr, len(x)), make([]Expr, len(x))
		for i := range vars {
			vars[i], v[i] = variablesByIndex(i), number(c.Direction.Floats()[i])
		}
		d := e
		for range 3 {
			d = Directional(d, vars, v)
		}
		want := c.Third.Float()
		got := values([]Expr{d}, vars, x)[0]
		if !(math.Abs(got-want) <= 1e-10*(1+math.Abs(want))) {
			t.Errorf("%s: third derivative %v, want %v", c.ID, got, want)
		}
		first, last := vars[0], vars[len(vars)-1]
		m := values([]Expr{D(e, first, last, last), D(e, last, last, first), D(D(D(e, last), first), last)}, vars, x)
		if !near(m[0], m[1]) || !near(m[0], m[2]) {
			t.Errorf("%s: mixed third derivatives %v", c.ID, m)
		}
	}
}

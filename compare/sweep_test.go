package compare

import (
	"fmt"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// TestSweep holds value, gradient and Hessian of every function that package ad has a name
// for, by every exact method, against references over the whole range of float64.
func TestSweep(t *testing.T) {
	rows := map[string]swept{}
	for _, f := range rule.Functions {
		rows[f.Name] = swept{Elementary((*ad.Func)(f)), func(x ...reverse.Array) reverse.Array { return x[0].Apply(ad.NewOp((*ad.Func)(f))) }}
	}
	for _, f := range rule.Functions2 {
		rows[f.Name] = swept{Elementary2((*ad.Func2)(f)), func(x ...reverse.Array) reverse.Array { return x[0].Apply2(ad.NewOp2((*ad.Func2)(f)), x[1]) }}
	}
	stride, held := 1, 0
	if testing.Short() {
		stride = 7
	}
	for arity := 1; arity <= 2; arity++ {
		sweep, err := golden.Sweep(arity)
		if err != nil {
			t.Fatal(err)
		}
		for name, points := range sweep {
			f, ok := rows[name]
			if !ok {
				continue // a helper
			}
			delete(rows, name)
			some := make([]golden.Point, 0, len(points))
			for i := 0; i < len(points); i += stride {
				some = append(some, points[i])
			}
			for _, m := range sweepers {
				held += holds(t, f, m.name, points, stride, m.columns(f, some))
			}
		}
	}
	for name := range rows {
		t.Errorf("%s: no references", name)
	}
	if held < 3_000_000/stride {
		t.Errorf("only %d numbers were compared", held)
	}
}

// swept is a function in all forms, over arrays as well.
type swept struct {
	Func
	array func(x ...reverse.Array) reverse.Array
}

// holds compares what a method says of every point, or every seventh, with the references
// and returns how many numbers it compared.
func holds(t *testing.T, f swept, method string, points []golden.Point, stride int, got [][]float64) int {
	held, bad, example := 0, 0, ""
	for j, columns := range got {
		i := j * stride
		p := points[i]
		for k, v := range columns {
			if p.Convention[k] {
				continue
			}
			held++
			if golden.Holds(points, i, k, v) {
				continue
			}
			if bad++; example == "" {
				example = fmt.Sprintf("%v: number %d is %v, want %v", p.X, k, v, p.Want[k])
			}
		}
	}
	if bad > 0 {
		t.Errorf("%s by %s: %d of %d are wrong, such as that at %s", f.Name, method, bad, held, example)
	}
	return held
}

// sweepers are the ways to the value, the gradient and the upper triangle of the Hessian of
// a function at many points.
var sweepers = []struct {
	name    string
	columns func(f swept, points []golden.Point) [][]float64
}{
	{"dual", pointwise(func(f swept, x []float64) []float64 {
		g := make([]float64, len(x))
		y := dual.GradientTo(g, first(f.number), x)
		return append(append([]float64{y}, g...), upper(dual.Hessian(first(f.hyper), x))...)
	})},
	{"reverse", pointwise(func(f swept, x []float64) []float64 {
		g := make([]float64, len(x))
		y := reverse.GradientTo(g, first(f.tape), x)
		return append(append([]float64{y}, g...), upper(reverse.Hessian(first(f.tape), x))...)
	})},
	{"symbolic", onPaper},
	{"reverse.Map", func(f swept, points []golden.Point) [][]float64 {
		return onArrays(points, reverse.Record(first(f.tape), len(points[0].X)).Map)
	}},
	{"reverse.Array", func(f swept, points []golden.Point) [][]float64 { return onArrays(points, f.array) }},
}

func pointwise(at func(f swept, x []float64) []float64) func(swept, []golden.Point) [][]float64 {
	return func(f swept, points []golden.Point) [][]float64 {
		out := make([][]float64, len(points))
		for i, p := range points {
			out[i] = at(f, p.X)
		}
		return out
	}
}

// onPaper differentiates once and evaluates the formulas at all points.
func onPaper(f swept, points []golden.Point) [][]float64 {
	vars := []symbolic.Expr{symbolic.Var("x"), symbolic.Var("y")}[:len(points[0].X)]
	all := []symbolic.Expr{first(f.paper)(vars)}
	for _, x := range vars {
		all = append(all, symbolic.D(all[0], x))
	}
	for i, d := range all[1:] {
		for _, x := range vars[i:] {
			all = append(all, symbolic.D(d, x))
		}
	}
	out := make([][]float64, len(points))
	for i, p := range points {
		x := make([]ad.Real, len(p.X))
		for k, v := range p.X {
			x[k] = ad.Real(v)
		}
		for _, e := range all {
			out[i] = append(out[i], float64(symbolic.Eval(e, vars, x)))
		}
	}
	return out
}

// onArrays differentiates f at all points at once.
func onArrays(points []golden.Point, f func(x ...reverse.Array) reverse.Array) [][]float64 {
	n, dim := len(points), len(points[0].X)
	tape := reverse.NewTape()
	x, zeros, ones := make([]reverse.Array, dim), make([][]float64, dim), make([]float64, n)
	for i := range ones {
		ones[i] = 1
	}
	for k := range x {
		values := make([]float64, n)
		for i, p := range points {
			values[i] = p.X[k]
		}
		zeros[k] = make([]float64, n)
		x[k] = tape.Param(values, make([]float64, n), n)
	}
	y := f(x...)
	y.BackwardFrom(ones)
	columns := [][]float64{y.Values()}
	for _, x := range x {
		columns = append(columns, x.Grad())
	}
	for k := range x {
		v := append([][]float64(nil), zeros...)
		v[k] = ones
		columns = append(columns, y.HVP(ones, x, v)[k:]...)
	}
	out := make([][]float64, n)
	for i := range out {
		for _, c := range columns {
			out[i] = append(out[i], c[i])
		}
	}
	return out
}

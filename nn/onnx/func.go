package onnx

import (
	"fmt"
	"io"
	"strconv"

	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// WriteFunc writes a recorded function as a model with one input, x of shape [batch, inputs], and
// one output, y of shape [batch, results], both of float64.
//
// WriteFunc returns an error if f has no inputs or no results, cannot be replayed, compares numbers
// by Less (the model would have one path only: use IfPos, Max and the like), has more than 2²⁰
// operations, or one that ONNX cannot say: a gamma function or a function of the user's. Errors of
// w are returned as they are.
//
// Cost: some small nodes for every operation, all in memory.
func WriteFunc(w io.Writer, f *reverse.Func) error { return writeFunc("WriteFunc", w, f, false) }

// WriteGradient is WriteFunc with the derivatives as a second output: gradient of shape
// [batch, inputs] if f has one result, else jacobian of shape [batch, results, inputs].
//
// WriteGradient returns an error as WriteFunc does.
//
// Cost: as WriteFunc, for the operations of f and of its symbolic gradient or Jacobian.
func WriteGradient(w io.Writer, f *reverse.Func) error {
	return writeFunc("WriteGradient", w, f, true)
}

func writeFunc(name string, w io.Writer, f *reverse.Func, derivatives bool) error {
	m, err := funcModel(f, derivatives)
	if err != nil {
		return fmt.Errorf("onnx: %s: %w", name, err)
	}
	_, err = w.Write(m)
	return err
}

const mostOperations = 1 << 20

func funcModel(f *reverse.Func, derivatives bool) (m message, err error) {
	n, results := f.Inputs(), f.Outputs()
	if n == 0 || results == 0 {
		return nil, fmt.Errorf("a function of %d inputs and %d results", n, results)
	}
	if err := f.Err(); err != nil {
		return nil, err
	}
	if k := f.Comparisons(); k > 0 {
		return nil, fmt.Errorf("the function takes one of several paths by %d comparisons: write it with IfPos, Max and the like", k)
	}
	if ops, _ := f.Size(); ops > mostOperations || results*n > mostOperations {
		return nil, fmt.Errorf("a function of %d operations, %d inputs and %d results", ops, n, results)
	}
	vars := make([]symbolic.Expr, n)
	for i := range vars {
		vars[i] = symbolic.Var("x" + strconv.Itoa(i))
	}
	e, err := compare.Formula(f, vars, make([]float64, n))
	if err != nil {
		return nil, err
	}
	if derivatives {
		for _, row := range symbolic.Jac(e, vars) {
			e = append(e, row...)
		}
	}
	defer func() {
		switch r := recover().(type) {
		case nil:
		case unknown:
			m, err = nil, r
		default:
			panic(r)
		}
	}()
	g := newGraph(Float64)
	x := columns(g, g.input("x", []int{n}), n)
	y := symbolic.EvalAll(e, vars, x)
	g.output("y", g.row(x[0], y[:results]), []int{results})
	switch d := y[results:]; {
	case derivatives && results == 1:
		g.output("gradient", g.row(x[0], d), []int{n})
	case derivatives:
		all := g.node("Reshape", []string{g.row(x[0], d), g.indices(0, results, n)})
		g.output("jacobian", all, []int{results, n})
	}
	return g.model()
}

// columns returns the entries of a batch of vectors, each of shape [batch, 1].
func columns(g *graph, x string, n int) []number {
	list := make([]number, n)
	for i := range list {
		list[i] = number{g: g, name: g.node("Gather", []string{x, g.indices(i)}, attribute{"axis", 1})}
	}
	return list
}

// row returns numbers as a batch of vectors, as long as that of x.
func (g *graph) row(x number, list []number) string {
	names := make([]string, len(list))
	for i, v := range list {
		if names[i] = v.name; v.g == nil {
			shape := g.node("Shape", []string{x.name})
			names[i] = g.node("Expand", []string{g.constant(v.c), shape})
		}
	}
	return g.node("Concat", names, attribute{"axis", 1})
}

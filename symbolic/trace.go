package symbolic

import (
	"slices"
	"strconv"
	"sync"

	"github.com/quartet-ad/ad"
)

// marks tells the variables of traces that are under way apart from each other. A
// function may call an operator, and its formula may contain a variable of the
// user's that is called x0 as well.
var marks struct {
	sync.Mutex
	taken []bool // by mark, from 1; 0 is the mark of the user's variables
}

// takeMark returns the least mark that is not taken, so that traces one after the
// other find the same nodes.
func takeMark() int {
	marks.Lock()
	defer marks.Unlock()
	i := slices.Index(marks.taken, false)
	if i < 0 {
		i = len(marks.taken)
		marks.taken = append(marks.taken, false)
	}
	marks.taken[i] = true
	return i + 1
}

func returnMark(mark int) {
	marks.Lock()
	defer marks.Unlock()
	marks.taken[mark-1] = false
}

// variables returns the variables x0, x1, … that an operator traces a function
// with.
func variables(n, mark int) []Expr {
	vars := make([]Expr, n)
	for i := range vars {
		vars[i] = build(key{kind: variable, name: "x" + strconv.Itoa(i), bits: uint64(mark)})
	}
	return vars
}

// trace returns the formula of f in n variables. The function gets a slice of
// its own.
func trace(f func([]Expr) Expr, n int) (vars []Expr, e Expr) {
	vars, all := traceAll(func(x []Expr) []Expr { return []Expr{f(x)} }, n)
	return vars, all[0]
}

func traceAll(f func([]Expr) []Expr, n int) (vars, e []Expr) {
	mark := takeMark()
	defer returnMark(mark)
	vars = variables(n, mark)
	return vars, f(slices.Clone(vars))
}

// values returns the values of expressions at x, evaluated together.
func values(e, vars []Expr, x []float64) []float64 {
	point := make([]ad.Real, len(x))
	for i, v := range x {
		point[i] = ad.Real(v)
	}
	y := make([]float64, len(e))
	for i, v := range run(compile(e...), vars, point) {
		y[i] = float64(v)
	}
	return y
}

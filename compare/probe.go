package compare

import (
	"math"

	"github.com/quartet-ad/ad/compare/internal/rounding"
	"github.com/quartet-ad/ad/symbolic"
)

// probed is how many points within its box a row is looked at, beside the corners.
const probed = 24

// probes returns the uses of rows of the user's over their boxes, from Lo to Hi and at the
// corners: a column that is wrong elsewhere is wrong as well. Rows of this module are
// probed by its own tests.
func (e *evidence) probes() []use {
	if e.trace == nil || !e.paper {
		return nil
	}
	var list []use
	x, y := symbolic.Var("x"), symbolic.Var("y")
	seen := map[any]bool{}
	for i := range e.trace.Statements {
		var z symbolic.Expr
		var lo, hi []float64
		var row any
		vars := []symbolic.Expr{x, y}
		switch s := &e.trace.Statements[i]; s.Kind {
		case rounding.Apply:
			f := s.Op.Func()
			row, lo, hi, vars = f, []float64{f.Lo}, []float64{f.Hi}, vars[:1]
			if seen[row] || known(f.Name+"(x)", x.Apply(s.Op)) {
				continue
			}
			z = x.Apply(s.Op)
		case rounding.Apply2:
			f := s.Op2.Func()
			row, lo, hi = f, f.Lo[:], f.Hi[:]
			if seen[row] || known(f.Name+"(x, y)", x.Apply2(s.Op2, y)) {
				continue
			}
			z = x.Apply2(s.Op2, y)
		default:
			continue
		}
		seen[row] = true
		for _, at := range boxed(lo, hi) {
			list = append(list, uses(rounding.Record([]symbolic.Expr{z}, vars, at))...)
		}
	}
	for i := range list {
		list[i].probe = true
	}
	return list
}

// known reports whether a formula is one of this module's own functions.
func known(text string, e symbolic.Expr) bool {
	own, err := symbolic.Parse(text)
	return err == nil && own == e
}

// boxed returns points of a box, the corners first; none if it is not one.
func boxed(lo, hi []float64) [][]float64 {
	for i := range lo {
		if !(lo[i] < hi[i]) || !finite(lo[i]) || !finite(hi[i]) {
			return nil
		}
	}
	var points [][]float64
	add := func(part func(i int) float64) {
		p := make([]float64, len(lo))
		for i := range p {
			f := part(i)
			p[i] = (1-f)*lo[i] + f*hi[i]
		}
		points = append(points, p)
	}
	for corner := range 1 << len(lo) {
		add(func(i int) float64 { return float64(corner >> i & 1) })
	}
	for k := range probed { // Roberts' sequence, of the golden and the plastic number
		add(func(i int) float64 {
			_, frac := math.Modf(0.5 + float64(k)*[...][2]float64{{0.6180339887498949, 0}, {0.7548776662466927, 0.5698402909980532}}[len(lo)-1][i])
			return frac
		})
	}
	return points
}

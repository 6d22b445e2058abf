package reverse

import (
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse/internal/program"
)

// A naryStatement is a statement with lists of operands: nx of the first, then ny of the
// second, lie in slopes and operands from first on. A list of constants is left out.
type naryStatement struct {
	row    *rule.FuncN
	first  int
	slot   uint32
	nx, ny uint32
}

// operandsOfNary returns the slopes and operands of a statement.
func (t *tape) operandsOfNary(m *naryStatement) ([]float64, []uint32) {
	n := int(m.nx + m.ny)
	return t.slopes[m.first:][:n], t.operands[m.first:][:n]
}

// ApplyN returns the sum-like function op of x and y, as one statement.
func (Var) ApplyN(op ad.OpN, x, y []Var) Var {
	t := firstTape(x, y)
	if t == nil {
		return ad.FoldN(op, x, y)
	}
	t.reserve(len(x), len(y))
	first := len(t.operands)
	operands, slopes := t.operands[:cap(t.operands)][first:], t.slopes[:cap(t.slopes)][first:]
	vx, vy := t.x[:len(x)], t.y[:len(y)]
	nx, ny := len(x), len(y)
	sx := slopes[:nx]
	if !t.operandsOf(vx, operands, x) {
		nx, sx = 0, t.spare[:nx]
	}
	sy := slopes[nx:][:ny]
	if !t.operandsOf(vy, operands[nx:], y) {
		ny, sy = 0, t.spare[:ny]
	}
	last := first + nx + ny
	t.operands, t.slopes = t.operands[:last], t.slopes[:last]
	row := (*rule.FuncN)(op.Func())
	v := row.Value(vx, vy, sx, sy)

	n, c := t.n, t.cur
	c.value[n%chunkLen] = v
	c.op[n%chunkLen] = program.Nary.With(len(t.nary))
	t.nary = append(t.nary, naryStatement{row, first, n, uint32(nx), uint32(ny)})
	if t.recording {
		t.lists = append(t.lists, [2][]Var{slices.Clone(x), slices.Clone(y)})
	}
	t.advance()
	return Var{t, t.gen | uint64(n), v}
}

// reserve makes room for a statement with lists of nx and ny operands.
func (t *tape) reserve(nx, ny int) {
	if n := nx + ny; cap(t.operands)-len(t.operands) < n || cap(t.slopes)-len(t.slopes) < n {
		t.operands, t.slopes = slices.Grow(t.operands, n), slices.Grow(t.slopes, n)
	}
	if n := max(nx, ny); len(t.spare) < n {
		t.x, t.y, t.spare = make([]float64, n), make([]float64, n), make([]float64, n)
	}
}

// firstTape returns the tape of the first operand that is not a constant.
func firstTape(x, y []Var) *tape {
	for i := range x {
		if t := x[i].tape; t != nil {
			return t
		}
	}
	for i := range y {
		if t := y[i].tape; t != nil {
			return t
		}
	}
	return nil
}

// operandsOf writes the values and slots of x, and reports false if it is all
// constants.
func (t *tape) operandsOf(values []float64, slots []uint32, x []Var) (live bool) {
	values, slots = values[:len(x)], slots[:len(x)]
	gen := t.gen
	for i := range x {
		v := &x[i]
		if v.tape == t && (v.id^gen)>>32 == 0 {
			live = true
		} else if v.tape != nil {
			join(Var{tape: t, id: gen}, *v) // panics
		}
		values[i] = v.value
		slots[i] = v.slot()
	}
	return live
}

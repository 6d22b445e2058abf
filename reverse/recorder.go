package reverse

import "github.com/quartet-ad/ad/reverse/internal/program"

// newRecording makes a program of what the tape holds, as it was written or made smaller.
func newRecording(t *tape, results []Var, written bool) *recording {
	r := recorder{t: t, b: program.NewBuilder(int(t.first) - 1), operands: make([]int32, t.n)}
	r.b.Written = written
	for i := uint32(1); i < t.first; i++ {
		r.operands[i] = r.b.Input(int(i) - 1)
	}
	for i := t.first; i < t.n; i++ {
		r.operands[i] = r.statement(i)
	}
	for _, g := range t.guards {
		r.b.Guard(r.operand(g.x), r.operand(g.y), g.less)
	}
	return &recording{Program: r.b.Program(r.list(results))}
}

// A recorder tells a builder what is on a tape.
type recorder struct {
	t        *tape
	b        *program.Builder
	operands []int32 // of the builder, by slot
}

// operand returns what a Var has become.
func (r *recorder) operand(x Var) int32 { return r.side(x.slot(), x.value) }

// side returns what a slot has become, or the constant c for slot 0.
func (r *recorder) side(slot uint32, c float64) int32 {
	if slot == 0 {
		return r.b.Const(c)
	}
	return r.operands[slot]
}

func (r *recorder) list(x []Var) []int32 {
	operands := make([]int32, len(x))
	for i, v := range x {
		operands[i] = r.operand(v)
	}
	return operands
}

// statement tells the builder what a statement does.
func (r *recorder) statement(slot uint32) int32 {
	t, rec, op := r.t, r.t.edgesOf(slot), r.t.op(slot)
	switch k := op.Index(); op.Kind() {
	case program.Apply:
		return r.b.Apply(t.rows[k], r.operands[rec.a])
	case program.Apply2:
		return r.b.Apply2(t.rows2[k], r.side(rec.a, rec.da), r.side(rec.b, rec.db))
	case program.Choose:
		c := t.choices[k]
		return r.b.Choose(r.operand(c.x), r.operand(c.a), r.operand(c.b))
	case program.Nary:
		return r.b.Nary(t.nary[k].row, r.list(t.lists[k][0]), r.list(t.lists[k][1]))
	case program.Neg:
		return r.b.Op(op, r.operands[rec.a], 0)
	case program.NaN: // of a branch on a constant
		return r.b.Op(op, r.operands[rec.a], r.operands[rec.b])
	}
	return r.b.Op(op, r.side(rec.a, rec.da), r.side(rec.b, rec.db))
}

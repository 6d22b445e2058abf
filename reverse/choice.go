package reverse

import (
	"math"

	"github.com/quartet-ad/ad/reverse/internal/program"
)

// While a function is recorded to be replayed, its tape records what a sweep has no use
// for: what was compared, and the constants among the operands of n-ary statements.
type recordingState struct {
	recording bool
	unfit     Unfit
	choices   []choice
	guards    []guard
	lists     [][2][]Var // the operands of n-ary statements
}

// A choice is a use of IfPos: a where x is positive, else b. All three may be
// constants by now, but x was none.
type choice struct{ x, a, b Var }

// A guard is a comparison that the function may have gone by.
type guard struct {
	x, y Var
	less bool
}

// choose records x.IfPos(a, b) with both branches. The statement has only the branch
// that was taken for an operand, so that the other contributes nothing.
func (t *tape) choose(x, a, b Var) Var {
	op := program.Choose.With(len(t.choices))
	t.choices = append(t.choices, choice{x, a, b})
	switch {
	case x.value > 0:
		return t.append(op, a.value, 1, 0, a.slot(), 0)
	case x.value <= 0:
		return t.append(op, b.value, 1, 0, b.slot(), 0)
	}
	nan := math.NaN()
	return t.append(op, nan, nan, nan, a.slot(), b.slot())
}

// endRecording drops what a replay needs.
func (t *tape) endRecording() {
	clear(t.choices)
	clear(t.guards)
	clear(t.lists)
	t.recordingState = recordingState{choices: t.choices[:0], guards: t.guards[:0], lists: t.lists[:0]}
}

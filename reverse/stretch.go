package reverse

import (
	"slices"

	"github.com/quartet-ad/ad/internal/check"
)

// A stretch is a part of the tape that is recorded at its end, swept by itself and
// cut off again. While it is open, it is what the tape's fields are about; it has
// nodes and arrays of its own, while slots go on from those before it. Stretches
// nest.
type stretch struct {
	first, n   uint32
	nodes      []*node
	nodesUsed  int
	arrays     []*array
	arraysUsed int
	nary       []naryStatement

	rows, rows2, slopes, operands int // lengths
}

// stretches are those that are interrupted by an open one, outermost first, and the
// storage of open ones by depth.
type stretches struct {
	outer []stretch
	inner []stretch

	replay bool // of the function of a Checkpoint: its parameters are there already

	hadScalars bool // there were scalars in a stretch that was cut off
}

// within opens a stretch, calls f and cuts it off.
func (t *tape) within(f func()) {
	depth := len(t.outer)
	t.outer = append(t.outer, stretch{
		t.first, t.n, t.nodes, t.nodesUsed, t.arrays, t.arraysUsed, t.nary,
		len(t.rows), len(t.rows2), len(t.slopes), len(t.operands),
	})
	if depth == len(t.inner) {
		t.inner = append(t.inner, stretch{})
	}
	in := t.inner[depth]
	t.first, t.nodes, t.nodesUsed, t.arrays, t.arraysUsed, t.nary = t.n, in.nodes, 0, in.arrays, 0, in.nary[:0]
	defer t.cutOff()
	f()
}

func (t *tape) cutOff() {
	for _, n := range t.nodes[:t.nodesUsed] {
		n.op.cut(n)
	}
	for _, a := range t.arrays[:t.arraysUsed] {
		a.life++
	}
	if check.Poison {
		poisonArrays(t.arrays[:t.arraysUsed])
	}
	t.hadScalars = t.hadScalars || int(t.n-t.first) != t.nodesUsed
	depth := len(t.outer) - 1
	t.inner[depth] = stretch{nodes: t.nodes, arrays: t.arrays, nary: t.nary}
	s := t.outer[depth]
	t.outer = t.outer[:depth]
	t.first, t.nodes, t.nodesUsed, t.arrays, t.arraysUsed, t.nary = s.first, s.nodes, s.nodesUsed, s.arrays, s.arraysUsed, s.nary
	clear(t.rows[s.rows:])
	clear(t.rows2[s.rows2:])
	t.rows, t.rows2 = t.rows[:s.rows], t.rows2[:s.rows2]
	t.slopes, t.operands = t.slopes[:s.slopes], t.operands[:s.operands]
	t.n = s.n
	t.cur = t.chunks[t.n/chunkLen]
}

// outside panics if a stretch is open.
func (t *tape) outside(name string) {
	if len(t.outer) > 0 {
		panic("reverse: " + name + " inside of the function of a Checkpoint")
	}
}

// prepareStretch clears a quantity of the scalars and arrays of the open stretch.
func (t *tape) prepareStretch(q quantity) {
	switch q {
	case adjoint:
		t.adj = extended(t.adj, int(t.first), int(t.n))
	case tangent:
		t.tan = extended(t.tan, int(t.first), int(t.n))
	case rate:
		t.dadj = extended(t.dadj, int(t.first), int(t.n))
	}
	for _, a := range t.arrays[:t.arraysUsed] {
		if a.active {
			a.clear(q)
			a.reached = false
		}
	}
}

// extended returns s with length n, and 0 from first on, or from its end.
func extended[T any](s []T, first, n int) []T {
	first = min(first, len(s))
	s = slices.Grow(s[:first], n-first)[:n]
	clear(s[first:])
	return s
}

package reverse

import "github.com/quartet-ad/ad/reverse/internal/program"

// pushTangent sweeps forwards: it leaves in tan the derivative of every slot in the
// direction v of the inputs. An input whose entry in v is 0 does not move.
func (t *tape) pushTangent(v []float64) {
	t.seedTangent(v)
	t.pushQuick()
	// What does not move has the tangent 0, which is right against any slope
	// but an infinite or NaN one. If there was one, follow the structure.
	for _, d := range t.tan[t.first:] {
		if d != d {
			t.seedTangent(v)
			t.pushCareful()
			return
		}
	}
}

func (t *tape) seedTangent(v []float64) {
	t.prepareAll(tangent)
	copy(t.tan[1:], v)
}

func (t *tape) pushQuick() {
	first, nary, node := t.first, 0, 0
	for nary < len(t.nary) || node < t.nodesUsed {
		if node == t.nodesUsed || nary < len(t.nary) && t.nary[nary].slot < t.nodes[node].slot {
			m := &t.nary[nary]
			nary++
			t.pushRun(first, m.slot)
			slopes, operands := t.operandsOfNary(m)
			d := 0.0
			for i, operand := range operands {
				d += slopes[i] * t.tan[operand]
			}
			t.tan[m.slot] = d
			first = m.slot + 1
			continue
		}
		n := t.nodes[node]
		node++
		t.pushRun(first, n.slot)
		n.pushNode()
		first = n.next
	}
	t.pushRun(first, t.n)
}

// pushRun sweeps the statements of one or two operands in the slots from first
// to the one before end.
func (t *tape) pushRun(first, end uint32) {
	tan := t.tan
	for first < end {
		edges := t.chunks[first/chunkLen].edges[first%chunkLen:]
		edges = edges[:min(len(edges), int(end-first))]
		dst := tan[first:][:len(edges)]
		for i := range edges {
			r := &edges[i]
			dst[i] = r.da*tan[r.a] + r.db*tan[r.b]
		}
		first += uint32(len(edges))
	}
}

// pushCareful sweeps forwards and lets every operand that the direction reaches
// contribute, and no other.
func (t *tape) pushCareful() {
	t.moved = zeroed(t.moved, int(t.n))
	for i := uint32(1); i < t.first; i++ {
		t.moved[i] = t.tan[i] != 0
	}
	for i := t.first; i < t.n; i++ {
		switch o := t.op(i); o.Kind() {
		case program.Node:
			t.nodes[o.Index()].pushNode()
			continue
		case program.Leaf:
			t.moved[i] = true
			continue
		}
		if r := t.edgesOf(i); t.op(i).Kind() == program.Div && t.moved[r.a] && t.moved[r.b] {
			// The two slopes at a pole are infinities, which may cancel.
			t.tan[i] = (t.tan[r.a] - t.value(i)*t.tan[r.b]) / t.value(r.b)
			t.moved[i] = true
			continue
		}
		t.eachOperand(i, func(operand uint32, slope float64) {
			if t.moved[operand] {
				t.tan[i] += slope * t.tan[operand]
				t.moved[i] = true
			}
		})
	}
}

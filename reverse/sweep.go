package reverse

import "github.com/quartet-ad/ad/reverse/internal/program"

// sweeps is the storage of the sweeps over a tape, indexed by slot and reused.
type sweeps struct {
	adj  []float64 // adjoints: the derivative of the result in each slot
	tan  []float64 // tangents: the derivative of each slot in the direction
	dadj []float64 // the derivative of each adjoint in the direction

	// What the careful sweeps know of the structure: which slots the result
	// reaches, and whose tangents and adjoints change along the direction.
	reached, moved, adjMoved []bool
	careful                  bool // moved is known

	// The tangents and rates of one n-ary statement.
	vx, cx []float64
}

// zeroed returns s with length n and all entries 0.
func zeroed[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

// pull sweeps backwards from the given results with their seeds, and leaves in
// adj the derivative of their weighted sum in every slot.
//
// The quick sweep passes over every statement whose adjoint is 0. Most of these the
// result does not reach. At others terms have cancelled, and passing over those is wrong
// only against an infinite or NaN slope; where the quick sweep meets one, the careful
// sweep follows the structure instead.
func (t *tape) pull(results []Var, seeds []float64) {
	if t.pullQuick(t.seed(results, seeds)) {
		return
	}
	last := t.seed(results, seeds)
	t.reached = zeroed(t.reached, int(t.n))
	for k, y := range results {
		if seeds[k] != 0 {
			t.reached[y.slot()] = true
		}
	}
	t.pullCareful(last)
}

// one is the seed of a single result.
var one = []float64{1}

// pullOne sweeps backwards from one result.
func (t *tape) pullOne(y Var) { t.pull([]Var{y}, one) }

// seed clears the adjoints, sets those of the results and returns the last slot
// among them. A seed of 0 is left out.
func (t *tape) seed(results []Var, seeds []float64) (last uint32) {
	t.prepareAll(adjoint)
	for k, y := range results {
		if seeds[k] != 0 {
			t.adj[y.slot()] += seeds[k]
			last = max(last, y.slot())
		}
	}
	return last
}

// pullQuick applies the chain rule to the slots from last down to the first input, and
// reports false where it met an adjoint of 0 and a slope that is not finite. Between two
// n-ary statements or nodes lie only statements of one or two operands, whose chain rule
// is pullRun.
func (t *tape) pullQuick(last uint32) bool {
	nary, node := len(t.nary)-1, t.nodesUsed-1
	for nary >= 0 || node >= 0 {
		if node < 0 || nary >= 0 && t.nary[nary].slot > t.nodes[node].slot {
			m := &t.nary[nary]
			nary--
			if m.slot > last {
				continue
			}
			if m.slot < last && !t.pullRun(m.slot+1, last) || !t.pullNary(m) {
				return false
			}
			last = m.slot - 1
			continue
		}
		n := t.nodes[node]
		node--
		if n.slot > last {
			continue
		}
		if n.slot < last && !t.pullRun(n.slot+1, last) {
			return false
		}
		t.pullNode(n)
		last = n.slot - 1
	}
	return t.pullRun(t.first, last)
}

// pullRun sweeps the statements of one or two operands in the slots from first
// to last, last first.
func (t *tape) pullRun(first, last uint32) bool {
	adj := t.adj
	for last >= first {
		start := max(first, last/chunkLen*chunkLen)
		c := t.chunks[last/chunkLen]
		for i := last; i >= start; i-- {
			r := &c.edges[i%chunkLen]
			a := adj[i]
			if a == 0 {
				if (r.da-r.da)+(r.db-r.db) != 0 {
					return false
				}
				continue
			}
			if r.a != 0 { // a sum for all constants would have to be waited for
				adj[r.a] += a * r.da
			}
			if r.b != 0 {
				adj[r.b] += a * r.db
			}
		}
		last = start - 1
	}
	return true
}

// pullNary sweeps one n-ary statement.
func (t *tape) pullNary(m *naryStatement) bool {
	a := t.adj[m.slot]
	slopes, operands := t.operandsOfNary(m)
	if a == 0 {
		for _, s := range slopes {
			if s-s != 0 {
				return false
			}
		}
		return true
	}
	adj := t.adj
	for i, s := range slopes {
		if k := operands[i]; k != 0 {
			adj[k] += a * s
		}
	}
	return true
}

// pullCareful sweeps backwards and lets every statement that a result reaches
// contribute, whatever its adjoint is, and no other. The results themselves are
// marked as reached.
func (t *tape) pullCareful(last uint32) {
	for i := last; i >= t.first; i-- {
		if o := t.op(i); o.Kind() == program.Node {
			t.pullNodeCareful(t.nodes[o.Index()])
			continue
		}
		if !t.reached[i] {
			continue
		}
		t.eachOperand(i, func(operand uint32, slope float64) {
			t.adj[operand] += t.adj[i] * slope
			t.reached[operand] = true
		})
	}
}

// eachOperand calls f for every operand of a statement that is not a constant.
func (t *tape) eachOperand(slot uint32, f func(operand uint32, slope float64)) {
	if o := t.op(slot); o.Kind() == program.Nary {
		slopes, operands := t.operandsOfNary(&t.nary[o.Index()])
		for i, operand := range operands {
			if operand != 0 {
				f(operand, slopes[i])
			}
		}
		return
	}
	r := t.edgesOf(slot)
	if r.a != 0 {
		f(r.a, r.da)
	}
	if r.b != 0 {
		f(r.b, r.db)
	}
}

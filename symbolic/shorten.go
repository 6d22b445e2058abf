package symbolic

import "math"

// shorten returns a short program of q, whose variables are the inputs known. It returns
// nil if 256 registers do not suffice.
func shorten(q *program, inputs int, known map[*node]int32) *shortProgram {
	drafts := draftsOf(q)
	if p := assemble(q, inRuns(drafts), inputs, known); p != nil {
		return p
	}
	return assemble(q, drafts, inputs, known) // in the order of the formula fewer registers are in use
}

// assemble gives the drafts registers.
func assemble(q *program, drafts []draft, inputs int, known map[*node]int32) *shortProgram {
	p := new(shortProgram)
	r := registers{at: make(map[int32]int), last: lastReads(q, drafts), next: inputs}
	for i, s := range q.steps {
		switch s.kind {
		case variable:
			r.at[int32(i)] = int(known[s.node])
		case constant:
			r.hold(p, int32(i), s.value())
		}
	}
	r.hold(p, one, 1)
	r.hold(p, minusOne, -1)
	r.hold(p, minusZero, math.Copysign(0, -1))
	for i, d := range drafts {
		p.code = append(p.code, r.word(i, d))
		switch d.kind {
		case wordCall:
			p.calls = append(p.calls, d.call)
		case wordCall2:
			p.calls2 = append(p.calls2, d.call2)
		}
	}
	for _, root := range q.roots {
		p.results = append(p.results, uint8(r.at[root]))
	}
	if r.next > len(p.start) {
		return nil
	}
	p.free.New = func() any { start := p.start; return &start }
	return p
}

// inRuns returns the drafts in another order, in which those of a kind stand together:
// always the kind of which most are ready, and what becomes ready of it on the way.
func inRuns(drafts []draft) []draft {
	maker := make(map[int32]int, len(drafts)) // the draft that computes a step
	for i, d := range drafts {
		maker[d.to] = i
		if d.also != none {
			maker[d.also] = i
		}
	}
	waits, readers := make([]int, len(drafts)), make([][]int, len(drafts))
	var ready [wordKinds][]int
	for i, d := range drafts {
		for _, at := range d.at {
			if k, ok := maker[at]; ok {
				waits[i]++
				readers[k] = append(readers[k], i)
			}
		}
		if waits[i] == 0 {
			ready[d.kind] = append(ready[d.kind], i)
		}
	}
	ordered := make([]draft, 0, len(drafts))
	for len(ordered) < len(drafts) {
		most := wordKind(0)
		for k := range wordKinds {
			if len(ready[k]) > len(ready[most]) {
				most = k
			}
		}
		for k := 0; k < len(ready[most]); k++ {
			i := ready[most][k]
			ordered = append(ordered, drafts[i])
			for _, reader := range readers[i] {
				if waits[reader]--; waits[reader] == 0 {
					kind := drafts[reader].kind
					ready[kind] = append(ready[kind], reader)
				}
			}
		}
		ready[most] = ready[most][:0]
	}
	return ordered
}

// Registers are given to drafts. One whose last reading has come is used again, so that
// few suffice.
type registers struct {
	at   map[int32]int
	last map[int32]int // the draft that reads it last
	idle []int
	next int
}

// lastReads returns the draft that reads a step last: none but steps that drafts compute
// are in the map, and results are not.
func lastReads(q *program, drafts []draft) map[int32]int {
	last := make(map[int32]int, len(drafts))
	for i, d := range drafts {
		for _, at := range d.at {
			last[at] = i
		}
	}
	for _, root := range q.roots {
		delete(last, root)
	}
	return last
}

// hold gives a register to a constant.
func (r *registers) hold(p *shortProgram, at int32, c float64) {
	if r.next < len(p.start) {
		p.start[r.next] = c
	}
	r.at[at] = r.next
	r.next++
	delete(r.last, at)
}

// word returns the word of the draft i.
func (r *registers) word(i int, d draft) shortWord {
	var at [6]uint8
	for k, step := range d.at {
		at[k] = uint8(r.at[step])
	}
	for _, step := range d.at {
		if last, ok := r.last[step]; ok && last == i {
			r.idle = append(r.idle, r.at[step])
			delete(r.last, step)
		}
	}
	to := r.take(d.to)
	if d.also != none {
		at[1] = r.take(d.also)
	}
	return newWord(d.kind, to, at)
}

// take gives a register to a result.
func (r *registers) take(step int32) uint8 {
	to := r.next
	if n := len(r.idle); n > 0 {
		to, r.idle = r.idle[n-1], r.idle[:n-1]
	} else {
		r.next++
	}
	r.at[step] = to
	return uint8(to)
}

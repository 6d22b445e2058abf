package dual

import "github.com/quartet-ad/ad/internal/kernel"

// fitted are operations on rows in few places: a row's place is given to another when it has
// been used for the last time. So they stay close to the processor.
type fitted struct {
	ops   []kernel.LaneOp
	count int32 // places

	at      []int32 // of each row its place
	last    []int32 // time of its last use, or never: the operations and stages before it
	free    []int32 // places
	wanted  []bool  // rows that are to be finite
	covered []bool  // rows whose being finite shows in another one that is wanted
}

const never, always = -1, 1 << 30

// fit leaves out operations that nobody needs, adds those that find what is not finite, and
// gives rows their places.
func (w *rows) fit() {
	f := &w.fitted
	n := int(w.count)
	f.ops, f.free, f.count = f.ops[:0], f.free[:0], firstRow
	f.at, f.last, f.wanted, f.covered = sized(f.at, n), sized(f.last, n), sized(f.wanted, n), sized(f.covered, n)
	clear(f.wanted)
	clear(f.covered)
	for i := range f.last {
		f.last[i], f.at[i] = never, int32(i) // those that are always there stay
	}
	for _, row := range w.finite {
		f.wanted[row] = true
	}
	w.findUses()
	for i := range w.consts {
		if c := &w.consts[i]; c.row >= firstRow {
			f.last[c.row] = always
			f.take(&c.row)
		}
	}
	for i, row := range w.inputs {
		f.take(&w.inputs[i])
		f.check(row)
		f.drop(row, never)
	}
	k := 0
	for i := 0; i <= len(w.ops); i++ {
		for ; k < len(w.stages) && w.stages[k].after == i; k++ {
			f.stage(w, &w.stages[k], int32(i+k))
		}
		if i == len(w.ops) {
			break
		}
		op := w.ops[i]
		if f.last[op.Dst] == never {
			continue
		}
		now, dst := int32(i+k), op.Dst
		for _, row := range []*int32{&op.A, &op.X, &op.C, &op.Y} {
			r := *row
			*row = f.at[r]
			f.drop(r, now) // dst may take its place
		}
		f.take(&op.Dst)
		f.ops = append(f.ops, op)
		f.check(dst)
	}
	for i, row := range w.ends {
		w.ends[i] = f.at[row]
	}
	for i, row := range w.jacobian {
		w.jacobian[i] = f.at[row]
	}
}

// findUses finds when rows are used for the last time, and which rows cover others: neither a
// sum nor a product is finite where an operand is not.
func (w *rows) findUses() {
	f := &w.fitted
	use := func(row, now int32) { f.last[row] = max(f.last[row], now) }
	for _, row := range w.ends {
		use(row, always)
	}
	for _, row := range w.jacobian {
		use(row, always)
	}
	for k := range w.stages {
		s := &w.stages[k]
		s.each(w, func(row *int32) { use(*row, int32(s.after+k)) }, func(*int32) {})
	}
	k := len(w.stages)
	for i := len(w.ops) - 1; i >= 0; i-- {
		for k > 0 && w.stages[k-1].after > i {
			k--
		}
		op := w.ops[i]
		if f.last[op.Dst] == never {
			continue
		}
		for operand, row := range []int32{op.A, op.X, op.C, op.Y} {
			use(row, int32(i+k))
			if f.wanted[op.Dst] && (operand == 0 || op.Kind != kernel.LaneQuotient) {
				f.covered[row] = true
			}
		}
	}
}

// stage gives the rows of a stage their places.
func (f *fitted) stage(w *rows, s *stage, now int32) {
	var used, made []int32
	s.each(w, func(row *int32) {
		used = append(used, *row)
		*row = f.at[*row]
	}, func(row *int32) {
		made = append(made, *row)
		f.take(row)
	})
	s.after = len(f.ops)
	for _, row := range made {
		f.check(row)
		f.drop(row, never)
	}
	for _, row := range used {
		f.drop(row, now)
	}
}

// each calls functions with the rows that a stage uses, and then with those that it makes.
func (s *stage) each(w *rows, used, made func(row *int32)) {
	switch s.does {
	case callMany:
		n := int(s.y)
		for i := range n {
			used(&w.lists[s.list+i])
		}
		for i := range n {
			made(&w.lists[s.list+n+i])
		}
		made(&s.z)
		return
	case checkSeen, callTwo:
		used(&s.x)
		used(&s.y)
	default:
		used(&s.x)
	}
	switch s.does {
	case checkSeen:
		return
	case checkQuotient:
		used(&s.sx)
		used(&s.sy)
		return
	}
	made(&s.z)
	for _, slope := range []*int32{&s.sx, &s.sy} {
		if *slope >= firstRow {
			made(slope)
		}
	}
}

// take gives a row a place.
func (f *fitted) take(row *int32) {
	if n := len(f.free); n > 0 {
		f.at[*row] = f.free[n-1]
		f.free = f.free[:n-1]
	} else {
		f.at[*row] = f.count
		f.count++
	}
	*row = f.at[*row]
}

// drop frees the place of a row, if now is when it is used for the last time.
func (f *fitted) drop(row, now int32) {
	if row >= firstRow && f.last[row] == now {
		f.free = append(f.free, f.at[row])
		f.last[row] = always
	}
}

// check lets points drop out whose lane of a row is not finite.
func (f *fitted) check(row int32) {
	if f.wanted[row] && !f.covered[row] && f.last[row] != never {
		f.ops = append(f.ops, kernel.LaneOp{Kind: kernel.LanePair, Dst: spoiled, A: zero, X: f.at[row], C: one, Y: spoiled}) // 0·x is 0 or NaN
	}
}

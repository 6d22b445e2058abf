package reverse

import (
	"slices"

	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse/sparse"
)

// JacobianPattern returns which entries of the Jacobian may differ from 0: those whose
// result depends on their input, by the recording that holds at x. Both branches of an
// IfPos count. For a function that cannot be replayed these are all.
//
// Cost: that of Eval, and the first time for a recording of the order of the sizes of the sets
// of inputs that its operations depend on.
//
// JacobianPattern panics if x has not as many entries as there are inputs.
func (f *Func) JacobianPattern(x []float64) *sparse.Pattern {
	r := f.at("reverse.Func.JacobianPattern", x)
	defer r.release()
	return r.jacobianPattern()
}

// HessianPattern returns which entries of the Hessian of f, or of any weighted sum of
// its results, may differ from 0: those whose two inputs meet in an operation that is
// not linear. See JacobianPattern.
//
// HessianPattern panics if x has not as many entries as there are inputs.
func (f *Func) HessianPattern(x []float64) *sparse.Pattern {
	r := f.at("reverse.Func.HessianPattern", x)
	defer r.release()
	return r.hessianPattern()
}

func (r *runner) jacobianPattern() *sparse.Pattern {
	p, m, n := r.p, len(r.results), int(r.t.first)-1
	if p == nil {
		return sparse.Full(m, n)
	}
	p.sparse.Lock()
	defer p.sparse.Unlock()
	if p.sparse.jacobian == nil {
		s := newDependence(p)
		for _, place := range p.results {
			s.need(place)
		}
		s.forward(nil)
		var entries [][2]int
		for i, place := range p.results {
			for _, j := range s.inputs(place) {
				entries = append(entries, [2]int{i, int(j)})
			}
		}
		p.sparse.jacobian = sparse.NewPattern(m, n, entries)
	}
	return p.sparse.jacobian
}

func (r *runner) hessianPattern() *sparse.Pattern {
	p, n := r.p, int(r.t.first)-1
	if p == nil {
		return sparse.Full(n, n)
	}
	p.sparse.Lock()
	defer p.sparse.Unlock()
	if p.sparse.hessian == nil {
		s := newDependence(p)
		for k := range p.code {
			p.nonlinear(&p.code[k], func(x, y int32) {
				s.need(x)
				s.need(y)
			})
		}
		rows := make([][]int32, n)
		s.forward(func(x, y []int32) {
			for _, i := range x {
				rows[i] = append(rows[i], y...)
			}
			for _, j := range y {
				rows[j] = append(rows[j], x...)
			}
		})
		var entries [][2]int
		for i, row := range rows {
			slices.Sort(row)
			for _, j := range slices.Compact(row) {
				entries = append(entries, [2]int{i, int(j)})
			}
		}
		p.sparse.hessian = sparse.NewPattern(n, n, entries)
	}
	return p.sparse.hessian
}

// A dependence finds which inputs the statements of a program depend on, for those of
// which that is needed.
type dependence struct {
	p      *program
	needed []bool
	sets   [][]int32 // of places: sorted inputs, from 0
	union  []int32
}

func newDependence(p *program) *dependence {
	s := &dependence{p: p, needed: make([]bool, p.size()), sets: make([][]int32, p.size())}
	all := make([]int32, p.n)
	for i := range all {
		all[i] = int32(i)
		s.sets[i+1] = all[i : i+1 : i+1]
	}
	return s
}

func (s *dependence) need(place int32) { s.needed[place] = true }

func (s *dependence) inputs(place int32) []int32 { return s.sets[place] }

// forward computes the sets, and calls meet, unless it is nil, with those of the
// operands of every operation that is not linear in them.
func (s *dependence) forward(meet func(x, y []int32)) {
	p := s.p
	for k := len(p.code) - 1; k >= 0; k-- {
		if s.needed[p.first+k] {
			p.each(&p.code[k], func(place *int32) { s.need(*place) })
		}
	}
	for k := range p.code {
		in := &p.code[k]
		if meet != nil {
			p.nonlinear(in, func(x, y int32) { meet(s.sets[x], s.sets[y]) })
		}
		if s.needed[p.first+k] {
			s.sets[p.first+k] = s.unite(in)
		}
	}
}

// unite returns the inputs that a statement depends on. What a choice goes by does not
// count: its derivative is 0.
func (s *dependence) unite(in *instr) []int32 {
	s.union = s.union[:0]
	var largest []int32
	add := func(place *int32) {
		set := s.sets[*place]
		if len(set) > len(largest) {
			largest = set
		}
		s.union = append(s.union, set...)
	}
	s.p.eachMoving(in, add)
	slices.Sort(s.union)
	s.union = slices.Compact(s.union)
	if len(s.union) == len(largest) {
		return largest
	}
	return slices.Clone(s.union)
}

// nonlinear calls f with the pairs of operands that an operation is not linear in: those
// for which a second derivative may differ from 0.
func (p *program) nonlinear(in *instr, f func(x, y int32)) {
	switch k := in.op >> kindBits; in.op & kindMask {
	case opMul:
		f(in.a, in.b)
	case opDiv:
		f(in.a, in.b)
		f(in.b, in.b)
	case opSquare, opApply:
		f(in.a, in.a)
	case opApply2:
		f(in.a, in.a)
		f(in.a, in.b)
		f(in.b, in.b)
	case opApplyN:
		switch l := &p.lists[k]; l.row {
		case rule.Sum:
		case rule.SumSq:
			for _, place := range l.x {
				f(place, place)
			}
		case rule.Dot:
			for i, place := range l.x {
				f(place, l.y[i])
			}
		default:
			places := slices.Concat(l.x, l.y)
			for i, x := range places {
				for _, y := range places[i:] {
					f(x, y)
				}
			}
		}
	}
}

// eachMoving calls f with the operands that a statement has a derivative in: all but
// what a choice goes by.
func (p *program) eachMoving(in *instr, f func(*int32)) {
	if in.op&kindMask == opChoose {
		c := &p.choices[in.op>>kindBits]
		f(&c[1])
		f(&c[2])
		return
	}
	p.each(in, f)
}

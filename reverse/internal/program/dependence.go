package program

import (
	"slices"

	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse/sparse"
)

// JacobianPattern returns which results depend on which inputs. Both branches of a
// choice count.
func (p *Program) JacobianPattern() *sparse.Pattern { return p.jacobian.get(p.findJacobian) }

func (p *Program) findJacobian() *sparse.Pattern {
	s := newDependence(p)
	for _, place := range p.Results {
		s.need(place)
	}
	s.forward(nil)
	var entries [][2]int
	for i, place := range p.Results {
		for _, j := range s.sets[place] {
			entries = append(entries, [2]int{i, int(j)})
		}
	}
	return sparse.NewPattern(len(p.Results), p.N, entries)
}

// HessianPattern returns which pairs of inputs meet in an operation that is not linear.
func (p *Program) HessianPattern() *sparse.Pattern { return p.hessian.get(p.findHessian) }

func (p *Program) findHessian() *sparse.Pattern {
	s := newDependence(p)
	for k := range p.Code {
		p.nonlinear(&p.Code[k], func(x, y int32) {
			s.need(x)
			s.need(y)
		})
	}
	rows := make([][]int32, p.N)
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
	return sparse.NewPattern(p.N, p.N, entries)
}

// A dependence finds which inputs the statements of a program depend on, for those of
// which that is needed.
type dependence struct {
	p      *Program
	needed []bool
	sets   [][]int32 // of places: sorted inputs, from 0
	union  []int32
}

func newDependence(p *Program) *dependence {
	s := &dependence{p: p, needed: make([]bool, p.Size()), sets: make([][]int32, p.Size())}
	all := make([]int32, p.N)
	for i := range all {
		all[i] = int32(i)
		s.sets[i+1] = all[i : i+1 : i+1]
	}
	return s
}

func (s *dependence) need(place int32) { s.needed[place] = true }

// forward computes the sets, and calls meet, unless it is nil, with those of the
// operands of every operation that is not linear in them.
func (s *dependence) forward(meet func(x, y []int32)) {
	p := s.p
	for k := len(p.Code) - 1; k >= 0; k-- {
		if s.needed[p.First+k] {
			p.each(&p.Code[k], func(place *int32) { s.need(*place) })
		}
	}
	for k := range p.Code {
		in := &p.Code[k]
		if meet != nil {
			p.nonlinear(in, func(x, y int32) { meet(s.sets[x], s.sets[y]) })
		}
		if s.needed[p.First+k] {
			s.sets[p.First+k] = s.unite(in)
		}
	}
}

// unite returns the inputs that a statement depends on. What a choice goes by does not
// count: its derivative is 0.
func (s *dependence) unite(in *Instr) []int32 {
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

// nonlinear calls f with the pairs of operands in which a second derivative of an
// operation may differ from 0.
func (p *Program) nonlinear(in *Instr, f func(x, y int32)) {
	if in.Op.Kind() != Nary {
		operands := [2]int32{in.A, in.B}
		for _, pair := range kinds[in.Op.Kind()].meets {
			f(operands[pair[0]], operands[pair[1]])
		}
		return
	}
	switch l := &p.Lists[in.Op.Index()]; l.Row.Terms {
	case rule.Singles:
	case rule.Squares:
		for _, place := range l.X {
			f(place, place)
		}
	case rule.Products:
		for i, place := range l.X {
			f(place, l.Y[i])
		}
	default:
		places := slices.Concat(l.X, l.Y)
		for i, x := range places {
			for _, y := range places[i:] {
				f(x, y)
			}
		}
	}
}

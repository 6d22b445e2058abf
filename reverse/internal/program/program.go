package program

import (
	"sync"

	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse/sparse"
)

// A Program is a recorded function. A place is where a value lies in a replay: the
// inputs at 1 to N, the statements after them, and then the constants. A Program does
// not change, and may be used from many goroutines at once.
type Program struct {
	N, First int     // inputs; the place of the first statement
	Code     []Instr // the statements
	Consts   []float64
	Results  []int32 // places

	Rows    []*rule.Func
	Rows2   []*rule.Func2
	Choices []Choice
	Lists   []List
	Guards  []Guard

	Saved Savings

	lock  sync.Mutex // of plans
	plans []*Plan

	fan      once[*Fan]
	jacobian once[*sparse.Pattern]
	hessian  once[*sparse.Pattern]
}

// An Instr is a statement and the places of its operands: of one or two as they stand,
// of others by the index in Op.
type Instr struct {
	Op   Op
	A, B int32
}

// A Choice is the places of an IfPos: A where X is positive, else B.
type Choice struct{ X, A, B int32 }

// A List is the operands of an n-ary statement.
type List struct {
	Row  *rule.FuncN
	X, Y []int32
	XVar bool // X is not all constants
	YVar bool
}

// Weighted reports whether the list is a sum with weights that are constants: its
// slopes.
func (l *List) Weighted() bool {
	return l.Row.Terms == rule.Singles || l.Row.Terms == rule.Products && !l.YVar
}

// A Guard is a comparison that must come out as it did.
type Guard struct {
	X, Y int32
	Less bool
}

// Savings is what a Builder made of a recording; see reverse.Savings.
type Savings struct {
	Recorded int
	Kept     int
	Shared   int
	Folded   int
	Dead     int
	Merged   int
}

// Size returns how many places there are.
func (p *Program) Size() int { return p.First + len(p.Code) + len(p.Consts) }

// Constant returns the place of the first constant.
func (p *Program) Constant() int { return p.First + len(p.Code) }

// Slot returns the slot of a place on a tape: 0 for constants.
func (p *Program) Slot(place int32) uint32 {
	if int(place) >= p.Constant() {
		return 0
	}
	return uint32(place)
}

// NameOf returns the name of what a statement does.
func (p *Program) NameOf(in Instr) string {
	switch k := in.Op.Index(); in.Op.Kind() {
	case Apply:
		return p.Rows[k].Name
	case Apply2:
		return p.Rows2[k].Name
	case Nary:
		return p.Lists[k].Row.Name
	}
	return kinds[in.Op.Kind()].name
}

// each calls f with every operand of a statement.
func (p *Program) each(in *Instr, f func(*int32)) {
	if in.Op.Kind() == Choose {
		f(&p.Choices[in.Op.Index()].X)
	}
	p.eachMoving(in, f)
}

// eachMoving calls f with the operands that a statement has a derivative in: all but
// what a choice goes by.
func (p *Program) eachMoving(in *Instr, f func(*int32)) {
	switch in.Op.Kind() {
	case Choose:
		c := &p.Choices[in.Op.Index()]
		f(&c.A)
		f(&c.B)
	case Nary:
		l := &p.Lists[in.Op.Index()]
		for i := range l.X {
			f(&l.X[i])
		}
		for i := range l.Y {
			f(&l.Y[i])
		}
	default:
		f(&in.A)
		if in.Op.Operands() == 2 {
			f(&in.B)
		}
	}
}

// eachResult calls f with every place that a result or a comparison has.
func (p *Program) eachResult(f func(*int32)) {
	for i := range p.Results {
		f(&p.Results[i])
	}
	for i := range p.Guards {
		f(&p.Guards[i].X)
		f(&p.Guards[i].Y)
	}
}

// once is a value that is computed when it is first asked for.
type once[T any] struct {
	sync.Once
	value T
}

func (o *once[T]) get(compute func() T) T {
	o.Do(func() { o.value = compute() })
	return o.value
}

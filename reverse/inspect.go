package reverse

import (
	"iter"
	"math"
	"unsafe"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/check"
	"github.com/quartet-ad/ad/reverse/internal/program"
)

// An Operation is one of those that a recorded function consists of, at one point.
type Operation struct {
	// Name is input, constant, add, sub, mul, div, neg, square, choose (which is
	// IfPos), nan (an IfPos of a constant that is NaN), or that of an elementary or
	// sum-like function, such as sin, hypot or dot.
	Name string

	// Operands are what the operation is applied to. Those of choose are the
	// number that decides and the two to choose from; those of dot the one list and
	// then the other.
	Operands []Operand

	// Row is that of an elementary function, an *ad.Func or *ad.Func2, in operations of a
	// recorded function; nil for others.
	Row any

	Value   float64
	Adjoint float64 // the derivative of the results, weighted, in Value

	// Results tells which results of the function the operation computes; mostly
	// none.
	Results []int
}

// An Operand is what an operation is applied to.
type Operand struct {
	Index int     // of the operation that computes it, -1 for a constant
	Value float64 // what that came to
	Slope float64 // the derivative of the operation in it, 0 for a constant
}

// Ops iterates over the operations of a recorded function with their indices, at x, as
// they are executed: first the inputs, from 0 on, then what is computed of them, and at
// last results that are constants, if there are any. Adjoints are those of the sum of
// the results, each weighted with its entry in w; no weights at all are ones.
//
//	for i, op := range f.Ops(x) {
//		fmt.Println(i, op.Name, op.Value, op.Adjoint)
//	}
//
// The operations are those that Record has made of what the function executed, on the
// path that it takes at x. They belong to the caller. Where the function cannot be
// replayed there are none; see Err.
//
// Cost: as VJP, and three allocations for every operation.
//
// Ops panics if x has not as many entries as there are inputs, and the iteration if
// there are weights, and not one for every result.
func (f *Func) Ops(x []float64, w ...float64) iter.Seq2[int, Operation] {
	check.Length("reverse.Func.Ops", "x", len(x), f.n)
	return func(yield func(int, Operation) bool) {
		r := f.at("reverse.Func.Ops", x)
		defer r.release()
		if r.p == nil {
			return
		}
		if len(w) == 0 {
			w = weights(len(r.results))
		}
		check.Length("reverse.Func.Ops", "w", len(w), len(r.results))
		r.t.pull(r.results, w)
		r.operations(yield)
	}
}

func weights(n int) []float64 {
	w := make([]float64, n)
	for i := range w {
		w[i] = 1
	}
	return w
}

// operations yields what the runner has computed and swept.
func (r *runner) operations(yield func(int, Operation) bool) {
	p := r.p
	results := make(map[int32][]int)
	for k, place := range p.Results {
		results[place] = append(results[place], k)
	}
	for place := int32(1); place < int32(p.Constant()); place++ {
		op := Operation{Name: "input", Value: r.values[place], Adjoint: r.t.adj[place], Results: results[place]}
		if k := int(place) - p.First; k >= 0 {
			op.Name, op.Row = p.NameOf(p.Code[k]), p.row(p.Code[k])
			op.Operands = r.operands(uint32(place), &p.Code[k])
		}
		if !yield(int(place)-1, op) {
			return
		}
	}
	for place := p.Constant(); place < p.Size(); place++ {
		of := results[int32(place)]
		if of != nil && !yield(place-1, Operation{Name: "constant", Value: r.values[place], Results: of}) {
			return
		}
	}
}

// row returns the row of an elementary function as a user knows it.
func (p *recording) row(in program.Instr) any {
	switch k := in.Op.Index(); in.Op.Kind() {
	case program.Apply:
		return (*ad.Func)(p.Rows[k])
	case program.Apply2:
		return (*ad.Func2)(p.Rows2[k])
	}
	return nil
}

// operands returns the operands of a statement.
func (r *runner) operands(slot uint32, in *program.Instr) []Operand {
	p := r.p
	var list []Operand
	add := func(place int32, slope float64) {
		o := Operand{-1, r.values[place], 0}
		if p.Slot(place) != 0 {
			o.Index, o.Slope = int(place)-1, slope
		}
		list = append(list, o)
	}
	addAll := func(places []int32, slopes []float64) {
		for i, place := range places {
			slope := 0.0
			if len(slopes) > 0 { // else it is a list of constants
				slope = slopes[i]
			}
			add(place, slope)
		}
	}
	rec := r.t.edgesOf(slot)
	switch k := in.Op.Index(); in.Op.Kind() {
	case program.Choose:
		var a, b float64
		c := p.Choices[k]
		switch x := r.values[c.X]; {
		case x > 0:
			a = 1
		case x <= 0:
			b = 1
		default:
			a, b = math.NaN(), math.NaN()
		}
		addAll([]int32{c.X, c.A, c.B}, []float64{0, a, b})
	case program.Nary:
		l, m := &p.Lists[k], &r.t.nary[k]
		slopes, _ := r.t.operandsOfNary(m)
		addAll(l.X, slopes[:m.nx])
		addAll(l.Y, slopes[m.nx:])
	case program.Neg, program.Apply:
		add(in.A, rec.da)
	case program.Square:
		add(in.A, rec.da+rec.db)
	default:
		add(in.A, rec.da)
		add(in.B, rec.db)
	}
	return list
}

// Size returns how many operations the latest recording has, and how many bytes it takes
// together with the tape of one replay; every goroutine that replays at the same time
// has a tape of its own. Both are 0 if the function cannot be replayed. Before the first
// point is known, they are what holds at the origin.
func (f *Func) Size() (operations, bytes int) {
	p := f.latest()
	if p == nil {
		return 0, 0
	}
	r := p.borrow()
	defer r.release()
	bytes = size(p.Code) + size(p.Consts) + size(p.Results) + size(p.Choices) + size(p.Guards) + size(p.Lists) +
		size(r.values) + size(r.t.chunks) + len(r.t.chunks)*int(unsafe.Sizeof(chunk{})) +
		size(r.t.nary) + size(r.t.operands) + size(r.t.slopes) +
		size(r.t.adj) + size(r.t.tan) + size(r.t.dadj)
	for _, l := range p.Lists {
		bytes += size(l.X) + size(l.Y)
	}
	return len(p.Code), bytes
}

// size returns how many bytes the elements of a slice take.
func size[T any](s []T) int {
	var element T
	return cap(s) * int(unsafe.Sizeof(element))
}

// latest returns the latest recording, nil if the function cannot be replayed.
func (f *Func) latest() *recording {
	f.first()
	if programs := *f.programs.Load(); len(programs) > 0 {
		return programs[0]
	}
	return nil
}

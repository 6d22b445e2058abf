package reverse

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/reverse/internal/layout"
	"github.com/quartet-ad/ad/reverse/internal/program"
)

// Map returns f of the elements of x, one of each array, for every place: an array of
// their shape, or, if f has a slice of results, of their shape and one more axis of that
// length. Arrays broadcast. f is recorded once and replayed over blocks of elements,
// forwards and back; see Record and Func.EvalBatch. If f cannot be replayed it is run
// for every place.
//
// Map records f whenever it is called. To record it only once, keep the Func:
//
//	f := reverse.Record(activation, 1)
//	y := f.Map(x)
//
// Cost: that of recording f, and some tenths of a nanosecond for every operation and
// element in either direction where there is a kernel for it. JVP and HVP go place by
// place, at the cost of Func.JVP and Func.HVP.
//
// Map panics if there are no arrays, or if their shapes do not fit.
func Map[R Var | []Var](f func([]Var) R, x ...Array) Array { return Record(f, len(x)).Map(x...) }

// MapRows returns f of the rows of x, one of each array, one after the other: f has as
// many inputs as all rows together have elements. Axes before the last broadcast; the
// result has those, and if f has a slice of results one more axis of that length. An
// array that all rows share, such as a vector, is differentiated with respect to what
// its elements do everywhere.
//
// What Map says of recording and of the cost holds here too. Operations on what all rows
// share are executed once.
//
// MapRows panics if there are no arrays, if one has no axis, or if their shapes do not
// fit.
func MapRows[R Var | []Var](f func([]Var) R, x ...Array) Array {
	n := 0
	for _, a := range x {
		n += rowLength(a)
	}
	return Record(f, n).MapRows(x...)
}

func rowLength(x Array) int {
	s := x.Shape()
	if len(s) == 0 {
		panic("reverse: MapRows of an array without an axis")
	}
	return s[len(s)-1]
}

// Map is Map of a recorded function.
//
// Map panics if there are not as many arrays as the function has inputs, or if their
// shapes do not fit.
func (f *Func) Map(x ...Array) Array {
	if len(x) != f.n || f.n == 0 {
		panic(fmt.Sprintf("reverse: Map of %d arrays by a function of %d inputs", len(x), f.n))
	}
	t := tapeOf(x...)
	if t == nil {
		point := make([]float64, len(x))
		for i, a := range x {
			point[i] = a.c
		}
		if y := f.Eval(point); len(y) == 1 {
			return Array{c: y[0]}
		}
		panic("reverse: Map of constants by a function of several results; use Tape.Const")
	}
	return f.mapOver(t, "Map", 0, x)
}

// MapRows is MapRows of a recorded function.
//
// MapRows panics if the rows do not have as many elements as the function has inputs,
// or if their shapes do not fit.
func (f *Func) MapRows(x ...Array) Array {
	n := 0
	for _, a := range x {
		n += rowLength(a)
	}
	if n != f.n || n == 0 {
		panic(fmt.Sprintf("reverse: MapRows of %d elements in a row by a function of %d inputs", n, f.n))
	}
	return f.mapOver(tapeOf(x...), "MapRows", 1, x)
}

// mapOver maps over all axes but the last ones, which are inner many.
func (f *Func) mapOver(t *tape, name string, inner int, x []Array) Array {
	outer, last := t.mapped[0][:0], t.mapped[1][:0]
	for _, a := range x {
		s := a.Shape()
		outer, last = layout.Broadcast(name, last[:0], outer, s[:len(s)-inner]), outer
	}
	shape := outer
	if !f.single {
		shape = append(shape, f.Outputs())
	}
	t.mapped = [2][]int{shape, last}
	for i, a := range x {
		s := a.Shape()
		if lead := s[:len(s)-inner]; !slices.Equal(lead, outer) && layout.Size(lead) != 1 {
			x = slices.Clone(x) // a caller's slice, perhaps
			x[i] = a.BroadcastTo(append(slices.Clone(outer), s[len(s)-inner:]...)...)
		}
	}
	out := t.newArray(shape)
	o := newNode[mapOp](t, out)
	n := t.nodes[t.nodesUsed-1]
	active := false
	for _, a := range x {
		in := a.on(t)
		n.in = append(n.in, in)
		active = active || in.active
	}
	o.label, o.rows, o.f, o.k, o.outputs = name, inner > 0, f, layout.Size(outer), out.size/max(1, layout.Size(outer))
	o.x = o.inputs(o.x, n, primal)
	o.back = false
	o.y = columns(o.y, out.data[primal], o.outputs)
	o.run()
	out.active = active // not before: if f panics, no sweep goes through the node
	return t.wrap(out)
}

// mapOp is a recorded function of elements or rows.
type mapOp struct {
	elementary
	labeled
	batch
	rows    bool
	outputs int
	v       []float64        // a direction at a point
	rates   []program.Column // of the inputs
}

// inputs returns the columns of a quantity of the operands' elements, in dst.
func (o *mapOp) inputs(dst []program.Column, n *node, q quantity) []program.Column {
	dst = dst[:0]
	for _, a := range n.in {
		length, stride := 1, 0
		if o.rows {
			length = a.shape[len(a.shape)-1]
		}
		if a.size == length*o.k {
			stride = length
		}
		for i := range length {
			c := program.Column{Stride: stride}
			if q == primal || a.active {
				c.Data = a.data[q][min(i, len(a.data[q])):]
			}
			dst = append(dst, c)
		}
	}
	return dst
}

func (o *mapOp) pull(n *node, q quantity) {
	o.x, o.dx = o.inputs(o.x, n, primal), o.inputs(o.dx, n, q)
	o.back, o.y = true, o.y[:0]
	o.w = columns(o.w, n.out.data[q], o.outputs)
	o.run()
}

// push and curve go point by point.
func (o *mapOp) push(n *node) {
	o.x, o.dx = o.inputs(o.x, n, primal), o.inputs(o.dx, n, tangent)
	dy := n.out.data[tangent]
	o.points(func(j int, r *runner) {
		o.direction(j)
		r.jvp(dy[j*o.outputs:][:o.outputs], o.v)
	})
}

// points calls f for every point with a runner that has evaluated the function there.
func (o *mapOp) points(f func(j int, r *runner)) {
	o.first, o.v = zeroed(o.first, o.f.n), zeroed(o.v, o.f.n)
	for j := range o.k {
		o.point(o.first, j)
		r := o.f.at("reverse.Func", o.first)
		f(j, r)
		r.release()
	}
}

// direction sets v to the tangents of the inputs of a point.
func (o *mapOp) direction(j int) {
	for i, c := range o.dx {
		o.v[i] = 0
		if c.Data != nil {
			o.v[i] = c.At(j)
		}
	}
}

func (o *mapOp) curve(n *node) {
	w := n.out.data[adjoint]
	o.x, o.dx, o.rates = o.inputs(o.x, n, primal), o.inputs(o.dx, n, tangent), o.inputs(o.rates, n, rate)
	o.points(func(j int, r *runner) {
		o.direction(j)
		r.copyValues()
		r.t.pullSecond(r.results, w[j*o.outputs:][:o.outputs], o.v)
		for i, c := range o.rates {
			if c.Data != nil {
				c.Data[j*c.Stride] += r.t.dadj[i+1]
			}
		}
	})
}

package reverse

import (
	"github.com/quartet-ad/ad/reverse/internal/layout"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// CumSum returns the sums of the elements up to each along an axis, which counts
// from the end if it is negative. The shape stays.
//
// Cost: a copy of x and an addition for every element, in the sweeps too.
//
// CumSum panics if the axis is out of range.
func (x Array) CumSum(axis int) Array {
	t := tapeOf(x)
	axis = layout.Axis("CumSum", axis, x.Shape())
	in := x.a
	out := t.newArray(in.shape)
	o := newNode[cumSumOp](t, out, in)
	o.n, o.inner = in.shape[axis], layout.Stride(in.shape, axis)
	copy(out.data[primal], in.data[primal])
	o.cumulate(out.data[primal])
	return t.wrap(out)
}

// cumSumOp is the sums of slices of inner elements, n along the axis.
type cumSumOp struct {
	linear
	n, inner int
	back     []float64
}

func (*cumSumOp) name() string { return "CumSum" }

// cumulate adds to every slice those before it.
func (o *cumSumOp) cumulate(z []float64) {
	block := o.n * o.inner
	for ; len(z) > 0; z = z[block:] {
		for i := o.inner; i < block; i += o.inner {
			layout.AddFew(z[i:][:o.inner], z[i-o.inner:][:o.inner])
		}
	}
}

// cumulateBack adds to every slice those after it: cumulate, transposed.
func (o *cumSumOp) cumulateBack(z []float64) {
	block := o.n * o.inner
	for ; len(z) > 0; z = z[block:] {
		for i := block - 2*o.inner; i >= 0; i -= o.inner {
			layout.AddFew(z[i:][:o.inner], z[i+o.inner:][:o.inner])
		}
	}
}

func (o *cumSumOp) push(n *node) {
	dy := n.out.data[tangent]
	copy(dy, n.in[0].data[tangent])
	o.cumulate(dy)
}

func (o *cumSumOp) pull(n *node, q quantity) {
	o.back = append(o.back[:0], n.out.data[q]...)
	o.cumulateBack(o.back)
	vector.Add(n.in[0].data[q], o.back)
}

package reverse

import (
	"math"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/internal/rule"
)

// LogSumExp returns the logarithms of the sums of the exponentials along axes,
// without those; of all elements if none are given. A negative axis counts from the
// end. Nothing overflows on the way. Slopes are the softmax.
//
// Special cases are:
//
//	LogSumExp of elements that are all -Inf, or of none, is -Inf, with slopes 0
//	an element of -Inf has slope 0, one of +Inf has slope NaN, and the others then 0
//
// JVP and HVP say the same: they are NaN where the direction moves an element of +Inf,
// and second derivatives are so in that element.
//
// LogSumExp panics if an axis is out of range or occurs twice.
func (x Array) LogSumExp(axes ...int) Array {
	t := tapeOf(x)
	if t == nil {
		return x
	}
	in, out := t.reduced("LogSumExp", x, axes)
	o := newNode[logSumExpOp](t, out, in)
	o.exponentials(in, axes)
	o.normalize(o.s)
	z := out.data[primal]
	for k := range z {
		z[k] = math.Inf(-1)
	}
	for k := range o.peaks {
		if p := &o.peaks[k]; p.rest == p.rest {
			z[k] = p.max + p.logSum()
		} else {
			z[k] = rule.LogSumExp.Value(o.Row(o.x, k), nil, o.Row(o.s, k), nil)
		}
	}
	return t.wrap(out)
}

// logSumExpOp is LogSumExp.
type logSumExpOp struct {
	elementary
	softmaxRows
}

func (*logSumExpOp) name() string { return "LogSumExp" }

func (o *logSumExpOp) push(n *node) {
	o.softmaxRows.push(n.out.data[tangent], o.s, n.in[0].data[tangent])
}

func (o *logSumExpOp) pull(n *node, q quantity) {
	o.softmaxRows.pull(n.in[0].data[q], o.s, n.out.data[q])
}

func (o *logSumExpOp) curve(n *node) {
	v := o.Of(n.in[0].data[tangent], &o.a)
	o.Add(n.in[0].data[rate], func(dst []float64) {
		for k := range o.peaks {
			switch d := n.out.data[adjoint][k]; {
			case d == 0:
			case math.IsInf(n.out.data[primal][k], 1): // without a softmax
				rule.LogSumExp.Curve(o.Row(o.s, k), nil, math.Inf(1), o.Row(v, k), nil, o.row, nil)
				kernel.Axpy(o.Row(dst, k), d, o.row)
			default:
				o.peaks[k].jacobian(o.Row(dst, k), o.Row(o.s, k), o.Row(v, k), d, o.row)
			}
		}
	})
}

package reverse

import "math"

// CumMax returns the largest of the elements up to each along an axis, which counts from the
// end if it is negative: NaN from the first NaN on. The shape stays. Slopes are those of Max: of
// k elements up to there that are equally large each has 1/k; where the result is NaN, all slopes
// are. For the smallest take x.Neg().CumMax(axis).Neg().
//
// Cost: two comparisons for every element, and the memory of x for the ties.
//
// CumMax panics if the axis is out of range.
func (x Array) CumMax(axis int) Array {
	t := tapeOf(x)
	var s scan
	s.along("CumMax", axis, x.Shape())
	in := x.a
	out := t.newArray(in.shape)
	o := newNode[cumMaxOp](t, out, in)
	o.scan = s
	o.ties = zeroed(o.ties, in.size)
	x0, y := in.data[primal], out.data[primal]
	s.each(in.size, func(first int) {
		largest, ties := math.Inf(-1), 0.0
		for at := first; at < first+s.n*s.inner; at += s.inner {
			switch v := x0[at]; {
			case v > largest, v != v && largest == largest:
				largest, ties = v, 1
			case v == largest:
				ties++
			}
			y[at], o.ties[at] = largest, ties
		}
	})
	return t.wrap(out)
}

// cumMaxOp is the largest up to each element of lines.
type cumMaxOp struct {
	linear
	scan
	ties []float64 // how many share each result
}

func (*cumMaxOp) name() string { return "CumMax" }

func (o *cumMaxOp) push(n *node) {
	x, y := n.in[0].data[primal], n.out.data[primal]
	dx, dy := n.in[0].data[tangent], n.out.data[tangent]
	o.each(n.out.size, func(first int) {
		sum, any, largest := 0.0, false, math.Inf(-1)
		for at := first; at < first+o.n*o.inner; at += o.inner {
			if y[at] > largest {
				sum, largest = 0, y[at]
			}
			if x[at] == y[at] && dx[at] != 0 {
				sum += dx[at]
			}
			any = any || dx[at] != 0
			switch {
			case y[at] == y[at]:
				dy[at] = sum / o.ties[at]
			case any:
				dy[at] = math.NaN()
			default:
				dy[at] = 0
			}
		}
	})
}

// pull collects, from the end on, what the results that are equally large give.
func (o *cumMaxOp) pull(n *node, q quantity) {
	x, y := n.in[0].data[primal], n.out.data[primal]
	dx, dy := n.in[0].data[q], n.out.data[q]
	o.each(n.out.size, func(first int) {
		sum, lost, largest := 0.0, false, math.NaN()
		for at := first + (o.n-1)*o.inner; at >= first; at -= o.inner {
			if y[at] != largest {
				sum, largest = 0, y[at]
			}
			switch {
			case dy[at] == 0:
			case y[at] == y[at]:
				sum += dy[at] / o.ties[at]
			default:
				lost = true
			}
			if x[at] == y[at] {
				dx[at] += sum
			}
			if lost {
				dx[at] = math.NaN()
			}
		}
	})
}

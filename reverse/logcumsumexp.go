package reverse

import (
	"math"
	"slices"
)

// LogCumSumExp returns the logarithms of the sums of the exponentials of the elements up to each
// along an axis, which counts from the end if it is negative. The shape stays. Nothing overflows
// on the way. Slopes are the softmax of the elements up to there.
//
// Special cases are those of LogSumExp:
//
//	LogCumSumExp up to where all elements are -Inf is -Inf, with slopes 0
//	an element of -Inf has slope 0
//	from an element of +Inf on it is +Inf; that element has slope NaN, and the others then 0
//	from a NaN on it is NaN, with slopes NaN
//
// Cost: an exponential for every element, some multiplications in the sweeps, and twice the memory
// of x for the slopes.
//
// LogCumSumExp panics if the axis is out of range.
func (x Array) LogCumSumExp(axis int) Array {
	t := tapeOf(x)
	var s scan
	s.along("LogCumSumExp", axis, x.Shape())
	in := x.a
	out := t.newArray(in.shape)
	o := newNode[logCumSumExpOp](t, out, in)
	o.scan = s
	o.last = slices.Grow(o.last[:0], in.size)[:in.size]
	o.before = slices.Grow(o.before[:0], in.size)[:in.size]
	s.each(in.size, func(first int) { o.line(out.data[primal], in.data[primal], first) })
	return t.wrap(out)
}

// logCumSumExpOp is the log-sum-exp up to each element of lines. The sum up to an element is that
// element and the sum before it, which have shares that add up to 1.
type logCumSumExpOp struct {
	elementary
	scan
	last, before []float64 // the share of each element, and of those before it
}

func (*logCumSumExpOp) name() string { return "LogCumSumExp" }

// line sets results and shares of a line. The largest element so far is taken as its exponent, and
// the rest as a sum of exponentials: a share that is close to 0 or to 1 loses no digits.
func (o *logCumSumExpOp) line(y, x []float64, first int) {
	largest, rest := math.Inf(-1), 0.0
	for at := first; at < first+o.n*o.inner; at += o.inner {
		v := x[at]
		o.last[at], o.before[at] = 0, 0
		switch {
		case v != v || largest != largest:
			largest = math.NaN()
		case math.IsInf(v, 1) || math.IsInf(largest, 1):
			largest = math.Inf(1)
		case math.IsInf(v, -1):
			if !math.IsInf(largest, -1) {
				o.before[at] = 1
			}
		case v > largest:
			rest = (1 + rest) * math.Exp(largest-v)
			largest = v
			o.last[at], o.before[at] = 1/(1+rest), rest/(1+rest)
		default:
			e, sum := math.Exp(v-largest), 1+rest
			rest += e
			o.last[at], o.before[at] = e/(sum+e), sum/(sum+e)
		}
		y[at] = largest
		if largest-largest == 0 {
			y[at] += math.Log1p(rest)
		}
	}
}

func (o *logCumSumExpOp) push(n *node) {
	x, y := n.in[0].data[primal], n.out.data[primal]
	dx, dy := n.in[0].data[tangent], n.out.data[tangent]
	o.each(n.out.size, func(first int) {
		d, infinite, any := 0.0, false, false
		for at := first; at < first+o.n*o.inner; at += o.inner {
			any = any || dx[at] != 0
			infinite = infinite || dx[at] != 0 && math.IsInf(x[at], 1)
			d = share(o.before[at], d) + share(o.last[at], dx[at])
			dy[at] = d
			if y[at] != y[at] && any || math.IsInf(y[at], 1) && infinite {
				dy[at] = math.NaN()
			}
		}
	})
}

// share returns a part p of v: 0 of nothing.
func share(p, v float64) float64 {
	if p == 0 || v == 0 {
		return 0
	}
	return p * v
}

// pull: an element gets its share of the adjoint of the sum up to it, and the sum before the rest.
func (o *logCumSumExpOp) pull(n *node, q quantity) {
	x, y := n.in[0].data[primal], n.out.data[primal]
	dx, dy := n.in[0].data[q], n.out.data[q]
	o.each(n.out.size, func(first int) {
		d, infinite, lost := 0.0, false, false
		for at := first + (o.n-1)*o.inner; at >= first; at -= o.inner {
			infinite = infinite || dy[at] != 0 && math.IsInf(y[at], 1)
			lost = lost || dy[at] != 0 && y[at] != y[at]
			if y[at]-y[at] == 0 {
				d += dy[at]
			}
			dx[at] += share(o.last[at], d)
			d = share(o.before[at], d)
			if lost || infinite && math.IsInf(x[at], 1) {
				dx[at] = math.NaN()
			}
		}
	})
}

// curve: the share of an element changes by last·before·(ẋ - ẏ of the sum before it), and that of
// the others by as much the other way.
func (o *logCumSumExpOp) curve(n *node) {
	x, y, dy := n.in[0].data[primal], n.out.data[primal], n.out.data[adjoint]
	vx, vy, rates := n.in[0].data[tangent], n.out.data[tangent], n.in[0].data[rate]
	o.each(n.out.size, func(first int) {
		d, c, infinite, lost := 0.0, 0.0, false, false
		for at := first + (o.n-1)*o.inner; at >= first; at -= o.inner {
			infinite = infinite || dy[at] != 0 && math.IsInf(y[at], 1)
			lost = lost || dy[at] != 0 && y[at] != y[at]
			if y[at]-y[at] == 0 {
				d += dy[at]
			}
			turn := 0.0
			if o.last[at] != 0 && o.before[at] != 0 {
				turn = o.last[at] * o.before[at] * (vx[at] - vy[at-o.inner])
			}
			rates[at] += share(turn, d) + share(o.last[at], c)
			c = share(o.before[at], c) - share(turn, d)
			d = share(o.before[at], d)
			if lost || infinite && math.IsInf(x[at], 1) && vx[at] != 0 {
				rates[at] = math.NaN()
			}
		}
	})
}

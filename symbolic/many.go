package symbolic

import (
	"math"
	"strconv"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// many returns a function of many numbers, k but for its operands.
func many(k key, x []Expr) Expr {
	var chain *node
	for i := len(x) - 1; i >= 0; i-- {
		chain = intern(key{kind: link, args: [3]*node{x[i].node(), chain}})
	}
	k.args[0] = chain
	return build(k)
}

// softmaxEntry returns the entry i of the softmax of x, which is the slope of
// log-sum-exp in x[i]. It is 0 where x is all -Inf, as that slope is.
func softmaxEntry(x []Expr, i int) Expr { return many(key{kind: softmax, bits: uint64(i)}, x) }

func softmaxName(entry uint64) string { return "softmax_" + strconv.FormatUint(entry+1, 10) }

// links returns the operands that a function of many numbers has, nil for another.
func (k *key) links() []*node {
	if k.kind != logSumExp && k.kind != softmax {
		return nil
	}
	var list []*node
	for l := k.args[0]; l != nil; l = l.args[1] {
		list = append(list, l.args[0])
	}
	return list
}

func (n *node) many() []Expr {
	x := make([]Expr, len(n.list))
	for i, a := range n.list {
		x[i] = wrap(a)
	}
	return x
}

// slopeOfMany returns the derivative of a function of many numbers in its operand k:
// of log-sum-exp the softmax, and of an entry s[i] of that s[i]·(1-s[i]) or -s[i]·s[k].
// What s[i] lacks to 1 is the sum of the others, so that it does not cancel.
func (n *node) slopeOfMany(k int) Expr {
	x := n.many()
	s := softmaxEntry(x, k)
	switch i := int(n.bits); {
	case n.kind == logSumExp:
		return s
	case i != k:
		return wrap(n).Mul(s).Neg()
	}
	rest := make([]Expr, 0, len(x))
	for j := range x {
		if j != k {
			rest = append(rest, softmaxEntry(x, j))
		}
	}
	return s.Mul(ad.Sum(rest))
}

func pick[T any](v []T, at []int32) []T {
	x := make([]T, len(at))
	for i, k := range at {
		x[i] = v[k]
	}
	return x
}

// softmaxes evaluates entries of softmaxes. Those of one list share its exponentials.
type softmaxes[T ad.Scalar[T]] map[*node]*shifted[T]

// shifted are the exponentials of a list less its largest entry, and their sums.
type shifted[T any] struct {
	largest, sum  T
	parts         []T
	before, after []T // sums of the parts before and after each
}

var (
	opPivot    = ad.NewOp2(rule.Pivot)
	opExpDiff  = ad.NewOp2(rule.ExpDiff)
	opFraction = ad.NewOp2(rule.Fraction)
)

func (all *softmaxes[T]) entry(s step, x []T) T {
	if *all == nil {
		*all = make(softmaxes[T])
	}
	e, ok := (*all)[s.args[0]]
	if !ok {
		e = shift(x)
		(*all)[s.args[0]] = e
	}
	var zero T
	i := int(s.bits)
	entry := e.parts[i].Apply2(opFraction, e.before[i].Add(e.after[i]))
	entry = e.sum.IfPos(entry, zero) // 0 for an empty sum
	huge := zero.Const(math.MaxFloat64)
	infinite := x[i].Sub(huge).IfPos(zero.Const(math.NaN()), zero)
	return e.largest.Sub(huge).IfPos(infinite, entry)
}

func shift[T ad.Scalar[T]](x []T) *shifted[T] {
	var zero T
	e := &shifted[T]{largest: zero.Const(math.Inf(-1))}
	for _, v := range x {
		e.largest = e.largest.Apply2(opPivot, v)
	}
	n := len(x)
	e.parts, e.before, e.after = make([]T, n), make([]T, n), make([]T, n)
	for i, v := range x {
		e.parts[i] = v.Apply2(opExpDiff, e.largest)
		if i > 0 {
			e.before[i] = e.before[i-1].Add(e.parts[i-1])
		}
	}
	for i := n - 2; i >= 0; i-- {
		e.after[i] = e.after[i+1].Add(e.parts[i+1])
	}
	e.sum = e.parts[0].Add(e.after[0])
	return e
}

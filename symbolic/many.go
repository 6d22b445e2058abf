package symbolic

import (
	"math"
	"strconv"
	"strings"

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

// softmaxSlope returns the derivative of the entry i by x[k]: s[i]·(1-s[i]) or
// -s[i]·s[k]. It is 0 where an operand is +Inf and the entries NaN.
func softmaxSlope(x []Expr, i, k int) Expr {
	return many(key{kind: softmaxRate, bits: uint64(i) | uint64(k)<<32}, x)
}

// entries returns the entry, and the operand that a slope of it is by.
func (k *key) entries() (i, by int) { return int(k.bits & (1<<32 - 1)), int(k.bits >> 32) }

// nameOfMany returns the name of a function of many numbers: softmax_2, or softmax_2_1 for
// the slope of that entry by the first operand.
func (n *node) nameOfMany() string {
	i, by := n.entries()
	first, second := "_"+strconv.Itoa(i+1), "_"+strconv.Itoa(by+1)
	switch n.kind {
	case logSumExp:
		return "logsumexp"
	case softmax:
		return "softmax" + first
	case softmaxRate:
		return "softmax" + first + second
	case norm:
		return "norm2"
	case normSlope:
		return "norm2" + first
	}
	return "norm2" + first + second
}

// entryFunction returns the function of that name: an entry of the softmax of its
// arguments, or of the unit vector in their direction, or a slope of one.
func entryFunction(name string) (function, bool) {
	entry, slope := softmaxEntry, softmaxSlope
	digits, ok := strings.CutPrefix(name, "softmax_")
	if !ok {
		entry, slope = unitEntry, unitSlope
		digits, ok = strings.CutPrefix(name, "norm2_")
	}
	first, second, two := strings.Cut(digits, "_")
	i, okI := index(first)
	if !ok || !okI {
		return function{}, false
	}
	if !two {
		return function{i, -1, 2, func(a []Expr) (Expr, string) { return entry(a, i-1), "" }}, true
	}
	k, ok := index(second)
	return function{max(i, k), -1, 2, func(a []Expr) (Expr, string) { return slope(a, i-1, k-1), "" }}, ok
}

// index returns the number of an operand, from 1.
func index(digits string) (int, bool) {
	i, err := strconv.Atoi(digits)
	return i, err == nil && 1 <= i && i <= maxText && digits == strconv.Itoa(i)
}

// links returns the operands that a function of many numbers has, nil for another.
func (k *key) links() []*node {
	if !k.kind.isMany() {
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
// of log-sum-exp the softmax s. What s[i] lacks to 1 is the sum of the others, so that
// it does not cancel.
func (n *node) slopeOfMany(k int) Expr {
	x := n.many()
	i, by := n.entries()
	switch {
	case n.kind == logSumExp:
		return softmaxEntry(x, k)
	case n.kind == softmax:
		return softmaxSlope(x, i, k)
	case n.kind == norm:
		return unitEntry(x, k)
	case n.kind == normSlope:
		return unitSlope(x, i, k)
	case n.kind == normCurve:
		return unitCurve(x, i, by, k)
	case i == by:
		return softmaxSlope(x, i, k).Mul(others(x, i).Sub(softmaxEntry(x, i)))
	}
	return softmaxSlope(x, i, k).Mul(softmaxEntry(x, by)).Add(softmaxEntry(x, i).Mul(softmaxSlope(x, by, k))).Neg()
}

// others returns the sum of the entries but i of the softmax of x.
func others(x []Expr, i int) Expr {
	var rest []Expr
	for j := range x {
		if j != i {
			rest = append(rest, softmaxEntry(x, j))
		}
	}
	return ad.Sum(rest)
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
type shifted[T ad.Scalar[T]] struct {
	x             []T
	largest, sum  T
	parts         []T
	before, after []T // sums of the parts before and after each
}

var (
	opPivot    = ad.NewOp2((*ad.Func2)(rule.Pivot))
	opExpDiff  = ad.NewOp2((*ad.Func2)(rule.ExpDiff))
	opFraction = ad.NewOp2((*ad.Func2)(rule.Fraction))
)

// value returns the value of an entry or of a slope. On expressions it is a node again.
func (all *softmaxes[T]) value(s step, x []T) T {
	if x, ok := any(x).([]Expr); ok {
		return any(many(key{kind: s.kind, bits: s.bits}, x)).(T)
	}
	if s.kind == softmax {
		return all.of(s, x).entry(int(s.bits))
	}
	return all.of(s, x).rate(s.entries())
}

func (all *softmaxes[T]) of(s step, x []T) *shifted[T] {
	if *all == nil {
		*all = make(softmaxes[T])
	}
	e, ok := (*all)[s.args[0]]
	if !ok {
		e = shift(x)
		(*all)[s.args[0]] = e
	}
	return e
}

// entry returns an entry of the softmax: 0 for an empty sum.
func (e *shifted[T]) entry(i int) T {
	var zero T
	part := e.sum.IfPos(e.parts[i].Apply2(opFraction, e.before[i].Add(e.after[i])), zero)
	return e.unless(e.infinite(i), part)
}

// rate returns the slope of the entry i by the operand k.
func (e *shifted[T]) rate(i, k int) T {
	var zero T
	if i != k {
		return e.unless(zero, e.entry(i).Mul(e.entry(k)).Neg())
	}
	rest := e.sum.IfPos(e.before[i].Add(e.after[i]).Apply2(opFraction, e.parts[i]), zero)
	return e.unless(e.infinite(i), e.entry(i).Mul(rest))
}

// unless returns usual, but other where an operand is +Inf.
func (e *shifted[T]) unless(other, usual T) T {
	return e.largest.Sub(usual.Const(math.MaxFloat64)).IfPos(other, usual)
}

// infinite returns NaN where the operand i is +Inf and 0 elsewhere.
func (e *shifted[T]) infinite(i int) T {
	var zero T
	return e.x[i].Sub(zero.Const(math.MaxFloat64)).IfPos(zero.Const(math.NaN()), zero)
}

func shift[T ad.Scalar[T]](x []T) *shifted[T] {
	var zero T
	e := &shifted[T]{x: x, largest: zero.Const(math.Inf(-1))}
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

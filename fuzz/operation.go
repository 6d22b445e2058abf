package fuzz

import "github.com/quartet-ad/ad"

// A kind says what a statement does, and which fields of its operation count.
type kind int

const (
	constant kind = iota
	add
	sub
	mul
	div
	neg
	ifPos
	apply
	apply2
	applyWith // a parameter, which is a constant
	applyN
	loop
)

// An operation is what a statement of a program may do.
type operation struct {
	kind   kind
	weight int // of the 256 values of a byte, how many stand for it
	one    ad.Op
	two    ad.Op2
	many   ad.OpN
}

// operations lists everything that a program may do: arithmetic, branches and
// loops, and every operation that package ad has a name for. What keeps values
// moderate is more likely than what soon makes them infinite or NaN. The order is
// what bytes mean: a change of it changes what a corpus says.
var operations = func() []operation {
	list := []operation{
		{kind: add, weight: 28}, {kind: mul, weight: 31}, {kind: sub, weight: 22}, {kind: div, weight: 12},
		{kind: constant, weight: 20}, {kind: neg, weight: 5}, {kind: ifPos, weight: 10}, {kind: loop, weight: 8},
	}
	for _, op := range []ad.Op{ad.OpSin, ad.OpCos, ad.OpTanh, ad.OpExp, ad.OpSquare, ad.OpSigmoid, ad.OpAtan, ad.OpSoftsign} {
		list = append(list, operation{kind: apply, weight: 3, one: op})
	}
	for _, op := range []ad.Op2{ad.OpHypot, ad.OpPow, ad.OpAtan2, ad.OpLogAddExp, ad.OpMax, ad.OpMin, ad.OpXLogY} {
		list = append(list, operation{kind: apply2, weight: 3, two: op})
	}
	for _, op := range []ad.OpN{ad.OpSum, ad.OpDot, ad.OpSumSq, ad.OpNorm2, ad.OpLogSumExp} {
		list = append(list, operation{kind: applyN, weight: 5, many: op})
	}
	for _, op := range []ad.Op{
		ad.OpSqrt, ad.OpLog, ad.OpCube, ad.OpReciprocal, ad.OpRsqrt, ad.OpCbrt, ad.OpExp2, ad.OpExpm1, ad.OpLog2,
		ad.OpLog10, ad.OpLog1p, ad.OpTan, ad.OpAsin, ad.OpAcos, ad.OpSinh, ad.OpCosh, ad.OpAsinh, ad.OpAcosh,
		ad.OpAtanh, ad.OpErf, ad.OpErfc, ad.OpGamma, ad.OpLgamma, ad.OpDigamma, ad.OpLogSigmoid, ad.OpSiLU,
		ad.OpGELU, ad.OpGELUTanh, ad.OpMish, ad.OpTanhShrink, ad.OpAbs, ad.OpReLU, ad.OpReLU6, ad.OpSELU,
		ad.OpHardSigmoid, ad.OpHardSwish, ad.OpSign, ad.OpFloor, ad.OpCeil, ad.OpTrunc, ad.OpRound, ad.OpRoundToEven,
	} {
		list = append(list, operation{kind: apply, weight: 1, one: op})
	}
	for _, op := range []ad.Op2{ad.OpCopysign, ad.OpMod, ad.OpLeakyReLU} {
		list = append(list, operation{kind: apply2, weight: 1, two: op})
	}
	for _, op := range []ad.Op2{ad.OpSoftplus, ad.OpELU, ad.OpCELU, ad.OpHardShrink, ad.OpSoftShrink} {
		list = append(list, operation{kind: applyWith, weight: 1, two: op})
	}
	return list
}()

// byByte tells which operation a byte stands for, firstByte the least byte that
// stands for an operation.
var byByte, firstByte = func() (byByte [256]int, firstByte []byte) {
	next := 0
	for i, op := range operations {
		firstByte = append(firstByte, byte(next))
		for range op.weight {
			byByte[next] = i
			next++
		}
	}
	if next != len(byByte) {
		panic("fuzz: the weights of the operations do not add up to 256")
	}
	return byByte, firstByte
}()

// operands returns how many operands an operation has; one of many has a list of
// them, or two lists of the same length.
func (o operation) operands() (n int, list bool) {
	switch o.kind {
	case constant:
		return 0, false
	case neg, apply, applyWith, loop:
		return 1, false
	case ifPos:
		return 3, false
	case applyN:
		if o.many == ad.OpDot {
			return 2, true
		}
		return 1, true
	}
	return 2, false
}

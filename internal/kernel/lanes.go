package kernel

import (
	"fmt"
	"unsafe"
)

// Lanes is how many numbers a row has that RunLanes works on.
const Lanes = 64

// A LaneOp makes row Dst of others, lane by lane. Every product, quotient and sum is rounded,
// on every processor.
type LaneOp struct{ Kind, Dst, A, X, C, Y int32 }

// Kinds of a LaneOp.
const (
	LanePair       = iota // A·X + C·Y
	LaneProduct           // A·X
	LaneSum               // A + X
	LaneDifference        // A - X
	LaneQuotient          // A / X
)

// RunLanes follows the operations on rows of [Lanes] numbers each, which lie in rows one after
// the other. It panics if a row is not there.
func RunLanes(rows []float64, ops []LaneOp) {
	if len(ops) == 0 {
		return
	}
	if n := use.lanes(len(ops), unsafe.SliceData(rows), len(rows)/Lanes, &ops[0].Kind); n < len(ops) {
		panic(fmt.Sprintf("kernel.RunLanes: operation %d is %+v, of %d rows", n, ops[n], len(rows)/Lanes))
	}
}

// lanesGo is the portable loop.
func lanesGo(n int, rows *float64, count int, ops *int32) int {
	all := slice(rows, count*Lanes)
	row := func(k int32) *[Lanes]float64 { return (*[Lanes]float64)(all[int(k)*Lanes:]) }
	for i, op := range unsafe.Slice((*LaneOp)(unsafe.Pointer(ops)), n) {
		for _, k := range [...]int32{op.Dst, op.A, op.X, op.C, op.Y} {
			if uint(k) >= uint(count) {
				return i
			}
		}
		dst, a, x := row(op.Dst), row(op.A), row(op.X)
		switch op.Kind {
		case LanePair:
			c, y := row(op.C), row(op.Y)
			for j := range dst {
				dst[j] = float64(a[j]*x[j]) + float64(c[j]*y[j])
			}
		case LaneProduct:
			for j := range dst {
				dst[j] = a[j] * x[j]
			}
		case LaneSum:
			for j := range dst {
				dst[j] = a[j] + x[j]
			}
		case LaneDifference:
			for j := range dst {
				dst[j] = a[j] - x[j]
			}
		case LaneQuotient:
			for j := range dst {
				dst[j] = a[j] / x[j]
			}
		}
	}
	return n
}

package nn

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse"
)

// XYXYToXYWH returns boxes x1, y1, x2, y2 as x1, y1, width, height. Arguments and results of this
// and the other conversions have the shape […, 4].
//
// Cost: linear in the number of boxes.
//
// XYXYToXYWH panics if the last axis is not of length 4.
func XYXYToXYWH(b reverse.Array) reverse.Array {
	low, high := halves("XYXYToXYWH", b)
	return reverse.Concat(-1, low, high.Sub(low))
}

// XYWHToXYXY returns boxes x1, y1, width, height as x1, y1, x2, y2, of shape […, 4].
//
// Cost: linear in the number of boxes.
//
// XYWHToXYXY panics if the last axis is not of length 4.
func XYWHToXYXY(b reverse.Array) reverse.Array {
	low, sides := halves("XYWHToXYXY", b)
	return reverse.Concat(-1, low, low.Add(sides))
}

// XYXYToCXCYWH returns boxes x1, y1, x2, y2 as the coordinates of their centers, width and height,
// of shape […, 4].
//
// Cost: linear in the number of boxes.
//
// XYXYToCXCYWH panics if the last axis is not of length 4.
func XYXYToCXCYWH(b reverse.Array) reverse.Array {
	low, high := halves("XYXYToCXCYWH", b)
	return reverse.Concat(-1, low.Add(high).Scale(0.5), high.Sub(low))
}

// CXCYWHToXYXY returns boxes that are given by the coordinates of their centers, width and height
// as x1, y1, x2, y2, of shape […, 4].
//
// Cost: linear in the number of boxes.
//
// CXCYWHToXYXY panics if the last axis is not of length 4.
func CXCYWHToXYXY(b reverse.Array) reverse.Array {
	center, sides := halves("CXCYWHToXYXY", b)
	half := sides.Scale(0.5)
	return reverse.Concat(-1, center.Sub(half), center.Add(half))
}

// halves returns the first and the last two coordinates of boxes.
func halves(name string, b reverse.Array) (first, second reverse.Array) {
	checkBoxes(name, b)
	return along(b, 0, 2), along(b, 2, 4)
}

// checkBoxes panics unless the last axis is of length 4.
func checkBoxes(name string, b reverse.Array) {
	if rank := b.Rank(); rank == 0 || b.Shape()[rank-1] != 4 {
		panic(fmt.Sprintf("nn: %s of boxes of shape %v, whose last axis is not of length 4", name, b.Shape()))
	}
}

// along returns the elements from start to before stop of the last axis.
func along(b reverse.Array, start, stop int) reverse.Array {
	var ranges [16]reverse.Range
	rank := b.Rank()
	ranges[rank-1] = reverse.Range{Start: start, Stop: stop}
	return b.Slice(ranges[:rank]...)
}

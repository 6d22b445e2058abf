package layout

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
)

// most is how many elements an array may have: half a terabyte of them. What is larger
// is a mistake, or overflows.
const most = min(1<<36, uint64(math.MaxInt)/8)

// Size returns the number of elements of a shape. It panics if a length is negative,
// or if the product of those that are not 0 is more than an array may have.
func Size(shape []int) int {
	n, product := 1, uint64(1)
	for _, d := range shape {
		if d < 0 {
			panic(fmt.Sprintf("reverse: a negative length in the shape %v", slices.Clone(shape)))
		}
		high, low := bits.Mul64(product, uint64(max(d, 1)))
		if high != 0 || low > most {
			panic(fmt.Sprintf("reverse: too many elements in the shape %v", slices.Clone(shape)))
		}
		n, product = n*d, low
	}
	return n
}

// Stride returns how far apart neighbors along an axis are.
func Stride(shape []int, axis int) int { return Size(shape[axis+1:]) }

// Axis returns the place of an axis, which counts from the end if it is negative.
func Axis(name string, axis int, shape []int) int {
	i := axis
	if i < 0 {
		i += len(shape)
	}
	if i < 0 || i >= len(shape) {
		panic(fmt.Sprintf("reverse: %s along axis %d of shape %v", name, axis, slices.Clone(shape)))
	}
	return i
}

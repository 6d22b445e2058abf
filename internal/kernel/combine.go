package kernel

import (
	"fmt"
	"unsafe"
)

// A Term says what a row is: A·x + C·y of the rows X and Y before it, or x/A if Y is
// negative.
type Term struct {
	A, C float64
	X, Y int32
}

// Combine makes rows of rows before them, one for each term, from row number first on. All
// rows lie in rows one after the other; they are of width numbers each, 8, 16, 32 or 64. Every
// product, quotient and sum is rounded, on every processor. It panics if there is no room,
// or if a row of a term does not stand before it.
func Combine(rows []float64, width, first int, terms []Term) {
	k := 0
	for ; k < len(combineWidths) && combineWidths[k] != width; k++ {
	}
	if k == len(combineWidths) || first < 0 || (first+len(terms))*width > len(rows) {
		panic(fmt.Sprintf("kernel.Combine: %d rows of width %d from %d on, in %d numbers", len(terms), width, first, len(rows)))
	}
	if len(terms) == 0 {
		return
	}
	if n := use.combine[k](len(terms), &rows[0], first, &terms[0].A); n < len(terms) {
		panic(fmt.Sprintf("kernel.Combine: row %d is made of rows %d and %d", first+n, terms[n].X, terms[n].Y))
	}
}

var combineWidths = [4]int{8, 16, 32, 64}

type combination func(n int, rows *float64, first int, terms *float64) (done int)

// combineGo returns the portable loop for rows of a width.
func combineGo(width int) combination {
	return func(n int, rows *float64, first int, terms *float64) int {
		all := slice(rows, (first+n)*width)
		for i, t := range unsafe.Slice((*Term)(unsafe.Pointer(terms)), n) {
			k := first + i
			if uint(t.X) >= uint(k) || t.Y >= 0 && int(t.Y) >= k {
				return i
			}
			dst, x := all[k*width:][:width], all[int(t.X)*width:][:width]
			if t.Y < 0 {
				for j := range dst {
					dst[j] = x[j] / t.A
				}
				continue
			}
			y := all[int(t.Y)*width:][:width]
			for j := range dst {
				dst[j] = float64(t.A*x[j]) + float64(t.C*y[j])
			}
		}
		return n
	}
}

package vision

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/nn/metric"
)

// Level says where the cells of a feature map lie: Height rows of Width cells, each a square of
// Stride pixels.
type Level struct{ Stride, Height, Width int }

// Grid is the cells of several levels, the finest first: they are numbered level by level and row
// by row.
type Grid []Level

const (
	reach = 1.5 // strides from the center of an object to the cells that answer for it
	span  = 4   // strides along the longer side of the largest object of a level
)

// Cells returns the number of cells.
func (g Grid) Cells() int {
	n := 0
	for _, l := range g {
		n += l.Height * l.Width
	}
	return n
}

// Centres returns the centers of all cells, x and y of one after the other, in pixels.
func (g Grid) Centres() []float64 {
	centers := make([]float64, 0, 2*g.Cells())
	for _, l := range g {
		for i := range l.Height {
			for j := range l.Width {
				centers = append(centers, l.center(j), l.center(i))
			}
		}
	}
	return centers
}

func (l Level) center(i int) float64 { return (float64(i) + 0.5) * float64(l.Stride) }

// Assign returns for every cell the index of the object that it answers for, or -1 for none, as
// FCOS does with sampling at centers (Tian et al., arXiv:2006.09214, section 2.1):
//
//   - An object belongs to the finest level of which 4 strides are at least its longer side, or else to the
//     last.
//   - On that level those cells answer for it whose centers lie in its box and no further than 1.5 strides
//     from its center, along either axis. If that is no row of cells, it is the row that its center is in, and
//     so with columns. An object whose center is not in the image is taken by cells at the edge.
//   - Of several objects a cell answers for that of the smallest area, and of equal ones for the first.
//
// An object is left without a cell only if smaller ones take all of its.
//
// Cost: a few cells for every object.
//
// Assign panics if a box is empty, infinite or NaN, or if there are boxes but no cells.
func (g Grid) Assign(boxes []metric.Box) []int {
	object := make([]int, g.Cells())
	for c := range object {
		object[c] = -1
	}
	if len(object) == 0 && len(boxes) > 0 {
		panic(fmt.Sprintf("vision: Assign of %d boxes to no cells", len(boxes)))
	}
	for k, b := range boxes {
		if what := fault(b); what != "" {
			panic(fmt.Sprintf("vision: Assign of box %d, %v, which %s", k, b, what))
		}
		l, first := g.level(max(b.X2-b.X1, b.Y2-b.Y1))
		top, bottom := l.cells(b.Y1, b.Y2, l.Height)
		left, right := l.cells(b.X1, b.X2, l.Width)
		for i := top; i <= bottom; i++ {
			for j := left; j <= right; j++ {
				c := &object[first+i*l.Width+j]
				if *c < 0 || smaller(b, boxes[*c]) {
					*c = k
				}
			}
		}
	}
	return object
}

// fault says what is wrong with the box of an object, and nothing if it is right.
func fault(b metric.Box) string {
	for _, x := range [...]float64{b.X1, b.Y1, b.X2, b.Y2} {
		if x != x || math.IsInf(x, 0) {
			return "is not finite"
		}
	}
	switch {
	case b.X1 >= b.X2:
		return fmt.Sprintf("is empty: X1 %v is not below X2 %v", b.X1, b.X2)
	case b.Y1 >= b.Y2:
		return fmt.Sprintf("is empty: Y1 %v is not below Y2 %v", b.Y1, b.Y2)
	}
	return ""
}

// smaller reports whether the area of a is less than that of b, without either, which may
// overflow or underflow.
func smaller(a, b metric.Box) bool {
	return (a.X2/2-a.X1/2)/(b.X2/2-b.X1/2) < (b.Y2/2-b.Y1/2)/(a.Y2/2-a.Y1/2)
}

// level returns the level for objects of a size, and the number of its first cell.
func (g Grid) level(size float64) (l Level, first int) {
	for i, l := range g {
		if i == len(g)-1 || size <= span*float64(l.Stride) {
			return l, first
		}
		first += l.Height * l.Width
	}
	panic("unreachable")
}

// cells returns the first and the last of n rows or columns that answer for an object from lo to
// hi.
func (l Level) cells(lo, hi float64, n int) (first, last int) {
	stride, middle := float64(l.Stride), lo+(hi-lo)/2
	at := func(x float64) int { return int(min(max(x, 0), float64(n-1))) }
	first = at(math.Ceil(max(lo, middle-reach*stride)/stride - 0.5))
	last = at(math.Floor(min(hi, middle+reach*stride)/stride - 0.5))
	if first > last {
		home := at(math.Floor(middle / stride))
		return home, home
	}
	return first, last
}

package metric

import "math"

// Box is the rectangle between two corners. It is empty if X2 <= X1 or Y2 <= Y1.
type Box struct{ X1, Y1, X2, Y2 float64 }

// Area returns the area of b, 0 if b is empty.
//
// Cost: O(1).
func (b Box) Area() float64 {
	if b.X2 <= b.X1 || b.Y2 <= b.Y1 {
		return 0
	}
	return (b.X2 - b.X1) * (b.Y2 - b.Y1)
}

// IoU returns the area of the intersection of a and b over that of their union,
// from 0 to 1; 0 if both are empty, and NaN if a corner is NaN or a box
// infinite. Areas that overflow or underflow do no harm.
//
// Cost: O(1).
func IoU(a, b Box) float64 {
	x := newSides(a.X1, a.X2, b.X1, b.X2)
	y := newSides(a.Y1, a.Y2, b.Y1, b.Y2)
	intersection, union := areas(x, y)
	if !(union >= 1e-280 && union <= math.MaxFloat64) {
		intersection, union = areas(x.scaled(), y.scaled())
	}
	if union == 0 {
		return 0
	}
	return intersection / union
}

// IoUMatrix returns the IoU of every box of a, the row, with every box of b,
// the column, row-major.
//
// Cost: one IoU for each pair.
func IoUMatrix(a, b []Box) []float64 {
	iou := make([]float64, 0, len(a)*len(b))
	for _, a := range a {
		for _, b := range b {
			iou = append(iou, IoU(a, b))
		}
	}
	return iou
}

// sides are the lengths of two boxes and of their intersection along one axis.
type sides struct{ a, b, both float64 }

func newSides(a1, a2, b1, b2 float64) sides {
	s := sides{
		a:    max(0, a2-a1),
		b:    max(0, b2-b1),
		both: max(0, min(a2, b2)-max(a1, b1)),
	}
	if max(s.a, s.b) > math.MaxFloat64 && max(-a1, a2, -b1, b2) <= math.MaxFloat64 {
		return newSides(a1/2, a2/2, b1/2, b2/2) // only quotients matter
	}
	return s
}

// scaled returns the sides over the longer of a and b.
func (s sides) scaled() sides {
	longer := max(s.a, s.b)
	if longer == 0 {
		return s
	}
	return sides{s.a / longer, s.b / longer, s.both / longer}
}

// areas returns the areas of intersection and union. The conversions keep
// products and sums from being fused, which makes the IoU of a box with itself
// 1, and none larger, on every machine.
func areas(x, y sides) (intersection, union float64) {
	intersection = float64(x.both * y.both)
	return intersection, float64(float64(x.a*y.a)+float64(x.b*y.b)) - intersection
}

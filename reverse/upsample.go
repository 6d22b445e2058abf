package reverse

import (
	"fmt"
	"math"
)

// UpsampleNearest returns images of shape [images, channels, height, width] in the
// size h×w: shape [images, channels, h, w]. Row i is row ⌊i·height/h⌋, and columns are
// alike. The size may also be a smaller one.
//
// UpsampleNearest panics if the rank is not 4, or if h, w, height or width is
// less than 1.
func (x Array) UpsampleNearest(h, w int) Array {
	t, out, o := x.resample("UpsampleNearest", h, w)
	o.down = nearest(o.down[:0], out.shape[2], x.a.shape[2])
	o.right = nearest(o.right[:0], out.shape[3], x.a.shape[3])
	o.sample(out.data[primal], x.a.data[primal])
	return t.wrap(out)
}

// UpsampleBilinear returns images in the size h×w as UpsampleNearest does, with
// linear interpolation along both axes: row i of h lies at (i+½)·height/h - ½ of the
// image, but not before its first row, so that corners of pixels coincide. If
// alignCorners, it lies at i·(height-1)/(h-1), so that the first rows coincide, and
// the last. Beyond the last row is that row again.
//
// UpsampleBilinear panics as UpsampleNearest does.
func (x Array) UpsampleBilinear(h, w int, alignCorners bool) Array {
	t, out, o := x.resample("UpsampleBilinear", h, w)
	o.down = between(o.down[:0], out.shape[2], x.a.shape[2], alignCorners)
	o.right = between(o.right[:0], out.shape[3], x.a.shape[3], alignCorners)
	o.sample(out.data[primal], x.a.data[primal])
	return t.wrap(out)
}

// resample records a node of images x in another size.
func (x Array) resample(name string, h, w int) (*tape, *array, *resampleOp) {
	t, shape := tapeOf(x), x.Shape()
	if len(shape) != 4 || min(h, w, shape[2], shape[3]) < 1 {
		panic(fmt.Sprintf("reverse: %s of shape %v to %v", name, shape, [...]int{h, w}))
	}
	t.shape = append(t.shape[:0], shape[0], shape[1], h, w)
	out := t.newArray(t.shape)
	o := newNode[resampleOp](t, out, x.a)
	o.label, o.planes, o.height, o.width = name, shape[0]*shape[1], shape[2], shape[3]
	return t, out, o
}

// A mixture is an element of an axis: two others of which the second has a weight,
// and the first the rest of 1. With a weight of 0 the second is not looked at.
type mixture struct {
	first, second int
	weight        float64
}

// nearest appends m elements, each one of n.
func nearest(dst []mixture, m, n int) []mixture {
	for i := range m {
		dst = append(dst, mixture{first: i * n / m})
	}
	return dst
}

// between appends m elements of a line through n.
func between(dst []mixture, m, n int, alignCorners bool) []mixture {
	for i := range m {
		place := max(0, (float64(i)+0.5)*(float64(n)/float64(m))-0.5)
		switch {
		case alignCorners && m > 1:
			place = float64(i) * (float64(n-1) / float64(m-1))
		case alignCorners:
			place = 0
		}
		first := min(int(place), n-1)
		weight := math.Min(place-float64(first), 1)
		second := min(first+1, n-1)
		if first == second {
			weight = 0
		}
		dst = append(dst, mixture{first, second, weight})
	}
	return dst
}

// resampleOp is images in another size.
type resampleOp struct {
	labeled
	linear
	planes        int // images × channels
	height, width int
	down, right   []mixture
}

func (o *resampleOp) push(n *node) { o.sample(n.out.data[tangent], n.in[0].data[tangent]) }

// sample sets y to the mixtures of x.
func (o *resampleOp) sample(y, x []float64) {
	for range o.planes {
		for _, d := range o.down {
			first, second := x[d.first*o.width:][:o.width], x[d.second*o.width:][:o.width]
			for j, r := range o.right {
				z := r.of(first)
				if d.weight != 0 {
					z = (1-d.weight)*z + d.weight*r.of(second)
				}
				y[j] = z
			}
			y = y[len(o.right):]
		}
		x = x[o.height*o.width:]
	}
}

// of returns the mixture of a row.
func (m *mixture) of(row []float64) float64 {
	if m.weight == 0 {
		return row[m.first]
	}
	return (1-m.weight)*row[m.first] + m.weight*row[m.second]
}

func (o *resampleOp) pull(n *node, q quantity) {
	x, y := n.in[0].data[q], n.out.data[q]
	for range o.planes {
		for _, d := range o.down {
			first, second := x[d.first*o.width:][:o.width], x[d.second*o.width:][:o.width]
			for j, r := range o.right {
				r.addTo(first, (1-d.weight)*y[j])
				if d.weight != 0 {
					r.addTo(second, d.weight*y[j])
				}
			}
			y = y[len(o.right):]
		}
		x = x[o.height*o.width:]
	}
}

// addTo adds d to what the mixture of a row is made of.
func (m *mixture) addTo(row []float64, d float64) {
	row[m.first] += (1 - m.weight) * d
	if m.weight != 0 {
		row[m.second] += m.weight * d
	}
}

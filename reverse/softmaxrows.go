package reverse

import (
	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/layout"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// softmaxRows are an array by rows, and the softmax of each.
type softmaxRows struct {
	layout.Rows
	axis  [1]int // that the rows go along, where it is one
	peaks []peak
	x, s  []float64 // elements and their softmax

	laid []float64 // storage for x
	a, b []float64 // storage for two more arrays by rows, in the hands of one method
	row  []float64 // storage for one row
}

// exponentials lays an array out by rows, and sets s to their exponentials.
func (o *softmaxRows) exponentials(in *array, axes []int) {
	o.Over(in.shape, axes)
	o.x = o.Of(in.data[primal], &o.laid)
	o.s = zeroed(o.s, in.size)
	count := 0
	if o.N > 0 {
		count = in.size / o.N
	}
	o.peaks = zeroed(o.peaks, count)
	o.row = zeroed(o.row, o.N)
	exponentials(o.s, o.x, o.N, o.peaks)
}

// normalize makes exponentials their softmax.
func (o *softmaxRows) normalize(s []float64) {
	for k := range o.peaks {
		o.peaks[k].normalize(o.Row(s, k))
	}
}

// softmaxIn returns the softmax in buf, of operations that have put something else in
// its place.
func (o *softmaxRows) softmaxIn(buf *[]float64) []float64 {
	*buf = zeroed(*buf, len(o.s))
	exponentials(*buf, o.x, o.N, o.peaks)
	o.normalize(*buf)
	return *buf
}

// push adds to the rate of every row's result the product of its slopes and tangents.
func (o *softmaxRows) push(dz, slopes, tangents []float64) {
	v := o.Of(tangents, &o.a)
	for k := range o.peaks {
		dz[k] += vector.Dot(o.Row(v, k), o.Row(slopes, k))
	}
}

// pull adds to the array dst the slopes of every row, times the adjoint of its result.
func (o *softmaxRows) pull(dst, slopes, adjoints []float64) {
	o.Add(dst, func(dst []float64) {
		if uniform(adjoints) {
			if d := adjoints[0]; d != 0 {
				kernel.Axpy(dst, d, slopes)
			}
			return
		}
		for k, d := range adjoints {
			if d != 0 {
				kernel.Axpy(o.Row(dst, k), d, o.Row(slopes, k))
			}
		}
	})
}

// uniform reports whether there are numbers and all are the same, as the adjoints of
// terms of a sum are.
func uniform(x []float64) bool {
	for _, v := range x {
		if v != x[0] {
			return false
		}
	}
	return len(x) > 0
}

package dual

import (
	"math"

	"github.com/quartet-ad/ad/internal/check"
	"github.com/quartet-ad/ad/internal/kernel"
)

// A sweep computes, from a trace, the tangents in the directions of several inputs at
// once. A place that none of them reaches has no tangents, and costs a look.
//
// It multiplies blindly, a constant in one of its directions too. So a direction whose
// result is not finite is taken once more, alone.
type sweep struct {
	stride int       // width, short ones rounded up to eights
	row    []int32   // of each place the row of its tangents, or 0: it has none
	lanes  []float64 // rows of tangents; row 0 is not used
}

const (
	widest = 64      // directions in a sweep: measured
	short  = 16      // of a row: measured
	cached = 1 << 18 // tangents that lie close to the processor
)

// directions returns how many directions a sweep over the trace should take at once.
func (r *trace) directions() int {
	return max(8, min(widest, cached/int(r.last.Load())&^7))
}

// run sweeps over the trace, for the width inputs beginning with from.
func (r *trace) run(from, width int) {
	w := &r.sweep
	n := int(r.last.Load()) + 1
	if cap(w.row) < n {
		w.row = make([]int32, n+n/4)
	}
	w.stride, w.row = width, w.row[:n]
	if width <= short {
		w.stride = (width + 7) &^ 7
	}
	row, rows := w.row, 0
	clear(row[:r.inputs+1])
	for i := range width {
		rows++
		t := w.at(rows)
		clear(t)
		t[i] = 1
		row[1+from+i] = int32(rows)
	}
	for k := r.inputs + 1; k < n; k++ {
		s := &r.pages[k>>pageBits][k%(1<<pageBits)]
		x, y := row[s.x], int32(0)
		if s.y != divided {
			y = row[s.y]
		}
		switch {
		case x == 0 && y == 0:
			row[k] = 0
			continue
		case y == 0 && s.a == 1: // as x/1 is
			row[k] = x
			continue
		case x == 0 && s.c == 1:
			row[k] = y
			continue
		}
		rows++
		row[k] = int32(rows)
		dst := w.at(rows)
		switch {
		case s.y == divided:
			kernel.Over(dst, s.a, w.at(int(x)))
		case y == 0:
			kernel.Scale(dst, s.a, w.at(int(x)))
		case x == 0:
			kernel.Scale(dst, s.c, w.at(int(y)))
		default:
			combine(dst, s.a, w.at(int(x)), s.c, w.at(int(y)))
		}
	}
}

// combine sets dst to a·x + c·y. Short rows are not worth a kernel's while.
func combine(dst []float64, a float64, x []float64, c float64, y []float64) {
	switch {
	case len(dst) <= short:
		for i := 0; i < len(dst); i += 8 {
			d, x, y := (*[8]float64)(dst[i:]), (*[8]float64)(x[i:]), (*[8]float64)(y[i:])
			d[0], d[1], d[2], d[3] = a*x[0]+c*y[0], a*x[1]+c*y[1], a*x[2]+c*y[2], a*x[3]+c*y[3]
			d[4], d[5], d[6], d[7] = a*x[4]+c*y[4], a*x[5]+c*y[5], a*x[6]+c*y[6], a*x[7]+c*y[7]
		}
	case a == 1 && c == 1:
		kernel.Add(dst, x, y)
	case a == 1 && c == -1:
		kernel.Sub(dst, x, y)
	default:
		kernel.Scale(dst, a, x)
		kernel.Axpy(dst, c, y)
	}
}

// at returns a row of tangents.
func (w *sweep) at(row int) []float64 {
	end := (row + 1) * w.stride
	if end > len(w.lanes) {
		w.lanes = append(w.lanes, make([]float64, max(end, 2*len(w.lanes))-len(w.lanes))...)
	}
	return w.lanes[end-w.stride : end]
}

// tangent returns the tangent of a place in one of the directions of the sweep.
func (w *sweep) tangent(place int32, lane int) float64 {
	row := int(w.row[place])
	if row == 0 {
		return 0
	}
	return w.lanes[row*w.stride+lane]
}

func (w *sweep) poison() {
	if check.Poison {
		check.Fill(w.lanes, math.NaN())
		check.Fill(w.row, math.MaxInt32)
	}
}

package dual

import (
	"math"

	"github.com/quartet-ad/ad/internal/check"
	"github.com/quartet-ad/ad/internal/kernel"
)

// A sweep computes, from a trace, the tangents in the directions of several inputs at
// once. If there are few, every place has a row of tangents. If there are many, a place
// that none of them reaches has no tangents, and costs a look.
//
// It multiplies blindly, a constant in one of its directions too. So a direction whose
// result is not finite is taken once more, alone.
type sweep struct {
	width  int       // directions
	stride int       // width, few ones rounded up to what the kernel takes
	row    []int32   // of each place the row of its tangents, or 0: it has none
	lanes  []float64 // rows of tangents; row 0 is of zeros
}

const (
	widest = 64      // directions in a sweep: measured
	few    = 128     // inputs: measured
	cached = 1 << 18 // tangents that lie close to the processor
)

// directions returns how many directions a sweep over the trace should take at once.
func (r *trace) directions() int {
	return max(8, min(widest, cached/int(r.last.Load())&^7))
}

// run sweeps over the trace, for the width inputs beginning with from.
func (r *trace) run(from, width int) {
	if r.inputs <= few {
		r.runAll(from, width)
		return
	}
	w := &r.sweep
	n := int(r.last.Load()) + 1
	if cap(w.row) < n {
		w.row = make([]int32, n+n/4)
	}
	w.width, w.stride, w.row = width, width, w.row[:n]
	clear(w.at(0))
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
		s := &r.pages[k>>pageBits].steps[k%(1<<pageBits)]
		x, y := row[s.X], int32(0)
		if s.Y != divided {
			y = row[s.Y]
		}
		switch {
		case x == 0 && y == 0:
			row[k] = 0
			continue
		case y == 0 && s.A == 1: // as x/1 is
			row[k] = x
			continue
		case x == 0 && s.C == 1:
			row[k] = y
			continue
		}
		rows++
		row[k] = int32(rows)
		dst := w.at(rows)
		switch {
		case s.Y == divided:
			kernel.Over(dst, s.A, w.at(int(x)))
		case y == 0:
			kernel.Scale(dst, s.A, w.at(int(x)))
		case x == 0:
			kernel.Scale(dst, s.C, w.at(int(y)))
		default:
			combine(dst, s.A, w.at(int(x)), s.C, w.at(int(y)))
		}
	}
}

// runAll is run where every place has a row of its own.
func (r *trace) runAll(from, width int) {
	w := &r.sweep
	n, first := int(r.last.Load())+1, r.inputs+1
	w.row, w.width, w.stride = w.row[:0], width, 8
	for w.stride < width {
		w.stride *= 2
	}
	w.at(n - 1)
	clear(w.lanes[:first*w.stride])
	for i := range width {
		w.lanes[(1+from+i)*w.stride+i] = 1
	}
	for k := first; k < n; {
		in := k % (1 << pageBits)
		steps := r.pages[k>>pageBits].steps[in:min(1<<pageBits, in+n-k)]
		kernel.Combine(w.lanes, w.stride, k, steps)
		k += len(steps)
	}
}

// combine sets dst to a·x + c·y.
func combine(dst []float64, a float64, x []float64, c float64, y []float64) {
	switch {
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

// tangents returns the tangents of a place in the directions of the sweep.
func (w *sweep) tangents(place int32) []float64 {
	row := int(place)
	if len(w.row) > 0 {
		row = int(w.row[place])
	}
	return w.lanes[row*w.stride:][:w.width]
}

func (w *sweep) poison() {
	if check.Poison {
		check.Fill(w.lanes, math.NaN())
		check.Fill(w.row, math.MaxInt32)
	}
}

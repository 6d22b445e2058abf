package dual

import (
	"math"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/internal/rule"
)

// A stage is done on the values of each lane, after some of the operations.
type stage struct {
	after  int // operations on values
	does   task
	call   call // to be made
	saw    seen
	x, y   int32 // rows of its operands, or how many it has and from which on they are of the second list
	z      int32 // row of its result
	sx, sy int32 // rows of its slopes
	list   int   // of further operands and slopes, in lists
}

type task int

const (
	callOne task = iota
	callTwo
	callMany
	callSinCos
	checkSeen
	checkQuotient
)

type lane = [kernel.Lanes]float64

func (w *rows) lane(row int32) *lane { return (*lane)(w.lanes[int(row)*kernel.Lanes:]) }

// run computes all rows, of some points of x: the first, and others.
func (w *rows) run(x []float64, points []int) {
	w.lanes = sized(w.lanes, int(w.fitted.count)*kernel.Lanes)
	for _, c := range w.consts {
		row := w.lane(c.row)
		for j := range row {
			row[j] = c.c
		}
	}
	n := w.made.inputs
	j := 0
	for ; j+4 <= len(points); j += 4 { // four at a time, since they lie in one line of the cache
		a, b, c, d := x[points[j]*n:][:n], x[points[j+1]*n:][:n], x[points[j+2]*n:][:n], x[points[j+3]*n:][:n]
		for i, t := range w.inputs[:n] {
			*(*[4]float64)(w.lanes[int(t)*kernel.Lanes+j:]) = [4]float64{a[i], b[i], c[i], d[i]}
		}
	}
	for ; j < len(points); j++ {
		for i, t := range w.inputs {
			w.lanes[int(t)*kernel.Lanes+j] = x[points[j]*n+i]
		}
	}
	for j := range w.out {
		w.out[j] = j >= len(points)
	}
	ops, done := w.fitted.ops, 0
	for i := range w.stages {
		s := &w.stages[i]
		kernel.RunLanes(w.lanes, ops[done:s.after])
		done = s.after
		w.do(s)
	}
	kernel.RunLanes(w.lanes, ops[done:])
	for j, v := range w.lane(spoiled) {
		w.out[j] = w.out[j] || v != 0
	}
}

// results writes the Jacobians of points to dst, and the values to y unless that is nil.
func (w *rows) results(dst, y []float64, points []int) {
	rows := w.jacobian
	row := func(j int) []float64 { return dst[points[j]*len(rows):][:len(rows)] }
	j := 0
	for ; j+4 <= len(points); j += 4 { // four at a time, since they lie in one line of the cache
		a, b, c, d := row(j), row(j+1), row(j+2), row(j+3)
		lanes := w.lanes[j:]
		for i, t := range rows {
			v := (*[4]float64)(lanes[int(t)*kernel.Lanes:])
			a[i], b[i], c[i], d[i] = v[0]+0, v[1]+0, v[2]+0, v[3]+0
		}
	}
	for ; j < len(points); j++ {
		a := row(j)
		for i, t := range rows {
			a[i] = w.lanes[int(t)*kernel.Lanes+j] + 0
		}
	}
	if y == nil {
		return
	}
	for j, point := range points {
		for k, v := range w.ends {
			y[point*len(w.ends)+k] = w.lanes[int(v)*kernel.Lanes+j]
		}
	}
}

// do does a stage. A lane that is out has the values of the first, since a function may
// panic at a point where it would not have been called. The first goes on in any case: others
// are compared with it.
func (w *rows) do(s *stage) {
	switch s.does {
	case callOne:
		f, x, z, slope := s.call.op.Func(), w.lane(s.x), w.lane(s.z), w.lane(s.sx)
		for j := range x {
			if w.out[j] && j > 0 {
				z[j], slope[j] = z[0], slope[0]
				continue
			}
			z[j] = f.Value(x[j])
			slope[j] = f.Slope(x[j], z[j])
		}
	case callTwo:
		f, x, y, z := s.call.op2.Func(), w.lane(s.x), w.lane(s.y), w.lane(s.z)
		for j := range x {
			k := j
			if w.out[j] {
				k = 0
			}
			z[j] = f.Value(x[k], y[k])
			if s.sx != none {
				w.lane(s.sx)[j] = f.SlopeX(x[k], y[k], z[j])
			}
			if s.sy != none {
				w.lane(s.sy)[j] = f.SlopeY(x[k], y[k], z[j])
			}
		}
	case callMany:
		w.callMany(s)
	case callSinCos:
		x, sin, cos := w.lane(s.x), w.lane(s.z), w.lane(s.sx)
		for j := range x {
			if !w.out[j] || j == 0 {
				sin[j], cos[j] = rule.SinCos(x[j])
			} else {
				sin[j], cos[j] = sin[0], cos[0]
			}
		}
	case checkSeen:
		w.checkSeen(s)
	case checkQuotient: // as Number.divide
		x, r, slope := w.lane(s.x), w.lane(s.sx), w.lane(s.sy)
		for j := range x {
			if lossy(r[j]) || x[j] != 0 && lossy(slope[j]) {
				w.out[j] = true
			}
		}
	}
}

func (w *rows) callMany(s *stage) {
	f, split, n := s.call.opN.Func(), int(s.x), int(s.y)
	operands, slopes, z := w.lists[s.list:][:n], w.lists[s.list+n:][:n], w.lane(s.z)
	w.many = sized(w.many, 2*n)
	v, d := w.many[:n], w.many[n:]
	for j := range z {
		if !w.out[j] || j == 0 {
			for i, row := range operands {
				v[i] = w.lane(row)[j]
			}
			z[j] = f.Value(v[:split], v[split:], d[:split], d[split:])
		}
		for i, row := range slopes {
			w.lane(row)[j] = d[i]
		}
	}
}

func (w *rows) checkSeen(s *stage) {
	x, y := w.lane(s.x), w.lane(s.y)
	for j := range x {
		same := true
		switch s.saw {
		case signOf:
			same = x[j] > 0 == (x[0] > 0) && x[j] <= 0 == (x[0] <= 0)
		case isLess:
			same = x[j] < y[j] == (x[0] < y[0])
		case valueOf:
			same = math.Float64bits(x[j]) == math.Float64bits(x[0])
		}
		if !same {
			w.out[j] = true
		}
	}
}

// sized returns a slice of n entries, s if there is room.
func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

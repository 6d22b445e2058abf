package kernel

import "sync"

// A loop does the same to every element of some slices of the same length.
type loop struct {
	kernel elementwise
	s      [4][]float64 // the first of which it writes
	a      [8]float64
}

// An elementwise is a function that does so to n elements.
type elementwise interface {
	span(l *loop, from, n int)
}

var loops = sync.Pool{New: func() any { return new(loop) }}

// run runs the loop, on several cores if there are many elements.
func (l loop) run() {
	if len(l.s[0]) == 0 {
		return
	}
	t := loops.Get().(*loop)
	*t = l
	run(t, len(l.s[0]) >= shareLoop)
	*t = loop{}
	loops.Put(t)
}

func (l *loop) Split(int) (n, unit int) { return len(l.s[0]), 64 }

func (l *loop) Do(from, to int) { l.kernel.span(l, from, to-from) }

// at is where the k-th slice goes on.
func (l *loop) at(k, i int) *float64 { return &l.s[k][i] }

func (f unary) span(l *loop, i, n int)   { f(n, l.at(0, i), l.at(1, i)) }
func (f scaled) span(l *loop, i, n int)  { f(n, l.at(0, i), l.at(1, i), l.a[0]) }
func (f binary) span(l *loop, i, n int)  { f(n, l.at(0, i), l.at(1, i), l.at(2, i)) }
func (f descent) span(l *loop, i, n int) { f(n, l.at(0, i), l.at(1, i), l.a[0], l.a[1]) }
func (f velocity) span(l *loop, i, n int) {
	f(n, l.at(0, i), l.at(1, i), l.at(2, i), l.a[0], l.a[1], l.a[2])
}

func (f moments) span(l *loop, i, n int) {
	a := &l.a
	f(n, l.at(0, i), l.at(1, i), l.at(2, i), l.at(3, i), a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7])
}

func (f unary) on(name string, dst, x []float64) {
	length(name, "x", len(x), len(dst))
	if len(dst) >= shareLoop {
		loop{f, [4][]float64{dst, x}, [8]float64{}}.run()
	} else if len(dst) > 0 {
		f(len(dst), &dst[0], &x[0])
	}
}

func (f scaled) on(name string, dst, x []float64, a float64) {
	length(name, "x", len(x), len(dst))
	if len(dst) >= shareLoop {
		loop{f, [4][]float64{dst, x}, [8]float64{a}}.run()
	} else if len(dst) > 0 {
		f(len(dst), &dst[0], &x[0], a)
	}
}

func (f binary) on(name string, dst, x, y []float64) {
	length(name, "x", len(x), len(dst))
	length(name, "y", len(y), len(dst))
	if len(dst) >= shareLoop {
		loop{f, [4][]float64{dst, x, y}, [8]float64{}}.run()
	} else if len(dst) > 0 {
		f(len(dst), &dst[0], &x[0], &y[0])
	}
}

// Clear writes 0 to dst.
func Clear(dst []float64) {
	if len(dst) < shareLoop {
		clear(dst)
		return
	}
	loop{zeros{}, [4][]float64{dst}, [8]float64{}}.run()
}

type zeros struct{}

func (zeros) span(l *loop, i, n int) { clear(l.s[0][i:][:n]) }

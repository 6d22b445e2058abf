package symbolic

import (
	"fmt"
	"math"
	"runtime"
	"sync"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/internal/rule"
)

// kernels compute functions of many numbers at once.
var kernels = map[*rule.Func]func(dst, x []float64){
	rule.Exp: kernel.Exp, rule.Expm1: kernel.Expm1, rule.Log: kernel.Log, rule.Log1p: kernel.Log1p,
	rule.Sigmoid: kernel.Sigmoid, rule.Tanh: kernel.Tanh, rule.Erf: kernel.Erf,
	rule.Sin: func(dst, x []float64) { var c [width]float64; sinCosLanes(dst, c[:], x) },
	rule.Cos: func(dst, x []float64) { var s [width]float64; sinCosLanes(s[:], dst, x) },
}

// width is how many points are computed at once: the registers of a formula of a hundred
// operations stay in the second-level cache.
const width = 256

// lanes are registers for many points: a row for each register, a lane for each point.
type lanes struct{ r []float64 }

func newLanes(p *Program) *lanes {
	l := &lanes{make([]float64, width*len(p.start))}
	for i, c := range p.start {
		row := l.r[i*width:][:width]
		for k := range row {
			row[k] = c
		}
	}
	return l
}

// EvalBatch writes the values of the expressions at many points to dst: x holds the
// values of the variables point after point, and dst those of the expressions. Functions
// such as exp and tanh are computed by kernels, within 2 ULP of their exact values, so
// that a result may differ from Eval's in the last places. It does not depend on the
// number of goroutines, of which there are as many as cores if there are many points,
// nor on the other points.
//
// EvalBatch panics if x does not hold whole points, or dst is not as long as they take.
func (p *Program) EvalBatch(dst, x []float64) {
	points := p.points(dst, x)
	blocks := (points + width - 1) / width
	shares := min(runtime.GOMAXPROCS(0), blocks, points*len(p.code)/20_000+1)
	if shares <= 1 {
		p.blocks(dst, x, points, 0, blocks)
		return
	}
	var wait sync.WaitGroup
	var failure any
	var once sync.Once
	for k := range shares {
		wait.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					once.Do(func() { failure = r })
				}
			}()
			p.blocks(dst, x, points, k*blocks/shares, (k+1)*blocks/shares)
		})
	}
	wait.Wait()
	if failure != nil { // of a user's own function
		panic(failure)
	}
}

// points returns how many points x holds.
func (p *Program) points(dst, x []float64) int {
	n, m := p.inputs, len(p.results)
	points := 0
	switch {
	case n > 0:
		points = len(x) / n
	case m > 0:
		points = len(dst) / m
	}
	if len(x) != points*n || len(dst) != points*m {
		panic(fmt.Sprintf("symbolic.Program.EvalBatch: %d numbers of %d variables, and %d of %d results", len(x), n, len(dst), m))
	}
	return points
}

// blocks computes blocks of points.
func (p *Program) blocks(dst, x []float64, points, from, to int) {
	l := p.batches.Get().(*lanes)
	for b := from; b < to; b++ {
		first := b * width
		k := min(width, points-first)
		l.load(x[first*p.inputs:], p.inputs, k)
		for i := range p.code {
			l.exec(&p.code[i])
		}
		l.store(dst[first*len(p.results):], p.results, k)
	}
	p.batches.Put(l)
}

// load copies k points to the lanes; those left over get the last one, so that they
// compute nothing unusual.
func (l *lanes) load(x []float64, n, k int) {
	if n == 0 {
		return
	}
	kernel.Transpose(l.r, width, x, n, k, n, false)
	for i := range n {
		row := l.row(int32(i))
		for lane := k; lane < width; lane++ {
			row[lane] = row[k-1]
		}
	}
}

// store copies k points from the lanes, some lanes at a time, so that both sides stay in
// the cache.
func (l *lanes) store(dst []float64, results []int32, k int) {
	m := len(results)
	for lane := 0; lane < k; lane += together {
		for i, at := range results {
			to := lane*m + i
			for _, v := range l.r[int(at)*width+lane:][:min(together, k-lane)] {
				dst[to] = v
				to += m
			}
		}
	}
}

// together is how many lanes are stored at a time: a line of the cache.
const together = 8

func (l *lanes) row(at int32) []float64 { return l.r[int(at)*width:][:width] }

func (l *lanes) exec(op *instruction) {
	dst, a := l.row(op.dst), l.row(op.a)
	switch op.op {
	case opAdd:
		kernel.Add(dst, a, l.row(op.b))
	case opSub:
		kernel.Sub(dst, a, l.row(op.b))
	case opMul:
		kernel.Mul(dst, a, l.row(op.b))
	case opDiv:
		kernel.Div(dst, a, l.row(op.b))
	case opNeg:
		kernel.Scale(dst, -1, a)
	case opSqrt:
		kernel.Sqrt(dst, a)
	case opAbs:
		dst = dst[:len(a)]
		for i, v := range a {
			dst[i] = math.Abs(v)
		}
	case opSinCos:
		sinCosLanes(dst, l.row(op.b), a)
	case opIfPos:
		b, c := l.row(op.b), l.row(op.c)
		for i, v := range a {
			dst[i] = choose(v, b[i], c[i])
		}
	case opCall:
		if op.lanes != nil {
			op.lanes(dst, a)
			return
		}
		for i, v := range a {
			dst[i] = op.f(v)
		}
	case opCall2:
		b := l.row(op.b)
		for i, v := range a {
			dst[i] = op.g(v, b[i])
		}
	}
}

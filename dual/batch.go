package dual

import (
	"fmt"
	"runtime"

	"github.com/quartet-ad/ad/internal/check"
	"github.com/quartet-ad/ad/internal/kernel"
)

// JacobianBatchTo writes the Jacobians of f at many points of n inputs to dst, and the values
// of f to y unless that is nil. The points lie in x one after the other; so do the Jacobians
// in dst, each of them row by row, and the values in y.
//
// dst and y may be where x is. f is called from several goroutines at once, and for many
// points one time: what it returns has to follow from its argument alone. The bits do not
// depend on how many goroutines there are. It must not keep its argument.
//
// Cost: of 8 to 64 inputs one evaluation of f for up to 512 points, and for each of them what
// arithmetic there is on all its tangents; as Jacobian for points at which f takes another
// branch than at the first of them or has a derivative that is not finite, and of fewer or
// more inputs. It runs on as many of GOMAXPROCS cores as are idle, and in steady state
// allocates what f does and one object.
//
// JacobianBatchTo panics if the length of x is no multiple of n, or if n is not positive; if
// the length of dst is no multiple of that of x; or if y, or the result of f, does not fit to
// dst.
func JacobianBatchTo(dst, y []float64, f func([]Number) []Number, x []float64, n int) {
	const op = "JacobianBatchTo"
	if n <= 0 || len(x)%n != 0 {
		panic(fmt.Sprintf("dual.%s: x has length %d, want a multiple of the %d inputs", op, len(x), n))
	}
	points := len(x) / n
	if points == 0 {
		check.Length("dual."+op, "dst", len(dst), 0)
		check.Length("dual."+op, "y", len(y), 0)
		return
	}
	if len(dst)%len(x) != 0 {
		panic(fmt.Sprintf("dual.%s: dst has length %d, want a multiple of the %d inputs of all points", op, len(dst), len(x)))
	}
	if check.Overlap(dst, x) || check.Overlap(y, x) {
		at := floats.get(len(x))
		defer floats.put(at)
		copy(*at, x)
		x = *at
	}
	b := &batch{f, dst, y, x, n, len(dst) / len(x)}
	if y != nil {
		check.Length("dual."+op, "y", len(y), points*b.m)
	}
	kernel.Share(b, 8*runtime.GOMAXPROCS(0))
}

// A batch is the Jacobians at many points.
type batch struct {
	f         func([]Number) []Number
	dst, y, x []float64
	n, m      int // inputs and results
}

// Split says how the points are shared among cores.
func (b *batch) Split(int) (points, unit int) {
	if b.n < fewestMany || b.n > mostTogether {
		return len(b.x) / b.n, 8
	}
	return len(b.x) / b.n, kernel.Lanes
}

// Do takes the Jacobians at some of the points, many at once where it can.
func (b *batch) Do(from, to int) {
	p := newPasses("JacobianBatchTo", b.x[:b.n])
	defer p.end()
	together := b.n <= mostTogether
	var points [mostPoints]int
	for from < to {
		left := points[:0]
		for ; from < to && len(left) < cap(left); from++ {
			left = append(left, from)
		}
		for together && p.wide != nil && len(left) >= fewestPoints {
			before := len(left)
			left = b.together(p, left)
			if len(left) > before/2 {
				together = before-len(left) > 1 // they differ much, or all of them
				break
			}
		}
		for _, i := range left {
			p.begin(b.x[i*b.n:][:b.n])
			b.jacobian(p, i)
		}
	}
}

const (
	fewestPoints = 8   // to be taken together
	mostPoints   = 512 // for which the function is evaluated once
	mostTogether = 64  // inputs
)

// together takes the Jacobians at points in a block, and returns the points at which it
// could not.
func (b *batch) together(p *passes, points []int) (left []int) {
	block := &p.together
	y := b.f(p.begun(block, b.x[points[0]*b.n:][:b.n]))
	check.Length("dual.JacobianBatchTo", "the result of f", len(y), b.m)
	for _, yk := range y {
		p.check(yk)
	}
	if p.wide.full.Load() || p.wide.rough.Load() || !block.rows.prepare(block, y) {
		return points
	}
	w, first, rest := &block.rows, points[0], points[1:]
	left = points[:0]
	for turn := 0; turn == 0 || len(rest) > 0; turn++ {
		n := min(len(rest), kernel.Lanes-1)
		at := append(append(w.points[:0], first), rest[:n]...)
		rest = rest[n:]
		w.run(b.x, at)
		w.results(b.dst, b.y, at) // those of points that dropped out are written again
		for j, point := range at {
			if w.out[j] && (j > 0 || turn == 0) {
				left = append(left, point)
			}
		}
	}
	return left
}

func (b *batch) jacobian(p *passes, point int) {
	for p.next() {
		y := b.f(p.vars)
		check.Length("dual.JacobianBatchTo", "the result of f", len(y), b.m)
		for k, yk := range y {
			p.check(yk)
			if b.y != nil {
				b.y[point*b.m+k] = yk.v
			}
		}
		for p.sweep() {
			for k, yk := range y {
				row := b.dst[(point*b.m+k)*b.n:][:b.n]
				p.tangents(row[p.from:p.from+p.width], yk)
			}
		}
	}
}

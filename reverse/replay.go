package reverse

import (
	"math"

	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse/internal/program"
)

// replay computes all values at x, and the slopes on the tape. It is not ok where a
// comparison came out otherwise than it did, and returns the first such guard.
func (r *runner) replay(x []float64) (guard int, ok bool) {
	p, v := r.p, r.values
	copy(v[1:], x)
	for from := p.First; from < p.Constant(); {
		end := min(p.Constant(), (from/chunkLen+1)*chunkLen)
		r.replayChunk(p.Code[from-p.First:end-p.First], r.t.chunks[from/chunkLen].edges[from%chunkLen:], v[from:end])
		from = end
	}
	for i, g := range p.Guards {
		if v[g.X] < v[g.Y] != g.Less {
			return i, false
		}
	}
	for k, place := range p.Results {
		r.results[k].value = v[place]
	}
	return 0, true
}

// replayChunk computes a run of statements: their values to z, their slopes to the
// edges.
func (r *runner) replayChunk(code []program.Instr, edges []edgePair, z []float64) {
	p, v := r.p, r.values
	edges, z = edges[:len(code)], z[:len(code)]
	for i := range code {
		in := &code[i]
		x, y := v[in.A], v[in.B]
		// Not a switch: where processors mistrust indirect jumps, it costs five
		// times as much as the statement.
		switch kind := in.Op.Kind(); {
		case kind == program.Mul:
			z[i] = x * y
			e := &edges[i]
			e.da, e.db = y, x
		case kind == program.Sub:
			z[i] = x - y
		case kind == program.Add:
			z[i] = x + y
		case kind == program.Square:
			z[i] = x * x
			e := &edges[i]
			e.da, e.db = x, x
		case kind == program.Div:
			e := &edges[i]
			z[i], e.da, e.db = divide(x, y)
		case kind == program.Apply:
			f := p.Rows[in.Op.Index()]
			w := f.Value(x)
			z[i] = w
			edges[i].da = f.Slope(x, w)
		case kind == program.Neg:
			z[i] = -x
		case kind == program.Nary:
			z[i] = r.applyN(int(in.Op.Index()))
		case kind == program.Apply2:
			f := p.Rows2[in.Op.Index()]
			w := f.Value(x, y)
			z[i] = w
			e := &edges[i]
			if e.a != 0 {
				e.da = f.SlopeX(x, y, w)
			}
			if e.b != 0 {
				e.db = f.SlopeY(x, y, w)
			}
		case kind == program.Choose:
			z[i] = r.choose(&p.Choices[in.Op.Index()], &edges[i])
		default: // program.NaN
			z[i] = math.NaN()
		}
	}
}

// choose makes the branch that is taken the operand.
func (r *runner) choose(c *program.Choice, e *edgePair) float64 {
	x, a, b := r.values[c.X], c.A, c.B
	switch {
	case x > 0:
		*e = edgePair{1, 0, r.p.Slot(a), 0}
		return r.values[a]
	case x <= 0:
		*e = edgePair{1, 0, r.p.Slot(b), 0}
		return r.values[b]
	}
	nan := math.NaN()
	*e = edgePair{nan, nan, r.p.Slot(a), r.p.Slot(b)}
	return nan
}

// applyN computes an n-ary statement.
func (r *runner) applyN(k int) float64 {
	l, m, t := &r.p.Lists[k], &r.t.nary[k], r.t
	if l.Weighted() { // the slopes are there
		z, slopes := math.Copysign(0, -1), t.slopes[m.first:][:m.nx]
		for i, place := range l.X {
			z += float64(slopes[i] * r.values[place]) // not fused, as it was recorded
		}
		return z
	}
	if l.Row.Terms == rule.Products && l.XVar {
		z, n := math.Copysign(0, -1), len(l.X)
		sx, sy := t.slopes[m.first:][:n], t.slopes[m.first+n:][:n]
		for i, place := range l.X {
			x, y := r.values[place], r.values[l.Y[i]]
			z += float64(x * y)
			sx[i], sy[i] = y, x
		}
		return z
	}
	x, y := r.x[:len(l.X)], r.y[:len(l.Y)]
	for i, place := range l.X {
		x[i] = r.values[place]
	}
	for i, place := range l.Y {
		y[i] = r.values[place]
	}
	slopes := t.slopes[m.first:][:m.nx+m.ny]
	sx, sy := slopes[:m.nx], slopes[m.nx:]
	if !l.XVar {
		sx = t.spare[:len(x)]
	}
	if !l.YVar {
		sy = t.spare[:len(y)]
	}
	return l.Row.Value(x, y, sx, sy)
}

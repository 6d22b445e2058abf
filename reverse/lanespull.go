package reverse

import (
	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/internal/rule"
)

// clearAdjoints makes all adjoints 0.
func (b *block) clearAdjoints() {
	clear(b.adj)
	clear(b.shared)
}

// add adds w, scaled, to the adjoints of a place.
func (b *block) add(place int32, scale float64, w []float64) {
	if a := b.adjoint(place); a != nil {
		kernel.Axpy(a, scale, w)
	} else if k := b.at[place]; k >= 0 {
		b.shared[k] += scale * kernel.Sum(w)
	}
}

// addProduct adds the products of w with the values of factor, scaled, to the adjoints
// of a place.
func (b *block) addProduct(place int32, scale float64, w []float64, factor int32) {
	a, v := b.adjoint(place), b.value(factor)
	switch k := b.at[place]; {
	case v == nil:
		b.add(place, scale*b.uniform[factor], w)
	case a == nil && k >= 0:
		b.shared[k] += scale * kernel.Dot(w, v)
	case a == nil:
	case scale == 1:
		kernel.MulAdd(a, w, v)
	default:
		s := b.work(b.kept + 1)
		kernel.Scale(s, scale, w)
		kernel.MulAdd(a, s, v)
	}
}

// pull sweeps statements backwards from the adjoints of the results. A lane where
// something on the way is not finite gets adjoints of the inputs that are not either.
func (b *block) pull(statements []int32) {
	p := b.p
	for _, k := range slices.Backward(statements) {
		in := &p.code[k]
		place := int32(p.first) + k
		w := b.adjoint(place)
		switch kind := in.op & kindMask; {
		case kind == opMul:
			b.addProduct(in.a, 1, w, in.b)
			b.addProduct(in.b, 1, w, in.a)
		case kind == opAdd:
			b.add(in.a, 1, w)
			b.add(in.b, 1, w)
		case kind == opSub:
			b.add(in.a, 1, w)
			b.add(in.b, -1, w)
		case kind == opSquare:
			b.addProduct(in.a, 2, w, in.a)
		case kind == opApplyN:
			if l := &p.lists[in.op>>kindBits]; b.softened(k) {
				b.pullLogSumExp(w, l, b.slope[k].row)
			} else {
				b.pullN(w, l)
			}
		case kind == opApply:
			if s := &b.slope[k]; s.place != 0 {
				b.addProduct(in.a, s.scale, w, s.place)
			} else {
				kernel.MulAdd(b.adjoint(in.a), w, b.work(s.row))
			}
		case kind == opDiv:
			y := b.value(in.b)
			if y == nil {
				r := 1 / b.uniform[in.b]
				b.add(in.a, r, w)
				b.addProduct(in.b, -r, w, place)
				continue
			}
			s := b.work(b.kept)
			kernel.Mul(s, b.work(b.slope[k].row), w) // not w/y: that may be finite where 1/y is not
			b.add(in.a, 1, s)
			b.addProduct(in.b, -1, s, place)
		case kind == opNeg:
			b.add(in.a, -1, w)
		case kind == opApply2:
			b.pull2(w, b.value(place), in, p.rows2[in.op>>kindBits])
		case kind == opChoose:
			b.pullChoice(w, &p.choices[in.op>>kindBits])
		default: // opNaN
			kernel.Scale(w, math.NaN(), w)
			b.add(in.a, 1, w)
			b.add(in.b, 1, w)
		}
	}
}

// work returns a row of the slopes.
func (b *block) work(i int) []float64 { return b.slopes[i*b.width:][:b.n] }

// computeSlopes computes the slopes that are not among the
// values.
func (b *block) computeSlopes() {
	p := b.p
	for _, k := range b.calls {
		in := &p.code[k]
		s := b.work(b.slope[k].row)
		if in.op&kindMask == opDiv {
			kernel.Div(s, b.ones[:b.n], b.value(in.b))
			continue
		}
		f, x, z := p.rows[in.op>>kindBits], b.value(in.a), b.value(int32(p.first)+k)
		if slope := fast[f].slope; slope != nil {
			clear(s)
			slope(s, b.ones[:b.n], x, z)
			continue
		}
		for i, v := range x {
			s[i] = f.Slope(v, z[i])
		}
	}
}

// to adds to the adjoint of a place in a lane.
func (b *block) to(place int32, i int, v float64) {
	if r := int(b.row[place]); r >= 0 {
		b.adj[r*b.width+i] += v
	} else if k := b.at[place]; k >= 0 {
		b.shared[k] += v
	}
}

func (b *block) pullChoice(w []float64, c *[3]int32) {
	for i, v := range w {
		switch x := b.lane(c[0], i); {
		case x > 0:
			b.to(c[1], i, v)
		case x <= 0:
			b.to(c[2], i, v)
		default:
			b.to(c[1], i, x)
			b.to(c[2], i, x)
		}
	}
}

func (b *block) pull2(w, z []float64, in *instr, f *rule.Func2) {
	x, y := b.operand(in.a, 0), b.operand(in.b, 1)
	constant, s := int32(b.p.constant()), b.work(b.kept+2)
	if in.a < constant {
		for i, v := range w {
			s[i] = v * f.SlopeX(x[i], y[i], z[i])
		}
		b.add(in.a, 1, s)
	}
	if in.b < constant {
		for i, v := range w {
			s[i] = v * f.SlopeY(x[i], y[i], z[i])
		}
		b.add(in.b, 1, s)
	}
}

func (b *block) pullN(w []float64, l *list) {
	switch l.row {
	case rule.Sum:
		for _, place := range l.x {
			b.add(place, 1, w)
		}
	case rule.Dot:
		for i, place := range l.x {
			b.addProduct(place, 1, w, l.y[i])
			b.addProduct(l.y[i], 1, w, place)
		}
	case rule.SumSq:
		for _, place := range l.x {
			b.addProduct(place, 2, w, place)
		}
	default:
		for i, v := range w {
			b.applyLane(l, i)
			for k, place := range l.x {
				b.to(place, i, v*b.sx[k])
			}
			for k, place := range l.y {
				b.to(place, i, v*b.sy[k])
			}
		}
	}
}

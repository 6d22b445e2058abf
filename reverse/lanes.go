package reverse

import (
	"math"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/internal/rule"
)

// A block is points of a plan side by side. Statements are swept one after the other,
// all lanes of each at once.
type block struct {
	*plan
	width   int       // of rows
	n       int       // lanes in use
	values  []float64 // rows
	adj     []float64 // rows
	uniform []float64 // values of places that are uniform, and of no others
	shared  []float64 // adjoints of used
	slopes  []float64 // rows: of elementary functions, then three to work in
	ones    []float64 // a row
	x, y    []float64 // operands of a statement of many in one lane,
	sx, sy  []float64 // and its slopes
}

func (pl *plan) borrow() *block {
	if b, ok := pl.blocks.Get().(*block); ok {
		return b
	}
	w := pl.width()
	b := &block{plan: pl, width: w, values: make([]float64, pl.rows*w), adj: make([]float64, pl.rows*w),
		shared: make([]float64, len(pl.used)), slopes: make([]float64, (pl.kept+3)*w), ones: make([]float64, w)}
	for i := range b.ones {
		b.ones[i] = 1
	}
	most := 0
	for _, l := range pl.p.lists {
		most = max(most, len(l.x), len(l.y))
	}
	for _, s := range []*[]float64{&b.x, &b.y, &b.sx, &b.sy} {
		*s = make([]float64, most)
	}
	return b
}

// value returns the values of a place, nil if it is uniform.
func (b *block) value(place int32) []float64 {
	if r := int(b.row[place]); r >= 0 {
		return b.values[r*b.width:][:b.n]
	}
	return nil
}

// adjoint returns the adjoints of a place, nil if it is uniform.
func (b *block) adjoint(place int32) []float64 {
	if r := int(b.row[place]); r >= 0 {
		return b.adj[r*b.width:][:b.n]
	}
	return nil
}

// lane returns the value of a place in a lane.
func (b *block) lane(place int32, i int) float64 {
	if r := int(b.row[place]); r >= 0 {
		return b.values[r*b.width+i]
	}
	return b.uniform[place]
}

// forward computes all rows but those of the inputs.
func (b *block) forward() {
	p := b.p
	for _, k := range b.varying {
		in := &p.code[k]
		z := b.value(int32(p.first) + k)
		x, y := b.value(in.a), b.value(in.b)
		switch kind := in.op & kindMask; {
		case kind == opMul:
			switch {
			case x == nil:
				kernel.Scale(z, b.uniform[in.a], y)
			case y == nil:
				kernel.Scale(z, b.uniform[in.b], x)
			default:
				kernel.Mul(z, x, y)
			}
		case kind == opAdd:
			switch {
			case x == nil:
				kernel.Shift(z, b.uniform[in.a], y)
			case y == nil:
				kernel.Shift(z, b.uniform[in.b], x)
			default:
				kernel.Add(z, x, y)
			}
		case kind == opSub:
			switch {
			case x == nil:
				u := b.uniform[in.a]
				for i, v := range y {
					z[i] = u - v
				}
			case y == nil:
				kernel.Shift(z, -b.uniform[in.b], x)
			default:
				kernel.Sub(z, x, y)
			}
		case kind == opSquare:
			kernel.Mul(z, x, x)
		case kind == opApplyN:
			if l := &p.lists[in.op>>kindBits]; b.softened(k) {
				b.logSumExp(z, l, b.slope[k].row)
			} else {
				b.applyN(z, l, b.exact[p.first+int(k)])
			}
		case kind == opApply:
			f := p.rows[in.op>>kindBits]
			if v := fast[f].value; v != nil && !b.exact[p.first+int(k)] {
				v(z, x)
				continue
			}
			for i, v := range x {
				z[i] = f.Value(v)
			}
		case kind == opDiv:
			switch {
			case x == nil:
				u := b.uniform[in.a]
				for i, v := range y {
					z[i] = u / v
				}
			case y == nil:
				kernel.Over(z, b.uniform[in.b], x)
			default:
				kernel.Div(z, x, y)
			}
		case kind == opNeg:
			kernel.Scale(z, -1, x)
		case kind == opApply2:
			f := p.rows2[in.op>>kindBits]
			x, y := b.operand(in.a, 0), b.operand(in.b, 1)
			for i := range z {
				z[i] = f.Value(x[i], y[i])
			}
		case kind == opChoose:
			b.choose(z, &p.choices[in.op>>kindBits])
		default: // opNaN
			copy(z, b.ones)
			kernel.Scale(z, math.NaN(), z)
		}
	}
}

// choose computes a branch for every lane.
func (b *block) choose(z []float64, c *[3]int32) {
	for i := range z {
		switch x := b.lane(c[0], i); {
		case x > 0:
			z[i] = b.lane(c[1], i)
		case x <= 0:
			z[i] = b.lane(c[2], i)
		default:
			z[i] = x
		}
	}
}

// applyN computes a statement of many, with terms in their order if it must be exact.
func (b *block) applyN(z []float64, l *list, exact bool) {
	if l.row != rule.Sum && l.row != rule.Dot && l.row != rule.SumSq {
		for i := range z {
			z[i] = b.applyLane(l, i)
		}
		return
	}
	negativeZero := math.Copysign(0, -1) // what a sum starts with
	constant := negativeZero
	kernel.Scale(z, negativeZero, b.ones[:b.n])
	if exact {
		b.addInOrder(z, l)
		return
	}
	for i, place := range l.x {
		other := place
		switch {
		case l.row == rule.Dot:
			other = l.y[i]
		case l.row == rule.Sum:
			if x := b.value(place); x != nil {
				kernel.Add(z, z, x)
			} else {
				constant += b.uniform[place]
			}
			continue
		}
		x, y := b.value(place), b.value(other)
		switch {
		case x == nil && y == nil:
			constant += b.uniform[place] * b.uniform[other]
		case x == nil:
			kernel.Axpy(z, b.uniform[place], y)
		case y == nil:
			kernel.Axpy(z, b.uniform[other], x)
		default:
			kernel.MulAdd(z, x, y)
		}
	}
	if constant != 0 || !math.Signbit(constant) {
		kernel.Shift(z, constant, z)
	}
}

// addInOrder adds the terms of a sum one by one, with products that are rounded.
func (b *block) addInOrder(z []float64, l *list) {
	s := b.work(b.kept)
	for i, place := range l.x {
		copy(s, b.ones)
		b.scale(s, place)
		switch l.row {
		case rule.Dot:
			b.scale(s, l.y[i])
		case rule.SumSq:
			b.scale(s, place)
		}
		kernel.Add(z, z, s)
	}
}

// operand returns the values of a place, in a row to work in if it is uniform.
func (b *block) operand(place int32, work int) []float64 {
	if v := b.value(place); v != nil {
		return v
	}
	s := b.work(b.kept + work)
	kernel.Scale(s, b.uniform[place], b.ones[:b.n])
	return s
}

// scale multiplies s by the values of a place.
func (b *block) scale(s []float64, place int32) {
	if v := b.value(place); v != nil {
		kernel.Mul(s, s, v)
	} else {
		kernel.Scale(s, b.uniform[place], s)
	}
}

// applyLane computes a statement of many in one lane, with its slopes.
func (b *block) applyLane(l *list, i int) float64 {
	x, y := b.x[:len(l.x)], b.y[:len(l.y)]
	for k, place := range l.x {
		x[k] = b.lane(place, i)
	}
	for k, place := range l.y {
		y[k] = b.lane(place, i)
	}
	return l.row.Value(x, y, b.sx[:len(x)], b.sy[:len(y)])
}

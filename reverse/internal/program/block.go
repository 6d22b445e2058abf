package program

import (
	"math"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// A Block is points of a plan side by side. Statements are swept one after the other,
// all lanes of each at once.
type Block struct {
	*Plan
	width   int       // of rows
	N       int       // lanes in use
	values  []float64 // rows
	adj     []float64 // rows
	Uniform []float64 // values of places that are uniform, and of no others
	Shared  []float64 // adjoints of Used
	slopes  []float64 // rows: of elementary functions, then three to work in
	ones    []float64 // a row
	x, y    []float64 // operands of an n-ary statement in one lane,
	sx, sy  []float64 // and its slopes
}

// Borrow takes a block from the plan's pool. Release puts it back.
func (pl *Plan) Borrow() *Block {
	if b, ok := pl.blocks.Get().(*Block); ok {
		return b
	}
	w := pl.Width()
	b := &Block{Plan: pl, width: w, values: make([]float64, pl.rows*w), adj: make([]float64, pl.rows*w),
		Shared: make([]float64, len(pl.Used)), slopes: make([]float64, (pl.saved+3)*w), ones: make([]float64, w)}
	for i := range b.ones {
		b.ones[i] = 1
	}
	most := 0
	for _, l := range pl.p.Lists {
		most = max(most, len(l.X), len(l.Y))
	}
	for _, s := range []*[]float64{&b.x, &b.y, &b.sx, &b.sy} {
		*s = make([]float64, most)
	}
	return b
}

// Release puts the block back into the pool.
func (b *Block) Release() { b.blocks.Put(b) }

// Row returns the values of a place, nil if it is uniform.
func (b *Block) Row(place int32) []float64 {
	if r := int(b.row[place]); r >= 0 {
		return b.values[r*b.width:][:b.N]
	}
	return nil
}

// AdjointRow returns the adjoints of a place, nil if it is uniform.
func (b *Block) AdjointRow(place int32) []float64 {
	if r := int(b.row[place]); r >= 0 {
		return b.adj[r*b.width:][:b.N]
	}
	return nil
}

// At returns the value of a place in a lane.
func (b *Block) At(place int32, i int) float64 {
	if r := int(b.row[place]); r >= 0 {
		return b.values[r*b.width+i]
	}
	return b.Uniform[place]
}

// Forward computes all rows but those of the inputs.
func (b *Block) Forward() {
	p := b.p
	for _, k := range b.Varying {
		in := &p.Code[k]
		z := b.Row(int32(p.First) + k)
		x, y := b.Row(in.A), b.Row(in.B)
		switch kind := in.Op & kindMask; {
		case kind == Mul:
			switch {
			case x == nil:
				kernel.Scale(z, b.Uniform[in.A], y)
			case y == nil:
				kernel.Scale(z, b.Uniform[in.B], x)
			default:
				kernel.Mul(z, x, y)
			}
		case kind == Add:
			switch {
			case x == nil:
				kernel.Shift(z, b.Uniform[in.A], y)
			case y == nil:
				kernel.Shift(z, b.Uniform[in.B], x)
			default:
				kernel.Add(z, x, y)
			}
		case kind == Sub:
			switch {
			case x == nil:
				u := b.Uniform[in.A]
				for i, v := range y {
					z[i] = u - v
				}
			case y == nil:
				kernel.Shift(z, -b.Uniform[in.B], x)
			default:
				kernel.Sub(z, x, y)
			}
		case kind == Square:
			kernel.Mul(z, x, x)
		case kind == Nary:
			if l := &p.Lists[in.Op.Index()]; b.softened(k) {
				b.logSumExp(z, l, b.slope[k].row)
			} else {
				b.applyN(z, l, b.exact[p.First+int(k)])
			}
		case kind == Apply:
			f := p.Rows[in.Op.Index()]
			if v := vector.Of(f).Value; v != nil && !b.exact[p.First+int(k)] {
				v(z, x)
				continue
			}
			for i, v := range x {
				z[i] = f.Value(v)
			}
		case kind == Div:
			switch {
			case x == nil:
				u := b.Uniform[in.A]
				for i, v := range y {
					z[i] = u / v
				}
			case y == nil:
				kernel.Over(z, b.Uniform[in.B], x)
			default:
				kernel.Div(z, x, y)
			}
		case kind == Neg:
			kernel.Scale(z, -1, x)
		case kind == Apply2:
			f := p.Rows2[in.Op.Index()]
			x, y := b.operand(in.A, 0), b.operand(in.B, 1)
			for i := range z {
				z[i] = f.Value(x[i], y[i])
			}
		case kind == Choose:
			b.choose(z, &p.Choices[in.Op.Index()])
		default: // NaN
			copy(z, b.ones)
			kernel.Scale(z, math.NaN(), z)
		}
	}
}

// choose computes a branch for every lane.
func (b *Block) choose(z []float64, c *Choice) {
	for i := range z {
		switch x := b.At(c.X, i); {
		case x > 0:
			z[i] = b.At(c.A, i)
		case x <= 0:
			z[i] = b.At(c.B, i)
		default:
			z[i] = x
		}
	}
}

// applyN computes an n-ary statement, with terms in their order if it must be exact.
func (b *Block) applyN(z []float64, l *List, exact bool) {
	if l.Row.Terms == rule.NoSum {
		for i := range z {
			z[i] = b.applyLane(l, i)
		}
		return
	}
	constant := negativeZero
	kernel.Scale(z, negativeZero, b.ones[:b.N])
	if exact {
		b.addInOrder(z, l)
		return
	}
	for i, place := range l.X {
		other := place
		switch {
		case l.Row.Terms == rule.Products:
			other = l.Y[i]
		case l.Row.Terms == rule.Singles:
			if x := b.Row(place); x != nil {
				kernel.Add(z, z, x)
			} else {
				constant += b.Uniform[place]
			}
			continue
		}
		x, y := b.Row(place), b.Row(other)
		switch {
		case x == nil && y == nil:
			constant += b.Uniform[place] * b.Uniform[other]
		case x == nil:
			kernel.Axpy(z, b.Uniform[place], y)
		case y == nil:
			kernel.Axpy(z, b.Uniform[other], x)
		default:
			kernel.MulAdd(z, x, y)
		}
	}
	if constant != 0 || !math.Signbit(constant) {
		kernel.Shift(z, constant, z)
	}
}

// addInOrder adds the terms of a sum one by one, with products that are rounded.
func (b *Block) addInOrder(z []float64, l *List) {
	s := b.work(b.saved)
	for i, place := range l.X {
		copy(s, b.ones)
		b.scale(s, place)
		switch l.Row.Terms {
		case rule.Products:
			b.scale(s, l.Y[i])
		case rule.Squares:
			b.scale(s, place)
		}
		kernel.Add(z, z, s)
	}
}

// operand returns the values of a place, in a row to work in if it is uniform.
func (b *Block) operand(place int32, work int) []float64 {
	if v := b.Row(place); v != nil {
		return v
	}
	s := b.work(b.saved + work)
	kernel.Scale(s, b.Uniform[place], b.ones[:b.N])
	return s
}

// scale multiplies s by the values of a place.
func (b *Block) scale(s []float64, place int32) {
	if v := b.Row(place); v != nil {
		kernel.Mul(s, s, v)
	} else {
		kernel.Scale(s, b.Uniform[place], s)
	}
}

// applyLane computes an n-ary statement in one lane, with its slopes.
func (b *Block) applyLane(l *List, i int) float64 {
	x, y := b.x[:len(l.X)], b.y[:len(l.Y)]
	for k, place := range l.X {
		x[k] = b.At(place, i)
	}
	for k, place := range l.Y {
		y[k] = b.At(place, i)
	}
	return l.Row.Value(x, y, b.sx[:len(x)], b.sy[:len(y)])
}

// Holds reports whether all comparisons come out as they did in every lane.
func (b *Block) Holds() bool {
	for _, g := range b.p.Guards {
		for i := range b.N {
			if b.At(g.X, i) < b.At(g.Y, i) != g.Less {
				return false
			}
		}
	}
	return true
}

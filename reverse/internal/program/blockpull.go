package program

import (
	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// Clear makes all adjoints 0.
func (b *Block) Clear() {
	clear(b.adj)
	clear(b.Shared)
}

// add adds w, scaled, to the adjoints of a place.
func (b *Block) add(place int32, scale float64, w []float64) {
	if a := b.AdjointRow(place); a != nil {
		kernel.Axpy(a, scale, w)
	} else if k := b.at[place]; k >= 0 {
		b.Shared[k] += scale * kernel.Sum(w)
	}
}

// addProduct adds the products of w with the values of factor, scaled, to the adjoints
// of a place.
func (b *Block) addProduct(place int32, scale float64, w []float64, factor int32) {
	a, v := b.AdjointRow(place), b.Row(factor)
	switch k := b.at[place]; {
	case v == nil:
		b.add(place, scale*b.Uniform[factor], w)
	case a == nil && k >= 0:
		b.Shared[k] += scale * kernel.Dot(w, v)
	case a == nil:
	case scale == 1:
		kernel.MulAdd(a, w, v)
	default:
		s := b.work(b.saved + 1)
		kernel.Scale(s, scale, w)
		kernel.MulAdd(a, s, v)
	}
}

// Pull sweeps statements backwards from the adjoints of the results. A lane where
// something on the way is not finite gets adjoints of the inputs that are not either.
func (b *Block) Pull(statements []int32) {
	p := b.p
	for _, k := range slices.Backward(statements) {
		in := &p.Code[k]
		place := int32(p.First) + k
		w := b.AdjointRow(place)
		switch kind := in.Op & kindMask; {
		case kind == Mul:
			b.addProduct(in.A, 1, w, in.B)
			b.addProduct(in.B, 1, w, in.A)
		case kind == Add:
			b.add(in.A, 1, w)
			b.add(in.B, 1, w)
		case kind == Sub:
			b.add(in.A, 1, w)
			b.add(in.B, -1, w)
		case kind == Square:
			b.addProduct(in.A, 2, w, in.A)
		case kind == Nary:
			if l := &p.Lists[in.Op.Index()]; b.softened(k) {
				b.pullLogSumExp(w, l, b.slope[k].row)
			} else {
				b.pullN(w, l)
			}
		case kind == Apply:
			if s := &b.slope[k]; s.place != 0 {
				b.addProduct(in.A, s.scale, w, s.place)
			} else {
				kernel.MulAdd(b.AdjointRow(in.A), w, b.work(s.row))
			}
		case kind == Div:
			y := b.Row(in.B)
			if y == nil {
				r := 1 / b.Uniform[in.B]
				b.add(in.A, r, w)
				b.addProduct(in.B, -r, w, place)
				continue
			}
			s := b.work(b.saved)
			kernel.Mul(s, b.work(b.slope[k].row), w) // not w/y: that may be finite where 1/y is not
			b.add(in.A, 1, s)
			b.addProduct(in.B, -1, s, place)
		case kind == Neg:
			b.add(in.A, -1, w)
		case kind == Apply2:
			b.pull2(w, b.Row(place), in, p.Rows2[in.Op.Index()])
		case kind == Choose:
			b.pullChoice(w, &p.Choices[in.Op.Index()])
		default: // NaN
			kernel.Scale(w, math.NaN(), w)
			b.add(in.A, 1, w)
			b.add(in.B, 1, w)
		}
	}
}

// work returns a row of the slopes.
func (b *Block) work(i int) []float64 { return b.slopes[i*b.width:][:b.N] }

// Slopes computes the slopes that are not among the
// values.
func (b *Block) Slopes() {
	p := b.p
	for _, k := range b.calls {
		in := &p.Code[k]
		s := b.work(b.slope[k].row)
		if in.Op.Kind() == Div {
			kernel.Div(s, b.ones[:b.N], b.Row(in.B))
			continue
		}
		f, x, z := p.Rows[in.Op.Index()], b.Row(in.A), b.Row(int32(p.First)+k)
		if slope := vector.Of(f).Slope; slope != nil {
			clear(s)
			slope(s, b.ones[:b.N], x, z)
			continue
		}
		for i, v := range x {
			s[i] = f.Slope(v, z[i])
		}
	}
}

// AddAdjoint adds to the adjoint of a place in a lane.
func (b *Block) AddAdjoint(place int32, i int, v float64) {
	if r := int(b.row[place]); r >= 0 {
		b.adj[r*b.width+i] += v
	} else if k := b.at[place]; k >= 0 {
		b.Shared[k] += v
	}
}

func (b *Block) pullChoice(w []float64, c *Choice) {
	for i, v := range w {
		switch x := b.At(c.X, i); {
		case x > 0:
			b.AddAdjoint(c.A, i, v)
		case x <= 0:
			b.AddAdjoint(c.B, i, v)
		default:
			b.AddAdjoint(c.A, i, x)
			b.AddAdjoint(c.B, i, x)
		}
	}
}

func (b *Block) pull2(w, z []float64, in *Instr, f *rule.Func2) {
	x, y := b.operand(in.A, 0), b.operand(in.B, 1)
	constant, s := int32(b.p.Constant()), b.work(b.saved+2)
	if in.A < constant {
		for i, v := range w {
			s[i] = v * f.SlopeX(x[i], y[i], z[i])
		}
		b.add(in.A, 1, s)
	}
	if in.B < constant {
		for i, v := range w {
			s[i] = v * f.SlopeY(x[i], y[i], z[i])
		}
		b.add(in.B, 1, s)
	}
}

func (b *Block) pullN(w []float64, l *List) {
	switch l.Row.Terms {
	case rule.Singles:
		for _, place := range l.X {
			b.add(place, 1, w)
		}
	case rule.Products:
		for i, place := range l.X {
			b.addProduct(place, 1, w, l.Y[i])
			b.addProduct(l.Y[i], 1, w, place)
		}
	case rule.Squares:
		for _, place := range l.X {
			b.addProduct(place, 2, w, place)
		}
	default:
		for i, v := range w {
			b.applyLane(l, i)
			for k, place := range l.X {
				b.AddAdjoint(place, i, v*b.sx[k])
			}
			for k, place := range l.Y {
				b.AddAdjoint(place, i, v*b.sy[k])
			}
		}
	}
}

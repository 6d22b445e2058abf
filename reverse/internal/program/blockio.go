package program

import "github.com/quartet-ad/ad/reverse/internal/vector"

// Load takes the inputs of points from on.
func (b *Block) Load(x []Column, from int) {
	for i, c := range x {
		if c.Stride == 0 {
			continue
		}
		row, data := b.Row(int32(i+1)), c.Data[from*c.Stride:]
		if c.Stride == 1 {
			copy(row, data)
			continue
		}
		for j := range row {
			row[j] = data[j*c.Stride]
		}
	}
}

// Store writes the results to those of points from on.
func (b *Block) Store(y []Column, from int) {
	for i, c := range y {
		data, place := c.Data[from*c.Stride:], b.p.Results[i]
		for j := range b.N {
			data[j*c.Stride] = b.At(place, j)
		}
	}
}

// Seed adds the weights that a result has at points from on to its adjoints.
func (b *Block) Seed(result int, w Column, from int) {
	place := b.p.Results[result]
	for j := range b.N {
		b.AddAdjoint(place, j, w.At(from+j))
	}
}

// Finite reports whether the adjoints of the inputs are finite.
func (b *Block) Finite() bool {
	for i := range b.p.N {
		if a := b.AdjointRow(int32(i + 1)); a != nil && !vector.SumFinite(a) {
			return false
		}
	}
	return true
}

// AddAdjoints adds the adjoints of the inputs to those of points from on. Columns
// without data are left out.
func (b *Block) AddAdjoints(dx []Column, from int) {
	for i, c := range dx {
		a := b.AdjointRow(int32(i + 1))
		if a == nil || c.Data == nil {
			continue
		}
		data := c.Data[from*c.Stride:]
		for j, v := range a {
			data[j*c.Stride] += v
		}
	}
}

// SetAdjoints sets the columns of rows to the adjoints of the inputs: four at a time,
// since rows are long and caches narrow.
func (b *Block) SetAdjoints(dx []Column, from int) {
	stride := dx[0].Stride
	for ; len(dx) >= 4; dx = dx[4:] {
		i := int32(b.p.N - len(dx) + 1)
		p, q, r, s := b.AdjointRow(i), b.AdjointRow(i+1), b.AdjointRow(i+2), b.AdjointRow(i+3)
		q, r, s = q[:len(p)], r[:len(p)], s[:len(p)]
		data := dx[0].Data[from*stride:]
		for j := range p {
			d := data[j*stride:][:4]
			d[0], d[1], d[2], d[3] = p[j], q[j], r[j], s[j]
		}
	}
	for ; len(dx) > 0; dx = dx[1:] {
		data := dx[0].Data[from*stride:]
		for j, v := range b.AdjointRow(int32(b.p.N - len(dx) + 1)) {
			data[j*stride] = v
		}
	}
}

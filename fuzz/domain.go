package fuzz

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Point reads n numbers between -8 and 8, of which many are round: a point for a function
// without a domain of its own.
func (d *Decoder) Point(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = d.moderate()
	}
	return x
}

// moderate reads a number of eighths or of 4096ths.
func (d *Decoder) moderate() float64 {
	b := int(d.Byte())
	if b < gridEnd {
		return gridUnit * float64(int8(b<<1)>>1)
	}
	return fineUnit * float64(int16(d.word(2)))
}

// Range reads a number from lo to hi. Both ends occur, and so do numbers next to them and
// far closer than any step, round shares of the way, and all others.
//
// Range panics if lo or hi is not finite, or if lo is above hi.
func (d *Decoder) Range(lo, hi float64) float64 {
	if !(lo <= hi) || math.IsInf(lo, 0) || math.IsInf(hi, 0) {
		panic(fmt.Sprintf("fuzz: no range goes from %v to %v", lo, hi))
	}
	b := int(d.Byte())
	switch {
	case b < 65:
		return between(lo, hi, float64((b+32)%65)/64) // a 0 is the middle
	case b < 80:
		return lo
	case b < 95:
		return hi
	case b < 160:
		return between(lo, hi, math.Ldexp(1, 94-b))
	case b < 224:
		return between(hi, lo, math.Ldexp(1, 159-b))
	}
	return between(lo, hi, float64(d.word(4))/(1<<32-1))
}

// between returns the number at a share of the way from a to b.
func between(a, b, share float64) float64 {
	return min(max(a+(b/2-a/2)*share*2, min(a, b)), max(a, b))
}

// Positive reads a finite number above 0: an eighth to 8, in eighths; or of any size from
// 2⁻¹⁰ to 2¹⁰; or, as often as not, of any size that there is.
func (d *Decoder) Positive() float64 {
	b := d.Byte()
	if b < 64 {
		return gridUnit * float64((b+7)%64+1) // a 0 is 1
	}
	share := 1 + float64(d.word(4))/(1<<32)
	if b < 128 {
		return math.Ldexp(share, int(d.Byte())%20-10)
	}
	return math.Ldexp(share, int(d.word(2))%2046-1022)
}

// Probability reads a number from 0 to 1, as Range does.
func (d *Decoder) Probability() float64 { return d.Range(0, 1) }

// Simplex reads n probabilities with the sum 1, to a rounding of each. Some are 0, and at
// times all but one.
//
// Simplex panics if n is not positive.
func (d *Decoder) Simplex(n int) []float64 {
	if n < 1 {
		panic(fmt.Sprintf("fuzz: no simplex has %d corners", n))
	}
	p := make([]float64, n)
	corner, sum := int(d.Byte())%n, 0.0
	for i := range p {
		switch b := d.Byte(); {
		case b < 192:
			p[i] = float64(b%64+1) / 64
		case b < 224:
			p[i] = math.Ldexp(1, -int(b-192))
		}
		sum += p[i]
	}
	if sum == 0 {
		p[corner], sum = 1, 1
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// SPD reads a symmetric positive definite n×n matrix: B·Bᵀ plus a diagonal from 2⁻²⁰ to 8,
// with entries of B between -2 and 2. Its condition number is below 2²⁴n².
//
// SPD panics if n is not positive.
func (d *Decoder) SPD(n int) *mat.SymDense {
	if n < 1 {
		panic(fmt.Sprintf("fuzz: no matrix is %d×%d", n, n))
	}
	b := mat.NewDense(n, n, nil)
	for i := range n {
		for j := range n {
			b.Set(i, j, d.moderate()/4)
		}
	}
	a := mat.NewSymDense(n, nil)
	a.SymOuterK(1, b)
	for i := range n {
		a.SetSym(i, i, a.At(i, i)+math.Ldexp(1, 3-int(d.Byte())%24))
	}
	return a
}

// Ties reads n numbers, as Point does, of which many are equal to one before, and some are
// its next neighbors.
func (d *Decoder) Ties(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		b := d.Byte()
		if i == 0 || b >= 160 {
			x[i] = d.moderate()
			continue
		}
		x[i] = x[int(b)%i]
		if b >= 128 {
			x[i] = math.Nextafter(x[i], math.Inf(1-2*int(b&1)))
		}
	}
	return x
}

// Kink reads one of the numbers given, where a function has a kink, or one beside it: its
// next neighbors and those half as far, a quarter as far, and so on, as 1.
//
// Kink panics if it is given no numbers.
func (d *Decoder) Kink(at ...float64) float64 {
	if len(at) == 0 {
		panic("fuzz: Kink of no numbers")
	}
	x := at[int(d.Byte())%len(at)]
	b := d.Byte()
	side := float64(1 - 2*int(b&1))
	switch k := int(b) / 2; {
	case k < 32:
		return x
	case k < 48:
		return math.Nextafter(x, math.Inf(int(side)))
	default:
		return x + math.Ldexp(side, 48-k)
	}
}

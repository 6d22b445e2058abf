package symbolic

import (
	"math"

	"github.com/quartet-ad/ad"
)

// A molecule of six atoms in a chain, an expression of about two hundred operations: the
// energies of five bonds (Morse), of four angles, of six pairs that repel each other, and of
// all atoms in a periodic field. The inputs are the coordinates, atom after atom.
const (
	atoms     = 6
	depth     = 1.7 // of the well of a bond
	steepness = 0.9
	atRest    = 1.2  // of two bonded atoms at rest
	stiffness = 0.4  // of an angle
	opening   = -0.3 // the cosine of an angle at rest
	charge    = 0.8
	field     = 0.25
)

func molecule(x []Expr) Expr {
	c := number
	between := func(i, k int) (d []Expr, r Expr) {
		for axis := range 3 {
			d = append(d, x[3*k+axis].Sub(x[3*i+axis]))
		}
		return d, ad.Sqrt(d[0].Mul(d[0]).Add(d[1].Mul(d[1])).Add(d[2].Mul(d[2])))
	}
	var d [][]Expr
	var r, terms []Expr
	for i := range atoms - 1 {
		di, ri := between(i, i+1)
		d, r = append(d, di), append(r, ri)
		s := c(1).Sub(ad.Exp(c(atRest).Sub(ri).Mul(c(steepness))))
		terms = append(terms, c(depth).Mul(s.Mul(s)))
	}
	for i := range atoms - 2 {
		a, b := d[i], d[i+1]
		t := a[0].Mul(b[0]).Add(a[1].Mul(b[1])).Add(a[2].Mul(b[2])).Div(r[i].Mul(r[i+1])).Sub(c(opening))
		terms = append(terms, c(stiffness).Mul(t.Mul(t)))
	}
	for i := range atoms {
		for k := i + 3; k < atoms; k++ {
			_, s := between(i, k)
			terms = append(terms, c(charge).Div(s))
		}
	}
	waves := ad.Sin(x[0])
	for i := 1; i < atoms; i++ {
		waves = waves.Add(ad.Sin(x[3*i]))
	}
	e := c(field).Mul(waves)
	for _, t := range terms {
		e = e.Add(t)
	}
	return e
}

func moleculeVars() (vars []Expr, at []float64) {
	for i := range 3 * atoms {
		vars = append(vars, variableNumber(i))
		at = append(at, 0.4*float64(i)+0.7*math.Sin(float64(7*i)))
	}
	return vars, at
}

// moleculeByHand computes the energy and its gradient, as a person writes it.
func moleculeByHand(grad, x []float64) float64 {
	var d [atoms - 1][3]float64
	var r, br [atoms - 1]float64
	grad, x = grad[:3*atoms], x[:3*atoms]
	e := 0.0
	for i := range atoms {
		s, c := math.Sincos(x[3*i])
		e += field * s
		grad[3*i], grad[3*i+1], grad[3*i+2] = field*c, 0, 0
	}
	for i := range d {
		a, b := x[3*i:][:3], x[3*i+3:][:3]
		d0, d1, d2 := b[0]-a[0], b[1]-a[1], b[2]-a[2]
		length := math.Sqrt(d0*d0 + d1*d1 + d2*d2)
		d[i], r[i] = [3]float64{d0, d1, d2}, length
		q := math.Exp((atRest - length) * steepness)
		e += depth * (1 - q) * (1 - q)
		br[i] = 2 * depth * (1 - q) * q * steepness
	}
	var bd [atoms - 1][3]float64
	for i := range atoms - 2 {
		a, b := &d[i], &d[i+1]
		product := r[i] * r[i+1]
		cosine := (a[0]*b[0] + a[1]*b[1] + a[2]*b[2]) / product
		t := cosine - opening
		e += stiffness * t * t
		bt := 2 * stiffness * t
		w := bt / product
		for axis := range a {
			bd[i][axis] += w * b[axis]
			bd[i+1][axis] += w * a[axis]
		}
		br[i] -= w * cosine * r[i+1]
		br[i+1] -= w * cosine * r[i]
	}
	for i := range d {
		a, b := grad[3*i:][:3], grad[3*i+3:][:3]
		w := br[i] / r[i]
		for axis, v := range d[i] {
			g := bd[i][axis] + w*v
			a[axis] -= g
			b[axis] += g
		}
	}
	for i := range atoms {
		for k := i + 3; k < atoms; k++ {
			a, b := x[3*i:][:3], x[3*k:][:3]
			d0, d1, d2 := b[0]-a[0], b[1]-a[1], b[2]-a[2]
			square := d0*d0 + d1*d1 + d2*d2
			v := charge / math.Sqrt(square)
			e += v
			w := v / square
			ga, gb := grad[3*i:][:3], grad[3*k:][:3]
			ga[0], ga[1], ga[2] = ga[0]+w*d0, ga[1]+w*d1, ga[2]+w*d2
			gb[0], gb[1], gb[2] = gb[0]-w*d0, gb[1]-w*d1, gb[2]-w*d2
		}
	}
	return e
}

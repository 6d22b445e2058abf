package numeric

import "github.com/quartet-ad/ad"

// Real is a plain float64 as an ad.Scalar: rosenbrock[numeric.Real] is a generic
// function in the form that the operators of this package take. They also take a
// function over any other type whose underlying type is float64.
type Real = ad.Real

// A function is f as this package evaluates it.
type function interface {
	// at returns f(x). It writes the point afresh for every evaluation, since f may
	// change its argument, and hands out a copy of the result, since f may use its
	// own again; the copy is good until the next call.
	at(x []float64) []float64

	fork() function // one that may be called at the same time, if f may
	release()       // gives its storage back
}

// A number is a function of one number.
type number[F ~float64] struct {
	f func(F) F
	y [1]float64
}

func fromNumber[F ~float64](f func(F) F) function {
	c := borrow[number[F]]()
	c.f = f
	return c
}

func (c *number[F]) fork() function { return fromNumber(c.f) }

func (c *number[F]) release() {
	c.f = nil
	giveBack(c)
}

func (c *number[F]) at(x []float64) []float64 {
	c.y[0] = float64(c.f(F(x[0])))
	return c.y[:]
}

// A scalar is a function Rⁿ → R.
type scalar[F ~float64] struct {
	f   func([]F) F
	arg []F
	y   [1]float64
}

func fromScalar[F ~float64](f func([]F) F) function {
	c := borrow[scalar[F]]()
	c.f = f
	return c
}

func (c *scalar[F]) fork() function { return fromScalar(c.f) }

func (c *scalar[F]) release() {
	c.f = nil
	giveBack(c)
}

func (c *scalar[F]) at(x []float64) []float64 {
	c.arg = converted(c.arg, x)
	c.y[0] = float64(c.f(c.arg))
	return c.y[:]
}

// A vector is a function Rⁿ → Rᵐ.
type vector[F ~float64] struct {
	f   func([]F) []F
	arg []F
	y   []float64
}

func fromVector[F ~float64](f func([]F) []F) function {
	c := borrow[vector[F]]()
	c.f = f
	return c
}

func (c *vector[F]) fork() function { return fromVector(c.f) }

func (c *vector[F]) release() {
	c.f = nil
	giveBack(c)
}

func (c *vector[F]) at(x []float64) []float64 {
	c.arg = converted(c.arg, x)
	c.y = converted(c.y, c.f(c.arg))
	return c.y
}

// converted returns src as numbers of another type, in the storage of dst.
func converted[D, S ~float64](dst []D, src []S) []D {
	dst = dst[:0]
	for _, v := range src {
		dst = append(dst, D(v))
	}
	return dst
}

// A weighting is the sum of f's results weighted with w. A result whose weight is 0 is left
// out.
type weighting struct {
	f function
	w []float64
	y [1]float64
}

func (c *weighting) fork() function {
	d := borrow[weighting]()
	d.f, d.w = c.f.fork(), c.w
	return d
}

func (c *weighting) release() {
	c.f.release()
	c.f, c.w = nil, nil
	giveBack(c)
}

func (c *weighting) at(x []float64) []float64 {
	c.y[0] = weightedSum(c.w, c.f.at(x))
	return c.y[:]
}

func weightedSum(w, y []float64) float64 {
	var s float64
	for k, wk := range w {
		if wk != 0 {
			s += float64(wk * y[k])
		}
	}
	return s
}

package numeric

import (
	"fmt"
	"math"
	"math/cmplx"
)

const maxTerms = 256 // of a Taylor series

// Taylor returns the coefficients c₀ … cₙ of the Taylor series of f at z,
//
//	f(z+w) = c₀ + c₁·w + … + cₙ·wⁿ + …
//
// and an estimate of the error of each. The derivative of order k is k!·cₖ. f must be
// analytic at z. A pole or another singularity may be near; one that f shows no trace of
// on a circle around it is not seen.
//
// The coefficients are Fourier coefficients of f on a circle around z (Lyness and
// Moler, SIAM J. Numer. Anal. 4, 1967), by the fast Fourier transform. Rounding in f is
// divided by the k-th power of the radius, and what lies beyond cₙ adds up to the
// more, the larger it is: so the radius is moved until the last coefficients on the
// circle are balanced against rounding (Fornberg, ACM TOMS 7, 1981), and of several
// radii each coefficient is taken from the circle that tells it best.
//
// Cost: 2 to 4 times n+1 evaluations of f, at least 32, on some 8 circles, and more where a singularity is near.
//
// What is not found is NaN ± Inf: all where z is a pole or a branch point, or not finite, and
// coefficients that overflow.
//
// Taylor panics if n is negative or above 255.
func Taylor(f func(complex128) complex128, z complex128, n int) (c []complex128, errs []float64) {
	return taylor("numeric.Taylor", f, z, n, math.Inf(1))
}

// TaylorWithin is Taylor that evaluates f on circles of the radius at most: inside of the
// domain of f, or short of a singularity that is known.
//
// Cost: as Taylor.
//
// TaylorWithin panics as Taylor does, and if radius is not a positive number.
func TaylorWithin(f func(complex128) complex128, z complex128, n int, radius float64) (c []complex128, errs []float64) {
	const op = "numeric.TaylorWithin"
	if !(radius > 0) || !finite(radius) {
		panic(fmt.Sprintf("%s: the radius is %v, want a positive number", op, radius))
	}
	return taylor(op, f, z, n, radius)
}

func taylor(op string, f func(complex128) complex128, z complex128, n int, most float64) (c []complex128, errs []float64) {
	if n < 0 || n >= maxTerms {
		panic(fmt.Sprintf("%s: n is %d, want 0 to %d", op, n, maxTerms-1))
	}
	points := 32
	for points < 2*(n+1) {
		points *= 2
	}
	c, errs = make([]complex128, n+1), make([]float64, n+1)
	for k := range c {
		c[k], errs[k] = cmplx.NaN(), math.Inf(1)
	}
	radius, factor := min(max(1, cmplx.Abs(z))/4, most), 4.0
	grew := 0 // 1 if the last circle was too small, -1 if it was too large
	for range 60 {
		a, size := circle(op, f, z, radius, points)
		larger := false
		if size <= math.MaxFloat64 {
			larger = take(c, errs, a, size, radius, cmplx.Abs(z))
		}
		switch {
		case larger && grew < 0, !larger && grew > 0:
			factor = math.Sqrt(factor)
		}
		if larger {
			if radius >= most {
				break
			}
			radius, grew = min(radius*factor, most), 1
		} else {
			radius, grew = radius/factor, -1
		}
		if factor < 1.1 || radius < 1e-290 || radius > 1e290 {
			break
		}
	}
	return c, errs
}

// circle returns the Fourier coefficients of f on a circle and its greatest size there.
func circle(op string, f func(complex128) complex128, z complex128, radius float64, points int) (a []complex128, size float64) {
	a = make([]complex128, points)
	for j := range a {
		a[j] = guarded(op, f, z+cmplx.Rect(radius, 2*math.Pi*float64(j)/float64(points)), parts)
		size = max(size, cmplx.Abs(a[j]))
	}
	fourier(a)
	for k := range a {
		a[k] /= complex(float64(points), 0)
	}
	return a, size
}

// take takes the coefficients which a circle tells better than those before it did. It
// reports whether a larger circle may tell more: what is beyond the last coefficients is
// below rounding.
func take(c []complex128, errs []float64, a []complex128, size, radius, at float64) (larger bool) {
	// A coefficient comes with those that are a whole number of circles beyond, which
	// are no larger than the last half if they shrink. If there is a singularity inside of
	// the circle they do not: the last ones are those of 1/w, 1/w² and so on.
	//
	// Rounding is that of f and of the points of the circle, times the derivative there.
	slope := 0.0
	for k, v := range a[:len(a)/2] {
		slope += float64(k) * cmplx.Abs(v) / radius
	}
	rounding := 4 * ulp * (size + at*slope)
	third, last := largest(a[len(a)/2:len(a)*3/4]), largest(a[len(a)*3/4:])
	if last > third+rounding {
		return false
	}
	tail, scale, power := max(third, last), 1.0, 0 // the k-th power of the radius is scale·2^power
	for k := range c {
		if e := math.Ldexp((tail+rounding)/scale, -power) + smallest; finite(e) && e < errs[k] {
			c[k] = complex(math.Ldexp(real(a[k])/scale, -power), math.Ldexp(imag(a[k])/scale, -power))
			errs[k] = e
		}
		var more int
		scale, more = math.Frexp(scale * radius)
		power += more
	}
	return tail <= rounding
}

// largest returns the greatest size of numbers.
func largest(a []complex128) (size float64) {
	for _, v := range a {
		size = max(size, cmplx.Abs(v))
	}
	return size
}

// fourier transforms a in place: a[k] becomes the sum of a[j]·exp(-2πijk/len(a)). The
// length is a power of two (Cooley and Tukey 1965).
func fourier(a []complex128) {
	n := len(a)
	if n == 1 {
		return
	}
	even, odd := make([]complex128, n/2), make([]complex128, n/2)
	for j := range even {
		even[j], odd[j] = a[2*j], a[2*j+1]
	}
	fourier(even)
	fourier(odd)
	for k := range even {
		t := odd[k] * cmplx.Rect(1, -2*math.Pi*float64(k)/float64(n))
		a[k], a[k+n/2] = even[k]+t, even[k]-t
	}
}

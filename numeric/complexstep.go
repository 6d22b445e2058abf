package numeric

import (
	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// A ComplexScheme differentiates functions over complex128 by a step along the
// imaginary axis:
//
//	f'(x) = Im f(x+ih) / h + O(h²)
//
// (Squire and Trapp, SIAM Review 40, 1998; Martins, Sturdza and Alonso, ACM TOMS
// 29, 2003). Nothing is subtracted, so h may be so small that the derivative is
// right to the last places: h is 2⁻⁶⁶⁴, about 10⁻²⁰⁰, and larger where |x| is above
// 2³⁰⁰, up to 2⁻¹⁰⁰.
//
// f must be analytic and real for real arguments, and built from operations that
// compute with complex numbers all the way. What takes the imaginary part away
// takes the derivative with it: cmplx.Abs, cmplx.Conj, real, imag, and a detour
// over float64, and so do cmplx.Asin, cmplx.Acos, cmplx.Atan, cmplx.Acosh and some of
// cmplx.Asinh and cmplx.Atanh, which ComplexAsin and its like replace. Comparisons must
// look at real parts only. Where f is not real, as beyond the branch point of cmplx.Log or
// cmplx.Sqrt, the derivative is NaN. That is told by an imaginary part above 2⁻⁶⁴ times the
// real part and above 2⁻¹⁵⁰, so that a slope above 2⁵¹⁴ at a zero of f is NaN too. A point that is not much further than h from a singularity
// gives nonsense.
type ComplexScheme struct{}

// ComplexStep is the scheme for functions over complex128.
var ComplexStep ComplexScheme

// imagStep is h; as a power of two it divides without rounding. It grows with the largest
// of the inputs that move, where h/x would underflow, until h² would show.
const (
	imagStep    = 0x1p-664
	largestStep = 0x1p-100
)

func stepAt(x float64) float64 {
	if x = math.Abs(x); !(x > 0x1p300) {
		return imagStep
	}
	return min(imagStep*powerBelow(x*0x1p-300), largestStep)
}

// slopeOf returns the derivative that y shows, a value of f at a step h: NaN if f is not real.
func slopeOf(y complex128, h float64) float64 {
	im, re := math.Abs(imag(y)), math.Abs(real(y))
	if im > min(0x1p514*h, 0x1p-20) && (im > 0x1p-64*re || math.IsInf(re, 1) && finite(im)) {
		return math.NaN()
	}
	return imag(y) / h
}

// Derivative returns the derivative of f at x.
//
// Cost: one evaluation of f.
func (ComplexScheme) Derivative(f func(complex128) complex128, x float64) float64 {
	h := stepAt(x)
	return slopeOf(guarded("numeric.ComplexStep.Derivative", f, complex(x, h), realPart), h)
}

// Gradient returns the gradient of f at x.
//
// Cost: one evaluation of f for every input, and one.
func (s ComplexScheme) Gradient(f func([]complex128) complex128, x []float64) []float64 {
	g := make([]float64, len(x))
	s.GradientTo(g, f, x)
	return g
}

// GradientTo writes the gradient of f at x to dst and returns f(x).
//
// Cost: as Gradient.
//
// GradientTo panics if dst and x differ in length.
func (ComplexScheme) GradientTo(dst []float64, f func([]complex128) complex128, x []float64) float64 {
	const op = "numeric.ComplexStep.GradientTo"
	check.Length(op, "dst", len(dst), len(x))
	at := newPoint(x) // dst may be x
	defer giveBack(at)
	for i := range x {
		dst[i] = slopeOf(ask(at, op, f, at.turned(i)), stepAt(at.x[i]))
	}
	return real(ask(at, op, f, at.turned(-1)))
}

// Jacobian returns the Jacobian of f at x: a row for every output, a column for
// every input.
//
// Cost: one evaluation of f for every input, and one.
//
// Jacobian panics if f has no inputs or no outputs.
func (s ComplexScheme) Jacobian(f func([]complex128) []complex128, x []float64) *mat.Dense {
	var j mat.Dense
	s.JacobianTo(&j, f, x)
	return &j
}

// JacobianTo writes the Jacobian of f at x to dst and returns f(x). An empty
// dst is given its size.
//
// Cost: as Jacobian.
//
// JacobianTo panics if dst is neither empty nor of the Jacobian's size.
func (ComplexScheme) JacobianTo(dst *mat.Dense, f func([]complex128) []complex128, x []float64) []float64 {
	const op = "numeric.ComplexStep.JacobianTo"
	at := newPoint(x)
	defer giveBack(at)
	value := reals(ask(at, op, f, at.turned(-1)))
	check.Dense(op, dst, len(value), len(x))
	for i := range x {
		y := ask(at, op, f, at.turned(i))
		check.Length(op, "the result of f", len(y), len(value))
		for k, yk := range y {
			dst.Set(k, i, slopeOf(yk, stepAt(x[i])))
		}
	}
	return value
}

// JVP returns the Jacobian of f at x times the vector v: the derivative of f in
// the direction v. An input whose entry in v is 0 does not move.
//
// Cost: one evaluation of f.
//
// JVP panics if x and v differ in length.
func (ComplexScheme) JVP(f func([]complex128) []complex128, x, v []float64) []float64 {
	at := newPoint(x)
	defer giveBack(at)
	y, h, unit := at.along("numeric.ComplexStep.JVP", f, v)
	return tangents(make([]float64, len(y)), y, h, unit)
}

// JVPTo writes the Jacobian of f at x times the vector v to dst and returns
// f(x).
//
// Cost: as JVP.
//
// JVPTo panics if x and v differ in length, or dst and the result of f.
func (ComplexScheme) JVPTo(dst []float64, f func([]complex128) []complex128, x, v []float64) []float64 {
	at := newPoint(x)
	defer giveBack(at)
	y, h, unit := at.along("numeric.ComplexStep.JVPTo", f, v)
	check.Length("numeric.ComplexStep.JVPTo", "dst", len(dst), len(y))
	value := reals(y) // before dst is written, which f may have returned
	tangents(dst, y, h, unit)
	return value
}

// VJP returns the vector w times the Jacobian of f at x: the gradient of the sum
// of f's results weighted with w. A result whose entry in w is 0 is left out.
//
// Cost: one evaluation of f for every input, and one.
//
// VJP panics if w and the result of f differ in length.
func (ComplexScheme) VJP(f func([]complex128) []complex128, x, w []float64) []float64 {
	dst := make([]float64, len(x))
	complexVJP("numeric.ComplexStep.VJP", dst, f, x, w)
	return dst
}

// VJPTo writes the vector w times the Jacobian of f at x to dst and returns
// f(x).
//
// Cost: as VJP.
//
// VJPTo panics if dst and x differ in length, or w and the result of f.
func (ComplexScheme) VJPTo(dst []float64, f func([]complex128) []complex128, x, w []float64) []float64 {
	check.Length("numeric.ComplexStep.VJPTo", "dst", len(dst), len(x))
	return complexVJP("numeric.ComplexStep.VJPTo", dst, f, x, w)
}

func complexVJP(op string, dst []float64, f func([]complex128) []complex128, x, w []float64) []float64 {
	at := newPoint(x) // dst may be x or w
	defer giveBack(at)
	at.w = append(at.w[:0], w...)
	value := reals(ask(at, op, f, at.turned(-1)))
	check.Length(op, "w", len(w), len(value))
	at.t = resized(at.t, len(w))
	for i := range x {
		y := ask(at, op, f, at.turned(i))
		check.Length(op, "the result of f", len(y), len(w))
		dst[i] = weightedSum(at.w, tangents(at.t, y, stepAt(at.x[i]), 1))
	}
	return value
}

// A point is where a function is evaluated with steps along the imaginary axes.
type point struct {
	x, w, t []float64 // w and t are for products
	z       []complex128
}

func newPoint(x []float64) *point {
	p := borrow[point]()
	p.x, p.z = append(p.x[:0], x...), resized(p.z, len(x))
	return p
}

// turned returns the point with a step of input i along the imaginary axis; i = -1 is none.
func (p *point) turned(i int) []complex128 {
	for j, xj := range p.x {
		p.z[j] = complex(xj, 0)
	}
	if i >= 0 {
		p.z[i] = complex(p.x[i], stepAt(p.x[i]))
	}
	return p.z
}

// ask returns f(z), near the point. A panic of f is passed on with the point.
func ask[Y any](p *point, op string, f func([]complex128) Y, z []complex128) Y {
	defer func() {
		if v := recover(); v != nil {
			panic(&PanicError{op, slices.Clone(p.x), v})
		}
	}()
	return f(z)
}

// along returns f with a step in the direction v, the longest of its imaginary parts, however
// long v is, and the unit that v has then.
func (p *point) along(op string, f func([]complex128) []complex128, v []float64) (y []complex128, h, unit float64) {
	check.Length(op, "v", len(v), len(p.x))
	var longest float64
	h = imagStep
	for i, vi := range v {
		longest = max(longest, math.Abs(vi))
		if vi != 0 {
			h = max(h, stepAt(p.x[i]))
		}
	}
	z := p.turned(-1)
	if longest == 0 {
		return ask(p, op, f, z), h, 0
	}
	unit = powerBelow(longest)
	for i, vi := range v {
		if vi != 0 {
			z[i] = complex(p.x[i], h*(vi/unit))
		}
	}
	return ask(p, op, f, z), h, unit
}

// tangents writes the derivatives that y shows, times unit, to dst; 0 where unit is.
func tangents(dst []float64, y []complex128, h, unit float64) []float64 {
	for k, yk := range y {
		dst[k] = 0
		if unit != 0 {
			dst[k] = slopeOf(yk, h) * unit
		}
	}
	return dst
}

func reals(z []complex128) []float64 {
	x := make([]float64, len(z))
	for i, zi := range z {
		x[i] = real(zi)
	}
	return x
}

package optest

import (
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
	"gonum.org/v1/gonum/mat"
)

// A Backend is the seven operators of a package, with the To forms. N is its number
// type at first order, H at second.
type Backend[N ad.Scalar[N], H ad.Scalar[H]] struct {
	Name      string  // of the package
	Tolerance float64 // relative to the largest entry

	Derivative func(f func(N) N, x float64) float64
	Gradient   func(f func([]N) N, x []float64) []float64
	GradientTo func(dst []float64, f func([]N) N, x []float64) float64
	Jacobian   func(f func([]N) []N, x []float64) *mat.Dense
	JacobianTo func(dst *mat.Dense, f func([]N) []N, x []float64) []float64
	JVP        func(f func([]N) []N, x, v []float64) []float64
	JVPTo      func(dst []float64, f func([]N) []N, x, v []float64) []float64
	VJP        func(f func([]N) []N, x, w []float64) []float64
	VJPTo      func(dst []float64, f func([]N) []N, x, w []float64) []float64
	Hessian    func(f func([]H) H, x []float64) *mat.SymDense
	HessianTo  func(dst *mat.SymDense, f func([]H) H, x []float64) float64
	HVP        func(f func([]H) H, x, v []float64) []float64
	HVPTo      func(dst []float64, f func([]H) H, x, v []float64) float64
}

// Operators holds a backend to the contract that all four share: what the operators
// return, that the To forms return the value and may write to their arguments, and how
// misuse reads.
func Operators[N ad.Scalar[N], H ad.Scalar[H]](t *testing.T, b Backend[N, H]) {
	t.Run("scalar", b.scalar)
	t.Run("vector", b.vector)
	t.Run("in place", b.inPlace)
	t.Run("results", b.results)
	t.Run("no inputs", b.noInputs)
	t.Run("misuse", b.misuse)
}

// Rosenbrock's function, whose derivatives at (-1.2, 1) are known.
func Rosenbrock[T ad.Scalar[T]](x []T) T {
	one, hundred := ad.Const[T](1), ad.Const[T](100)
	a := one.Sub(x[0])
	b := x[1].Sub(x[0].Mul(x[0]))
	return a.Mul(a).Add(hundred.Mul(b).Mul(b))
}

// Polar maps a radius and an angle to the plane.
func Polar[T ad.Scalar[T]](x []T) []T {
	s, c := ad.Sincos(x[1])
	return []T{x[0].Mul(c), x[0].Mul(s)}
}

var (
	at       = []float64{-1.2, 1}
	value    = []float64{24.2}
	gradient = []float64{-215.6, -88}
	hessian  = []float64{1330, 480, 480, 200}
	along    = []float64{2, -1}
	product  = []float64{2180, 760}
)

func (b Backend[N, H]) within(t *testing.T, what string, got, want []float64) {
	t.Helper()
	Within(t, b.Name+"."+what, got, want, b.Tolerance)
}

func (b Backend[N, H]) scalar(t *testing.T) {
	g := make([]float64, 2)
	b.within(t, "GradientTo: value", []float64{b.GradientTo(g, Rosenbrock[N], at)}, value)
	b.within(t, "GradientTo", g, gradient)
	b.within(t, "Gradient", b.Gradient(Rosenbrock[N], at), gradient)
	var h mat.SymDense
	b.within(t, "HessianTo: value", []float64{b.HessianTo(&h, Rosenbrock[H], at)}, value)
	b.within(t, "HessianTo", flat(&h), hessian)
	b.within(t, "HessianTo of a matrix that has a size", flat(func() mat.Matrix { b.HessianTo(&h, Rosenbrock[H], at); return &h }()), hessian)
	b.within(t, "Hessian", flat(b.Hessian(Rosenbrock[H], at)), hessian)
	b.within(t, "HVPTo: value", []float64{b.HVPTo(g, Rosenbrock[H], at, along)}, value)
	b.within(t, "HVPTo", g, product)
	b.within(t, "HVP", b.HVP(Rosenbrock[H], at, along), product)
	b.within(t, "Derivative", []float64{b.Derivative(ad.Sin[N], 0)}, []float64{1})
}

func (b Backend[N, H]) vector(t *testing.T) {
	x, v := []float64{2, math.Pi / 6}, []float64{1, -1}
	s, c := math.Sincos(x[1])
	y, jacobian := []float64{2 * c, 2 * s}, []float64{c, -2 * s, s, 2 * c}
	jv, wj := []float64{c + 2*s, s - 2*c}, []float64{c - s, -2*s - 2*c}
	var j mat.Dense
	b.within(t, "JacobianTo: value", b.JacobianTo(&j, Polar[N], x), y)
	b.within(t, "JacobianTo", flat(&j), jacobian)
	b.within(t, "Jacobian", flat(b.Jacobian(Polar[N], x)), jacobian)
	dst := make([]float64, 2)
	b.within(t, "JVPTo: value", b.JVPTo(dst, Polar[N], x, v), y)
	b.within(t, "JVPTo", dst, jv)
	b.within(t, "JVP", b.JVP(Polar[N], x, v), jv)
	b.within(t, "VJPTo: value", b.VJPTo(dst, Polar[N], x, v), y)
	b.within(t, "VJPTo", dst, wj)
	b.within(t, "VJP", b.VJP(Polar[N], x, v), wj)
}

// inPlace: dst may be x, v or w itself, and nothing else is written to.
func (b Backend[N, H]) inPlace(t *testing.T) {
	x, v := slices.Clone(at), slices.Clone(along)
	unchanged := func(what string) {
		t.Helper()
		if !slices.Equal(x, at) || !slices.Equal(v, along) {
			t.Errorf("%s.%s wrote to an argument: x = %v, v = %v", b.Name, what, x, v)
		}
	}
	b.Gradient(Rosenbrock[N], x)
	unchanged("Gradient")
	b.Hessian(Rosenbrock[H], x)
	unchanged("Hessian")
	b.HVP(Rosenbrock[H], x, v)
	unchanged("HVP")
	jv, wj := b.JVP(Polar[N], x, v), b.VJP(Polar[N], x, v)
	unchanged("JVP, VJP")

	for _, c := range []struct {
		what string
		want []float64
		to   func(dst, x, v []float64)
	}{
		{"HVPTo", product, func(dst, x, v []float64) { b.HVPTo(dst, Rosenbrock[H], x, v) }},
		{"JVPTo", jv, func(dst, x, v []float64) { b.JVPTo(dst, Polar[N], x, v) }},
		{"VJPTo", wj, func(dst, x, v []float64) { b.VJPTo(dst, Polar[N], x, v) }},
	} {
		x, v := slices.Clone(at), slices.Clone(along)
		c.to(x, x, v)
		b.within(t, c.what+" to x", x, c.want)
		x = slices.Clone(at)
		c.to(v, x, v)
		b.within(t, c.what+" to its vector", v, c.want)
	}
	x = slices.Clone(at)
	b.GradientTo(x, Rosenbrock[N], x)
	b.within(t, "GradientTo to x", x, gradient)
}

// results: a result may be an input, a constant, or the same as another.
func (b Backend[N, H]) results(t *testing.T) {
	x := []float64{2, 3}
	f := func(x []N) []N { return []N{x[1], x[0].Const(7), x[0].Mul(x[1]), x[1]} }
	b.within(t, "Jacobian", flat(b.Jacobian(f, x)), []float64{0, 1, 0, 0, 3, 2, 0, 1})
	b.within(t, "VJP", b.VJP(f, x, []float64{1, 10, 100, 1000}), []float64{300, 1201})
	b.within(t, "JVP", b.JVP(f, x, []float64{1, 10}), []float64{10, 0, 23, 10})
	b.within(t, "HVP of an input", b.HVP(func(x []H) H { return x[1] }, x, x), []float64{0, 0})
	b.within(t, "Gradient of a constant", b.Gradient(func(x []N) N { return x[0].Const(7) }, x), []float64{0, 0})
}

func (b Backend[N, H]) noInputs(t *testing.T) {
	seven := ad.Const[N](7)
	b.within(t, "GradientTo", []float64{b.GradientTo(nil, func([]N) N { return seven }, nil)}, []float64{7})
	b.within(t, "HVPTo", []float64{b.HVPTo(nil, func([]H) H { return ad.Const[H](7) }, nil, nil)}, []float64{7})
	sevens := func([]N) []N { return []N{seven} }
	b.within(t, "VJPTo", b.VJPTo(nil, sevens, nil, []float64{1}), []float64{7})
	b.within(t, "JVPTo", b.JVPTo(make([]float64, 1), sevens, nil, nil), []float64{7})
}

func (b Backend[N, H]) misuse(t *testing.T) {
	x, two, three := []float64{1, 2}, make([]float64, 2), make([]float64, 3)
	triple := func(x []N) []N { return []N{x[0], x[1], x[0].Mul(x[1])} }
	for want, f := range map[string]func(){
		"GradientTo: dst has length 3, want 2":    func() { b.GradientTo(three, Rosenbrock[N], x) },
		"JacobianTo: dst is 2×2, want 3×2":        func() { b.JacobianTo(mat.NewDense(2, 2, nil), triple, x) },
		"JacobianTo: a 3×0 matrix has no entries": func() { b.Jacobian(func([]N) []N { return make([]N, 3) }, nil) },
		"JacobianTo: a 0×2 matrix has no entries": func() { b.Jacobian(func([]N) []N { return nil }, x) },
		"JVP: v has length 3, want 2":             func() { b.JVP(triple, x, three) },
		"JVPTo: v has length 3, want 2":           func() { b.JVPTo(three, triple, x, three) },
		"JVPTo: dst has length 2, want 3":         func() { b.JVPTo(two, triple, x, x) },
		"VJP: w has length 2, want 3":             func() { b.VJP(triple, x, two) },
		"VJPTo: w has length 2, want 3":           func() { b.VJPTo(two, triple, x, two) },
		"VJPTo: dst has length 3, want 2":         func() { b.VJPTo(three, triple, x, three) },
		"HessianTo: dst is 3×3, want 2×2":         func() { b.HessianTo(mat.NewSymDense(3, nil), Rosenbrock[H], x) },
		"HessianTo: a 0×0 matrix has no entries":  func() { b.Hessian(func([]H) H { return ad.Const[H](0) }, nil) },
		"HVP: v has length 3, want 2":             func() { b.HVP(Rosenbrock[H], x, three) },
		"HVPTo: v has length 3, want 2":           func() { b.HVPTo(two, Rosenbrock[H], x, three) },
		"HVPTo: dst has length 3, want 2":         func() { b.HVPTo(three, Rosenbrock[H], x, x) },
	} {
		Panics(t, b.Name+"."+want, f)
	}
}

// flat returns the entries of a matrix, row by row.
func flat(m mat.Matrix) []float64 { return mat.DenseCopyOf(m).RawMatrix().Data }

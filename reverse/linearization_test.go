package reverse

import (
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
)

// floated cannot be replayed: it is run at every point.
func floated(x []Var) []Var {
	if x[0].Float() > 0 {
		return medley(x)
	}
	return medley([]Var{x[1], x[0], x[2]})
}

// TestLinearization holds every product against the operator of the function, in any
// order of calls, with several points open at once.
func TestLinearization(t *testing.T) {
	for name, g := range map[string]func([]Var) []Var{"replayed": medley, "run": floated} {
		f := Record(g, 3)
		points := [][]float64{{1, 2, 3}, {2, 1, -1}, {-1, 0.5, 2}}
		var open []*Linearization
		for _, x := range points {
			open = append(open, f.At(x))
		}
		v, w := []float64{0.5, -1, 2}, []float64{1, -2, 3, 0.5}
		for range 2 {
			for i, x := range points {
				l := open[i]
				hvp := func(x []Var) Var { return ad.Dot(g(x), ad.Consts[Var](w)) }
				j := f.Jacobian(x)
				var jv, jtjv mat.VecDense
				jv.MulVec(j, mat.NewVecDense(3, v))
				jtjv.MulVec(j.T(), &jv)
				optest.Equal(t, name+" value", l.Value(), f.Eval(x))
				optest.Equal(t, name+" JVP", l.JVP(v), f.JVP(x, v))
				optest.Equal(t, name+" VJP", l.VJP(w), f.VJP(x, w))
				optest.Within(t, name+" HVP", l.HVP(w, v), HVP(hvp, x, v), 1e-14)
				optest.Within(t, name+" JᵀJv", l.GaussNewton(v), jtjv.RawVector().Data, 1e-14)
				optest.Equal(t, name+" GaussNewton", f.GaussNewton(x, v), l.GaussNewton(v))
			}
		}
		for _, l := range open {
			l.Release()
			l.Release()
		}
		optest.Panics(t, "reverse.Linearization.Value after Release", func() { open[0].Value() })
	}
}

func TestLinearizationMisuse(t *testing.T) {
	l := Record(medley, 3).At([]float64{1, 2, 3})
	two, three, four := make([]float64, 2), make([]float64, 3), make([]float64, 4)
	for want, f := range map[string]func(){
		"reverse.Func.At: x has length 2, want 3":                            func() { Record(medley, 3).At(two) },
		"reverse.Linearization.JVPTo: v has length 2, want 3":                func() { l.JVP(two) },
		"reverse.Linearization.JVPTo: dst has length 3, want 4":              func() { l.JVPTo(three, three) },
		"reverse.Linearization.VJPTo: w has length 3, want 4":                func() { l.VJP(three) },
		"reverse.Linearization.VJPTo: dst has length 4, want 3":              func() { l.VJPTo(four, four) },
		"reverse.Linearization.HVPTo: v has length 2, want 3":                func() { l.HVP(four, two) },
		"reverse.Linearization.HVPTo: w has length 2, want 4":                func() { l.HVP(two, three) },
		"reverse.Func.GradientHessianTo: g has length 2, want 3":             func() { Record(rosenbrockOf[Var], 3).GradientHessianTo(two, new(mat.SymDense), three) },
		"reverse.Func.GradientHessianTo: the function has 4 results, want 1": func() { Record(medley, 3).GradientHessianTo(three, new(mat.SymDense), three) },
	} {
		optest.Panics(t, want, f)
	}
}

// TestGradientHessian holds both against the operators that give one of them.
func TestGradientHessian(t *testing.T) {
	f, x := Record(rosenbrockOf[Var], 4), []float64{1, -2, 0.5, 3}
	g, h := make([]float64, 4), new(mat.SymDense)
	y := f.GradientHessianTo(g, h, x)
	optest.Equal(t, "value", []float64{y}, f.Eval(x))
	optest.Equal(t, "gradient", g, f.Gradient(x))
	optest.Equal(t, "Hessian", h.RawSymmetric().Data, f.Hessian(x).RawSymmetric().Data)
	if n := memtest.Allocations(100, func() { f.GradientHessianTo(g, h, x) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	l := f.At(x)
	w, v, d := []float64{1}, []float64{1, 2, 3, 4}, make([]float64, 1)
	if n := memtest.Allocations(100, func() {
		l.JVPTo(d, v)
		l.VJPTo(g, w)
		l.HVPTo(g, w, v)
		l.GaussNewtonTo(g, v)
	}); n != 0 {
		t.Errorf("%v allocations of a linearization", n)
	}
}

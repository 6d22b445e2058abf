package corpus

import (
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
	"gonum.org/v1/gonum/mat"
)

// A program is a function of the corpus in all of its forms.
type program struct {
	name    string
	value   func(x []float64) float64
	grad    func(grad, x []float64) float64
	jvp     func(x, v []float64) (float64, float64)
	forward func(x []dual.Number) dual.Number
	tape    func(x []reverse.Var) reverse.Var
	hvp     func(grad, hvp, x, v []float64) (float64, float64)
	hessian func(grad, hessian, x []float64)
	points  [][]float64
}

// sameValue reports whether values agree: to the bit where nothing is fused.
func sameValue(got, want float64) bool {
	if optest.Fused() {
		return math.Abs(got-want) <= 1e-12*(1+math.Abs(want)) || got == want || got != got && want != want
	}
	return math.Float64bits(got) == math.Float64bits(want)
}

// TestGenerated holds the generated gradients and directional derivatives of every
// program against dual numbers and the tape on the generated generic form, and values
// against the source to the bit.
func TestGenerated(t *testing.T) {
	const want = 153
	if len(programs) != want {
		t.Errorf("%d programs, want %d", len(programs), want)
	}
	for _, p := range programs {
		for _, x := range p.points {
			y := p.value(x)
			grad := make([]float64, len(x))
			for i := range grad {
				grad[i] = math.NaN() // what was there is overwritten
			}
			if got := p.grad(grad, x); !sameValue(got, y) {
				t.Errorf("%s at %v: the gradient's value %v, want %v to the bit", p.name, x, got, y)
			}
			wantGrad := dual.Gradient(p.forward, x)
			optest.Within(t, p.name+": gradient against dual", grad, wantGrad, 1e-12)
			optest.Within(t, p.name+": gradient against reverse", grad, reverse.Gradient(p.tape, x), 1e-12)
			v := make([]float64, len(x))
			for i := range x {
				v[i] = 1 + 0.3*float64(i)
			}
			for round := range len(x) + 1 {
				if round > 0 { // an entry of the gradient
					clear(v)
					v[round-1] = 1
				}
				got, dot := p.jvp(x, v)
				if !sameValue(got, y) {
					t.Errorf("%s at %v: the JVP's value %v, want %v to the bit", p.name, x, got, y)
				}
				want := dual.JVP(func(x []dual.Number) []dual.Number { return []dual.Number{p.forward(x)} }, x, v)[0]
				optest.Within(t, p.name+": JVP", []float64{dot}, []float64{want}, 1e-12)
			}
		}
	}
}

// TestSecondOrder: the generator, applied to the gradients that it wrote, agrees with the
// tape's second order, in every column of the Hessian and in another direction.
func TestSecondOrder(t *testing.T) {
	for _, p := range programs {
		for _, x := range p.points {
			grad, hvp, v := make([]float64, len(x)), make([]float64, len(x)), make([]float64, len(x))
			hessian := make([]float64, len(x)*len(x))
			p.hessian(grad, hessian, x)
			optest.Within(t, p.name+": gradient of the Hessian", grad, reverse.Gradient(p.tape, x), 1e-12)
			optest.Within(t, p.name+": Hessian", hessian, dense(reverse.Hessian(p.tape, x)), 1e-11)
			for i := range x {
				v[i] = 1 - 0.4*float64(i)
			}
			for round := range len(x) + 1 {
				if round > 0 {
					clear(v)
					v[round-1] = 1
				}
				y, dot := p.hvp(grad, hvp, x, v)
				wantDot, size := 0.0, 0.0
				for i, g := range reverse.Gradient(p.tape, x) {
					size += math.Abs(g) // of which dot is a part
					if v[i] != 0 {
						wantDot += g * v[i]
					}
				}
				if !sameValue(y, p.value(x)) {
					t.Errorf("%s at %v: value %v, want %v", p.name, x, y, p.value(x))
				}
				optest.Within(t, p.name+": gradient", grad, reverse.Gradient(p.tape, x), 1e-12)
				optest.Within(t, p.name+": HVP", hvp, reverse.HVP(p.tape, x, v), 1e-11)
				optest.Within(t, p.name+": derivative", []float64{dot, size}, []float64{wantDot, size}, 1e-12)
			}
		}
	}
}

// dense returns the numbers of a symmetric matrix, row by row.
func dense(h *mat.SymDense) []float64 { return mat.DenseCopyOf(h).RawMatrix().Data }

// apart are points where differences do not see what the program does: a root of 0, steps of a
// bisection, a branch for one value.
var apart = map[string][]float64{"ackley": {0, 0}, "bisect": {5}, "logGammaDensity": {1.3, 1, 0.6}}

// TestJudged: compare finds nothing wrong with any program, in its generic form or in its
// generated gradient, wherever its value is finite.
func TestJudged(t *testing.T) {
	judged, infinite := 0, 0
	for _, p := range programs {
		for _, x := range p.points {
			if math.IsInf(p.value(x), 0) {
				infinite++
				continue
			}
			if slices.Equal(apart[p.name], x) {
				continue
			}
			judged++
			compare.TestGradient(t, p.value, func(grad, x []float64) { p.grad(grad, x) }, x)
			compare.Test(t, compare.New(p.name, nil, p.forward, nil, p.tape, nil), x)
		}
	}
	if judged < 250 || infinite > 20 {
		t.Errorf("%d points were judged, %d values are infinite", judged, infinite)
	}
}

package numeric_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse/sparse"
)

// all are the schemes that change sides as they must, and what error is to be expected at an edge.
var all = []struct {
	name          string
	scheme        numeric.Scheme
	first, second float64
	sided         int
}{
	{"Forward", numeric.Forward, 1e-5, 1e-1, 1},
	{"Backward", numeric.Backward, 1e-5, 1e-1, -1},
	{"Central", numeric.Central, 1e-6, 1e-2, 0},
	{"FivePoint", numeric.FivePoint, 1e-6, 1e-2, 0},
	{"SevenPoint", numeric.SevenPoint, 1e-6, 1e-2, 0},
	{"Stencil", numeric.Stencil(-3, -1, 2, 5), 1e-4, 1e-1, 0},
	{"Richardson", numeric.Richardson, 1e-8, 1e-5, 0},
	{"Ridders", numeric.Ridders, 1e-8, 1e-5, 0},
	{"Adaptive", numeric.Adaptive, 1e-8, 1e-5, 0},
	{"RichardsonForward", numeric.RichardsonForward, 1e-8, 1e-5, 1},
	{"RichardsonBackward", numeric.RichardsonBackward, 1e-8, 1e-5, -1},
}

// TestBounds: f panics outside of its box, at points inside, on its faces, edges and corners,
// and a few places away from them.
func TestBounds(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	calls := 0
	for range 400 {
		var lower, upper, x, v [2]float64
		for i := range x {
			lower[i] = rng.NormFloat64()
			upper[i] = lower[i] + math.Exp(2*rng.NormFloat64())
			switch rng.IntN(5) {
			case 0:
				x[i] = lower[i]
			case 1:
				x[i] = upper[i]
			case 2:
				x[i] = min(upper[i], lower[i]+math.Pow(10, -16*rng.Float64()))
			case 3:
				x[i] = max(lower[i], upper[i]-math.Pow(10, -16*rng.Float64()))
			default:
				x[i] = lower[i] + (upper[i]-lower[i])*rng.Float64()
			}
			v[i] = rng.NormFloat64()
		}
		f := func(z []float64) float64 {
			calls++
			for i := range z {
				if z[i] < lower[i] || z[i] > upper[i] {
					panic(fmt.Sprintf("%v is outside", z))
				}
			}
			return math.Sin(z[0]+0.5*z[1]) * math.Exp(0.3*z[1])
		}
		set := numeric.Settings{Lower: lower[:], Upper: upper[:]}
		for _, s := range all {
			s.scheme.With(set).GradientResult(f, x[:])
			s.scheme.With(set).HessianResult(f, x[:])
			s.scheme.With(set).HVPResult(f, x[:], v[:])
			s.scheme.With(set).JVPResult(func(z []float64) []float64 { return []float64{f(z)} }, x[:], v[:])
		}
	}
	if calls < 100000 {
		t.Errorf("f was called %d times", calls)
	}
}

// TestBoundsOfAll: neither do the operators evaluate f outside that take one coordinate, or a pattern.
func TestBoundsOfAll(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	pattern := sparse.Full(2, 2)
	calls := 0
	for i := range 60 {
		var lower, upper, x [2]float64
		for i := range x {
			x[i] = rng.NormFloat64() * math.Pow(10, float64(rng.IntN(9)-4))
			room := func() float64 { return float64(rng.IntN(3)) * math.Pow(10, 4-20*rng.Float64()) }
			lower[i], upper[i] = x[i]-room(), x[i]+room()
		}
		number := func(z float64) float64 {
			if calls++; !(z >= lower[0] && z <= upper[0]) {
				panic(fmt.Sprintf("%v is outside of [%v, %v]", z, lower[0], upper[0]))
			}
			return math.Sin(z) + max(z, x[0])
		}
		f := func(z []float64) float64 {
			if calls++; !(z[1] >= lower[1] && z[1] <= upper[1]) {
				panic(fmt.Sprintf("%v is outside of [%v, %v]", z[1], lower[1], upper[1]))
			}
			return number(z[0]) * math.Cos(z[1])
		}
		fs := func(z []float64) []float64 { return []float64{f(z), z[0], z[1]}[:2] }
		one := numeric.Settings{Lower: lower[:1], Upper: upper[:1]}
		both := numeric.Settings{Lower: lower[:], Upper: upper[:]}
		for _, s := range all {
			in := s.scheme.With(one)
			for n := range 11 {
				if s.name == "Stencil" && n > 3 || s.name == "FivePoint" && n > 4 || s.name == "SevenPoint" && n > 6 {
					continue
				}
				in.DerivativeNResult(number, x[0], n)
			}
			in = s.scheme.With(both)
			in.HessianDiagResult(f, x[:])
			in.VJPResult(fs, x[:], []float64{1, 2})
			in.SparseJacobian(fs, x[:], pattern)
			in.SparseHessian(f, x[:], pattern)
		}
		in := numeric.Richardson.With(one)
		in.Limit(number, x[0])
		in.Kink(number, x[0])
		if i < 6 {
			in.Study(number, x[0])
		}
	}
	if calls < 10000 {
		t.Errorf("f was called %d times", calls)
	}
}

// TestBoundsAreAccurate: at a bound a derivative is found from one side, in a corner each from its own.
func TestBoundsAreAccurate(t *testing.T) {
	f := func(x []float64) float64 { return math.Exp(0.5*x[0]) * math.Sin(x[1]) }
	for _, x := range [][]float64{{0, 1}, {0, 2}, {1, 1}, {1, 2}, {0.5, 1}, {0, 1.5}, {1e-12, 2 - 1e-12}, {0.5, 1.5}, {1e-3, 1.999}} {
		a, s, c := math.Exp(0.5*x[0]), math.Sin(x[1]), math.Cos(x[1])
		g, h := []float64{0.5 * a * s, a * c}, []float64{0.25 * a * s, 0.5 * a * c, 0.5 * a * c, -a * s}
		for _, scheme := range all {
			if scheme.sided != 0 {
				continue
			}
			name := fmt.Sprintf("%s at %v", scheme.name, x)
			in := scheme.scheme.With(numeric.Settings{Lower: []float64{0, 1}, Upper: []float64{1, 2}})
			if scheme.name != "Stencil" || x[0] == 0.5 && x[1] == 1.5 {
				optest.Within(t, name+": Gradient", in.Gradient(f, x), g, scheme.first)
				optest.Within(t, name+": Hessian", flat(in.Hessian(f, x)), h, scheme.second)
			}
			for i, r := range in.GradientResult(f, x) {
				if off := math.Abs(r.Value - g[i]); off > honesty*r.Err {
					t.Errorf("%s: %+v, want %v", name, r, g[i])
				}
			}
			for i, row := range in.HessianResult(f, x) {
				for j, r := range row {
					if off := math.Abs(r.Value - h[2*i+j]); off > honesty*r.Err {
						t.Errorf("%s: %d, %d: %+v, want %v", name, i, j, r, h[2*i+j])
					}
				}
			}
		}
	}
}

// TestFarBounds: bounds that no step reaches change no bit.
func TestFarBounds(t *testing.T) {
	x := []float64{0.5, 2, -1.5}
	far := numeric.Settings{Lower: []float64{-1e3, -1e3, -1e3}, Upper: []float64{1e3, 1e3, 1e3}, MaxStep: 500, MaxEvals: 1000}
	f := plain(mixture[Real])
	for _, s := range all {
		optest.Equal(t, s.name, s.scheme.With(far).GradientResult(f, x), s.scheme.GradientResult(f, x))
		optest.Equal(t, s.name, s.scheme.With(far).HessianResult(f, x), s.scheme.HessianResult(f, x))
	}
}

func TestMaxStep(t *testing.T) {
	x := 3.0
	for _, s := range all {
		farthest := 0.0
		r := s.scheme.With(numeric.Settings{MaxStep: 1e-3}).DerivativeResult(func(z float64) float64 {
			farthest = max(farthest, math.Abs(z-x))
			return math.Exp(z)
		}, x)
		if farthest > 1e-3 || math.Abs(r.Value-math.Exp(x)) > 1e-4*math.Exp(x) || math.Abs(r.Value-math.Exp(x)) > honesty*r.Err {
			t.Errorf("%s: %+v, want %v; the farthest step is %v", s.name, r, math.Exp(x), farthest)
		}
	}
}

// TestDomainsWithoutRoom: where no step is possible there is no derivative, and no call.
func TestDomainsWithoutRoom(t *testing.T) {
	for _, s := range all {
		calls := 0
		r := s.scheme.With(numeric.Settings{Lower: []float64{1}, Upper: []float64{1}}).DerivativeResult(func(z float64) float64 {
			calls++
			return z
		}, 1)
		if r.Status != numeric.Diverged || !math.IsInf(r.Err, 1) || !math.IsNaN(r.Value) || calls != 1 || r.Evals != 1 {
			t.Errorf("%s at the only point of its domain: %+v after %d calls", s.name, r, calls)
		}
	}
	if r := numeric.RichardsonForward.With(numeric.Settings{Upper: []float64{1}}).DerivativeResult(math.Exp, 1); r.Status != numeric.Diverged {
		t.Errorf("the derivative from the right at an upper bound: %+v", r)
	}
}

// TestAtInfinity: steps that overflow lead out of the domain; f is not asked there.
func TestAtInfinity(t *testing.T) {
	calls := 0
	f := func(x []float64) float64 {
		calls++
		for _, v := range x {
			if math.IsInf(v, 0) {
				panic("an argument is infinite")
			}
		}
		return x[0]/2 - x[1]/4
	}
	for _, s := range all {
		for _, x := range [][]float64{{1e308, 1}, {-math.MaxFloat64, math.MaxFloat64}, {1, 1.5e308}} {
			for _, scheme := range []numeric.Scheme{s.scheme, s.scheme.At(1e308), s.scheme.At(math.MaxFloat64), s.scheme.With(numeric.Settings{Lower: []float64{-math.MaxFloat64, -math.MaxFloat64}})} {
				for i, r := range scheme.GradientResult(f, x) {
					if want := []float64{0.5, -0.25}[i]; math.Abs(r.Value-want) > honesty*r.Err {
						t.Errorf("%s at %v: %+v, want %v", s.name, x, r, want)
					}
				}
				scheme.HessianResult(f, x)
				scheme.HVPResult(f, x, []float64{1, -1})
				scheme.JVPResult(func(x []float64) []float64 { return []float64{f(x)} }, x, []float64{1, 2})
				s.scheme.At(1e308).DerivativeNResult(func(x float64) float64 { return f([]float64{x, 0}) }, x[0], 3)
			}
		}
	}
	if calls == 0 {
		t.Error("f is not called")
	}
	// Where x itself is infinite, f is asked there.
	if r := numeric.Central.GradientResult(func(x []float64) float64 { return 2*x[0] + math.Exp(-x[1]) }, []float64{1, math.Inf(1)})[0]; math.Abs(r.Value-2) > r.Err {
		t.Errorf("beside an infinite input: %+v, want 2", r)
	}
}

// TestOneSidedStatus: a bound that a quotient turns away from limits it.
func TestOneSidedStatus(t *testing.T) {
	for _, s := range all {
		for _, x := range []float64{0, 1} {
			in := s.scheme.With(numeric.Settings{Lower: []float64{0}, Upper: []float64{1}})
			for n, r := range []numeric.Result{in.DerivativeResult(math.Exp, x), in.DerivativeNResult(math.Exp, x, 2), in.DerivativeNResult(math.Exp, x, 3)} {
				if s.sided == 0 && r.Status != numeric.DomainLimited {
					t.Errorf("%s, order %d at %v: %+v, want the status %v", s.name, n+1, x, r, numeric.DomainLimited)
				}
			}
		}
	}
}

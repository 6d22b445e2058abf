package optim_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
)

// landscape is a function with its gradient, where it is begun, and where it is least.
type landscape struct {
	name  string
	f     func(x, g []float64) float64
	start []float64
	least []float64
}

// landscapes are convex, curved, ill-conditioned, least squares with and without a rest, and
// likelihoods.
func landscapes() []landscape {
	rosenbrock := func(x, g []float64) float64 {
		f := 0.0
		for i := range len(x) - 1 {
			a, b := 1-x[i], x[i+1]-x[i]*x[i]
			f += a*a + 100*b*b
			g[i] += -2*a - 400*b*x[i]
			g[i+1] += 200 * b
		}
		return f
	}
	list := []landscape{
		{"bowl", func(x, g []float64) float64 {
			f := 0.0
			for i := range x {
				d := x[i] - float64(i+1)/3
				f += float64(i+1) * d * d
				g[i] = 2 * float64(i+1) * d
			}
			return f
		}, []float64{4, -2, 1}, []float64{1. / 3, 2. / 3, 1}},
		{"long bowl", func(x, g []float64) float64 {
			a, b := x[0]-0.7, x[1]+0.3
			g[0], g[1] = 2e6*a, 2*b
			return 1e6*a*a + b*b
		}, []float64{3, 3}, []float64{0.7, -0.3}},
		{"Rosenbrock", rosenbrock, []float64{-1.2, 1, -1.2, 1}, []float64{1, 1, 1, 1}},
		{"likelihood", func(x, g []float64) float64 {
			e := math.Exp(x[0])
			g[0] = e - 2.5
			return e - 2.5*x[0]
		}, []float64{-4}, []float64{math.Log(2.5)}},
		{"far off", func(x, g []float64) float64 {
			a := x[0] - 3e7
			g[0] = a / math.Hypot(1, a)
			return math.Hypot(1, a)
		}, []float64{3e7 - 40}, []float64{3e7}},
	}
	for _, rest := range []float64{0, 3} {
		s := squares(rest)
		s.name = fmt.Sprintf("squares with a rest of %v", rest)
		list = append(list, s)
	}
	return list
}

// squares is a sum of 40 squared differences from a cubic, of which it leaves about 9·rest².
func squares(rest float64) landscape {
	rng := rand.New(rand.NewPCG(1, 2))
	want := []float64{1, -2, 0.5, 3}
	var rows [][]float64
	var y []float64
	for i := range 40 {
		u := float64(i)/20 - 1
		row := []float64{1, u, u * u, u * u * u}
		v := rest * rng.NormFloat64()
		for k, c := range want {
			v += c * row[k]
		}
		rows, y = append(rows, row), append(y, v)
	}
	f := func(x, g []float64) float64 {
		clear(g)
		sum := 0.0
		for i, row := range rows {
			d := -y[i]
			for k, c := range row {
				d += c * x[k]
			}
			sum += d * d
			for k, c := range row {
				g[k] += 2 * d * c
			}
		}
		return sum
	}
	least := want
	if rest != 0 { // Newton's step from want is exact: the loss is a square
		least = solveSquares(rows, y)
	}
	return landscape{f: f, start: []float64{0, 0, 0, 0}, least: least}
}

// solveSquares returns the least squares solution, by the normal equations and elimination.
func solveSquares(rows [][]float64, y []float64) []float64 {
	n := len(rows[0])
	a := make([][]float64, n)
	for i := range a {
		a[i] = make([]float64, n+1)
		for r, row := range rows {
			for j := range n {
				a[i][j] += row[i] * row[j]
			}
			a[i][n] += row[i] * y[r]
		}
	}
	for i := range n {
		for r := range n {
			if r != i {
				for j, q := n, a[r][i]/a[i][i]; j >= i; j-- {
					a[r][j] -= q * a[i][j]
				}
			}
		}
	}
	x := make([]float64, n)
	for i := range x {
		x[i] = a[i][n] / a[i][i]
	}
	return x
}

// minimize minimizes scale·f(x/unit) + offset from start·unit, and returns where it ends, in units.
func minimize(l landscape, start []float64, scale, unit, offset float64) ([]float64, optim.LBFGSResult, error) {
	p := nn.NewParam("x", len(start))
	for i, x := range start {
		p.Value[i] = x * unit
	}
	x, g := make([]float64, len(start)), make([]float64, len(start))
	r, err := optim.NewLBFGS().Minimize([]*nn.Param{p}, func() float64 {
		for i, v := range p.Value {
			x[i] = v / unit
		}
		clear(g)
		f := l.f(x, g)
		for i := range g {
			p.Grad[i] += scale * g[i] / unit
		}
		return scale*f + offset
	})
	for i, v := range p.Value {
		x[i] = v / unit
	}
	return x, r, err
}

// TestLBFGSScaled: whatever the units of the loss and of the parameters, and whatever is added to
// the loss, the least is found as far as the loss can tell it, and that is no error.
func TestLBFGSScaled(t *testing.T) {
	seen, rounded := 0, 0
	for _, l := range landscapes() {
		none := make([]float64, len(l.least))
		least := l.f(l.least, none)
		for _, scale := range []float64{1e-150, 1e-10, 1e-3, 1, 1e3, 1e10, 1e150} {
			for _, unit := range []float64{1e-10, 1, 1e10} {
				for _, offset := range []float64{0, 1, -1e3, 1e6, -1e10} {
					offset *= scale
					name := fmt.Sprintf("%s, times %g, in units of %g, plus %g", l.name, scale, unit, offset)
					seen++
					x, r, err := minimize(l, l.start, scale, unit, offset)
					if err != nil || !r.Converged {
						t.Errorf("%s: %+v, error %v", name, r, err)
						continue
					}
					if r.Status == optim.LBFGSRounding {
						rounded++
					}
					// Higher by no more than rounding hides, or a gradient of 1e-8 of that at the
					// start.
					excess := l.f(x, none) - least
					if limit := 1e-12 + 4*0x1p-43*(math.Abs(offset/scale)+math.Abs(least)); !(excess <= limit) {
						t.Errorf("%s: %+v: at %v, above the least by %g, want at most %g", name, r, x, excess, limit)
					}
				}
			}
		}
	}
	t.Logf("%d runs, %d ended by rounding", seen, rounded)
	if seen != 7*7*3*5 || rounded == 0 {
		t.Errorf("%d runs, %d ended by rounding", seen, rounded)
	}
}

// TestLBFGSAtLeast: to begin at a minimum is no error and soon over, with gradients of rounding
// errors too.
func TestLBFGSAtLeast(t *testing.T) {
	for _, l := range landscapes() {
		for _, scale := range []float64{1e-10, 1, 1e10} {
			for _, offset := range []float64{0, 149, 1e10} {
				_, r, err := minimize(l, l.least, scale, 1, offset)
				if err != nil || !r.Converged || r.Evaluations > 500 {
					t.Errorf("%s, times %g, plus %g: %+v, error %v", l.name, scale, offset, r, err)
				}
			}
		}
	}
}

// TestLBFGSFlat: where a loss is flat there is nothing to do.
func TestLBFGSFlat(t *testing.T) {
	for name, l := range map[string]landscape{
		"constant":  {f: func(x, g []float64) float64 { return 149 }},
		"plateau":   {f: func(x, g []float64) float64 { return math.Max(x[0]-10, 0) }},
		"saturated": {f: func(x, g []float64) float64 { return math.Tanh(x[0] + 1000) }},
		"hidden": {f: func(x, g []float64) float64 { // no loss tells x from its neighbors
			g[0] = 1e-9 * x[0]
			return 1e10 + 5e-10*x[0]*x[0]
		}},
	} {
		x, r, err := minimize(l, []float64{1}, 1, 1, 0)
		if err != nil || !r.Converged {
			t.Errorf("%s: at %v, %+v, error %v", name, x, r, err)
		}
	}
}

// TestLBFGSWalls: what is not finite on the way turns the search round.
func TestLBFGSWalls(t *testing.T) {
	for name, beyond := range map[string]float64{"NaN": math.NaN(), "+Inf": math.Inf(1), "gradient": 0} {
		l := landscape{f: func(x, g []float64) float64 {
			if x[0] <= 0 {
				g[0] = math.NaN()
				return beyond
			}
			g[0] = 1 - 1e-3/x[0]
			return x[0] - 1e-3*math.Log(x[0])
		}}
		x, r, err := minimize(l, []float64{5}, 1, 1, 0)
		if err != nil || !r.Converged || math.Abs(x[0]-1e-3) > 1e-9 {
			t.Errorf("%s: at %v, %+v, error %v", name, x, r, err)
		}
	}
	// With the least at the wall itself, the error says what is behind it.
	edge := landscape{f: func(x, g []float64) float64 { g[0] = 1; return x[0] + 0*math.Sqrt(x[0]-1) }}
	x, r, err := minimize(edge, []float64{3}, 1, 1, 0)
	if x[0] < 1 || r.Converged && x[0] > 1+1e-12 {
		t.Errorf("at %v, %+v, error %v", x, r, err)
	}
}

// TestLBFGSNotFinite: an error says which parameter and element is not finite.
func TestLBFGSNotFinite(t *testing.T) {
	a, b := nn.NewParam("a", 2), nn.NewParam("bias", 5)
	frozen := &nn.Param{Name: "frozen", Value: []float64{1}, Shape: []int{1}}
	_, err := optim.NewLBFGS().Minimize([]*nn.Param{a, frozen, b}, func() float64 { b.Grad[3] = math.NaN(); return 7 })
	want := "optim: LBFGS: at the start the loss is 7 and the gradient of length NaN: the gradient of parameter 2, bias, was NaN at element 3"
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	_, err = optim.NewLBFGS().Minimize([]*nn.Param{a, frozen, b}, func() float64 {
		if b.Value[3] != 0 {
			b.Grad[2] = math.Inf(1)
		}
		b.Grad[3] = 1
		return b.Value[3]
	})
	if want := "On the way the gradient of parameter 2, bias, was +Inf at element 2"; err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("error %v, want %s", err, want)
	}
}

// TestLBFGSNoLeast: a loss that gets to -Inf is an error, and the parameters are left where it is
// finite.
func TestLBFGSNoLeast(t *testing.T) {
	for name, f := range map[string]func(x, g []float64) float64{
		"line":        func(x, g []float64) float64 { g[0] = 1; return x[0] },
		"hill":        func(x, g []float64) float64 { g[0] = -2 * x[0]; return -x[0] * x[0] },
		"quartic":     func(x, g []float64) float64 { g[0] = -4 * x[0] * x[0] * x[0]; return -x[0] * x[0] * x[0] * x[0] },
		"exponential": func(x, g []float64) float64 { g[0] = -math.Exp(x[0]); return -math.Exp(x[0]) },
		"saddle":      func(x, g []float64) float64 { g[0], g[1] = 2*x[0], -2*x[1]; return x[0]*x[0] - x[1]*x[1] },
	} {
		for _, offset := range []float64{0, 1e10} {
			x, r, err := minimize(landscape{f: f}, []float64{1, 0.5}, 1, 1, offset)
			if err == nil || !strings.Contains(err.Error(), "the loss is -Inf") || r.Status != optim.LBFGSUnbounded || r.Converged ||
				!(r.Loss < -1e100) || math.IsInf(r.Loss, 0) || slices.ContainsFunc(x, math.IsNaN) {
				t.Errorf("%s: at %v, %+v, error %v", name, x, r, err)
			}
		}
	}
}

// TestLBFGSWrongGradient: a gradient that is not that of the loss is an error, whatever is added to
// the loss, as long as it shows.
func TestLBFGSWrongGradient(t *testing.T) {
	for name, f := range map[string]func(x, g []float64) float64{
		"sign":     func(x, g []float64) float64 { g[0], g[1] = -2*x[0], -2*x[1]; return x[0]*x[0] + x[1]*x[1] },
		"one sign": func(x, g []float64) float64 { g[0], g[1] = 2*x[0], -2*x[1]; return x[0]*x[0] + x[1]*x[1] },
		"swapped":  func(x, g []float64) float64 { g[0], g[1] = 20*x[1], -2*x[0]; return x[0]*x[0] + 10*x[1]*x[1] },
	} {
		for _, scale := range []float64{1e-10, 1, 1e10} {
			for _, offset := range []float64{0, 1e3} {
				_, r, err := minimize(landscape{f: f}, []float64{1, -2}, scale, 1, offset*scale)
				if err == nil || r.Converged || r.Status != optim.LBFGSFailed || !strings.Contains(err.Error(), "is it the gradient of the loss") {
					t.Errorf("%s, times %g: %+v, error %v", name, scale, r, err)
				}
			}
		}
	}
}

// TestLBFGSKink: at a kink the method ends without an error and does not say that it converged.
func TestLBFGSKink(t *testing.T) {
	l := landscape{f: func(x, g []float64) float64 {
		g[0] = math.Copysign(3, 3*x[0]-1)
		return math.Abs(3*x[0] - 1)
	}}
	for _, start := range []float64{1, -7.3, 1e3} {
		for _, offset := range []float64{0, 5, -1e6} {
			x, r, err := minimize(l, []float64{start}, 1, 1, offset)
			if err != nil || r.Converged || r.Status != optim.LBFGSKink || math.Abs(x[0]-1./3) > 1e-15*(1+math.Abs(offset)) {
				t.Errorf("from %v, plus %v: at %v, %+v, error %v", start, offset, x, r, err)
			}
		}
	}
	// A valley with a crease along x = y is still lower elsewhere.
	valley := landscape{f: func(x, g []float64) float64 {
		sign := math.Copysign(1, x[0]-x[1])
		g[0], g[1] = sign+0.02*x[0], -sign+0.02*x[1]
		return math.Abs(x[0]-x[1]) + 0.01*(x[0]*x[0]+x[1]*x[1])
	}}
	if x, r, err := minimize(valley, []float64{3, -1}, 1, 1, 0); r.Converged && math.Hypot(x[0], x[1]) > 1e-6 {
		t.Errorf("in a crease: at %v, %+v, error %v", x, r, err)
	}
}

// TestLBFGSFrozenWithin: a gradient that f takes away is no gradient of 0.
func TestLBFGSFrozenWithin(t *testing.T) {
	a, b := nn.NewParam("a", 1), nn.NewParam("b", 2)
	got := panicOf(func() {
		optim.NewLBFGS().Minimize([]*nn.Param{a, b}, func() float64 { a.Grad = nil; return 1 })
	})
	if want := "optim: LBFGS: parameter 0, a, has 1 values and 0 gradients"; got != want {
		t.Errorf("panic %q, want %q", got, want)
	}
}

func TestLBFGSStatusString(t *testing.T) {
	for s, want := range map[optim.LBFGSStatus]string{
		optim.LBFGSGradient: "gradient", optim.LBFGSRounding: "rounding", optim.LBFGSFailed: "failed", -1: "LBFGSStatus(-1)", 6: "LBFGSStatus(6)",
	} {
		if s.String() != want {
			t.Errorf("%d is %q, want %q", int(s), s, want)
		}
	}
}

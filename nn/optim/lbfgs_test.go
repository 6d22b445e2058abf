package optim_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
)

// valley is Rosenbrock's function of a parameter of n elements, and its gradient.
func valley(p *nn.Param) func() float64 {
	return func() float64 {
		f, x := 0.0, p.Value
		for i := range len(x) - 1 {
			a, b := 1-x[i], x[i+1]-x[i]*x[i]
			f += a*a + 100*b*b
			p.Grad[i] += -2*a - 400*b*x[i]
			p.Grad[i+1] += 200 * b
		}
		return f
	}
}

func TestLBFGS(t *testing.T) {
	p := nn.NewParam("p", 20)
	for i := range p.Value {
		p.Value[i] = -1.2
	}
	frozen := &nn.Param{Name: "frozen", Value: []float64{7}, Shape: []int{1}}
	p.Grad[0] = 1e9 // must not count
	r, err := optim.NewLBFGS().Minimize([]*nn.Param{p, frozen, p}, valley(p))
	if err != nil || !r.Converged || !(r.Gradient <= 1e-8) || !(r.Loss < 1e-15) || r.Iterations > 200 || r.Evaluations < r.Iterations {
		t.Errorf("%+v, error %v", r, err)
	}
	for i, x := range p.Value {
		if !(math.Abs(x-1) < 1e-7) || p.Grad[i] != 0 {
			t.Errorf("element %d is %v, its gradient %v; want 1 and 0", i, x, p.Grad[i])
		}
	}
	if frozen.Value[0] != 7 {
		t.Errorf("moved what has no gradient to %v", frozen.Value)
	}
}

func TestLBFGSLimits(t *testing.T) {
	p := nn.NewParam("p", 4)
	r, err := optim.LBFGS{Iterations: 3, Store: 2}.Minimize([]*nn.Param{p}, valley(p))
	if err != nil || r.Converged || r.Iterations != 3 || !(r.Loss < 3) {
		t.Errorf("%+v, error %v", r, err)
	}
	if got := valley(p)(); got != r.Loss {
		t.Errorf("left at a loss of %v, the result says %v", got, r.Loss)
	}
	r, err = optim.NewLBFGS().Minimize(nil, func() float64 { return 5 })
	if want := (optim.LBFGSResult{Loss: 5, Evaluations: 1, Converged: true}); err != nil || r != want {
		t.Errorf("without parameters: %+v, error %v", r, err)
	}
}

func TestLBFGSErrors(t *testing.T) {
	start := []float64{1, 2}
	tests := []struct {
		name string
		f    func(p *nn.Param) float64
		want string
	}{
		{"NaN loss", func(p *nn.Param) float64 { return math.NaN() }, "the loss is NaN"},
		{"infinite gradient", func(p *nn.Param) float64 { p.Grad[1] = math.Inf(-1); return 0 }, "gradient of length +Inf"},
		{"gradient too long", func(p *nn.Param) float64 { p.Grad[0], p.Grad[1] = 1.7e308, 1.7e308; return 0 }, "gradient of length +Inf"},
		{"wrong sign", func(p *nn.Param) float64 { p.Grad[0] = -2 * p.Value[0]; return p.Value[0] * p.Value[0] }, "after 0 iterations"},
		{"NaN elsewhere", func(p *nn.Param) float64 {
			p.Grad[0] = 1
			if !slices.Equal(p.Value, start) {
				return math.NaN()
			}
			return 0
		}, "after 0 iterations"},
	}
	for _, test := range tests {
		p := nn.NewParam("p", 2)
		copy(p.Value, start)
		r, err := optim.NewLBFGS().Minimize([]*nn.Param{p}, func() float64 { return test.f(p) })
		if err == nil || !strings.Contains(err.Error(), test.want) || r.Converged {
			t.Errorf("%s: %+v, error %v, want %q", test.name, r, err, test.want)
		}
		if !slices.Equal(p.Value, start) || p.Grad[0] != 0 || p.Grad[1] != 0 {
			t.Errorf("%s: left at %v, gradient %v", test.name, p.Value, p.Grad)
		}
	}
}

// TestLBFGSUnbounded: a loss without a least ends all the same.
func TestLBFGSUnbounded(t *testing.T) {
	p := nn.NewParam("p", 1)
	r, _ := optim.NewLBFGS().Minimize([]*nn.Param{p}, func() float64 { p.Grad[0] = 1; return p.Value[0] })
	if r.Converged || !(r.Loss < -1e300) || r.Evaluations > 10000 {
		t.Errorf("%+v", r)
	}
}

func TestLBFGSMisuse(t *testing.T) {
	bad := &nn.Param{Name: "q", Value: make([]float64, 2), Grad: make([]float64, 3)}
	for want, f := range map[string]func(){
		"optim: LBFGS of Store 0, Iterations 0, Tolerance 0; NewLBFGS sets the usual ones":   func() { optim.LBFGS{}.Minimize(nil, nil) },
		"optim: LBFGS of Store 15, Iterations 0, Tolerance 0; NewLBFGS sets the usual ones":  func() { optim.LBFGS{Store: 15}.Minimize(nil, nil) },
		"optim: LBFGS of Store 1, Iterations 1, Tolerance NaN; NewLBFGS sets the usual ones": func() { optim.LBFGS{1, 1, math.NaN(), false}.Minimize(nil, nil) },
		"optim: LBFGS: parameter 0, q, has 2 values and 3 gradients":                         func() { optim.NewLBFGS().Minimize([]*nn.Param{bad}, nil) },
	} {
		if got := panicOf(f); got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}
}

// TestLBFGSRounding: a minimum that is reached to rounding is no error, whatever the
// units of the loss; a gradient that is wrong is one.
func TestLBFGSRounding(t *testing.T) {
	for _, scale := range []float64{1e-10, 1, 1e10} {
		for _, offset := range []float64{0, 149, -1e6} {
			p := nn.NewParam("p", 3)
			copy(p.Value, []float64{3, -2, 0.5})
			r, err := optim.LBFGS{Store: 15, Iterations: 1000, Tolerance: 1e-300}.Minimize([]*nn.Param{p}, func() float64 {
				loss := offset
				for i, x := range p.Value {
					d := x - float64(i) - 0.1
					loss += math.Sqrt(1+d*d) * float64(i+1)
					p.Grad[i] += scale * d / math.Sqrt(1+d*d) * float64(i+1)
				}
				return scale * loss
			})
			if err != nil || !r.Converged {
				t.Errorf("scale %g, offset %g: %+v, %v", scale, offset, r, err)
			}
			for i, x := range p.Value {
				if math.Abs(x-float64(i)-0.1) > 1e-3 {
					t.Errorf("scale %g, offset %g: at %v", scale, offset, p.Value)
					break
				}
			}
		}
	}
	p := nn.NewParam("p", 1)
	p.Value[0] = 3
	if r, err := optim.NewLBFGS().Minimize([]*nn.Param{p}, func() float64 {
		p.Grad[0] -= 2 * p.Value[0] // the sign is wrong
		return 149 + p.Value[0]*p.Value[0]
	}); err == nil || r.Converged {
		t.Errorf("a wrong gradient: %+v, %v", r, err)
	}
}

package numeric_test

import (
	"maps"
	"math"
	"testing"

	"github.com/quartet-ad/ad/numeric"
)

// An analytic counts the derivatives by steps along imaginary axes.
type analytic struct {
	name      string
	all       int
	accurate  int
	want      int // of all
	share     float64
	tolerance float64
}

func (n *analytic) add(t *testing.T, id string, got, want, size float64) {
	t.Helper()
	n.all++
	if math.Abs(got-want) <= n.tolerance*size+1e-150 {
		n.accurate++
	} else if n.share == 100 {
		t.Errorf("%s, %s: %v, want %v", n.name, id, got, want)
	} else if testing.Verbose() {
		t.Logf("%s, %s: %v, want %v", n.name, id, got, want)
	}
}

// check holds the counts against what is wanted.
func (n *analytic) check(t *testing.T) {
	t.Helper()
	t.Logf("%s: %d derivatives, %.2f %% to %v", n.name, n.all, percent(n.accurate, n.all), n.tolerance)
	if n.all != n.want || percent(n.accurate, n.all) < n.share {
		t.Errorf("%s: %d derivatives, %.2f %% to %v, want %d and %v %%", n.name, n.all, percent(n.accurate, n.all), n.tolerance, n.want, n.share)
	}
}

// attempt calls do and returns the name of the function that has no form over complex numbers.
func attempt(do func()) (without string) {
	defer func() {
		if v := recover(); v != nil {
			name, ok := v.(missing)
			if pe, isError := v.(*numeric.PanicError); isError {
				name, ok = pe.Value.(missing)
			}
			if !ok {
				panic(v)
			}
			without = string(name)
		}
	}()
	do()
	return ""
}

// reach returns what an error of a derivative of a function of size y is to be small against, and false
// where the derivative over- or underflows if a step stands before it.
func reach(e entry, step float64) (size float64, ok bool) {
	y, x := math.Abs(float64(e.f(reals(e.x)))), max(1, math.Abs(e.x[e.i]))
	size = max(math.Abs(e.want), y/x, math.Abs(e.slope)/x)
	in := func(v float64) bool { return v == 0 || v*step > 1e-300 && v < 1e150 }
	return size, in(math.Abs(e.want)) && in(math.Abs(e.slope)) && y < 1e150
}

// TestAnalyticElementary: golden's elementary functions by the complex step and by bicomplex
// numbers, all but those that have no form over them.
func TestAnalyticElementary(t *testing.T) {
	slope := analytic{name: "ComplexStep", want: 1997, share: 99.4, tolerance: 1e-13}
	slope2 := analytic{name: "BicomplexStep", want: 1997, share: 98.9, tolerance: 1e-13}
	curve := analytic{name: "BicomplexMixed", want: 2137, share: 99.5, tolerance: 1e-12}
	without := map[string]int{}
	for _, e := range entries(t, 1) {
		size, ok := reach(e, 1e-200)
		if !ok {
			continue
		}
		f := overComplex(scalarOver[number[complexNumber]](e.c))
		g := overBicomplex(scalarOver[number[numeric.Bicomplex]](e.c))
		if name := attempt(func() {
			slope.add(t, e.id, numeric.ComplexStep.Gradient(f, e.x)[e.i], e.want, size)
			_, d, _ := numeric.BicomplexStep(func(z numeric.Bicomplex) numeric.Bicomplex {
				x := make([]numeric.Bicomplex, len(e.x))
				for i, v := range e.x {
					x[i].A = complex(v, 0)
				}
				x[e.i] = z
				return g(x)
			}, e.x[e.i])
			slope2.add(t, e.id, d, e.want, size)
		}); name != "" {
			without[name]++
		}
	}
	for _, e := range entries(t, 2) {
		size, ok := reach(e, 1e-181)
		if !ok {
			continue
		}
		g := overBicomplex(scalarOver[number[numeric.Bicomplex]](e.c))
		if name := attempt(func() {
			curve.add(t, e.id, numeric.BicomplexMixed(g, e.x, e.i, e.j), e.want, size)
		}); name != "" {
			without[name]++
		}
	}
	slope.check(t)
	slope2.check(t)
	curve.check(t)
	if want := map[string]int{"erf": 60, "erfc": 55, "gelu_erf": 56, "lgamma": 52}; !maps.Equal(without, want) {
		t.Errorf("without a form over complex numbers: %v, want %v", without, want)
	}
}

// TestAnalyticTargets: golden's expressions and test functions by the complex step with every operator,
// and by bicomplex numbers, to the last places of their size. Second derivatives by the
// complex step are differences, with an estimate.
func TestAnalyticTargets(t *testing.T) {
	for _, family := range []struct {
		name                  string
		targets               []target
		slopes, curves, mixed int
		without               int
	}{
		{"expressions", expressionTargets(t), 829, 804, 570, 23},
		{"test functions", problemTargets(t), 3681, 1194, 962, 0},
	} {
		slopes := analytic{name: family.name + ": ComplexStep, first", want: family.slopes, share: 100, tolerance: 2e-14}
		curves := analytic{name: family.name + ": ComplexStep, second", want: family.curves, share: 100, tolerance: 1e-11}
		mixed := analytic{name: family.name + ": BicomplexMixed", want: family.mixed, share: 100, tolerance: 1e-13}
		without := 0
		for _, c := range family.targets {
			if attempt(func() { c.overComplex(make([]complex128, len(c.x))) }) != "" {
				without++
				continue
			}
			addAnalytic(t, c, &slopes, &curves, &mixed)
		}
		slopes.check(t)
		curves.check(t)
		mixed.check(t)
		if without != family.without {
			t.Errorf("%s: %d have no form over complex numbers, want %d", family.name, without, family.without)
		}
	}
}

// addAnalytic counts the derivatives of a target.
func addAnalytic(t *testing.T, c target, slopes, curves, mixed *analytic) {
	s, d, f := numeric.ComplexStep, len(c.x), c.overComplex
	for i, g := range s.Gradient(f, c.x) {
		slopes.add(t, c.id, g, c.grad[i], c.size)
	}
	jvp := product(c.jac, c.v)
	for k, g := range s.JVP(c.vectorOverComplex, c.x, c.v) {
		slopes.add(t, c.id, g, jvp[k], c.size)
	}
	w, vjp := make([]float64, len(jvp)), make([]float64, d)
	for k := range w {
		w[k] = float64(2 - k%3)
		for i := range vjp {
			vjp[i] += w[k] * c.jac[k*d+i]
		}
	}
	for i, g := range s.VJP(c.vectorOverComplex, c.x, w) {
		slopes.add(t, c.id, g, vjp[i], float64(len(w))*c.size)
	}
	jacobian := s.Jacobian(c.vectorOverComplex, c.x)
	for k := range w {
		for i := range c.x {
			slopes.add(t, c.id, jacobian.At(k, i), c.jac[k*d+i], c.size)
		}
	}
	if len(c.hess) == 0 {
		return
	}
	hvp := product(c.hess, c.v)
	for i, h := range s.HVP(f, c.x, c.v) {
		curves.add(t, c.id, h, hvp[i], c.size)
	}
	for i, row := range s.HessianResult(f, c.x) {
		for j, r := range row {
			want := c.hess[i*d+j]
			curves.add(t, c.id, r.Value, want, c.size)
			if !(math.Abs(r.Value-want) <= honesty*r.Err+1e-90) {
				t.Errorf("%s: second derivative %d, %d is %+v, want %v", c.id, i, j, r, want)
			}
			mixed.add(t, c.id, numeric.BicomplexMixed(c.overBicomplex, c.x, i, j), want, c.size)
		}
	}
}

package dual_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
)

// Where a circle of radius r meets the parabola y = a·x², and how that point moves with r
// and a.
func ExampleImplicit() {
	meets := func(p, xy []dual.Number) []dual.Number {
		r, a, x, y := p[0], p[1], xy[0], xy[1]
		return []dual.Number{
			ad.Square(x).Add(ad.Square(y)).Sub(ad.Square(r)),
			y.Sub(a.Mul(ad.Square(x))),
		}
	}
	j, err := dual.Implicit(meets, []float64{math.Sqrt2, 1}, []float64{1, 1})
	fmt.Printf("%.4f %v\n", j.RawMatrix().Data, err)
	// Output:
	// [0.4714 -0.3333 0.9428 0.3333] <nil>
}

// TestImplicit: a linear system's solution moves with its right side and with its matrix as
// Cramer's rule has it, for 30 parameters and for one.
func TestImplicit(t *testing.T) {
	// M(p) y = b(p), with M = [[p0, 1], [p1, 3]] and b = [p2, p3].
	system := func(p, y []dual.Number) []dual.Number {
		return []dual.Number{
			p[0].Mul(y[0]).Add(y[1]).Sub(p[2]),
			p[1].Mul(y[0]).Add(ad.Scale(y[1], 3)).Sub(p[3]),
		}
	}
	solution := func(p []dual.Number) []dual.Number {
		det := ad.Scale(p[0], 3).Sub(p[1])
		return []dual.Number{
			ad.Scale(p[2], 3).Sub(p[3]).Div(det),
			p[0].Mul(p[3]).Sub(p[1].Mul(p[2])).Div(det),
		}
	}
	p := make([]float64, 30)
	copy(p, []float64{2, -1, 0.7, 4})
	det := 3*p[0] - p[1]
	y := []float64{(3*p[2] - p[3]) / det, (p[0]*p[3] - p[1]*p[2]) / det}
	got, err := dual.Implicit(system, p, y)
	if err != nil {
		t.Fatal(err)
	}
	optest.Within(t, "dy/dp", flat(got), flat(dual.Jacobian(solution, p)), 1e-14)

	root, err := dual.Implicit(func(x, y []dual.Number) []dual.Number { return []dual.Number{ad.Square(y[0]).Sub(x[0])} }, []float64{9}, []float64{3})
	if err != nil || math.Abs(root.At(0, 0)-1.0/6) > 1e-16 {
		t.Errorf("the derivative of a square root is %v, %v", root, err)
	}
}

// TestImplicitSizes: equations and unknowns of very different sizes are no singular system.
func TestImplicitSizes(t *testing.T) {
	for _, sizes := range [][2]float64{{1e-200, 1}, {1, 1e-200}, {1e200, 1e-200}, {0x1p-1060, 1}, {0x1p1000, 0x1p-1000}} {
		system := func(x, y []dual.Number) []dual.Number { // (2s·y0 + t·y1 - x0, s·y0 + t·y1 - x1)
			s, t := ad.Scale(y[0], sizes[0]), ad.Scale(y[1], sizes[1])
			return []dual.Number{ad.Scale(s, 2).Add(t).Sub(x[0]), s.Add(t).Sub(x[1])}
		}
		got, err := dual.Implicit(system, []float64{0, 0}, []float64{0, 0})
		if err != nil {
			t.Errorf("%v: %v", sizes, err)
			continue
		}
		s, u := sizes[0], sizes[1]
		optest.Within(t, fmt.Sprint("dy/dx of ", sizes), flat(got), []float64{1 / s, -1 / s, -1 / u, 2 / u}, 1e-15)
	}
}

func TestImplicitErrors(t *testing.T) {
	for want, slope := range map[string]float64{"entry 1, 0 is NaN": math.NaN(), "entry 1, 0 is +Inf": math.Inf(1)} {
		j, err := dual.Implicit(func(x, y []dual.Number) []dual.Number {
			return []dual.Number{y[0].Sub(x[0]), ad.Scale(y[0], slope).Add(y[1])}
		}, []float64{1}, []float64{1, 1})
		if err == nil || j != nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%v, %v, want %s", j, err, want)
		}
	}
	square := func(x, y []dual.Number) []dual.Number { return []dual.Number{ad.Square(y[0]).Sub(x[0])} }
	if j, err := dual.Implicit(square, []float64{0}, []float64{0}); err == nil || j != nil || !strings.HasPrefix(err.Error(), "dual.Implicit: ∂f/∂y at y = [0]: matrix singular") {
		t.Errorf("%v, %v at a double root", j, err)
	}
	optest.Panics(t, "dual.Implicit: x has length 0 and y 1, want 1 or more", func() { dual.Implicit(square, nil, []float64{1}) })
	optest.Panics(t, "dual.Implicit: f has 1 results, want 2, as y has entries", func() { dual.Implicit(square, []float64{1}, []float64{1, 2}) })
}

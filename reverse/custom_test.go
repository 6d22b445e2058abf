package reverse

import (
	"fmt"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
)

// hadamard is the product of two arrays of the same shape, which Mul is too.
var hadamard = &Custom{
	Name: "hadamard",
	Shape: func(x ...[]int) ([]int, bool) {
		return x[0], len(x) == 2 && fmt.Sprint(x[0]) == fmt.Sprint(x[1])
	},
	Value: func(c *Call) {
		for i, x := range c.X[0] {
			c.Y[i] = x * c.X[1][i]
		}
	},
	JVP: func(c *Call, dst []float64, v [][]float64) {
		for k, v := range v {
			for i := range v {
				dst[i] += v[i] * c.X[1-k][i]
			}
		}
	},
	VJP: func(c *Call, dst [][]float64, w []float64) {
		for k, d := range dst {
			for i := range d {
				d[i] += w[i] * c.X[1-k][i]
			}
		}
	},
	Curve: func(_ *Call, dst [][]float64, w []float64, v [][]float64, _ []float64) {
		for k, d := range dst {
			for i := range d {
				if v[1-k] != nil {
					d[i] += w[i] * v[1-k][i]
				}
			}
		}
	},
}

func TestCustom(t *testing.T) {
	noJVP, noVJP, noCurve := *hadamard, *hadamard, *hadamard
	noJVP.JVP, noVJP.VJP, noCurve.Curve = nil, nil, nil
	shapes, points := [][]int{{2, 3}, {2, 3}}, [][]float64{waves(6, 0), waves(6, 3)}
	for _, op := range []*Custom{hadamard, &noJVP, &noVJP} {
		alike(t, "hadamard", shapes, points,
			func(x []Array) Array { return op.Of(x[0], x[1]).Mul(x[0]) },
			func(x []Var) []Var {
				var y []Var
				for i := range 6 {
					y = append(y, x[i].Mul(x[6+i]).Mul(x[i]))
				}
				return y
			})
	}
	tape := NewTape()
	x, y := tape.Param(points[0], nil, 2, 3), tape.Const(points[1], 2, 3)
	optest.Equal(t, "of a constant", hadamard.Of(x, y).JVP([]Array{x}, [][]float64{points[1]}), hadamard.Of(y, y).Values(), rounding)
	for want, f := range map[string]func(){
		"reverse: hadamard of shapes [2 3] and [6]":      func() { hadamard.Of(x, tape.Const(points[0])) },
		"reverse: hadamard has no second derivative":     func() { noCurve.Of(x, y).HVP(waves(6, 0), []Array{x}, [][]float64{waves(6, 0)}) },
		"reverse: hadamard of nothing that is on a tape": func() { hadamard.Of(Array{}, Array{}) },
		`reverse: Custom needs a Name, a Value, and a JVP or a VJP; this one is "half"`: func() {
			(&Custom{Name: "half", Value: hadamard.Value}).Of(x)
		},
	} {
		if got := panicOf(f); got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}
}

// panicOf returns what f panics with.
func panicOf(f func()) (message string) {
	defer func() { message = fmt.Sprint(recover()) }()
	f()
	return ""
}

func TestCustomSteadyState(t *testing.T) {
	tape, xs, gx := NewTape(), waves(6, 1), make([]float64, 6)
	step := func() {
		tape.Reset()
		x := tape.Param(xs, gx, 6)
		scale.Of(scale.Of(x)).BackwardFrom(xs)
	}
	step()
	if n := memtest.Allocations(100, step); n != 0 {
		t.Errorf("%v allocations in a step", n)
	}
	if sum := gx[0] / xs[0]; sum < 900 {
		t.Errorf("gradient %v", gx)
	}
}

// scale is 3·x, and counts in Keep how often it ran at its place.
var scale = &Custom{
	Name: "scale",
	Value: func(c *Call) {
		if c.Keep == nil {
			c.Keep = new(int)
		}
		*c.Keep.(*int)++
		for i, x := range c.X[0] {
			c.Y[i] = 3 * x
		}
	},
	VJP: func(c *Call, dst [][]float64, w []float64) {
		if *c.Keep.(*int) == 0 {
			panic("Keep was lost")
		}
		for i, w := range w {
			dst[0][i] += 3 * w
		}
	},
}

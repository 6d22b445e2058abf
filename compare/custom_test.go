package compare_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/reverse"
)

// softcap is c·tanh(x/c), where c has one element.
func softcap() *reverse.Custom {
	return &reverse.Custom{
		Name: "softcap",
		Shape: func(x ...[]int) ([]int, bool) {
			return x[0], len(x) == 2 && len(x[1]) == 0
		},
		Value: func(c *reverse.Call) {
			for i, x := range c.X[0] {
				c.Y[i] = c.X[1][0] * math.Tanh(x/c.X[1][0])
			}
		},
		JVP: func(c *reverse.Call, dst []float64, v [][]float64) {
			for i, x := range c.X[0] {
				dx, dc := slopes(x, c.X[1][0])
				if v[0] != nil {
					dst[i] += dx * v[0][i]
				}
				if v[1] != nil {
					dst[i] += dc * v[1][0]
				}
			}
		},
		VJP: func(c *reverse.Call, dst [][]float64, w []float64) {
			for i, x := range c.X[0] {
				dx, dc := slopes(x, c.X[1][0])
				if dst[0] != nil {
					dst[0][i] += w[i] * dx
				}
				if dst[1] != nil {
					dst[1][0] += w[i] * dc
				}
			}
		},
		Curve: func(c *reverse.Call, dst [][]float64, w []float64, v [][]float64, _ []float64) {
			for i, x := range c.X[0] {
				cap := c.X[1][0]
				t := math.Tanh(x / cap)
				xx := -2 * t * (1 - t*t) / cap
				vx, vc := 0.0, 0.0
				if v[0] != nil {
					vx = v[0][i]
				}
				if v[1] != nil {
					vc = v[1][0]
				}
				curve := w[i] * xx * (vx - x/cap*vc)
				if dst[0] != nil {
					dst[0][i] += curve
				}
				if dst[1] != nil {
					dst[1][0] -= curve * x / cap
				}
			}
		},
	}
}

// slopes are those of softcap in x and in c.
func slopes(x, c float64) (dx, dc float64) {
	t := math.Tanh(x / c)
	dx = 1 - t*t
	return dx, t - x/c*dx
}

func ExampleCheckCustom() {
	op := softcap()
	tape := reverse.NewTape()
	x, limit := tape.Const([]float64{-3, 0.5, 2}), tape.Const([]float64{2})
	fmt.Println(compare.CheckCustom(op, x, limit))

	op.VJP = func(c *reverse.Call, dst [][]float64, w []float64) {
		for i, x := range c.X[0] {
			if dst[0] != nil {
				dx, _ := slopes(x, c.X[1][0])
				dst[0][i] += w[i] * dx
			}
		}
	}
	err := compare.CheckCustom(op, x, limit)
	fmt.Println(strings.Contains(err.Error(), "VJP is wrong at element 0 of operand 1"))
	// Output:
	// <nil>
	// true
}

// TestCheckCustom breaks one function of an operation after the other.
func TestCheckCustom(t *testing.T) {
	calls := 0.0
	for name, c := range map[string]struct {
		change func(op *reverse.Custom)
		want   string // "" if nothing is wrong
	}{
		"right":         {func(op *reverse.Custom) {}, ""},
		"no JVP":        {func(op *reverse.Custom) { op.JVP = nil }, ""},
		"no VJP":        {func(op *reverse.Custom) { op.VJP = nil }, ""},
		"no Curve":      {func(op *reverse.Custom) { op.Curve = nil }, ""},
		"JVP scaled":    {func(op *reverse.Custom) { op.JVP = scaledJVP(op.JVP, 1.001) }, "JVP is wrong at y0"},
		"rounded Value": {func(op *reverse.Custom) { op.Value = rounded(op.Value) }, ""},
		"JVP off by less than rounding": {func(op *reverse.Custom) {
			op.Value, op.JVP = rounded(op.Value), scaledJVP(op.JVP, 1+1e-8)
		}, "JVP and VJP do not belong together"},
		"VJP sets": {func(op *reverse.Custom) {
			right := op.VJP
			op.VJP = func(c *reverse.Call, dst [][]float64, w []float64) {
				for _, d := range dst {
					clear(d)
				}
				right(c, dst, w)
			}
		}, "VJP does not add"},
		"VJP of wrong sign": {func(op *reverse.Custom) {
			right := op.VJP
			op.VJP = func(c *reverse.Call, dst [][]float64, w []float64) {
				minus := slices.Clone(w)
				for i := range minus {
					minus[i] *= -1
				}
				right(c, dst, minus)
			}
		}, "VJP is wrong at element 0 of operand 0"},
		"VJP needs both": {func(op *reverse.Custom) {
			right := op.VJP
			op.VJP = func(c *reverse.Call, dst [][]float64, w []float64) {
				if dst[0] != nil && dst[1] != nil {
					right(c, dst, w)
				}
			}
		}, "VJP depends on which operands are constant"},
		"JVP needs both": {func(op *reverse.Custom) {
			right := op.JVP
			op.JVP = func(c *reverse.Call, dst []float64, v [][]float64) {
				if v[0] != nil && v[1] != nil {
					right(c, dst, v)
				}
			}
		}, "JVP depends on which operands are constant"},
		"Curve doubled": {func(op *reverse.Custom) {
			right := op.Curve
			op.Curve = func(c *reverse.Call, dst [][]float64, w []float64, v [][]float64, vy []float64) {
				right(c, dst, w, v, vy)
				right(c, dst, w, v, vy)
			}
		}, "Curve is wrong at element 0 of operand 0"},
		"Value drifts": {func(op *reverse.Custom) {
			right := op.Value
			op.Value = func(c *reverse.Call) {
				right(c)
				calls++
				c.Y[0] += calls
			}
		}, "Value does not repeat itself"},
		"Value writes": {func(op *reverse.Custom) {
			right := op.Value
			op.Value = func(c *reverse.Call) {
				right(c)
				c.X[0][0] = 7
			}
		}, "Value writes to its operands"},
		"kink": {func(op *reverse.Custom) {
			op.Value = func(c *reverse.Call) {
				for i, x := range c.X[0] {
					c.Y[i] = math.Abs(x - 0.5)
				}
			}
		}, "at a kink or a jump"},
	} {
		op := softcap()
		c.change(op)
		tape := reverse.NewTape()
		err := compare.CheckCustom(op, tape.Const([]float64{-3, 0.5, 2, 0.1}, 2, 2), tape.Const([]float64{2}))
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: error %v, want one with %q", name, err, c.want)
		}
	}
}

// TestCheckCustomMade: where one product is made from the other, the one that was written is
// named, and it alone.
func TestCheckCustomMade(t *testing.T) {
	check := func(change func(op *reverse.Custom)) string {
		op := softcap()
		op.Curve = nil
		change(op)
		tape := reverse.NewTape()
		err := compare.CheckCustom(op, tape.Const([]float64{-3, 0.5}), tape.Const([]float64{2}))
		if err == nil {
			t.Fatal("nothing is found")
		}
		return err.Error()
	}
	byVJP := check(func(op *reverse.Custom) {
		right := op.VJP
		op.JVP = nil
		op.VJP = func(c *reverse.Call, dst [][]float64, w []float64) {
			right(c, dst, w)
			right(c, dst, w)
		}
	})
	if !strings.HasPrefix(byVJP, "compare: softcap: VJP is wrong") || strings.Contains(byVJP, "JVP is wrong at y") {
		t.Errorf("a wrong VJP, and no JVP: %s", byVJP)
	}
	byJVP := check(func(op *reverse.Custom) { op.VJP, op.JVP = nil, scaledJVP(op.JVP, 2) })
	if !strings.HasPrefix(byJVP, "compare: softcap: JVP is wrong") || strings.Contains(byJVP, "VJP is wrong at element") {
		t.Errorf("a wrong JVP, and no VJP: %s", byJVP)
	}
}

// rounded computes in float32, so that differences have few digits.
func rounded(right func(*reverse.Call)) func(*reverse.Call) {
	return func(c *reverse.Call) {
		right(c)
		for i, y := range c.Y {
			c.Y[i] = float64(float32(y))
		}
	}
}

func scaledJVP(right func(*reverse.Call, []float64, [][]float64), a float64) func(*reverse.Call, []float64, [][]float64) {
	return func(c *reverse.Call, dst []float64, v [][]float64) {
		right(c, dst, v)
		for i := range dst {
			dst[i] *= a
		}
	}
}

package nn

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad/reverse"
)

// A scaledLoss is a loss of operands that have units: multiplied by s to the power of
// each operand's unit, it is multiplied by s to the power of its own.
type scaledLoss struct {
	name  string
	unit  float64
	units []float64
	in    [][]float64
	shape [][]int
	f     func(x []reverse.Array, s float64) reverse.Array
}

// scaledLosses are all losses that have a unit, or that none changes.
func scaledLosses() []scaledLoss {
	x, y, z := []float64{0.3, -1.5, 2.5, 0.75, -0.2, 4}, []float64{0.5, 1, -2, 0.75, 3, 1}, []float64{-1, 0.25, 2, 5, 1, 0.5}
	flat := [][]int{{2, 3}, {2, 3}}
	sign := []float64{1, -1, 1, 1, -1, -1}
	pair := func(name string, unit float64, f func(x, target reverse.Array, s float64) reverse.Array) scaledLoss {
		return scaledLoss{name, unit, []float64{1, 1}, [][]float64{x, y}, flat,
			func(x []reverse.Array, s float64) reverse.Array { return f(x[0], x[1], s) }}
	}
	signed := func(name string, unit float64, f func(x, target reverse.Array, margin float64, o ...LossOptions) reverse.Array) scaledLoss {
		return scaledLoss{name, unit, []float64{1, 0}, [][]float64{x, sign}, flat,
			func(x []reverse.Array, s float64) reverse.Array { return f(x[0], x[1], s) }}
	}
	weight := func(name string, unit float64, f func(w reverse.Array, lambda float64) reverse.Array) scaledLoss {
		return scaledLoss{name, unit, []float64{1}, [][]float64{x}, flat[:1],
			func(x []reverse.Array, _ float64) reverse.Array { return f(x[0], 0.5) }}
	}
	each := LossOptions{Reduction: ReduceNone}
	all := []scaledLoss{
		pair("MSE", 2, func(x, t reverse.Array, _ float64) reverse.Array { return MSE(x, t) }),
		pair("MSE of each", 2, func(x, t reverse.Array, _ float64) reverse.Array { return MSE(x, t, each) }),
		pair("MAE", 1, func(x, t reverse.Array, _ float64) reverse.Array { return MAE(x, t) }),
		pair("Huber", 2, func(x, t reverse.Array, s float64) reverse.Array { return Huber(x, t, s) }),
		pair("SmoothL1", 1, func(x, t reverse.Array, s float64) reverse.Array { return SmoothL1(x, t, s) }),
		pair("SmoothL1 of beta 0", 1, func(x, t reverse.Array, s float64) reverse.Array { return SmoothL1(x, t, 0) }),
		pair("CosineSimilarity", 0, func(x, t reverse.Array, _ float64) reverse.Array { return CosineSimilarity(x, t, 1) }),
		pair("CosineSimilarity of itself", 0, func(x, t reverse.Array, _ float64) reverse.Array { return CosineSimilarity(x, x, 1) }),
		pair("CosineEmbedding", 0, func(x, t reverse.Array, _ float64) reverse.Array {
			return CosineEmbedding(x, t, x.Tape().Const([]float64{1, -1}), -0.9)
		}),
		pair("DiceSquaredLoss", 0, func(x, t reverse.Array, s float64) reverse.Array { return DiceSquaredLoss(x, t, s*s) }),
		signed("Hinge", 1, Hinge), signed("SquaredHinge", 2, SquaredHinge),
		weight("L1", 1, L1), weight("L2", 2, L2),
		{"MultiMargin", 1, []float64{1}, [][]float64{x}, flat[:1], func(x []reverse.Array, s float64) reverse.Array {
			return MultiMargin(x[0], []int{1, 2}, s)
		}},
		{"Triplet", 1, []float64{1, 1, 1}, [][]float64{x, y, z}, [][]int{{2, 3}, {2, 3}, {2, 3}}, func(x []reverse.Array, s float64) reverse.Array {
			return Triplet(x[0], x[1], x[2], s)
		}},
		{"GaussianNLL less log s", 0, []float64{1, 1, 2}, [][]float64{x, y, {1, 2, 0.5, 0.25, 3, 1e-3}}, [][]int{{2, 3}, {2, 3}, {2, 3}}, func(x []reverse.Array, s float64) reverse.Array {
			return GaussianNLL(x[0], x[1], x[2]).Sub(x[0].Const(math.Log(s)))
		}},
	}
	for name, b := range map[string][2][]float64{
		"apart":      {{0, 0, 1, 1}, {2, 3, 5, 4}},
		"overlap":    {{0.25, 0.5, 3, 2}, {1, 1.25, 4, 2.5}},
		"within":     {{1, 1, 2, 2.5}, {0.5, 0, 4, 3}},
		"equal":      {{1, 2, 3, 5}, {1, 2, 3, 5}},
		"points":     {{1, 2, 1, 2}, {1, 2, 1, 2}},
		"two points": {{1, 2, 1, 2}, {3, 5, 3, 5}},
		"lines":      {{1, 2, 1, 4}, {1, 2, 1, 4}},
		"across":     {{0, 0, 4, 0}, {1, -1, 1, 1}},
		"line, box":  {{0, 0, 4, 0}, {1, -1, 2, 1}},
	} {
		for loss, f := range boxLosses {
			for _, through := range []bool{false, true} {
				all = append(all, scaledLoss{fmt.Sprintf("%s of boxes: %s, through α %v", loss, name, through), 0, []float64{1, 1}, b[:], [][]int{{1, 4}, {1, 4}},
					func(x []reverse.Array, _ float64) reverse.Array {
						return f(x[0], x[1], BoxOptions{ThroughAlpha: through})
					}})
			}
		}
	}
	return all
}

// boxLosses are the losses of boxes.
var boxLosses = map[string]func(p, target reverse.Array, o ...BoxOptions) reverse.Array{
	"IoULoss": IoULoss, "GIoULoss": GIoULoss, "DIoULoss": DIoULoss, "CIoULoss": CIoULoss, "IoULogLoss": IoULogLoss,
}

// at returns the value and the gradients of a loss in other units, multiplied back.
func (l scaledLoss) at(s float64) (value []float64, grads [][]float64) {
	tape := reverse.NewTape()
	var params []reverse.Array
	for i, in := range l.in {
		v := make([]float64, len(in))
		for j, x := range in {
			v[j] = x * math.Pow(s, l.units[i])
		}
		params = append(params, tape.Param(v, nil, l.shape[i]...))
	}
	y := l.f(params, s)
	seed := make([]float64, y.Size())
	for i, v := range y.Values() {
		seed[i] = 1
		value = append(value, v*math.Pow(s, -l.unit))
	}
	y.BackwardFrom(seed)
	for i, p := range params {
		g := make([]float64, p.Size())
		for j, d := range p.Grad() {
			// The factor alone may overflow.
			g[j] = d * math.Pow(s, (l.units[i]-l.unit)/2) * math.Pow(s, (l.units[i]-l.unit)/2)
		}
		grads = append(grads, g)
	}
	return value, grads
}

// TestUnits: a loss in millimetres, in metres or in units that make squares and
// products of areas overflow is the same loss, and so is its gradient.
func TestUnits(t *testing.T) {
	checked := 0
	for _, l := range scaledLosses() {
		want, slopes := l.at(1)
		for _, s := range []float64{1e-150, 1e-9, 1e-3, 0x1p-10, 0x1p10, 1e3, 1e9, 1e150} {
			value, grads := l.at(s)
			sameUpTo(t, fmt.Sprintf("%s in units of %v: value", l.name, s), value, want)
			for i := range grads {
				sameUpTo(t, fmt.Sprintf("%s in units of %v: gradient %d", l.name, s, i), grads[i], slopes[i])
			}
			checked++
		}
	}
	if checked < 800 {
		t.Errorf("%d losses were checked", checked)
	}
}

// sameUpTo compares to 1e-12 of the largest element: units such as 1e-3 round the
// operands.
func sameUpTo(t *testing.T, what string, got, want []float64) {
	t.Helper()
	largest := 1.0
	for _, w := range want {
		if !math.IsInf(w, 0) {
			largest = max(largest, math.Abs(w))
		}
	}
	for i, w := range want {
		if g := got[i]; g != w && !(math.Abs(g-w) <= 1e-12*largest) || g != g {
			t.Errorf("%s %v, want %v", what, got, want)
			return
		}
	}
}

// TestMeanNearOverflow: a mean is finite where only the sum of losses overflows.
func TestMeanNearOverflow(t *testing.T) {
	x := []float64{1e154, -1e154, 1.2e154, 0}
	for name, c := range map[string]struct {
		f     func(x reverse.Array) reverse.Array
		value float64
		slope float64
	}{
		"MSE":           {func(x reverse.Array) reverse.Array { return MSE(x, x.Const(0)) }, 0.86e308, 0.5e154},
		"weighted MSE":  {func(x reverse.Array) reverse.Array { return MSE(x, x.Const(0), LossOptions{Weights: x.Const(1)}) }, 0.86e308, 0.5e154},
		"MAE, far out":  {func(x reverse.Array) reverse.Array { return MAE(x.Scale(1e154), x.Const(0)) }, 0.8e308, 0.25e154},
		"MSE of 1e200s": {func(x reverse.Array) reverse.Array { return MSE(x.Scale(1e46), x.Const(0)) }, inf, 0.5e154 * 1e46 * 1e46},
	} {
		tape := reverse.NewTape()
		p := tape.Param(x, nil)
		y := c.f(p)
		y.Backward()
		if g := p.Grad()[0]; !(y.Value() == c.value || math.Abs(y.Value()-c.value) <= 1e-13*c.value) || !(math.Abs(g-c.slope) <= 1e-13*c.slope) {
			t.Errorf("%s is %v with slope %v, want %v and %v", name, y.Value(), g, c.value, c.slope)
		}
	}
}

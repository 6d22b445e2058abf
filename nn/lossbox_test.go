package nn

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/reverse"
	"pgregory.net/rapid"
)

// TestBoxes: the orders, bounds and symmetries of the losses of boxes.
func TestBoxes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) []float64 {
			b := drawn(t, name, 4, -5, 5)
			return []float64{min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3])}
		}
		tape := reverse.NewTape()
		pv, qv := draw("p"), draw("q")
		if rapid.Bool().Draw(t, "same") {
			qv = pv
		}
		p, q := tape.Const(pv, 1, 4), tape.Const(qv, 1, 4)
		type loss = func(p, target reverse.Array, o ...BoxOptions) reverse.Array
		iou, giou, diou, ciou := IoULoss(p, q).Value(), GIoULoss(p, q).Value(), DIoULoss(p, q).Value(), CIoULoss(p, q).Value()
		const r = 1e-12 // rounding
		if !(iou >= -r && iou <= 1+r && giou >= -r && giou <= 2+r && diou >= -r && diou <= 2+r) {
			t.Errorf("IoU %v, GIoU %v, DIoU %v", 1-iou, 1-giou, 1-diou)
		}
		if !(giou >= iou-r && diou >= iou-r && ciou >= diou-r) {
			t.Errorf("IoU %v, GIoU %v, DIoU %v, CIoU %v are out of order", 1-iou, 1-giou, 1-diou, 1-ciou)
		}
		for name, f := range map[string]loss{"IoULoss": IoULoss, "GIoULoss": GIoULoss, "DIoULoss": DIoULoss} {
			if a, b := f(p, q).Value(), f(q, p).Value(); !(math.Abs(a-b) <= r) {
				t.Errorf("%s is %v, and %v the other way round", name, a, b)
			}
		}
		scale := math.Exp2(float64(rapid.IntRange(-4, 4).Draw(t, "scale")))
		shift := tape.Const([]float64{1.5, -2, 1.5, -2})
		// To move a narrow box rounds its sides away.
		wide := min(pv[2]-pv[0], pv[3]-pv[1], qv[2]-qv[0], qv[3]-qv[1]) > 0.1
		for name, f := range map[string]loss{"IoULoss": IoULoss, "GIoULoss": GIoULoss, "DIoULoss": DIoULoss, "CIoULoss": CIoULoss} {
			// ε belongs to an area or to a squared length.
			a := f(p, q, BoxOptions{Epsilon: 1e-12}).Value()
			b := f(p.Scale(scale), q.Scale(scale), BoxOptions{Epsilon: 1e-12 * scale * scale}).Value()
			moved := f(p.Add(shift), q.Add(shift), BoxOptions{Epsilon: 1e-12}).Value()
			if name == "CIoULoss" && scale != 1 { // there ε is added to 1 - IoU + v too
				b = a
			}
			if !(math.Abs(a-b) <= 1e-9) || wide && !(math.Abs(a-moved) <= 1e-9) {
				t.Errorf("%s is %v, scaled %v, moved %v", name, a, b, moved)
			}
		}
		for name, there := range map[string]reverse.Array{
			"XYWH": XYWHToXYXY(XYXYToXYWH(p)), "CXCYWH": CXCYWHToXYXY(XYXYToCXCYWH(p)),
		} {
			for i, v := range there.Values() {
				if !(math.Abs(v-pv[i]) <= 1e-14) {
					t.Errorf("there and back by %s: %v, want %v", name, there.Values(), pv)
				}
			}
		}
	})
}

// TestDegenerateBoxes: values and derivatives are finite for boxes without width,
// height or overlap.
func TestDegenerateBoxes(t *testing.T) {
	some := [][]float64{
		{0, 0, 2, 3}, {1, 1, 1, 4}, {1, 1, 4, 1}, {1, 1, 1, 1}, {5, 5, 6, 6}, {0, 0, 0, 0}, {2, 0, 4, 3}, {0, 0, 1e-200, 1},
		{0, 0, 1e100, 1e100}, {3, 3, 1, 1}, // the last is inside out
	}
	for name, f := range map[string]func(p, target reverse.Array, o ...BoxOptions) reverse.Array{
		"IoULoss": IoULoss, "GIoULoss": GIoULoss, "DIoULoss": DIoULoss, "CIoULoss": CIoULoss, "IoULogLoss": IoULogLoss,
	} {
		for _, a := range some {
			for _, b := range some {
				for _, through := range []bool{false, true} {
					tape := reverse.NewTape()
					p, q := tape.Param(a, nil, 1, 4), tape.Param(append([]float64(nil), b...), nil, 1, 4)
					y := f(p, q, BoxOptions{ThroughAlpha: through})
					y.Backward()
					numbers := append(append([]float64{y.Value()}, p.Grad()...), q.Grad()...)
					for _, v := range numbers {
						if math.IsNaN(v) || math.IsInf(v, 0) && !(name == "IoULogLoss" && v == y.Value()) {
							t.Fatalf("%s of %v and %v: value and gradients %v", name, a, b, numbers)
						}
					}
				}
			}
		}
	}
	tape := reverse.NewTape()
	for name, f := range map[string]func(p, target reverse.Array, o ...BoxOptions) reverse.Array{"CIoULoss": CIoULoss, "GIoULoss": GIoULoss, "IoULogLoss": IoULogLoss} {
		p := tape.Const([]float64{0, math.NaN(), 1, 1, 0, 0, 1, 1}, 2, 4)
		y := f(p, p, BoxOptions{Reduction: ReduceNone}).Values()
		if !math.IsNaN(y[0]) || math.IsNaN(y[1]) {
			t.Errorf("%s with a NaN: %v", name, y)
		}
	}
}

// TestEqualBoxes: two equal boxes, of whatever size and place, have the loss 0 and the
// gradient 0, and the direction of a step is never away from the target.
func TestEqualBoxes(t *testing.T) {
	for _, b := range [][]float64{
		{0, 0, 1e-3, 1e-3}, {5, 7, 5.001, 7.001}, {0, 0, 1e-160, 1e-200}, {0, 0, 1e160, 1e-200}, {-1e160, 0, 1e160, 1e200},
		{1, 1, 1, 1}, {0, 0, 0, 0}, {1, 1, 1, 4}, {1, 1, 4, 1}, {0, 0, 5e-324, 5e-324}, {-1e-300, 0, 0, 1e300},
		{-1.7e308, -1.7e308, 1.7e308, 1.7e308}, {3, 3, 3 + 0x1p-51, 3 + 0x1p-50},
	} {
		for name, f := range boxLosses {
			for _, through := range []bool{false, true} {
				tape := reverse.NewTape()
				p, q := tape.Param(b, nil, 1, 4), tape.Param(append([]float64(nil), b...), nil, 1, 4)
				y := f(p, q, BoxOptions{ThroughAlpha: through})
				y.Backward()
				if y.Value() != 0 {
					t.Errorf("%s of %v twice is %v", name, b, y.Value())
				}
				for _, d := range append(p.Grad(), q.Grad()...) {
					if d != 0 {
						t.Errorf("%s of %v twice has the gradients %v and %v", name, b, p.Grad(), q.Grad())
						break
					}
				}
			}
		}
	}
}

// TestCurvesOfBoxes: second derivatives of boxes are numbers, equal or without size as
// they may be.
func TestCurvesOfBoxes(t *testing.T) {
	some := [][]float64{{0, 0, 2, 3}, {1, 1, 1, 4}, {1, 1, 4, 1}, {1, 1, 1, 1}, {5, 5, 6, 6}, {0, 0, 0, 0}, {0, 0, 1e-3, 1e-3}, {1e3, 0, 1e6, 1e3}}
	for name, f := range boxLosses {
		for _, a := range some {
			for _, b := range some {
				tape := reverse.NewTape()
				p, q := tape.Param(a, nil, 1, 4), tape.Param(append([]float64(nil), b...), nil, 1, 4)
				y := f(p, q, BoxOptions{ThroughAlpha: true})
				for _, h := range y.HVP([]float64{1}, []reverse.Array{p, q}, [][]float64{{1, 0.5, -2, 0.25}, {3, 1, 1, 2}}) {
					for _, d := range h {
						if math.IsNaN(d) || math.IsInf(d, 0) {
							t.Fatalf("%s of %v and %v has the second derivatives %v", name, a, b, h)
						}
					}
				}
			}
		}
	}
}

// TestBoxesOfUnlikeSizes: where areas or their quotients leave the floats, losses and
// gradients that do not are right.
func TestBoxesOfUnlikeSizes(t *testing.T) {
	for _, c := range []struct {
		name  string
		p, q  []float64
		value float64
		grad  []float64
	}{
		{"IoULoss", []float64{0, 0, 1e-200, 1e-200}, []float64{0, 0, 1, 1}, 1, []float64{0.5e-200, 0.5e-200, -1e-200, -1e-200}},
		{"IoULogLoss", []float64{0, 0, 1e-200, 1e-200}, []float64{-1, -1, 1, 1}, math.Log(4) + 400*math.Ln10, []float64{1e200, 1e200, -1e200, -1e200}},
		{"IoULoss", []float64{0, 0, 1e200, 1e-200}, []float64{0, 0, 2e200, 1e-200}, 0.5, []float64{0.125e-200, 0.125e200, -0.5e-200, -0.125e200}},
		{"IoULoss", []float64{0, 0, 1e200, 1e200}, []float64{0, 0, 2e200, 1e200}, 0.5, []float64{0.125e-200, 0.125e-200, -0.5e-200, -0.125e-200}},
		{"GIoULoss", []float64{0, 0, 1, 1}, []float64{1e200, 1e200, 2e200, 2e200}, 1.75, nil},
		{"DIoULoss", []float64{0, 0, 1, 1}, []float64{1e200, 1e200, 2e200, 2e200}, 1 + 2.25/4, nil},
		{"GIoULoss", []float64{0, 0, 1, 1}, []float64{1e200, 0, 1.0000000000000002e200, 1}, 2, nil},
	} {
		tape := reverse.NewTape()
		p := tape.Param(c.p, nil, 1, 4)
		y := boxLosses[c.name](p, tape.Const(c.q, 1, 4))
		y.Backward()
		if !(math.Abs(y.Value()-c.value) <= 1e-13*math.Abs(c.value)) {
			t.Errorf("%s of %v and %v is %v, want %v", c.name, c.p, c.q, y.Value(), c.value)
		}
		for i, want := range c.grad {
			if g := p.Grad()[i]; !(math.Abs(g-want) <= 1e-13*math.Abs(want)) {
				t.Errorf("%s of %v and %v has the gradient %v, want %v", c.name, c.p, c.q, p.Grad(), c.grad)
				break
			}
		}
	}
}

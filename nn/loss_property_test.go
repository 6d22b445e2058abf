package nn

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/reverse"
	"pgregory.net/rapid"
)

// elementLosses are losses of elements that are never negative for targets in their
// range.
var elementLosses = map[string]struct {
	f        func(x, target reverse.Array, o LossOptions) reverse.Array
	lo, hi   float64 // of predictions
	tlo, thi float64 // of targets
	negative bool    // they may be so all the same
}{
	"MSE":          {f: func(x, t reverse.Array, o LossOptions) reverse.Array { return MSE(x, t, o) }, lo: -9, hi: 9, tlo: -9, thi: 9},
	"MAE":          {f: func(x, t reverse.Array, o LossOptions) reverse.Array { return MAE(x, t, o) }, lo: -9, hi: 9, tlo: -9, thi: 9},
	"Huber":        {f: func(x, t reverse.Array, o LossOptions) reverse.Array { return Huber(x, t, 1.5, o) }, lo: -9, hi: 9, tlo: -9, thi: 9},
	"SmoothL1":     {f: func(x, t reverse.Array, o LossOptions) reverse.Array { return SmoothL1(x, t, 0.5, o) }, lo: -9, hi: 9, tlo: -9, thi: 9},
	"LogCosh":      {f: func(x, t reverse.Array, o LossOptions) reverse.Array { return LogCosh(x, t, o) }, lo: -9, hi: 9, tlo: -9, thi: 9},
	"Hinge":        {f: func(x, t reverse.Array, o LossOptions) reverse.Array { return Hinge(x, t, 1, o) }, lo: -9, hi: 9, tlo: -1, thi: 1},
	"SquaredHinge": {f: func(x, t reverse.Array, o LossOptions) reverse.Array { return SquaredHinge(x, t, 1, o) }, lo: -9, hi: 9, tlo: -1, thi: 1},
	"SoftMargin":   {f: func(x, t reverse.Array, o LossOptions) reverse.Array { return SoftMargin(x, t, o) }, lo: -9, hi: 9, tlo: -1, thi: 1},
	"BCE": {f: func(x, t reverse.Array, o LossOptions) reverse.Array {
		return BCE(x, t, BinaryOptions{Reduction: o.Reduction, Weights: o.Weights})
	}, lo: 0, hi: 1, tlo: 0, thi: 1},
	"BCEWithLogits": {f: func(x, t reverse.Array, o LossOptions) reverse.Array {
		return BCEWithLogits(x, t, BinaryOptions{Reduction: o.Reduction, Weights: o.Weights})
	}, lo: -900, hi: 900, tlo: 0, thi: 1},
	"FocalSigmoid": {f: func(x, t reverse.Array, o LossOptions) reverse.Array { return FocalSigmoid(x, t, 0.25, 1.5, o) }, lo: -900, hi: 900, tlo: 0, thi: 1},
	"PoissonNLL":   {f: func(x, t reverse.Array, o LossOptions) reverse.Array { return PoissonNLL(x, t, o) }, lo: -9, hi: 9, tlo: 0, thi: 9, negative: true},
	"KLDiv":        {f: func(x, t reverse.Array, o LossOptions) reverse.Array { return KLDiv(x, t, o) }, lo: -9, hi: 0, tlo: 0, thi: 1, negative: true},
}

func drawn(t *rapid.T, name string, n int, lo, hi float64) []float64 {
	return rapid.SliceOfN(rapid.Float64Range(lo, hi), n, n).Draw(t, name)
}

// TestReductions: a mean is the sum over the number, a sum that of the single losses,
// which are not negative, and weights of 1 change nothing.
func TestReductions(t *testing.T) {
	for name, c := range elementLosses {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				tape := reverse.NewTape()
				m, n := rapid.IntRange(1, 4).Draw(t, "m"), rapid.IntRange(1, 4).Draw(t, "n")
				x := tape.Const(drawn(t, "x", m*n, c.lo, c.hi), m, n)
				target := tape.Const(drawn(t, "target", m*n, c.tlo, c.thi), m, n)
				of := func(o LossOptions) reverse.Array { return c.f(x, target, o) }
				each := of(LossOptions{Reduction: ReduceNone})
				sum, size := 0.0, 0.0
				for _, v := range each.Values() {
					sum, size = sum+v, size+math.Abs(v)
					if !c.negative && !(v >= 0) {
						t.Errorf("a loss of %v", v)
					}
				}
				near := func(what string, got reverse.Array, want float64) {
					if d := math.Abs(got.Value() - want); !(got.Value() == want || d <= 1e-13*size) {
						t.Errorf("%s %v, want %v", what, got.Value(), want)
					}
				}
				near("sum", of(LossOptions{Reduction: ReduceSum}), sum)
				near("mean", of(LossOptions{}), sum/float64(m*n))
				near("batch mean", of(LossOptions{Reduction: ReduceBatchMean}), sum/float64(m))
				near("weighted mean", of(LossOptions{Weights: x.Const(1)}), sum/float64(m*n))
				near("twice", of(LossOptions{Weights: tape.Const([]float64{2}, 1, 1)}), 2*sum/float64(m*n))
			})
		})
	}
}

// TestClassLosses: a loss of labels does not change when all logits of a row do, is not
// negative, and reduces as others do; focal loss with gamma 0 is cross-entropy, and so
// is NLL of log-probabilities, and CrossEntropyTo one-hot targets.
func TestClassLosses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const k = 4
		n := rapid.IntRange(1, 5).Draw(t, "n")
		tape := reverse.NewTape()
		x := tape.Const(drawn(t, "x", n*k, -30, 30), n, k)
		labels := rapid.SliceOfN(rapid.IntRange(0, k-1), n, n).Draw(t, "labels")
		o := ClassOptions{Weights: drawn(t, "weights", k, 0.1, 2), Ignore: []int{rapid.IntRange(-1, k-1).Draw(t, "ignore")}}
		shift := x.Const(rapid.Float64Range(-50, 50).Draw(t, "shift"))
		weights := 0.0
		for _, y := range labels {
			if y != o.Ignore[0] {
				weights += o.Weights[y]
			}
		}
		if weights == 0 {
			return
		}
		near := func(what string, got, want reverse.Array) {
			for i, w := range want.Values() {
				if g := got.Values()[i]; !(math.Abs(g-w) <= 1e-12*(1+math.Abs(w))) || !(w >= 0) {
					t.Errorf("%s: %v, want %v", what, g, w)
				}
			}
		}
		for name, f := range map[string]func(x reverse.Array, o ClassOptions) reverse.Array{
			"CrossEntropy": func(x reverse.Array, o ClassOptions) reverse.Array { return CrossEntropy(x, labels, o) },
			"FocalSoftmax": func(x reverse.Array, o ClassOptions) reverse.Array { return FocalSoftmax(x, labels, 2, o) },
			"MultiMargin":  func(x reverse.Array, o ClassOptions) reverse.Array { return MultiMargin(x, labels, 1, o) },
		} {
			none, sum := o, o
			none.Reduction, sum.Reduction = ReduceNone, ReduceSum
			each := f(x, none)
			near(name+" shifted", f(x.Add(shift), none), each)
			near(name+" summed", f(x, sum), each.Sum())
			if name == "CrossEntropy" {
				near(name+" mean", f(x, o), each.Sum().Scale(1/weights))
			}
		}
		near("NLL", NLL(x.LogSoftmax(1), labels, o), CrossEntropy(x, labels, o))
		none := o
		none.Reduction = ReduceNone
		near("gamma 0", FocalSoftmax(x, labels, 0, none), CrossEntropy(x, labels, none))
		plain := ClassOptions{Smoothing: 0.2}
		near("one-hot", CrossEntropyTo(x, tape.OneHot(labels, k), plain), CrossEntropy(x, labels, plain))
	})
}

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

// TestRegions: losses of overlap lie between 0 and 1, are 0 of equal masks, and are
// tied to each other.
func TestRegions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tape := reverse.NewTape()
		p := tape.Const(drawn(t, "p", 12, 0, 1), 2, 2, 3)
		bits := rapid.SliceOfN(rapid.IntRange(0, 1), 12, 12).Draw(t, "mask")
		mv := make([]float64, 12)
		for i, b := range bits {
			mv[i] = float64(b)
		}
		mask := tape.Const(mv, 2, 2, 3)
		o := RegionOptions{Reduction: ReduceNone, Batch: rapid.Bool().Draw(t, "batch")}
		for name, f := range map[string]func(p, m reverse.Array) reverse.Array{
			"DiceLoss":            func(p, m reverse.Array) reverse.Array { return DiceLoss(p, m, 1, o) },
			"DiceSquaredLoss":     func(p, m reverse.Array) reverse.Array { return DiceSquaredLoss(p, m, 1, o) },
			"JaccardLoss":         func(p, m reverse.Array) reverse.Array { return JaccardLoss(p, m, 1, o) },
			"TverskyLoss":         func(p, m reverse.Array) reverse.Array { return TverskyLoss(p, m, 0.3, 0.7, 1, o) },
			"FocalTverskyLoss":    func(p, m reverse.Array) reverse.Array { return FocalTverskyLoss(p, m, 0.3, 0.7, 0.75, 1, o) },
			"GeneralizedDiceLoss": func(p, m reverse.Array) reverse.Array { return GeneralizedDiceLoss(p, m, 1, o) },
		} {
			for _, v := range f(p, mask).Values() {
				if !(v >= 0 && v <= 1) {
					t.Errorf("%s is %v", name, v)
				}
			}
			for _, v := range f(mask, mask).Values() {
				if v != 0 {
					t.Errorf("%s of equal masks is %v", name, v)
				}
			}
		}
		dice, jaccard := DiceLoss(p, mask, 0, o).Values(), JaccardLoss(p, mask, 0, o).Values()
		for i, d := range dice { // J = D/(2-D) of the coefficients
			want := 1 - (1-d)/(1+d) // NaN of nothing
			if j := jaccard[i]; !(math.Abs(j-want) <= 1e-12) && (j == j || d == d) {
				t.Errorf("Jaccard %v of Dice %v, want %v", j, d, want)
			}
		}
	})
}

// TestFocalTverskyAtZero: a perfect prediction has gradient 0, although the power has
// an infinite slope.
func TestFocalTverskyAtZero(t *testing.T) {
	tape := reverse.NewTape()
	p := tape.Param([]float64{0, 1, 1}, nil)
	y := FocalTverskyLoss(p, tape.Const([]float64{0, 1, 1}), 0.3, 0.7, 0.75, 1)
	y.Backward()
	if y.Value() != 0 {
		t.Errorf("value %v", y.Value())
	}
	for _, g := range p.Grad() {
		if g != 0 {
			t.Errorf("gradient %v", p.Grad())
		}
	}
}

package nn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/reverse"
	"pgregory.net/rapid"
)

var (
	inf = math.Inf(1)
	nan = math.NaN()
)

// sameNumber reports whether a number is the one wanted, up to a few roundings.
func sameNumber(got, want float64) bool {
	return got == want || got != got && want != want || math.Abs(got-want) <= 1e-14*math.Abs(want)
}

// lossAt returns a loss of one element, with its derivative by the sweep and in the
// direction 1, which must be the same.
func lossAt(t *testing.T, f func(x, target reverse.Array) reverse.Array, x, target float64) (value, slope, curve float64) {
	t.Helper()
	tape := reverse.NewTape()
	p := tape.Param([]float64{x}, nil, 1)
	y := f(p, tape.Const([]float64{target}, 1))
	y.Backward()
	if g := p.Grad(); g != nil {
		slope = g[0]
	}
	along := [][]float64{{1}}
	if d := y.JVP([]reverse.Array{p}, along)[0]; !sameNumber(d, slope) {
		t.Errorf("JVP %v, gradient %v", d, slope)
	}
	return y.Value(), slope, y.HVP([]float64{1}, []reverse.Array{p}, along)[0][0]
}

// TestExtremes: losses of one element at large, infinite and missing numbers, at kinks
// and close to 0.
func TestExtremes(t *testing.T) {
	type pair = func(x, target reverse.Array) reverse.Array
	plain := func(f func(x, target reverse.Array, o ...LossOptions) reverse.Array) pair {
		return func(x, target reverse.Array) reverse.Array { return f(x, target) }
	}
	with := func(v float64, f func(x, target reverse.Array, v float64, o ...LossOptions) reverse.Array) pair {
		return func(x, target reverse.Array) reverse.Array { return f(x, target, v) }
	}
	logits := pair(func(x, target reverse.Array) reverse.Array { return BCEWithLogits(x, target) })
	bce := pair(func(p, target reverse.Array) reverse.Array { return BCE(p, target) })
	focal := func(gamma float64) pair {
		return func(x, target reverse.Array) reverse.Array { return FocalSigmoid(x, target, -1, gamma) }
	}
	e40 := math.Exp(-40)
	for i, c := range []struct {
		name         string
		f            pair
		x, target    float64
		value, slope float64
	}{
		{"MSE", plain(MSE), 1e200, 0, inf, 2e200},
		{"MSE", plain(MSE), nan, 0, nan, nan},
		{"MAE", plain(MAE), 2, 2, 0, 0},
		{"MAE", plain(MAE), inf, 0, inf, 1},
		{"Huber", with(1, Huber), 1e200, 0, 1e200, 1},
		{"Huber", with(1, Huber), -inf, 0, inf, -1},
		{"Huber", with(1, Huber), 1, 0, 0.5, 1},
		{"Huber", with(1, Huber), nan, 0, nan, nan},
		{"SmoothL1", with(0.5, SmoothL1), -0.5, 0, 0.25, -1},
		{"SmoothL1", with(0, SmoothL1), -0.5, 0, 0.5, -1},
		{"SmoothL1", with(1e-300, SmoothL1), 3, 1, 2, 1},
		{"LogCosh", plain(LogCosh), 1e-8, 0, 5e-17, 1e-8},
		{"LogCosh", plain(LogCosh), 1e-160, 0, 5e-321, 1e-160},
		{"LogCosh", plain(LogCosh), 1, 0, math.Log(math.Cosh(1)), math.Tanh(1)},
		{"LogCosh", plain(LogCosh), -1e300, 0, 1e300, -1},
		{"LogCosh", plain(LogCosh), inf, 0, inf, 1},
		{"LogCosh", plain(LogCosh), nan, 0, nan, nan},
		{"BCE", bce, 0, 0, 0, 1},
		{"BCE", bce, 1, 1, 0, -1},
		{"BCE", bce, 0, 1, inf, -inf},
		{"BCE", bce, 1, 0, inf, inf},
		{"BCE", bce, 1.5, 0, nan, nan},
		{"BCE", bce, nan, 0, nan, nan},
		{"BCEWithLogits", logits, 40, 1, e40, -e40},
		{"BCEWithLogits", logits, -40, 0, e40, e40},
		{"BCEWithLogits", logits, 1e3, 1, 0, 0},
		{"BCEWithLogits", logits, -1e3, 1, 1e3, -1},
		{"BCEWithLogits", logits, 1e3, 0, 1e3, 1},
		{"BCEWithLogits", logits, -1e3, 0.25, 250, -0.25},
		{"BCEWithLogits", logits, inf, 1, 0, 0},
		{"BCEWithLogits", logits, -inf, 0, 0, 0},
		{"BCEWithLogits", logits, inf, 0, inf, 1},
		{"BCEWithLogits", logits, -inf, 1, inf, -1},
		{"BCEWithLogits", logits, nan, 1, nan, nan},
		{"BCEWithLogits", logits, 1, nan, nan, nan},
		{"FocalSigmoid", focal(0.5), 1e3, 1, 0, 0},
		{"FocalSigmoid", focal(0.5), -1e3, 1, 1e3, -1},
		{"FocalSigmoid", focal(0.5), inf, 1, 0, 0},
		{"FocalSigmoid", focal(0.1), 800, 1, 0, 0},
		{"FocalSigmoid", focal(0.5), 40, 1, math.Pow(e40, 1.5), -1.5 * math.Pow(e40, 1.5)},
		{"FocalSigmoid", focal(2), -40, 0, math.Pow(e40, 3), 3 * math.Pow(e40, 3)},
		{"FocalSigmoid", focal(0.5), nan, 1, nan, nan},
		{"Hinge", with(1, Hinge), 1, 1, 0, 0},
		{"Hinge", with(1, Hinge), inf, -1, inf, 1},
		{"Hinge", with(1, Hinge), inf, 1, 0, 0},
		{"SquaredHinge", with(1, SquaredHinge), 1, 1, 0, 0},
		{"SoftMargin", plain(SoftMargin), -1e3, 1, 1e3, -1},
		{"SoftMargin", plain(SoftMargin), 40, 1, e40, -e40},
		{"PoissonNLL", plain(PoissonNLL), -inf, 0, 0, 0},
		{"PoissonNLL", plain(PoissonNLL), -inf, 2, inf, -2},
		{"PoissonNLL", plain(PoissonNLL), 800, 1, inf, inf},
		{"KLDiv", plain(KLDiv), -inf, 0, 0, 0},
		{"KLDiv", plain(KLDiv), -3, 0, 0, 0},
		{"KLDiv", plain(KLDiv), -inf, 0.5, inf, -0.5},
		{"KLDiv", plain(KLDiv), nan, 0.5, nan, -0.5},
		{"KLDivLog", plain(KLDivLog), -3, -inf, 0, 0},
		{"KLDivLog", plain(KLDivLog), -inf, -inf, 0, 0},
		{"KLDivLog", plain(KLDivLog), -2, 0, 2, -1},
	} {
		value, slope, curve := lossAt(t, c.f, c.x, c.target)
		if !sameNumber(value, c.value) || !sameNumber(slope, c.slope) {
			t.Errorf("%d: %s(%v, %v) = %v with slope %v, want %v and %v", i, c.name, c.x, c.target, value, slope, c.value, c.slope)
		}
		smooth := c.name == "FocalSigmoid" || c.name == "LogCosh" || c.name == "Huber"
		if smooth && c.x == c.x && math.IsNaN(curve) {
			t.Errorf("%d: %s(%v, %v) has the second derivative %v", i, c.name, c.x, c.target, curve)
		}
	}
}

// TestTargetsOfZeroHaveSlopes: a target of 0 that is a parameter has the derivative
// that the formula has.
func TestTargetsOfZeroHaveSlopes(t *testing.T) {
	for name, c := range map[string]struct {
		f    func(x, target reverse.Array) reverse.Array
		want float64
	}{
		"BCEWithLogits": {func(x, target reverse.Array) reverse.Array { return BCEWithLogits(x, target) }, -3},
		"PoissonNLL":    {func(x, target reverse.Array) reverse.Array { return PoissonNLL(x, target) }, -3},
		"KLDiv":         {func(x, target reverse.Array) reverse.Array { return KLDiv(x, target) }, -inf},
	} {
		tape := reverse.NewTape()
		target := tape.Param([]float64{0}, nil, 1)
		c.f(tape.Const([]float64{3}, 1), target).Backward()
		if got := target.Grad()[0]; !sameNumber(got, c.want) {
			t.Errorf("%s: slope %v in the target, want %v", name, got, c.want)
		}
	}
}

// TestMask: a weight of 0 leaves a loss out, and what it comes from has no derivative.
func TestMask(t *testing.T) {
	for name, f := range map[string]func(x, target reverse.Array, o LossOptions) reverse.Array{
		"MSE": func(x, target reverse.Array, o LossOptions) reverse.Array { return MSE(x, target, o) },
		"MAE": func(x, target reverse.Array, o LossOptions) reverse.Array { return MAE(x, target, o) },
		"BCE": func(x, target reverse.Array, o LossOptions) reverse.Array {
			return BCE(x, target, BinaryOptions{Reduction: o.Reduction, Weights: o.Weights})
		},
	} {
		sums := [2]float64{}
		var grads [2][]float64
		for i, hole := range []float64{0.5, nan} {
			tape := reverse.NewTape()
			x := tape.Param([]float64{0.25, hole, 0, 0.75}, nil)
			y := f(x, tape.Const([]float64{1, 0.5, 1, 0}), LossOptions{ReduceSum, tape.Const([]float64{1, 0, 0, 2})})
			y.Backward()
			sums[i], grads[i] = y.Value(), x.Grad()
		}
		if sums[0] != sums[1] || !slices.Equal(grads[0], grads[1]) || grads[0][1] != 0 {
			t.Errorf("%s masked: %v and %v, gradients %v", name, sums[0], sums[1], grads)
		}
	}
}

// TestTimes: products with 0 are 0, whatever else is infinite, with the derivatives that
// others have.
func TestTimes(t *testing.T) {
	tape := reverse.NewTape()
	w, x := tape.Param([]float64{0, 0, -2, 3}, nil), tape.Param([]float64{-inf, 5, 7, inf}, nil)
	y := times(w, x)
	y.BackwardFrom([]float64{1, 1, 1, 1})
	for i, c := range []struct{ y, dw, dx float64 }{{0, -largest, 0}, {0, 5, 0}, {-14, 7, -2}, {inf, inf, 3}} {
		if y.Values()[i] != c.y || w.Grad()[i] != c.dw || x.Grad()[i] != c.dx {
			t.Errorf("%v·%v = %v with slopes %v and %v, want %v", w.Values()[i], x.Values()[i], y.Values()[i], w.Grad()[i], x.Grad()[i], c)
		}
	}
	if again := times(tape.Const(w.Values()), x); !slices.Equal(again.Values(), y.Values()) {
		t.Errorf("of a constant: %v, want %v", again.Values(), y.Values())
	}
}

// TestLossOfNet: the mean loss of a network's outputs is one number, and its gradient goes
// back into the parameters, for one output as for many.
func TestLossOfNet(t *testing.T) {
	for _, out := range []int{1, 3} {
		rng := rand.New(rand.NewPCG(1, 2))
		net := Sequential{NewLinear(2, out, rng)}
		x, y := []float64{0.5, -1}, make([]float64, out)
		tape := reverse.NewTape()
		loss := MSE(net.Forward(tape.Const(x)), tape.Const(y))
		loss.Backward()
		bias, weight := net.Params()[1], net.Params()[0]
		want := 0.0
		for i := range out {
			z := bias.Value[i] + x[0]*weight.Value[2*i] + x[1]*weight.Value[2*i+1]
			want += z * z / float64(out)
			if g := 2 * z / float64(out); !(math.Abs(bias.Grad[i]-g) <= 1e-14) {
				t.Errorf("gradient %v of bias %d, want %v", bias.Grad[i], i, g)
			}
		}
		if loss.Size() != 1 || !(math.Abs(loss.Value()-want) <= 1e-14) {
			t.Errorf("loss %v, want %v", loss, want)
		}
	}
}

// TestMisprints keeps the notes' formulas that are wrong as they are printed.
func TestMisprints(t *testing.T) {
	tape := reverse.NewTape()
	x, target := tape.Param([]float64{0.2, 0.7, 0.6, 0.9}, nil), tape.Const([]float64{0, 1, 1, 1})
	n := 4.0
	var squares, entropies float64
	for i, p := range x.Values() {
		squares += (p - target.Values()[i]) * (p - target.Values()[i])
		entropies -= target.Values()[i]*math.Log(p) + (1-target.Values()[i])*math.Log(1-p)
	}
	mse, bce := MSE(x, target), BCE(x, target)
	if sameNumber(mse.Value(), squares) || !sameNumber(mse.Value(), squares/n) {
		t.Errorf("equations 2 and 20 print a sum, %v; the mean squared error is %v, not %v", squares, squares/n, mse.Value())
	}
	mse.Backward()
	for i, g := range x.Grad() { // equation 4 is the gradient of the mean
		if want := 2 / n * (x.Values()[i] - target.Values()[i]); !sameNumber(g, want) {
			t.Errorf("equation 4: gradient %v, want %v", g, want)
		}
	}
	if sameNumber(bce.Value(), entropies) || !sameNumber(bce.Value(), entropies/n) {
		t.Errorf("equation 22 lacks the mean: %v, want %v, not the sum %v", bce.Value(), entropies/n, entropies)
	}
	// Equation 22 is equation 21 for one sample with a one-hot target.
	logit := math.Log(0.7 / 0.3)
	two := CrossEntropy(tape.Const([]float64{0, logit}, 1, 2), []int{1})
	if one := BCE(tape.Const([]float64{0.7}), tape.Const([]float64{1})); !sameNumber(one.Value(), two.Value()) {
		t.Errorf("equations 21 and 22 of one sample: %v and %v", two.Value(), one.Value())
	}
	// Equation 21 computed from probabilities breaks down where logits do not.
	p := tape.Const([]float64{0, -800}, 1, 2).Softmax(1)
	if y := NLL(tape.Const([]float64{math.Log(p.Values()[0]), math.Log(p.Values()[1])}, 1, 2), []int{1}); !math.IsInf(y.Value(), 1) {
		t.Errorf("log of the softmax at 800: %v", y.Value())
	}
	if y := CrossEntropy(tape.Const([]float64{0, -800}, 1, 2), []int{1}); !sameNumber(y.Value(), 800) {
		t.Errorf("cross-entropy at 800: %v", y.Value())
	}
}

// TestLossMisuse: misuse panics with the numbers in the message.
func TestLossMisuse(t *testing.T) {
	tape := reverse.NewTape()
	of := func(shape ...int) reverse.Array {
		n := 1
		for _, d := range shape {
			n *= d
		}
		return tape.Const(make([]float64, n), shape...)
	}
	a, b := of(3, 4), of(5, 6)
	for want, f := range map[string]func(){
		"nn: MSE of shapes [3 4] and [5 6], want the same":                                                func() { MSE(a, b) },
		"nn: MSE of shapes [3] and [3 1], want the same":                                                  func() { MSE(of(3), of(3, 1)) },
		"nn: MSE with 2 options, want one or none":                                                        func() { MSE(a, a, LossOptions{}, LossOptions{}) },
		"nn: MSE with the reduction 9, of ReduceMean to ReduceBatchMean, 0 to 3":                          func() { MSE(a, a, LossOptions{Reduction: 9}) },
		"nn: MSE with weights of shape [3] for losses of shape [3 4], to which they do not broadcast":     func() { MSE(a, a, LossOptions{Weights: of(3)}) },
		"nn: MAE with weights of shape [2 3 4] for losses of shape [3 4], to which they do not broadcast": func() { MAE(a, a, LossOptions{Weights: of(2, 3, 4)}) },
		"nn: BCE with weights of shape [2 3 4] for losses of shape [3 4], to which they do not broadcast": func() { BCE(a, a, BinaryOptions{PosWeight: of(2, 3, 4)}) },
		"nn: Huber with delta 0, want more than 0":                                                        func() { Huber(a, a, 0) },
		"nn: Huber with delta NaN, want more than 0":                                                      func() { Huber(a, a, nan) },
		"nn: SmoothL1 with beta -1, want 0 or more":                                                       func() { SmoothL1(a, a, -1) },
		"nn: GaussianNLL of shapes [3 4] and [5 6], want the same":                                        func() { GaussianNLL(a, a, b) },
		"nn: FocalSigmoid with gamma -2, want 0 or more":                                                  func() { FocalSigmoid(a, a, 0.25, -2) },
		"nn: FocalSigmoid with alpha 2, want at most 1":                                                   func() { FocalSigmoid(a, a, 2, 2) },
		"nn: CrossEntropy of shape [], which has no classes":                                              func() { CrossEntropy(of(), []int{0}) },
		"reverse: CrossEntropy of 2 labels along axis 1 of shape [3 4], which has 3 rows":                 func() { CrossEntropy(a, []int{0, 1}) },
		"nn: CrossEntropy with the reduction -1, of ReduceMean to ReduceBatchMean, 0 to 3":                func() { CrossEntropy(a, []int{0, 1, 2}, ClassOptions{Reduction: -1}) },
		"nn: CrossEntropyTo of shapes [3 4] and [5 6], want the same":                                     func() { CrossEntropyTo(a, b) },
		"nn: NLL of 2 labels along axis 1 of shape [3 4], which has 3 rows":                               func() { NLL(a, []int{0, 1}) },
		"nn: NLL with label 4 of 4 classes, in row 1":                                                     func() { NLL(a, []int{0, 4, 1}) },
		"nn: NLL with 2 weights for 4 classes":                                                            func() { NLL(a, []int{0, 1, 1}, ClassOptions{Weights: []float64{1, 2}}) },
		"nn: NLL with a smoothing of 0.1; CrossEntropy has one":                                           func() { NLL(a, []int{0, 1, 1}, ClassOptions{Smoothing: 0.1}) },
		"nn: FocalSoftmax with label -1 of 4 classes, in row 1":                                           func() { FocalSoftmax(a, []int{0, -1, 1}, 2) },
		"nn: MultiMargin of 1 labels along axis 1 of shape [3 4], which has 3 rows":                       func() { MultiMargin(a, []int{0}, 1) },
		"nn: CosineEmbedding of shapes [3] and [4], want the same":                                        func() { CosineEmbedding(a, a, of(4), 0) },
		"nn: Triplet of shapes [3 4] and [5 6], want the same":                                            func() { Triplet(a, a, b, 1) },
		"nn: CosineSimilarity along axis 2 of shape [3 4]":                                                func() { CosineSimilarity(a, a, 2) },
		"nn: CosineEmbedding along axis -1 of shape []":                                                   func() { CosineEmbedding(of(), of(), of(), 0) },
		"nn: Triplet along axis -1 of shape []":                                                           func() { Triplet(of(), of(), of(), 1) },
		"nn: DiceLoss of shapes [3 4] and [], want the same":                                              func() { DiceLoss(a, of(), 1) },
		"nn: TverskyLoss with alpha -1, want 0 or more":                                                   func() { TverskyLoss(a, a, -1, 1, 1) },
		"nn: GeneralizedDiceLoss of shapes [3] and [3], without an axis of classes":                       func() { GeneralizedDiceLoss(of(3), of(3), 1) },
		"nn: IoULoss of shapes [3 4] and [5 6], want the same":                                            func() { IoULoss(a, b) },
		"nn: CIoULoss of boxes of shape [5 6], whose last axis is not of length 4":                        func() { CIoULoss(b, b) },
		"nn: GIoULoss with epsilon -1, want 0 or more":                                                    func() { GIoULoss(a, a, BoxOptions{Epsilon: -1}) },
		"nn: XYXYToXYWH of boxes of shape [5 6], whose last axis is not of length 4":                      func() { XYXYToXYWH(b) },
		"nn: MaxNorm with limit 0, want more than 0":                                                      func() { MaxNorm(nil, 0) },
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); got != want {
					t.Errorf("panic %q, want %q", got, want)
				}
			}()
			f()
		}()
	}
	if !strings.Contains(fmt.Sprint(MSE(a, of())), "0") { // one number is a target for all
		t.Error("a target without axes")
	}
}

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

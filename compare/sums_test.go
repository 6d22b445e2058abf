package compare

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
	"gonum.org/v1/gonum/mat"
)

// everyHessian returns the Hessian of a function by every exact method.
func everyHessian(fn Func, x []float64) map[string]*mat.SymDense {
	return map[string]*mat.SymDense{
		"dual":     dual.Hessian(first(fn.hyper), x),
		"reverse":  reverse.Hessian(first(fn.tape), x),
		"symbolic": symbolic.Hessian(first(fn.paper), x),
	}
}

func norm[T ad.Scalar[T]](x []T) T { return ad.Norm2(x) }

func logSum[T ad.Scalar[T]](x []T) T { return ad.LogSumExp(x) }

// TestNormBesideZero: a norm is smooth where its first entries are 0.
func TestNormBesideZero(t *testing.T) {
	fn := New("norm2", norm, norm, norm, norm, norm)
	for _, x := range [][]float64{{0, 0, 3, 4}, {0, 3, 0, 4}, {3, 4, 0, 0}} {
		for name, h := range everyHessian(fn, x) {
			for i := range x {
				for j := range x {
					want := -x[i] * x[j] / 125
					if i == j {
						want += 1.0 / 5
					}
					if got := h.At(i, j); math.Abs(got-want) > 1e-16 {
						t.Errorf("at %v: ∂²/∂x%d∂x%d is %v by %s, want %v", x, i, j, got, name, want)
					}
				}
			}
		}
	}
}

// TestNormAtInfinity: the slope in an infinite entry is ±1, in the others it is 0.
func TestNormAtInfinity(t *testing.T) {
	fn := New("norm2", norm, norm, norm, norm, norm)
	inf := math.Inf(1)
	for _, x := range [][]float64{{inf, 1, 0, -2}, {1, -inf, 0, -2}, {0, 0, 0, inf}} {
		for name, g := range map[string][]float64{
			"dual": dual.Gradient(first(fn.number), x), "reverse": reverse.Gradient(first(fn.tape), x), "symbolic": symbolic.Gradient(first(fn.paper), x),
		} {
			for i, v := range x {
				want := 0.0
				if math.IsInf(v, 0) {
					want = math.Copysign(1, v)
				}
				if g[i] != want {
					t.Errorf("at %v: slope %v in entry %d by %s, want %v", x, g[i], i, name, want)
				}
			}
		}
	}
	for _, x := range [][]float64{{inf, 1, 0, -2}, {inf, inf, 1, 2}, {1, inf, -inf, 2}, {inf, inf, inf, inf}} {
		Test(t, fn, x)
		Test(t, New("logsumexp", logSum, logSum, logSum, logSum, logSum), x)
	}
}

// TestOneLargeTerm: where one entry outweighs the others, what is left of its second
// derivative comes from those, and loses nothing, of a statement of many operands.
// (A logarithm of sums that is spelt out loses it: 1 - s is no number of its own.)
// The references are b²/h³ and, of softmax, ab/(a+b)² for exp(-30) beside 1.
func TestOneLargeTerm(t *testing.T) {
	ulps := 0.0
	for name, h := range everyHessian(New("norm2", norm, norm, norm, norm, norm), []float64{3, 0x1p-20, 0}) {
		const b = 0x1p-20
		want := b * b / 27 * (1 - 1.5*b*b/9)
		if d := golden.ULP(h.At(0, 0), want); d > 8 {
			t.Errorf("norm2 by %s: %v, want %v", name, h.At(0, 0), want)
		} else {
			ulps = max(ulps, d)
		}
	}
	h := reverse.Hessian(logSum[reverse.Var], []float64{30, 0})
	want := math.Exp(-30) * (1 - 2*math.Exp(-30))
	if d := golden.ULP(h.At(0, 0), want); d > 8 {
		t.Errorf("logsumexp by reverse: %v, want %v", h.At(0, 0), want)
	} else {
		ulps = max(ulps, d)
	}
	t.Logf("worst: %v ulp", ulps)
}

// TestStructure: what the result does not depend on contributes nothing, not even
// against an infinite or NaN slope, at second order and in branches too.
func TestStructure(t *testing.T) {
	root := New("root", rootOfBranch, rootOfBranch, rootOfBranch, rootOfBranch, rootOfBranch)
	Test(t, root, []float64{5, 0, -1}, []float64{0, 5, 1}, []float64{5, 0, 1})
	for name, j := range map[string]*mat.Dense{
		"dual": dual.Jacobian(root.number, []float64{5, 0, -1}), "reverse": reverse.Jacobian(root.tape, []float64{5, 0, -1}),
		"symbolic": symbolic.Jacobian(root.paper, []float64{5, 0, -1}),
	} {
		if j.At(0, 0) != 0 || !math.IsInf(j.At(0, 1), 1) || j.At(0, 2) != 0 {
			t.Errorf("Jacobian %v by %s", mat.Row(nil, 0, j), name)
		}
	}
	beside := New("beside", besideNaN, besideNaN, besideNaN, besideNaN, besideNaN)
	for name, h := range everyHessian(beside, []float64{1, 2}) {
		if h.At(1, 1) != 2 || h.At(0, 1) != 0 {
			t.Errorf("Hessian %v by %s", h, name)
		}
	}
}

func rootOfBranch[T ad.Scalar[T]](x []T) T { return ad.Sqrt(x[2].IfPos(x[0], x[1])) }

// besideNaN adds the square of a number to that of one whose slope is NaN.
func besideNaN[T ad.Scalar[T]](x []T) T {
	zero := x[0].Sub(x[0])
	return ad.SumSq([]T{x[1], ad.Atan2(zero, zero)})
}

// TestNegativeThreshold: the rule of softshrink holds for a threshold below 0, which
// moves numbers away from 0.
func TestNegativeThreshold(t *testing.T) {
	row := ad.OpSoftShrink.Func()
	Test(t, Elementary2(row), []float64{-2, -0.7}, []float64{2, -0.7}, []float64{0.1, -3})
	if got := row.Value(-2, -0.5); got != -2.5 {
		t.Errorf("softshrink(-2, -0.5) = %v", got)
	}
}

// TestConventionsDoNotAddUp: slopes at kinks are agreed function by function, and do not add
// up; the judge does not take that for an error, nor differences that a jump or
// rounding nearby misleads. An error it still reports.
func TestConventionsDoNotAddUp(t *testing.T) {
	skipped := 0
	for _, test := range []struct {
		fn Func
		x  []float64
	}{
		{New("identity", halves, halves, halves, halves, halves), []float64{0}},
		{New("hole", hole, hole, hole, hole, hole), []float64{0}},
		{New("saw", saw, saw, saw, saw, saw), []float64{3.078238510309766, 2.969752365876043}},
		{New("gap", gap, gap, gap, gap, gap), []float64{2.931328488765778, 0.45589312306754426, 1.6053818498169683}},
		{Elementary(ad.OpFloor.Func()), []float64{1e154}},
		{Elementary2(ad.OpMod.Func()), []float64{0.25, 5e-324}},
	} {
		r := Check(test.fn, test.x)
		if !r.OK() || r.Comparisons < 30 {
			t.Errorf("%d comparisons: %v", r.Comparisons, r)
		}
		skipped += r.Skipped
	}
	if skipped == 0 {
		t.Error("nothing misled differences")
	}
	wrong := New("f", product, product, product, lopsided, product)
	if r := Check(wrong, []float64{0.7, 0}); r.Culprit != "reverse" {
		t.Error(r)
	}
}

// halves is x, of slope 1; the slopes of both halves are 0 at 0.
func halves[T ad.Scalar[T]](x []T) T { return ad.ReLU(x[0]).Sub(ad.ReLU(x[0].Neg())) }

// hole is x, but takes another branch at 0.
func hole[T ad.Scalar[T]](x []T) T { return x[0].Mul(x[0]).IfPos(x[0], ad.Const[T](0)) }

// saw has jumps so close to each other that steps lead across them.
func saw[T ad.Scalar[T]](x []T) T {
	c := ad.Cube(x[0])
	z := c.Mul(c)
	return ad.Norm2([]T{ad.Mod(z, x[0]), ad.Sum([]T{c, ad.Square(x[0]), x[0], x[1]}).Div(c), ad.Max(c, z)})
}

// gap is the small difference of two large numbers, rounded coarsely.
func gap[T ad.Scalar[T]](x []T) T {
	v := ad.SumSq([]T{ad.LogSumExp([]T{x[0], x[0], x[2], x[0]}), x[1]})
	return v.Sub(ad.LogSumExp([]T{v, x[0], x[1]}))
}

// ones has derivatives that cancel exactly: what is left is a product of two errors.
func ones[T ad.Scalar[T]](x []T) T {
	z := x[0].Div(x[0])
	return z.Div(z)
}

// TestRoundings: the bounds hold between methods, grow with condition, allow for products
// of two errors, and know when they know nothing.
func TestRoundings(t *testing.T) {
	fn := New("f", product, product, product, product, product)
	r := Roundings(fn, []float64{0.7, 1.3}, []float64{1, 0}, []float64{0, 1})
	if len(r) != 1 || r[0].Wild || !(r[0].U > 1e-17 && r[0].U < 1e-13) || !(r[0].V > 0 && r[0].V < 1e-14) || !(r[0].Value > 1e-17 && r[0].Value < 1e-13) {
		t.Errorf("%+v", r)
	}
	if r := Roundings(New("ones", ones, ones, ones, ones, ones), []float64{1.5}, []float64{1}, []float64{-3}); !(r[0].U > 0x1p-107 && r[0].U < 0x1p-90) {
		t.Errorf("a product of errors: %+v", r)
	}
	if r := Roundings(Elementary(ad.OpExp.Func()), []float64{700}, []float64{1}, []float64{1}); !r[0].Wild {
		t.Errorf("close to overflow: %+v", r)
	}
	defer func() {
		if got, want := recover(), "compare: Roundings of f at 2 numbers in directions of 1 and 2"; got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}()
	Roundings(fn, []float64{1, 2}, []float64{1}, []float64{1, 2})
}

// flatter is a flat function whose second derivatives, too, are products of errors, which
// are not the same where sums of products are fused.
func flatter[T ad.Scalar[T]](x []T) T {
	v := x[0]
	for range 2 {
		z := v.Const(-6.25).Sub(v.Div(v))
		v = z.Mul(z)
	}
	r := ad.Rsqrt(v)
	return ad.Exp(r.Mul(r))
}

// TestGuardedSecond: what is asked for at first order knows the limits of second order.
func TestGuardedSecond(t *testing.T) {
	Test(t, New("flatter", flatter, flatter, flatter, flatter, flatter), []float64{3.5563900950225262})
}

package reverse

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
)

// upTo applies a function of all elements up to each.
func upTo[T any](f func(x []T) T) func(x []T) []T {
	return func(x []T) []T {
		var y []T
		for i := range x {
			y = append(y, f(x[:i+1]))
		}
		return y
	}
}

// TestCumulative holds what goes along an axis against the same of all numbers up to each, value, gradient, JVP and HVP, at zeros,
// ties and infinities too.
func TestCumulative(t *testing.T) {
	inf := math.Inf(1)
	for _, line := range [][]float64{
		nil, {0.7}, {0}, {2, -3, 0.5, 4, -1.5}, {2, 0, 0.5, 4, -1.5}, {0, 3, 2}, {2, 3, 0}, {2, 0, 3, 0, 5}, {0, 0, 0},
		{700, -700, 710, 3}, {-inf, -inf, 1, 2, -inf, 3}, {1e10, 1e10, 1e10 + 1}, {-inf, -inf},
	} {
		for name, c := range map[string]struct {
			f      func(x Array, axis int) Array
			scalar func(x []Var) []Var
		}{
			"CumProd":      {Array.CumProd, upTo(ad.Prod[Var])},
			"LogCumSumExp": {Array.LogCumSumExp, upTo(ad.LogSumExp[Var])},
		} {
			if name == "CumProd" && len(line) > 0 && math.IsInf(line[0], -1) {
				continue // in other words at TestCumProdRange
			}
			alike(t, fmt.Sprint(name, line), [][]int{{len(line)}}, [][]float64{line},
				func(x []Array) Array { return c.f(x[0], 0) }, c.scalar)
		}
	}
}

// TestCumMaxTies holds slopes against those of Max of the elements up to each.
func TestCumMaxTies(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, line := range [][]float64{
		{1, 3, 2, 3, 3, 4, 4}, {5, 4, 3}, {0, math.Copysign(0, -1), 0}, {-inf, -inf, 1}, {inf, inf, 2}, {2, nan, 3, nan}, {nan}, {1, 1, 1},
	} {
		tape := NewTape()
		x := tape.Param(line, nil, len(line))
		y := x.CumMax(0)
		var parts []Array
		for i := range line {
			parts = append(parts, x.Slice(Range{Stop: i + 1}).Max())
		}
		want := StackAlong(0, parts...)
		optest.Equal(t, fmt.Sprint("CumMax of ", line), y.Values(), want.Values(), cmpopts.EquateNaNs())
		for k := range line {
			w := make([]float64, len(line))
			w[k] = 2
			of := func(y Array) []float64 {
				y.BackwardFrom(w)
				return append(append([]float64(nil), x.Grad()...), y.JVP([]Array{x}, [][]float64{w})...)
			}
			optest.Equal(t, fmt.Sprint("slopes of CumMax of ", line, k), of(y), of(want), cmpopts.EquateNaNs(), rounding)
		}
	}
}

// TestCumProdRange: finite factors give what their product is, whatever those before it are.
func TestCumProdRange(t *testing.T) {
	tape := NewTape()
	x := tape.Param([]float64{1e200, 1e200, 1e-300, 0, 1e300}, nil, 5)
	y := x.CumProd(0)
	optest.Equal(t, "products", y.Values(), []float64{1e200, math.Inf(1), 1e100, 0, 0}, cmpopts.EquateApprox(1e-14, 0))
	y.BackwardFrom([]float64{0, 0, 1, 0, 0})
	optest.Equal(t, "slopes of the third", x.Grad(), []float64{1e-100, 1e-100, math.Inf(1), 0, 0}, cmpopts.EquateApprox(1e-14, 0))
	optest.Equal(t, "JVP", y.JVP([]Array{x}, [][]float64{{1, 0, 0, 0, 0}})[2:], []float64{1e-100, 0, 0}, cmpopts.EquateApprox(1e-14, 0))
	h := y.HVP([]float64{0, 0, 0, 0, 1}, []Array{x}, [][]float64{{0, 0, 0, 1, 0}})[0]
	optest.Equal(t, "HVP", h, []float64{1e200, 1e200, math.Inf(1), 0, 1e100}, cmpopts.EquateApprox(1e-13, 0))
}

// TestLogCumSumExpInfinities: from +Inf or NaN on, slopes are those of LogSumExp of the elements up to there.
func TestLogCumSumExpInfinities(t *testing.T) {
	for _, row := range infiniteRows() {
		tape := NewTape()
		x := tape.Param(row, nil, 3)
		y := x.LogCumSumExp(0)
		want := StackAlong(0, x.Slice(Range{Stop: 1}).LogSumExp(), x.Slice(Range{Stop: 2}).LogSumExp(), x.LogSumExp())
		optest.Equal(t, fmt.Sprint("LogCumSumExp of ", row), y.Values(), want.Values(), cmpopts.EquateNaNs(), rounding)
		for k := range row {
			w := make([]float64, 3)
			w[k] = 1
			of := func(y Array) []float64 {
				y.BackwardFrom(w)
				all := append([]float64(nil), x.Grad()...)
				all = append(all, y.JVP([]Array{x}, [][]float64{w})...)
				return append(all, y.HVP([]float64{1, 2, 3}, []Array{x}, [][]float64{w})[0]...)
			}
			optest.Equal(t, fmt.Sprint("derivatives of LogCumSumExp of ", row, k), of(y), of(want), cmpopts.EquateNaNs(), rounding)
		}
	}
}

// scalarDet expands by the first row.
func scalarDet[T ad.Scalar[T]](a []T, n int) T {
	if n == 0 {
		return ad.Const[T](1)
	}
	det := ad.Const[T](0)
	for k := range n {
		var minor []T
		for i := 1; i < n; i++ {
			for j := range n {
				if j != k {
					minor = append(minor, a[i*n+j])
				}
			}
		}
		term := a[k].Mul(scalarDet(minor, n-1))
		if k%2 == 1 {
			term = term.Neg()
		}
		det = det.Add(term)
	}
	return det
}

// unruly are the elements of a regular matrix.
func unruly() []float64 {
	x := make([]float64, 16)
	for i := range x {
		x[i] = math.Sin(0.37 * float64(i*i+1))
	}
	return x
}

// TestDet holds determinants against the expansion by minors: at regular matrices, and at those of every rank.
func TestDet(t *testing.T) {
	for _, m := range [][]float64{
		nil, {0}, {-3}, {1, 2, 2, 4}, {0, 0, 0, 0}, {0, 1, 1, 0}, {1, 2, 3, 4},
		{1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 2, 4, 6, 3, 6, 9}, make([]float64, 9), {0, 2, 0, 3, 0, 0, 0, 0, 5}, {1e-9, 1, 0, 1, 1, 2, 3, 1, 4},
		waves(16, 2), waves(25, 3), unruly(), make([]float64, 16), {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
	} {
		n := int(math.Sqrt(float64(len(m))))
		alike(t, fmt.Sprint("Det of ", m), [][]int{{n, n}}, [][]float64{m},
			func(x []Array) Array { return x[0].Det() },
			func(x []Var) []Var { return []Var{scalarDet(x, n)} })
		if d := scalarDet(constants(m), n); math.Abs(d.value) > 1e-6 {
			alike(t, fmt.Sprint("SLogDet of ", m), [][]int{{n, n}}, [][]float64{m},
				func(x []Array) Array { sign, log := x[0].SLogDet(); return log.Mul(sign).Add(sign.Scale(3)) },
				func(x []Var) []Var {
					d := scalarDet(x, n)
					return []Var{ad.Log(ad.Abs(d)).Add(d.Const(3)).Mul(ad.Sign(d))}
				})
		}
	}
}

// TestDetEdges: what overflows on the way only, and what is not finite.
func TestDetEdges(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	tape := NewTape()
	for _, c := range []struct {
		a              []float64
		det, sign, log float64
	}{
		{[]float64{1e200, 0, 0, 0, 1e200, 0, 0, 0, 1e-300}, 1e100, 1, 100 * math.Ln10},
		{[]float64{0, 1e-200, 1e-200, 0}, 0, -1, -400 * math.Ln10},
		{[]float64{1, 2, 2, 4}, 0, 0, -inf}, {[]float64{nan, 0, 0, 0}, nan, nan, nan}, {nil, 1, 1, 0}, {[]float64{0, 2, 3, 0}, -6, -1, math.Log(6)},
	} {
		n := int(math.Sqrt(float64(len(c.a))))
		x := tape.Param(c.a, nil, n, n)
		sign, log := x.SLogDet()
		got := []float64{x.Det().Value(), sign.Value(), log.Value()}
		optest.Equal(t, fmt.Sprint("of ", c.a), got, []float64{c.det, c.sign, c.log}, cmpopts.EquateNaNs(), cmpopts.EquateApprox(1e-13, 0))
		if !sign.IsConst() {
			t.Error("the sign is no constant")
		}
	}
	x := tape.Param([]float64{1, nan, 0, 1}, nil, 2, 2)
	y := x.Det()
	y.Backward()
	for _, v := range append(append([]float64{y.Value()}, x.Grad()...), y.HVP([]float64{1}, []Array{x}, [][]float64{{1, 1, 1, 1}})[0]...) {
		if v == v {
			t.Errorf("%v of a matrix with a NaN", v)
		}
	}
	optest.Panics(t, "reverse: Det of shape [2 3]", func() { tape.Const(make([]float64, 6), 2, 3).Det() })
	optest.Panics(t, "reverse: SLogDet of shape [2 3]", func() { tape.Const(make([]float64, 6), 2, 3).SLogDet() })
	optest.Panics(t, "reverse: CumProd along axis 2 of shape [2 3]", func() { tape.Const(make([]float64, 6), 2, 3).CumProd(2) })
	optest.Panics(t, "reverse: CumMax along axis -3 of shape [2 3]", func() { tape.Const(make([]float64, 6), 2, 3).CumMax(-3) })
}

// TestScansSteadyState: a step of the same shape allocates nothing.
func TestScansSteadyState(t *testing.T) {
	tape, square, line := NewTape(), waves(25, 1), []float64{1e200, 2e200, 1e-200, 3}
	gx, gl := make([]float64, 25), make([]float64, 4)
	step := func() {
		tape.Reset()
		x, l := tape.Param(square, gx, 5, 5), tape.Param(line, gl, 1, 4)
		_, log := x.SLogDet()
		y := x.CumProd(1).Add(x.CumMax(0)).Add(x.LogCumSumExp(0)).Sum().Add(x.Det()).Add(log)
		y.Add(ad.Log(l.CumProd(1).Slice(Range{}, Range{Stop: 1})).Sum()).Backward()
	}
	step()
	if n := memtest.Allocations(50, step); n != 0 {
		t.Errorf("%v allocations in a step", n)
	}
}

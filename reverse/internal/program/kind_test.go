package program

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// arithmetic computes the kinds that have no row.
var arithmetic = map[Op]func(x, y float64) float64{
	Add:    func(x, y float64) float64 { return x + y },
	Sub:    func(x, y float64) float64 { return x - y },
	Mul:    func(x, y float64) float64 { return x * y },
	Div:    func(x, y float64) float64 { return x / y },
	Neg:    func(x, _ float64) float64 { return -x },
	Square: func(x, _ float64) float64 { return x * x },
}

// TestKinds holds the table against arithmetic: what leaves an operand as it is does so
// to the bit, what commutes does, and slopes and curvature are those of the operation.
func TestKinds(t *testing.T) {
	same := func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) || x != x && y != y }
	for op, f := range arithmetic {
		k := kinds[op]
		rapid.Check(t, func(t *rapid.T) {
			number := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 5e-324}))
			x, y := number.Draw(t, "x"), number.Draw(t, "y")
			if k.commutes && !same(f(x, y), f(y, x)) {
				t.Errorf("%s of %v and %v does not commute", k.name, x, y)
			}
			if k.right == k.right && !same(f(x, k.right), x) {
				t.Errorf("%s changes %v by %v on the right", k.name, x, k.right)
			}
			if k.left == k.left && !same(f(k.left, x), x) {
				t.Errorf("%s changes %v by %v on the left", k.name, x, k.left)
			}
		})

		// At a point where every difference of these operations is exact enough.
		const x, y, h = 1.5, 0.75, 0x1p-12
		slopes := [2]float64{(f(x+h, y) - f(x-h, y)) / (2 * h), (f(x, y+h) - f(x, y-h)) / (2 * h)}
		if k.operands == 1 {
			slopes[1] = 0
		}
		for i, s := range k.slopes {
			if k.fixed && s != slopes[i] {
				t.Errorf("%s: slope %d is %v, want %v", k.name, i, s, slopes[i])
			}
		}
		curved := map[[2]int]bool{
			{0, 0}: math.Abs(f(x+h, y)-2*f(x, y)+f(x-h, y)) > h*h/2,
			{0, 1}: math.Abs(f(x+h, y+h)-f(x+h, y-h)-f(x-h, y+h)+f(x-h, y-h)) > h*h/2,
			{1, 1}: math.Abs(f(x, y+h)-2*f(x, y)+f(x, y-h)) > h*h/2,
		}
		meets := map[[2]int]bool{}
		for _, pair := range k.meets {
			meets[pair] = true
		}
		for pair, want := range curved {
			if meets[pair] != want {
				t.Errorf("%s: operands %v meet: %v, want %v", k.name, pair, meets[pair], want)
			}
		}
	}
	if len(arithmetic) != 6 {
		t.Errorf("%d kinds", len(arithmetic))
	}
}

// TestOp: kinds and indices do not get into each other's bits.
func TestOp(t *testing.T) {
	for op := Add; op <= Square; op++ {
		for _, k := range []int{0, 1, 1 << 20, 1<<28 - 1} {
			if o := op.With(k); o.Kind() != op || o.Index() != k {
				t.Errorf("%d with %d is %d with %d", op, k, o.Kind(), o.Index())
			}
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("an index of too many bits does not panic")
		}
	}()
	Apply.With(1 << 28)
}

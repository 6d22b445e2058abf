package sparse

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
)

// TestRecoverAllAtOnce: a batch may be larger than there are colors, of columns and of rows.
func TestRecoverAllAtOnce(t *testing.T) {
	var arrow [][2]int
	const n = 6
	for i := range n {
		arrow = append(arrow, [2]int{i, i}, [2]int{0, i}, [2]int{i, 0})
	}
	p := NewPattern(n, n, arrow)
	c := ColorBoth(p)
	if c.ColumnColors() == 0 || c.RowColors() == 0 {
		t.Fatalf("%d colors of columns, %d of rows", c.ColumnColors(), c.RowColors())
	}
	want := NewMatrix(p, nil)
	for e := range want.values {
		want.values[e] = float64(1 + e)
	}
	calls := 0
	all := func(product func(dst, x []float64)) func(dst, x []float64) {
		return func(dst, x []float64) {
			calls++
			for ; len(x) > 0; x, dst = x[n:], dst[n:] {
				product(dst[:n], x[:n])
			}
		}
	}
	got := NewMatrix(p, nil)
	c.RecoverBatch(got, math.MaxInt, all(want.MulVec), all(want.MulVecT))
	for e, v := range got.values {
		if v != want.values[e] {
			t.Errorf("entry %d is %v, want %v", e, v, want.values[e])
		}
	}
	if calls != 2 {
		t.Errorf("%d calls, want 2", calls)
	}
}

// TestRecoverNaN: what is not finite stays where it is, if a product leaves out
// what its seed does.
func TestRecoverNaN(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	p := Band(5, 5, 1, 1)
	s := NewMatrix(p, []float64{1, nan, 3, inf, 5, 6, 7, -inf, math.Copysign(0, -1), 10, nan, 12, 13})
	product := func(dst, v []float64) {
		clear(dst)
		for t := range s.Triplets() {
			if v[t.J] != 0 {
				dst[t.I] += t.Value * v[t.J]
			}
		}
	}
	got := NewMatrix(p, nil)
	ColorColumns(p).Recover(got, product, nil)
	for e, v := range got.Values() {
		if w := s.values[e]; v != w && (v == v || w == w) {
			t.Errorf("entry %d is %v, want %v", e, v, w)
		}
	}
}

func TestRecoverAllocs(t *testing.T) {
	p := arrow(50, 3)
	s, dst := NewMatrix(p, nil), NewMatrix(p, nil)
	jvp, vjp := s.MulVec, s.MulVecT
	c := ColorBoth(p)
	if n := memtest.Allocations(20, func() { c.RecoverBatch(dst, 1, jvp, vjp) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

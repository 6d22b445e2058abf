package sparse

import (
	"math"
	"testing"
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

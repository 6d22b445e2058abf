package outside_test

import (
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/outside"
)

func TestList(t *testing.T) {
	for _, n := range []int{0, 1, 8, 9, 4096, 20_000} {
		var l outside.List[int]
		var pointers []*int
		for i := range n {
			pointers = append(pointers, l.Add(i))
		}
		if l.Len() != n || !slices.Equal(l.Pointers(nil), pointers) {
			t.Errorf("a list of %d has %d", n, l.Len())
		}
		x := l.Slice()
		for i, v := range x {
			if v != i {
				t.Fatalf("element %d is %d", i, v)
			}
		}
		if len(x) != n || l.Len() != 0 {
			t.Errorf("%d elements of %d, %d are left", len(x), n, l.Len())
		}
	}
}

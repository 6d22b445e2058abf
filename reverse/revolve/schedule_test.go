package revolve

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
)

// follow takes a schedule, checks every action against what is at hand, and
// returns by how many steps it advances and how many states it stores.
func follow(t *testing.T, n, slots int) (advances, stores int) {
	t.Helper()
	at, next := 0, n-1 // the state at hand, -1 for none, and the step to go back
	kept := make([]int, min(slots, n))
	for i := range kept {
		kept[i] = -1
	}
	for a := range Schedule(n, slots) {
		ok := false
		switch a.Kind {
		case Advance:
			ok = at == a.From && a.From < a.To && a.To <= next
			advances += a.To - a.From
			at = a.To
		case Store:
			ok = at == a.From && a.Slot < slots
			kept[a.Slot] = at
			stores++
		case Restore:
			ok = a.Slot < slots && kept[a.Slot] == a.From
			at = a.From
		case Back:
			ok = at == a.From && a.From == next
			at = -1
			next--
		}
		if !ok {
			t.Fatalf("%d steps, %d slots: %v with %d at hand, %v kept, %d to go", n, slots, a, at, kept, next)
		}
	}
	if next >= 0 && n > 0 {
		t.Fatalf("%d steps, %d slots: %d steps are left", n, slots, next+1)
	}
	return advances, stores
}

// TestFewest holds the number of steps advanced, and then that of states
// stored, against the least there is, found by trying every first leg, and against
// the formula.
func TestFewest(t *testing.T) {
	const steps, slots = 200, 20
	type cost struct{ advances, stores int }
	var least [slots + 1][steps + 1]cost // without the store of state 0
	for s := 1; s <= slots; s++ {
		for n := 2; n <= steps; n++ {
			if s == 1 {
				least[s][n] = cost{n * (n - 1) / 2, 0}
				continue
			}
			least[s][n].advances = math.MaxInt
			for m := 1; m < n; m++ {
				rest, first := least[s-1][n-m], least[s][m]
				c := cost{m + rest.advances + first.advances, min(1, n-m-1) + rest.stores + first.stores}
				if l := least[s][n]; c.advances < l.advances || c.advances == l.advances && c.stores < l.stores {
					least[s][n] = c
				}
			}
		}
	}
	checked := 0
	for s := 1; s <= slots; s++ {
		for n := range steps + 1 {
			advances, stores := follow(t, n, s)
			want := least[s][n]
			if advances != want.advances || stores != want.stores+min(1, n) || Steps(n, s) != want.advances {
				t.Fatalf("%d steps, %d slots: advanced %d and stored %d, formula %d, least %v", n, s, advances, stores, Steps(n, s), want)
			}
			checked++
		}
	}
	if checked != 20*201 {
		t.Errorf("%d checked", checked)
	}
	for _, c := range [][2]int{{1_000_000, 30}, {1_000_000, 1000}, {300_000, 3}, {100_000, 100_000}, {100_000, math.MaxInt}, {2, 1}} {
		// r·n - C(s+r, s+1) in numbers that do not overflow
		n, s := int64(c[0]), int64(min(c[0], c[1]))
		r := int64(0)
		for new(big.Int).Binomial(s+r, r).Cmp(big.NewInt(n)) < 0 {
			r++
		}
		want := new(big.Int).Binomial(s+r, r-1)
		want.Sub(big.NewInt(r*n), want)
		if got, _ := follow(t, c[0], c[1]); int64(got) != want.Int64() || Steps(c[0], c[1]) != got {
			t.Errorf("%d steps, %d slots: advanced %d, formula %d, want %v", n, s, got, Steps(c[0], c[1]), want)
		}
	}
}

func TestBinomial(t *testing.T) {
	checked := 0
	for s := range 80 {
		for r := range 80 {
			want := int(math.MaxInt)
			if b := new(big.Int).Binomial(int64(s+r), int64(r)); b.IsInt64() && b.Int64() <= math.MaxInt {
				want = int(b.Int64())
			}
			if got := binomial(s, r); got != want {
				t.Fatalf("C(%d, %d) = %d, want %d", s+r, s, got, want)
			}
			checked++
		}
	}
	if checked != 6400 || binomial(3, -1) != 0 || binomial(math.MaxInt/2, 1) != math.MaxInt/2+1 || binomial(math.MaxInt/2, 5) != math.MaxInt {
		t.Error(checked)
	}
}

// TestStops ends the iteration at every place.
func TestStops(t *testing.T) {
	all := slices.Collect(Schedule(10, 3))
	for n := range all {
		var got []Action
		for a := range Schedule(10, 3) {
			got = append(got, a)
			if len(got) > n {
				break
			}
		}
		if !slices.Equal(got, all[:n+1]) {
			t.Errorf("first %d: %v", n+1, got)
		}
	}
	if len(all) < 20 {
		t.Errorf("%d actions", len(all))
	}
}

func TestPanics(t *testing.T) {
	optest.Panics(t, "revolve: Schedule of -1 steps with 2 slots", func() { Schedule(-1, 2) })
	optest.Panics(t, "revolve: Schedule of 4 steps with 0 slots", func() { Run(4, 0, nil, nil, nil) })
	optest.Panics(t, "revolve: Steps of 4 steps with -1 slots", func() { Steps(4, -1) })
	optest.Panics(t, fmt.Sprintf("revolve: Steps(%d, 1) overflows", math.MaxInt), func() { Steps(math.MaxInt, 1) })
	optest.Panics(t, fmt.Sprintf("revolve: Steps(%d, 30) overflows", math.MaxInt), func() { Steps(math.MaxInt, 30) })
}

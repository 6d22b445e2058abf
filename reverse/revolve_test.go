package reverse

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
	"pgregory.net/rapid"
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
	for a := range Revolve(n, slots) {
		ok := false
		switch a.Kind {
		case RevolveAdvance:
			ok = at == a.From && a.From < a.To && a.To <= next
			advances += a.To - a.From
			at = a.To
		case RevolveStore:
			ok = at == a.From && a.Slot < slots
			kept[a.Slot] = at
			stores++
		case RevolveRestore:
			ok = a.Slot < slots && kept[a.Slot] == a.From
			at = a.From
		case RevolveBack:
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

// TestRevolveFewest holds the number of steps advanced, and then that of states
// stored, against the least there is, found by trying every first leg, and against
// the formula.
func TestRevolveFewest(t *testing.T) {
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
			if advances != want.advances || stores != want.stores+min(1, n) || RevolveSteps(n, s) != want.advances {
				t.Fatalf("%d steps, %d slots: advanced %d and stored %d, formula %d, least %v", n, s, advances, stores, RevolveSteps(n, s), want)
			}
			checked++
		}
	}
	if checked != 20*201 {
		t.Errorf("%d checked", checked)
	}
	for _, c := range [][2]int{{1_000_000, 30}, {1_000_000, 1000}, {300_000, 3}, {100_000, 100_000}, {100_000, 1 << 40}, {2, 1}} {
		// r·n - C(s+r, s+1) in numbers that do not overflow
		n, s := int64(c[0]), int64(c[1])
		r := int64(0)
		for new(big.Int).Binomial(s+r, r).Cmp(big.NewInt(n)) < 0 {
			r++
		}
		want := new(big.Int).Binomial(s+r, r-1)
		want.Sub(big.NewInt(r*n), want)
		if got, _ := follow(t, c[0], c[1]); int64(got) != want.Int64() || RevolveSteps(c[0], c[1]) != got {
			t.Errorf("%d steps, %d slots: advanced %d, formula %d, want %v", n, s, got, RevolveSteps(c[0], c[1]), want)
		}
	}
}

func TestBinomial(t *testing.T) {
	checked := 0
	for s := range 80 {
		for r := range 80 {
			want := int(math.MaxInt)
			if b := new(big.Int).Binomial(int64(s+r), int64(r)); b.IsInt64() {
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

// TestRevolveStops ends the iteration at every place.
func TestRevolveStops(t *testing.T) {
	all := slices.Collect(Revolve(10, 3))
	for n := range all {
		var got []RevolveAction
		for a := range Revolve(10, 3) {
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

func TestRevolvePanics(t *testing.T) {
	loop := TimeLoop{Steps: 3, Slots: 0}
	panicsWith(t, "reverse: Revolve of -1 steps with 2 slots", func() { Revolve(-1, 2) })
	panicsWith(t, "reverse: Revolve of 4 steps with 0 slots", func() { RevolveLoop(4, 0, nil, nil, nil) })
	panicsWith(t, "reverse: RevolveSteps of 4 steps with -1 slots", func() { RevolveSteps(4, -1) })
	panicsWith(t, "reverse: RevolveSteps(9223372036854775807, 1) overflows", func() { RevolveSteps(math.MaxInt, 1) })
	panicsWith(t, "reverse: RevolveSteps(9223372036854775807, 30) overflows", func() { RevolveSteps(math.MaxInt, 30) })
	panicsWith(t, "reverse: TimeLoop of 3 steps with 0 slots", func() { loop.Gradient(nil, nil) })
	loop = pendulum(3, 2)
	panicsWith(t, "reverse.TimeLoop.GradientTo: dx has length 1, want 2", func() { loop.GradientTo([]float64{0}, nil, []float64{1, 2}, nil) })
	panicsWith(t, "reverse.TimeLoop.GradientTo: dp has length 0, want 1", func() { loop.GradientTo([]float64{0}, nil, []float64{1}, []float64{1}) })
	loop.Step = func(_ int, x, _ []Var) []Var { return x[1:] }
	panicsWith(t, "reverse.TimeLoop: the result of Step has length 1, want 2", func() { loop.Gradient([]float64{1, 2}, []float64{1, 2}) })
}

// pendulum is a damped pendulum with a driving force that depends on the step.
func pendulum(steps, slots int) TimeLoop {
	return TimeLoop{
		Steps: steps, Slots: slots,
		Step: func(k int, x, p []Var) []Var {
			h := Var{value: 0.01}
			force := ad.Sin(x[0]).Mul(p[0]).Add(x[1].Mul(p[1])).Sub(Var{value: math.Cos(float64(k))})
			v := x[1].Sub(h.Mul(force))
			x[0] = x[0].Add(h.Mul(v)) // in place, as programs do
			x[1] = v
			return x
		},
		Loss: func(x, p []Var) Var { return x[0].Mul(x[0]).Add(ad.Exp(x[1].Mul(p[0]))) },
	}
}

// whole returns the gradient of a loop on one tape.
func whole(l TimeLoop, x, p []float64) (value float64, gradient []float64) {
	gradient = make([]float64, len(x)+len(p))
	value = GradientTo(gradient, func(v []Var) Var {
		x, p := slices.Clone(v[:len(x)]), v[len(x):]
		for k := range l.Steps {
			x = l.Step(k, x, p)
		}
		return l.Loss(x, p)
	}, slices.Concat(x, p))
	return value, gradient
}

// TestTimeLoop holds gradients with any number of slots, bit by bit, against that
// of the whole loop on one tape.
func TestTimeLoop(t *testing.T) {
	cases := 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		l := pendulum(rapid.IntRange(0, 60).Draw(t, "steps"), rapid.IntRange(1, 70).Draw(t, "slots"))
		number := rapid.Float64Range(-3, 3)
		x := rapid.SliceOfN(number, 2, 2).Draw(t, "x")
		p := rapid.SliceOfN(number, 2, 2).Draw(t, "p")
		agreesWithWhole(t, l, x, p)
	})
	if cases < fully(100) {
		t.Errorf("%d cases", cases)
	}
}

func agreesWithWhole(t interface {
	Helper()
	Errorf(string, ...any)
}, l TimeLoop, x, p []float64) {
	t.Helper()
	value, want := whole(l, x, p)
	xs, ps := slices.Clone(x), slices.Clone(p)
	dx, dp := make([]float64, len(x)), make([]float64, len(p))
	if got := l.GradientTo(dx, dp, x, p); !sameBits(got, value) {
		t.Errorf("loss %v, want %v", got, value)
	}
	if got := slices.Concat(dx, dp); !slices.EqualFunc(got, want, sameBits) {
		t.Errorf("%d steps, %d slots at %v, %v: gradient %v, want %v", l.Steps, l.Slots, x, p, got, want)
	}
	if !slices.Equal(x, xs) || !slices.Equal(p, ps) {
		t.Errorf("arguments changed: %v, %v", x, p)
	}
}

// TestTimeLoopStructure: an infinite slope counts where the loss is reached with an
// adjoint that happens to be 0, and nowhere else, as on one tape.
func TestTimeLoopStructure(t *testing.T) {
	nan := 0
	for _, steps := range []int{1, 2, 5} {
		for _, c := range []struct{ reach, always bool }{{false, false}, {false, true}, {true, false}, {true, true}} {
			l := TimeLoop{
				Steps: steps, Slots: 2,
				Step: func(k int, x, p []Var) []Var {
					y := x[0]
					if k == 0 || c.always {
						y = ad.Sqrt(y) // of 0: an infinite slope
					}
					if k == 0 {
						return []Var{y, x[1], p[0].Mul(x[1])}
					}
					return []Var{x[0], x[1].Mul(p[0]), x[2]}
				},
				Loss: func(x, p []Var) Var {
					y := x[1].Add(x[2])
					if c.reach {
						return y.Add(x[0].Mul(x[0]))
					}
					return y
				},
			}
			value, want := whole(l, []float64{0, 2, 3}, []float64{5})
			dx, dp := l.Gradient([]float64{0, 2, 3}, []float64{5})
			for i, got := range slices.Concat(dx, dp) {
				if got != want[i] && (got == got || want[i] == want[i]) {
					t.Errorf("%d steps, %v: gradient %v, %v, want %v of %v", steps, c, dx, dp, want, value)
				}
				if got != got {
					nan++
				}
			}
		}
	}
	if nan != 6 {
		t.Errorf("%d derivatives are NaN, want 6", nan)
	}
}

// TestTimeLoopKept: a Var of one step is void in another.
func TestTimeLoopKept(t *testing.T) {
	var kept Var
	l := pendulum(5, 2)
	step := l.Step
	x, p := []Var{{value: 1}, {value: 2}}, []Var{{value: 1}, {value: 1}}
	for k := range l.Steps - 1 {
		x = step(k, x, p)
	}
	l.Step = func(k int, x, p []Var) []Var {
		if kept.IsConst() { // until the first step on a tape, the last one
			kept = x[0]
			return step(k, x, p)
		}
		return []Var{kept, x[1]}
	}
	panicsWith(t, fmt.Sprintf("reverse: a Var (value %v) was kept past the end of its derivative", x[0]),
		func() { l.Gradient([]float64{1, 2}, []float64{1, 1}) })
}

func BenchmarkRevolve(b *testing.B) {
	for b.Loop() {
		for range Revolve(1_000_000, 30) {
		}
	}
}

func BenchmarkTimeLoop(b *testing.B) {
	x, p := []float64{1, 0}, []float64{9.81, 0.1}
	dx, dp := make([]float64, 2), make([]float64, 2)
	for _, slots := range []int{10, 10_000} {
		l := pendulum(10_000, slots)
		b.Run(map[bool]string{true: "all", false: "10"}[slots > 10], func(b *testing.B) {
			for b.Loop() {
				l.GradientTo(dx, dp, x, p)
			}
		})
	}
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			whole(pendulum(10_000, 1), x, p)
		}
	})
}

package reverse

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"pgregory.net/rapid"
)

func TestTimeLoopPanics(t *testing.T) {
	loop := TimeLoop{Steps: 3, Slots: 0}
	optest.Panics(t, "reverse: TimeLoop of 3 steps with 0 slots", func() { loop.Gradient(nil, nil) })
	loop = pendulum(3, 2)
	optest.Panics(t, "reverse.TimeLoop.GradientTo: dx has length 1, want 2", func() { loop.GradientTo([]float64{0}, nil, []float64{1, 2}, nil) })
	optest.Panics(t, "reverse.TimeLoop.GradientTo: dp has length 0, want 1", func() { loop.GradientTo([]float64{0}, nil, []float64{1}, []float64{1}) })
	loop.Step = func(_ int, x, _ []Var) []Var { return x[1:] }
	optest.Panics(t, "reverse.TimeLoop: the result of Step has length 1, want 2", func() { loop.Gradient([]float64{1, 2}, []float64{1, 2}) })
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
	want := 100
	if testing.Short() {
		want = 20
	}
	if cases < want {
		t.Errorf("%d cases", cases)
	}
}

func agreesWithWhole(t optest.TB, l TimeLoop, x, p []float64) {
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
	optest.Panics(t, fmt.Sprintf("reverse: a Var (value %v) was kept past the end of its derivative", x[0]),
		func() { l.Gradient([]float64{1, 2}, []float64{1, 1}) })
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

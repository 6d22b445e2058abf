package optim_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"pgregory.net/rapid"
)

// scheduleOf returns the schedule of a golden case.
func scheduleOf(c golden.Case) nn.Schedule {
	f := fields(c.Params)
	whole := func(name string) int { return int(f.num(name)) }
	base := f.num("base_lr")
	switch c.Op {
	case "step":
		return optim.StepDecay{Base: base, Every: whole("step_size"), Factor: f.num("gamma")}
	case "multistep":
		s := optim.MultiStepDecay{Base: base, Factor: f.num("gamma")}
		for _, m := range f["milestones"].([]any) {
			s.Milestones = append(s.Milestones, int(m.(float64)))
		}
		return s
	case "exponential":
		return optim.ExponentialDecay{Base: base, Factor: f.num("gamma")}
	case "cosine":
		return optim.CosineDecay{Base: base, End: f.num("eta_min"), Steps: whole("T_max")}
	case "warm_restarts":
		return optim.WarmRestarts{Base: base, End: f.num("eta_min"), Steps: whole("T_0"), Factor: whole("T_mult")}
	case "linear_warmup":
		return optim.LinearWarmup{From: base * f.num("start_factor"), To: base * f.num("end_factor"), Steps: whole("total_iters")}
	case "polynomial":
		return optim.PolynomialDecay{Base: base, Power: f.num("power"), Steps: whole("total_iters")}
	case "cyclic":
		s := optim.Cyclic{Least: f.num("min_lr"), Greatest: f.num("max_lr"), Up: whole("step_size_up"), Down: whole("step_size_up")}
		switch f["mode"] {
		case "triangular":
		case "triangular2":
			s.PerCycle = 0.5
		default:
			s.PerStep = f.num("gamma")
		}
		return s
	case "one_cycle":
		return optim.OneCycle{Greatest: f.num("max_lr"), Steps: whole("total_steps"), Rise: f.num("pct_start"),
			Start: f.num("div_factor"), End: f.num("final_div_factor"),
			Linear: f["anneal"] == "linear", ThreePhases: f.on("three_phase")}
	}
	panic("no schedule " + c.Op)
}

func TestSchedulesGolden(t *testing.T) {
	cases, err := golden.Load("schedulers")
	if err != nil {
		t.Fatal(err)
	}
	seen, momenta := 0, 0
	for _, c := range cases {
		seen++
		s := scheduleOf(c)
		want := c.Value.Floats()
		got := make([]float64, len(want))
		for i, step := range c.Inputs["steps"].Floats() {
			got[i] = s.Rate(int(step))
		}
		if d := farthest(got, want); !(d <= 1e-12) {
			t.Errorf("%s: rates %v, want %v: off by %.2g", c.ID, got, want, d)
		}
		if one, ok := s.(optim.OneCycle); ok {
			momenta++
			f := fields(c.Params)
			want := c.Momentum.Floats()
			for i, step := range c.Inputs["steps"].Floats() {
				got[i] = one.Momentum(int(step), f.num("base_momentum"), f.num("max_momentum"))
			}
			if d := farthest(got, want); !(d <= 1e-12) {
				t.Errorf("%s: momenta %v, want %v: off by %.2g", c.ID, got, want, d)
			}
		}
	}
	if seen != 16 || momenta != 2 {
		t.Errorf("%d cases ran, %d with momentum, want 16 and 2", seen, momenta)
	}
}

// TestScheduleEnds: rates that are exact.
func TestScheduleEnds(t *testing.T) {
	cosine := optim.CosineDecay{Base: 0.3, End: 0.07, Steps: 7}
	restarts := optim.WarmRestarts{Base: 0.3, End: 0.07, Steps: 3, Factor: 2}
	one := optim.NewOneCycle(0.3, 10)
	three := optim.OneCycle{Greatest: 0.3, Steps: 10, Rise: 0.1, Start: 3, End: 5, Linear: true, ThreePhases: true}
	warmup := optim.LinearWarmup{From: 0, To: 0.3, Steps: 4}
	cyclic := optim.Cyclic{Least: 0.07, Greatest: 0.3, Up: 2, Down: 3, PerStep: 1}
	steep := optim.Cyclic{Least: 0.07, Greatest: 0.3, Up: 3, Down: 2}
	tests := []struct {
		s    nn.Schedule
		step int
		want float64
	}{
		{optim.ConstantRate(0.3), 5, 0.3},
		{optim.StepDecay{Base: 8, Every: 3, Factor: 0.5}, 8, 2},
		{optim.StepDecay{Base: 8, Every: 3, Factor: 0.5}, 9, 1},
		{optim.MultiStepDecay{Base: 8, Milestones: []int{5, 2}, Factor: 0.5}, 4, 4},
		{optim.MultiStepDecay{Base: 8, Factor: 0.5}, math.MaxInt, 8},
		{optim.ExponentialDecay{Base: 8, Factor: 0.5}, 3, 1},
		{optim.ExponentialDecay{Base: 8, Factor: 0}, 0, 8},
		{optim.PolynomialDecay{Base: 0.3, End: 0.07, Power: 2, Steps: 5}, 0, 0.3},
		{optim.PolynomialDecay{Base: 0.3, End: 0.07, Power: 2, Steps: 5}, 5, 0.07},
		{optim.PolynomialDecay{Base: 0.3, End: 0.07, Power: 2, Steps: 5}, math.MaxInt, 0.07},
		{cosine, 0, 0.3}, {cosine, 7, 0.07}, {cosine, 14, 0.3},
		{restarts, 0, 0.3}, {restarts, 3, 0.3}, {restarts, 9, 0.3}, {restarts, 21, 0.3},
		{optim.WarmRestarts{Base: 1, Steps: 2, Factor: math.MaxInt}, 2, 1},
		{optim.WarmRestarts{Base: 1, Steps: 2, Factor: 1}, math.MaxInt - 1, 1},
		{one, 0, 0.3 / 25}, {one, 2, 0.3}, {one, 9, 0.3 / 25 / 1e4}, {one, 1000, 0.3 / 25 / 1e4},
		{three, 0, 0.1}, {three, 9, 0.1 / 5},
		{optim.NewOneCycle(0.3, 1), 0, 0.3 / 25 / 1e4},
		{warmup, 0, 0}, {warmup, 2, 0.15}, {warmup, 4, 0.3}, {warmup, math.MaxInt, 0.3},
		{cyclic, 0, 0.07}, {cyclic, 2, 0.3}, {cyclic, 5, 0.07}, {cyclic, 7, 0.3},
		{cyclic, 1, 0.07 + 0.23/2}, {cyclic, 3, 0.07 + 0.23*2/3}, {cyclic, 4, 0.07 + 0.23/3}, {cyclic, 9, 0.07 + 0.23/3},
		{steep, 2, 0.07 + 0.23*2/3}, {steep, 4, 0.07 + 0.23/2}, {steep, 9, 0.07 + 0.23/2},
		{optim.Joined{First: warmup, Steps: 4, Then: cosine}, 2, 0.15},
		{optim.Joined{First: warmup, Steps: 4, Then: cosine}, 4, 0.3},
		{optim.Joined{First: warmup, Steps: 4, Then: cosine}, 11, 0.07},
	}
	for _, test := range tests {
		if got := test.s.Rate(test.step); math.Abs(got-test.want) > 1e-16 {
			t.Errorf("%T%+v: rate %v at step %d, want %v", test.s, test.s, got, test.step, test.want)
		}
	}
}

// TestScheduleBounds: rates stay between the ends, up to rounding, and go one way only where a
// schedule has one.
func TestScheduleBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(0, 1).Draw(t, "low")
		high := low + rapid.Float64Range(0, 1).Draw(t, "height")
		n := rapid.IntRange(1, 50).Draw(t, "steps")
		more := rapid.IntRange(1, 4).Draw(t, "more")
		part := rapid.Float64Range(0.01, 0.5).Draw(t, "part")
		on := rapid.Bool().Draw(t, "on")
		down := []nn.Schedule{
			optim.StepDecay{Base: high, Every: n, Factor: part},
			optim.MultiStepDecay{Base: high, Milestones: []int{n, more, n}, Factor: part},
			optim.ExponentialDecay{Base: high, Factor: part},
			optim.PolynomialDecay{Base: high, End: low, Power: 4 * part, Steps: n},
			optim.Joined{First: optim.CosineDecay{Base: high, End: low, Steps: n}, Steps: n, Then: optim.ConstantRate(low)},
		}
		bounded := append([]nn.Schedule{
			optim.CosineDecay{Base: high, End: low, Steps: n},
			optim.WarmRestarts{Base: high, End: low, Steps: n, Factor: more},
			optim.Cyclic{Least: low, Greatest: high, Up: n, Down: more, PerCycle: part},
			optim.LinearWarmup{From: low, To: high, Steps: n},
			optim.OneCycle{Greatest: high, Steps: n, Rise: part, Start: 25, End: 1e4, Linear: on, ThreePhases: !on},
		}, down[3:]...)
		const slack = 1 + 1e-15
		for step := range 3*n + 5 {
			for _, s := range down {
				if a, b := s.Rate(step), s.Rate(step+1); !(b <= a*slack) {
					t.Fatalf("%T%+v goes from %v up to %v after step %d", s, s, a, b, step)
				}
			}
			for _, s := range bounded {
				least := low
				if _, ok := s.(optim.OneCycle); ok {
					least = high / 25 / 1e4
				}
				if r := s.Rate(step); !(least <= r*slack && r <= high*slack) {
					t.Fatalf("%T%+v: rate %v at step %d, outside of %v to %v", s, s, r, step, least, high)
				}
			}
			up := optim.LinearWarmup{From: low, To: high, Steps: n}
			if a, b := up.Rate(step), up.Rate(step+1); !(a <= b*slack) {
				t.Fatalf("%+v goes from %v down to %v", up, a, b)
			}
		}
	})
}

package compare

import (
	"testing"

	"github.com/quartet-ad/ad"
)

// TestMoot: at a jump, outside of the domain and where slopes are agreed there is no right
// answer that differences could know, and nothing lacks evidence. Where differences fail
// although there is a derivative, something does.
func TestMoot(t *testing.T) {
	for _, test := range []struct {
		fn     Func
		x      []float64
		reason Reason
		moot   bool
	}{
		{New("floor", floors, floors, floors, floors, floors), []float64{2}, Convention, true},
		{New("angle", angle, angle, angle, angle, angle), []float64{0, -1}, Convention, true},
		{New("log", logs, logs, logs, logs, logs), []float64{-1}, NotANumber, true},
		{New("kinks", kinks, kinks, kinks, kinks, kinks), []float64{0}, Convention, true},
		{steep(1e30), []float64{0}, NoLimit, false},
	} {
		r := Check(test.fn, test.x)
		lacking, moot := r.Without.Split()
		if r.Verdict() == Disagree || r.Without[test.reason] == 0 {
			t.Errorf("%s: want %v: %v", test.fn.Name, test.reason, r)
		}
		if test.reason.Moot() != test.moot || test.moot && (moot.Total() == 0 || lacking.Total() > 0) || !test.moot && lacking.Total() == 0 {
			t.Errorf("%s: %v lack evidence, %v are moot", test.fn.Name, lacking, moot)
		}
		if lacking.Total()+moot.Total() != r.Without.Total() || r.Without.Total() != r.Skipped {
			t.Errorf("%s: %d and %d of %d", test.fn.Name, lacking.Total(), moot.Total(), r.Skipped)
		}
	}
}

// TestSilent: a jump or a kink is moot where an operation has one, and lacks evidence where
// only differences say so.
func TestSilent(t *testing.T) {
	for _, test := range []struct {
		class  Class
		ground ground
		want   Reason
	}{
		{Undefined, ground{}, NotANumber},
		{Jump, ground{edges: 1}, AtJump},
		{Jump, ground{}, Steep},
		{Kink, ground{kinks: 1}, Convention},
		{Kink, ground{}, NearKink},
	} {
		j := &judgement{report: &Report{Class: test.class}, testimony: &testimony{ground: test.ground}}
		if got := j.silent(); got != test.want {
			t.Errorf("%v, %+v: %v, want %v", test.class, test.ground, got, test.want)
		}
	}
}

func floors[T ad.Scalar[T]](x []T) T { return ad.Floor(x[0]) }
func logs[T ad.Scalar[T]](x []T) T   { return ad.Log(x[0]) }

// kinks is 0 on both sides of 0, and has kinks that do not add up.
func kinks[T ad.Scalar[T]](x []T) T { return ad.ReLU(x[0]).Sub(ad.ReLU(x[0].Neg())) }

// angle jumps on the negative axis.
func angle[T ad.Scalar[T]](x []T) T { return ad.Atan2(x[0], x[1]) }

// steep has a slope that looks like a jump to all steps that differences take.
func steep(slope float64) Func {
	return NewWith("steep", slope, tanhOf, tanhOf, tanhOf, tanhOf, tanhOf)
}

func tanhOf[T ad.Scalar[T]](x []T, slope float64) T { return ad.Tanh(c[T](slope).Mul(x[0])) }

package metric

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestAveragePrecisionProperties: all variants lie in [0, 1], the envelope is
// above the steps, interpolation agrees with its definition, and a perfect
// ranking has 1.
func TestAveragePrecisionProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		positive, score := drawScores(t)
		curve := Sweep(positive, score)
		for how := Step; how <= HundredOnePoint; how++ {
			inUnit(t, "average precision", curve.AveragePrecision(how))
		}
		p := curve[0].FN
		if p == 0 {
			return
		}
		if step, all := curve.AveragePrecision(Step), curve.AveragePrecision(AllPoint); step.Value > all.Value+eps {
			t.Fatalf("steps %v, envelope %v", step, all)
		}
		for how, n := range map[Interpolation]int{ElevenPoint: 10, HundredOnePoint: 100} {
			sum := 0.0
			for i := range n + 1 {
				best := 0.0
				for _, at := range curve[1:] {
					if at.TP*n >= i*p {
						best = max(best, at.Precision().Value)
					}
				}
				sum += best
			}
			same(t, "interpolation", curve.AveragePrecision(how), Score{Value: sum / float64(n+1), Defined: true})
		}
		for i, positive := range positive {
			if positive {
				score[i] += 100
			}
		}
		for how := Step; how <= HundredOnePoint; how++ {
			if s := Sweep(positive, score).AveragePrecision(how); !(math.Abs(s.Value-1) <= eps) {
				t.Fatalf("perfect ranking: %v", s)
			}
		}
	})
}

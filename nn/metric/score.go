package metric

import (
	"fmt"
	"math"
)

// Score is the value of a metric, or the reason why there is none.
type Score struct {
	Value   float64 // NaN where it is not defined
	Defined bool
	Reason  string // why it is not defined; empty where it is
}

// Or returns the value, or x where the score is not defined.
//
// Cost: O(1).
func (s Score) Or(x float64) float64 {
	if s.Defined {
		return s.Value
	}
	return x
}

// String returns the value with four decimals, or "undefined" and the reason.
//
// Cost: O(1).
func (s Score) String() string {
	if s.Defined {
		return fmt.Sprintf("%.4f", s.Value)
	}
	return "undefined: " + s.Reason
}

func defined(x float64) Score { return Score{Value: x, Defined: true} }

func undefined(reason string) Score { return Score{Value: math.NaN(), Reason: reason} }

// ratio returns x/y, undefined for that reason where y is 0.
func ratio(x, y float64, reason string) Score {
	if y == 0 {
		return undefined(reason)
	}
	return defined(x / y)
}

// Policy says what a mean does with scores that are not defined.
type Policy int

const (
	Exclude Policy = iota // leave them out, and their weights
	AsZero                // count them as 0
	AsOne                 // count them as 1
	Refuse                // the mean is not defined either
)

// Mean returns the mean of scores. It is not defined if there are none, if
// policy is Refuse and one is not defined, or if policy is Exclude and none is.
//
// Cost: linear in the number of scores.
func Mean(scores []Score, policy Policy) Score {
	return mean(scores, func(int) float64 { return 1 }, policy)
}

// WeightedMean returns Σ w s / Σ w over scores s and their weights w. Scores of
// weight 0 are left out, whatever the policy; otherwise it is like [Mean]. It
// panics if the lengths differ or if a weight is negative, infinite or NaN.
//
// Cost: linear in the number of scores.
func WeightedMean(scores []Score, weights []float64, policy Policy) Score {
	if len(scores) != len(weights) {
		panic(fmt.Sprintf("metric: WeightedMean of %d scores and %d weights", len(scores), len(weights)))
	}
	for i, w := range weights {
		if !(w >= 0) || math.IsInf(w, 1) {
			panic(fmt.Sprintf("metric: WeightedMean with weight %v at %d, want finite and not negative", w, i))
		}
	}
	return mean(scores, func(i int) float64 { return weights[i] }, policy)
}

func mean(scores []Score, weight func(int) float64, policy Policy) Score {
	if policy < Exclude || policy > Refuse {
		panic(fmt.Sprintf("metric: no policy %d, of Exclude to Refuse, 0 to 3", policy))
	}
	var sum, total float64
	reason := "nothing to average"
	for i, s := range scores {
		w := weight(i)
		if w == 0 {
			continue
		}
		if !s.Defined {
			switch policy {
			case Refuse:
				return undefined(fmt.Sprintf("score %d: %s", i, s.Reason))
			case Exclude:
				reason = "nothing that is defined to average"
				continue
			case AsZero:
				s.Value = 0
			case AsOne:
				s.Value = 1
			}
		}
		sum += w * s.Value
		total += w
	}
	return ratio(sum, total, reason)
}

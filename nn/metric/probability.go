package metric

import (
	"fmt"
	"math"
)

// LogLoss returns the mean of -log p over positive samples and -log(1-p) over
// the others, where p is the probability predicted for positive. It is +Inf
// where a certain prediction is wrong: nothing is clipped. It is not defined
// without samples, and panics if the lengths differ or p is outside [0, 1].
//
// Cost: O(n), no allocation.
func LogLoss(positive []bool, p []float64) Score {
	return meanLoss("LogLoss", positive, p, func(positive bool, p float64) float64 {
		if positive {
			return 0 - math.Log(p)
		}
		return 0 - math.Log1p(-p)
	})
}

// Brier returns the mean of (p - y)², where y is 1 for positive samples and 0
// for others and p is the probability predicted for positive. It is not defined
// without samples, and panics if the lengths differ or p is outside [0, 1].
//
// Cost: O(n), no allocation.
func Brier(positive []bool, p []float64) Score {
	return meanLoss("Brier", positive, p, func(positive bool, p float64) float64 {
		if positive {
			p = 1 - p
		}
		return p * p
	})
}

func meanLoss(what string, positive []bool, p []float64, loss func(bool, float64) float64) Score {
	sameLength(what, len(positive), len(p))
	sum := 0.0
	for i, p := range p {
		probability(what, i, p)
		sum += loss(positive[i], p)
	}
	return ratio(sum, float64(len(p)), noSamples)
}

func probability(what string, i int, p float64) {
	if !(p >= 0 && p <= 1) {
		panic(fmt.Sprintf("metric: %s of probability %v at %d, want 0 to 1", what, p, i))
	}
}

// CalibrationError returns the expected calibration error (Guo et al. 2017,
// arXiv:1706.04599): the mean over samples of |accuracy - confidence| of their
// bin, where bins divide [0, 1] evenly, each with its upper end, and the first
// with 0 too. It is not defined without samples, and panics if the lengths
// differ, if a confidence is outside [0, 1], or if there is not at least one
// bin.
//
// Cost: O(n), and one number for each bin.
func CalibrationError(correct []bool, confidence []float64, bins int) Score {
	sameLength("CalibrationError", len(correct), len(confidence))
	if bins < 1 {
		panic(fmt.Sprintf("metric: CalibrationError of %d bins, want 1 or more", bins))
	}
	excess := make([]float64, bins) // Σ (confidence - correct)
	for i, p := range confidence {
		probability("CalibrationError", i, p)
		y := 0.0
		if correct[i] {
			y = 1
		}
		excess[bin(p, bins)] += p - y
	}
	sum := 0.0
	for _, e := range excess {
		sum += math.Abs(e)
	}
	return ratio(sum, float64(len(confidence)), noSamples)
}

// bin returns the k for which k/bins < p <= (k+1)/bins, and 0 for p = 0. The
// quotients are rounded once, so 0.7 is the end of the seventh of ten bins.
func bin(p float64, bins int) int {
	k := min(int(p*float64(bins)), bins-1)
	if k > 0 && p <= float64(k)/float64(bins) {
		k--
	}
	return k
}

// TopK returns how many samples have fewer than k classes that score higher
// than the true one, as a fraction: top-k accuracy. Among equal scores the
// class of lower number comes first. Scores are row-major, a row for each
// sample. It is not defined without samples, and panics if the scores are no
// whole number of rows, if a label has no class, if k < 1 or if a score is NaN.
//
// Cost: O(n k), no allocation.
func TopK(truth []int, score []float64, k int) Score {
	n := len(truth)
	if n == 0 && len(score) == 0 {
		return undefined(noSamples)
	}
	if n == 0 || len(score)%n != 0 {
		panic(fmt.Sprintf("metric: TopK of %d labels and %d scores, which are no whole number of rows", n, len(score)))
	}
	if k < 1 {
		panic(fmt.Sprintf("metric: TopK with k = %d, want 1 or more", k))
	}
	classes, hits := len(score)/n, 0
	for i, t := range truth {
		if uint(t) >= uint(classes) {
			panic(fmt.Sprintf("metric: TopK of label %d at %d, of %d classes", t, i, classes))
		}
		row, ahead := score[i*classes:(i+1)*classes], 0
		for j, s := range row {
			if s != s {
				panic(fmt.Sprintf("metric: score %d of sample %d of TopK is NaN", j, i))
			}
			if s > row[t] || s == row[t] && j < t {
				ahead++
			}
		}
		if ahead < k {
			hits++
		}
	}
	return defined(float64(hits) / float64(n))
}

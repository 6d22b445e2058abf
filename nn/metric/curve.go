package metric

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Point is what a classifier does that predicts positive where the score is at
// least Threshold.
type Point struct {
	Threshold float64
	Counts
}

// Curve is a list of points of falling threshold. The first has the threshold
// +Inf and predicts nothing; then there is one for each distinct score. The
// ROC curve is Recall over FalsePositiveRate of these points, the
// precision-recall curve is Precision over Recall of all but the first.
type Curve []Point

// Sweep returns the curve of samples, which of them are positive and how they
// score. It does not depend on the order of the samples. It panics if the
// lengths differ or if a score is NaN; infinite scores are ranked.
//
// Cost: O(n log n).
func Sweep(positive []bool, score []float64) Curve {
	sameLength("Sweep", len(positive), len(score))
	p := 0
	for _, positive := range positive {
		if positive {
			p++
		}
	}
	return sweep(positive, score, p, len(positive)-p)
}

// sweep is Sweep with the numbers of positives and negatives that there are,
// found or not; negatives is less than 0 if they cannot be counted.
func sweep(positive []bool, score []float64, positives, negatives int) Curve {
	type sample struct {
		score    float64
		positive bool
	}
	samples := make([]sample, len(score))
	for i, s := range score {
		checkScore("Sweep", i, s)
		samples[i] = sample{s, positive[i]}
	}
	slices.SortFunc(samples, func(a, b sample) int { return cmp.Compare(b.score, a.score) })

	at := Point{math.Inf(1), Counts{FN: positives, TN: negatives}}
	curve := append(make(Curve, 0, len(samples)+1), at)
	for i, s := range samples {
		if s.positive {
			at.TP++
			at.FN--
		} else {
			at.FP++
			if at.TN > 0 {
				at.TN--
			}
		}
		if i+1 == len(samples) || samples[i+1].score != s.score {
			at.Threshold = s.score
			curve = append(curve, at)
		}
	}
	return curve
}

// AUC returns the area under the ROC curve: the probability that a positive
// sample scores higher than a negative one, ties counting one half. It is not
// defined without positive or without negative samples, or if those are not
// counted.
//
// Cost: linear in the number of points.
func (c Curve) AUC() Score {
	if len(c) == 0 {
		return undefined(noSamples)
	}
	positives, negatives := c[0].FN, c[0].TN
	switch {
	case positives == 0:
		return undefined(noPositives)
	case negatives == 0:
		return undefined(noNegatives)
	case negatives < 0:
		return undefined(uncounted)
	}
	twice := 0.0
	for i, p := range c[1:] {
		before := c[i]
		twice += float64(p.FP-before.FP) * float64(p.TP+before.TP)
	}
	return defined(twice / 2 / (float64(positives) * float64(negatives)))
}

func sameLength(what string, labels, predictions int) {
	if labels != predictions {
		panic(fmt.Sprintf("metric: %s of %d labels and %d predictions", what, labels, predictions))
	}
}

package metric

import "fmt"

// Counts are the four outcomes of a binary decision. From them follow its
// metrics; a method expression such as Counts.F1 names one of them.
type Counts struct {
	TP int // true positives
	FP int // false positives
	FN int // false negatives
	TN int // true negatives, or negative where they cannot be counted
}

const (
	noPredictions = "no positive predictions"
	noPositives   = "no positive samples"
	noNegatives   = "no negative samples"
	noSamples     = "no samples"
	absent        = "absent from labels and predictions"
	uncounted     = "true negatives are not counted"
)

// Precision returns TP / (TP + FP), equation 28: how much of what is predicted
// is right. It is not defined if there are no positive predictions.
//
// Cost: O(1).
func (n Counts) Precision() Score {
	return ratio(float64(n.TP), float64(n.TP+n.FP), noPredictions)
}

// Recall returns TP / (TP + FN), equations 29 and 31: how much of what is there
// is predicted. It is also called sensitivity and true positive rate, and is
// not defined if there are no positive samples.
//
// Cost: O(1).
func (n Counts) Recall() Score {
	return ratio(float64(n.TP), float64(n.TP+n.FN), noPositives)
}

// Specificity returns TN / (TN + FP), the true negative rate. It is not defined
// if there are no negative samples, or if they are not counted.
//
// Cost: O(1).
func (n Counts) Specificity() Score {
	if n.TN < 0 {
		return undefined(uncounted)
	}
	return ratio(float64(n.TN), float64(n.TN+n.FP), noNegatives)
}

// FalsePositiveRate returns FP / (TN + FP), equation 32. It is not defined if
// there are no negative samples, or if they are not counted.
//
// Cost: O(1).
func (n Counts) FalsePositiveRate() Score {
	if n.TN < 0 {
		return undefined(uncounted)
	}
	return ratio(float64(n.FP), float64(n.TN+n.FP), noNegatives)
}

// F1 returns 2TP / (2TP + FP + FN), the harmonic mean of precision and recall;
// the second form of equation 30 is twice as large. It is 0 where there are no
// true positives, and not defined if there are no positives at all, neither
// samples nor predictions.
//
// Cost: O(1).
func (n Counts) F1() Score {
	return ratio(2*float64(n.TP), float64(2*n.TP+n.FP+n.FN), absent)
}

// FBeta returns (1+β²)TP / ((1+β²)TP + β²FN + FP), in which recall counts β
// times as much as precision: 0 gives precision, 1 F1, +Inf recall. It is not
// defined where the denominator is 0, and panics if beta is negative or NaN.
//
// Cost: O(1).
func (n Counts) FBeta(beta float64) Score {
	if !(beta >= 0) {
		panic(fmt.Sprintf("metric: FBeta with beta %v, want 0 or more", beta))
	}
	// Divided by 1+β², so that no β overflows.
	missed, wrong := 1/(1+1/beta/beta), 1/(1+beta*beta)
	reason := absent
	switch {
	case missed == 0:
		reason = noPredictions
	case wrong == 0:
		reason = noPositives
	}
	tp := float64(n.TP)
	return ratio(tp, tp+missed*float64(n.FN)+wrong*float64(n.FP), reason)
}

// IoU returns TP / (TP + FP + FN), intersection over union, the Jaccard index.
// It is not defined if there are no positives at all.
//
// Cost: O(1).
func (n Counts) IoU() Score {
	return ratio(float64(n.TP), float64(n.TP+n.FP+n.FN), absent)
}

// Dice returns 2TP / (2TP + FP + FN), which is F1 under the name that it has in
// segmentation; it is 2 IoU / (1 + IoU).
//
// Cost: O(1).
func (n Counts) Dice() Score { return n.F1() }

// Accuracy returns (TP + TN) / (TP + FP + FN + TN). It is not defined if there
// are no samples, or if the negative ones are not counted.
//
// Cost: O(1).
func (n Counts) Accuracy() Score {
	if n.TN < 0 {
		return undefined(uncounted)
	}
	return ratio(float64(n.TP+n.TN), float64(n.TP+n.FP+n.FN+n.TN), noSamples)
}

// MCC returns Matthews's correlation coefficient of labels and predictions,
// from -1 to 1. It is not defined if the samples or the predictions are all of
// one class, or if the negative ones are not counted.
//
// Cost: O(1).
func (n Counts) MCC() Score {
	if n.TN < 0 {
		return undefined(uncounted)
	}
	c := ConfusionMatrix{classes: 2, n: []int{n.TN, n.FP, n.FN, n.TP}, total: n.TN + n.FP + n.FN + n.TP}
	return c.MCC()
}

package metric

import (
	"fmt"
	"math"
)

// ConfusionMatrix counts samples by their true class, the row, and by the
// predicted one, the column: equation 33. Pixels of label maps are samples too.
// Goroutines that count at the same time need a matrix each, and Merge.
type ConfusionMatrix struct {
	classes int
	n       []int // row-major
	total   int
}

// NewConfusionMatrix returns an empty matrix of that many classes, which are
// numbered from 0. It panics if there is none.
//
// Cost: k² integers.
func NewConfusionMatrix(classes int) *ConfusionMatrix {
	if classes < 1 {
		panic(fmt.Sprintf("metric: NewConfusionMatrix of %d classes, want 1 or more", classes))
	}
	return &ConfusionMatrix{classes: classes, n: make([]int, classes*classes)}
}

// Add counts samples with their true and predicted classes. It panics if the
// lengths differ or if a class does not exist.
//
// Cost: O(n), no allocation.
func (c *ConfusionMatrix) Add(truth, predicted []int) {
	sameLength("Add", len(truth), len(predicted))
	for i, t := range truth {
		c.count(i, t, predicted[i])
	}
}

// AddExcept is Add without the samples whose true class is ignore, which need
// not be one of the classes: 255 is usual for pixels that are not labeled.
//
// Cost: O(n), no allocation.
func (c *ConfusionMatrix) AddExcept(ignore int, truth, predicted []int) {
	sameLength("AddExcept", len(truth), len(predicted))
	for i, t := range truth {
		if t != ignore {
			c.count(i, t, predicted[i])
		}
	}
}

func (c *ConfusionMatrix) count(i, truth, predicted int) {
	if uint(truth) >= uint(c.classes) || uint(predicted) >= uint(c.classes) {
		panic(fmt.Sprintf("metric: sample %d of class %d predicted as %d, of %d classes", i, truth, predicted, c.classes))
	}
	c.n[truth*c.classes+predicted]++
	c.total++
}

// Merge adds the counts of d, which must have as many classes.
//
// Cost: O(k²).
func (c *ConfusionMatrix) Merge(d *ConfusionMatrix) {
	if c.classes != d.classes {
		panic(fmt.Sprintf("metric: Merge of %d and %d classes", c.classes, d.classes))
	}
	for i, n := range d.n {
		c.n[i] += n
	}
	c.total += d.total
}

// Reset forgets all samples.
//
// Cost: O(k²).
func (c *ConfusionMatrix) Reset() {
	clear(c.n)
	c.total = 0
}

// Classes returns the number of classes.
//
// Cost: O(1).
func (c *ConfusionMatrix) Classes() int { return c.classes }

// At returns how many samples of class truth were predicted as that class. Like
// every method that takes a class, it panics if the class is not there.
//
// Cost: O(1).
func (c *ConfusionMatrix) At(truth, predicted int) int {
	c.has(predicted)
	return c.row(truth)[predicted]
}

func (c *ConfusionMatrix) row(k int) []int {
	c.has(k)
	return c.n[k*c.classes : (k+1)*c.classes]
}

func (c *ConfusionMatrix) has(k int) {
	if uint(k) >= uint(c.classes) {
		panic(fmt.Sprintf("metric: class %d of %d, which are numbered from 0", k, c.classes))
	}
}

// Support returns the number of samples of class k.
//
// Cost: O(k).
func (c *ConfusionMatrix) Support(k int) int {
	n := 0
	for _, m := range c.row(k) {
		n += m
	}
	return n
}

// Predicted returns the number of predictions of class k.
//
// Cost: O(k).
func (c *ConfusionMatrix) Predicted(k int) int {
	n := 0
	for i := range c.classes {
		n += c.At(i, k)
	}
	return n
}

// Total returns the number of samples.
//
// Cost: O(1).
func (c *ConfusionMatrix) Total() int { return c.total }

func (c *ConfusionMatrix) right() int {
	n := 0
	for k := range c.classes {
		n += c.At(k, k)
	}
	return n
}

// Class returns the counts of class k against all others.
//
// Cost: O(k).
func (c *ConfusionMatrix) Class(k int) Counts {
	tp, samples, predictions := c.At(k, k), c.Support(k), c.Predicted(k)
	return Counts{
		TP: tp,
		FP: predictions - tp,
		FN: samples - tp,
		TN: c.total - samples - predictions + tp,
	}
}

// Micro returns the counts of all classes together, each against all others.
// Its precision, recall and F1 all equal the accuracy.
//
// Cost: O(k).
func (c *ConfusionMatrix) Micro() Counts {
	right := c.right()
	wrong := c.total - right
	return Counts{TP: right, FP: wrong, FN: wrong, TN: (c.classes-1)*c.total - wrong}
}

// Each returns a metric of every class.
//
// Cost: O(k²) for k classes.
func (c *ConfusionMatrix) Each(metric func(Counts) Score) []Score {
	scores := make([]Score, c.classes)
	for k := range scores {
		scores[k] = metric(c.Class(k))
	}
	return scores
}

// Macro returns the mean of a metric over classes, all of one weight.
//
// Cost: O(k²).
func (c *ConfusionMatrix) Macro(metric func(Counts) Score, policy Policy) Score {
	return Mean(c.Each(metric), policy)
}

// Weighted returns the mean of a metric over classes, weighted by the number of
// samples of the class.
//
// Cost: O(k²).
func (c *ConfusionMatrix) Weighted(metric func(Counts) Score, policy Policy) Score {
	support := make([]float64, c.classes)
	for k := range support {
		support[k] = float64(c.Support(k))
	}
	return WeightedMean(c.Each(metric), support, policy)
}

// Accuracy returns the fraction of samples that are predicted right. For label
// maps that is the pixel accuracy. It is not defined if there are no samples.
//
// Cost: O(k).
func (c *ConfusionMatrix) Accuracy() Score {
	return ratio(float64(c.right()), float64(c.total), noSamples)
}

// BalancedAccuracy returns the mean recall of the classes that have samples.
//
// Cost: O(k²).
func (c *ConfusionMatrix) BalancedAccuracy() Score {
	return c.Macro(Counts.Recall, Exclude)
}

// MeanIoU returns the mean IoU of the classes that have samples or predictions.
//
// Cost: O(k²).
func (c *ConfusionMatrix) MeanIoU() Score { return c.Macro(Counts.IoU, Exclude) }

// MeanDice returns the mean Dice coefficient of the classes that have samples
// or predictions.
//
// Cost: O(k²).
func (c *ConfusionMatrix) MeanDice() Score { return c.Macro(Counts.Dice, Exclude) }

// FrequencyWeightedIoU returns the mean IoU weighted by the number of samples.
//
// Cost: O(k²).
func (c *ConfusionMatrix) FrequencyWeightedIoU() Score {
	return c.Weighted(Counts.IoU, Exclude)
}

// MCC returns the correlation of labels and predictions, which for two classes
// is Matthews's coefficient and for more is R_K of Gorodkin, 2004. It is at most
// 1, and not defined if the samples or the predictions are all of one class.
//
// Cost: O(k²).
func (c *ConfusionMatrix) MCC() Score {
	if c.total == 0 {
		return undefined(noSamples)
	}
	m := c.moments()
	switch {
	case m.truth == 0:
		return undefined("all samples are of one class")
	case m.predicted == 0:
		return undefined("all predictions are of one class")
	}
	return defined(m.agree / math.Sqrt(m.truth*m.predicted))
}

// Kappa returns Cohen's kappa, (p - q) / (1 - q) with p the accuracy and q the
// accuracy that chance would give labels and predictions of these frequencies.
// It is at most 1, and not defined if all samples and predictions are of one
// class.
//
// Cost: O(k²).
func (c *ConfusionMatrix) Kappa() Score {
	if c.total == 0 {
		return undefined(noSamples)
	}
	m := c.moments()
	return ratio(m.agree, m.disagree, "all samples and predictions are of one class")
}

// moments are, of s samples with t and p the numbers of samples and predictions
// of each class, the variance of the labels and of the predictions, their
// covariance, and 1 - q of kappa; all times s².
type moments struct {
	truth     float64 // s² - Σt²
	predicted float64 // s² - Σp²
	agree     float64 // s times right predictions - Σtp
	disagree  float64 // s² - Σtp
}

func (c *ConfusionMatrix) moments() moments {
	var m moments
	s := float64(c.total)
	for k := range c.classes {
		t, p := float64(c.Support(k)), float64(c.Predicted(k))
		m.truth += t * (s - t)
		m.predicted += p * (s - p)
		m.disagree += t * (s - p)
		m.agree += s*float64(c.At(k, k)) - t*p
	}
	return m
}

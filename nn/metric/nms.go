package metric

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// NMS returns the indices of the boxes that are left after suppression, by
// falling score: it keeps the best box, drops those whose IoU with it is above
// threshold, and goes on with the best of the rest. Of equal scores the lower
// index is better. It panics if the lengths differ, or if a score or the
// threshold is NaN.
//
// Cost: O(n log n + n k) for k boxes left.
func NMS(boxes []Box, score []float64, threshold float64) []int {
	checkBoxes("NMS", boxes, score)
	if threshold != threshold {
		panic("metric: NMS with threshold NaN, want a number")
	}
	var kept []int
	for _, i := range byScore(score) {
		if !slices.ContainsFunc(kept, func(k int) bool { return IoU(boxes[k], boxes[i]) > threshold }) {
			kept = append(kept, i)
		}
	}
	return kept
}

// SoftNMS lowers the scores of boxes that overlap with better ones instead of
// dropping them (Bodla et al. 2017, arXiv:1704.04503): it takes the best box,
// multiplies the scores of the rest by decay of their IoU with it, and goes on,
// while the best score is above least. It returns the indices of the boxes
// taken, in that order, and the scores that they had then. Of equal scores the
// lower index is better. It panics if the lengths differ, or if a score is or becomes
// negative or NaN.
//
// Cost: O(n²).
func SoftNMS(boxes []Box, score []float64, decay func(iou float64) float64, least float64) (taken []int, scores []float64) {
	checkBoxes("SoftNMS", boxes, score)
	score = slices.Clone(score)
	rest := make([]int, len(boxes))
	check := func(i int, decayed string) {
		if !(score[i] >= 0) {
			panic(fmt.Sprintf("metric: SoftNMS of score %v at %d%s, want 0 or more", score[i], i, decayed))
		}
	}
	for i := range rest {
		check(i, "")
		rest[i] = i
	}
	for len(rest) > 0 {
		at := 0
		for j, i := range rest {
			if score[i] > score[rest[at]] {
				at = j
			}
		}
		best := rest[at]
		if score[best] <= least {
			break
		}
		taken, scores = append(taken, best), append(scores, score[best])
		rest = slices.Delete(rest, at, at+1)
		for _, i := range rest {
			score[i] *= decay(IoU(boxes[best], boxes[i]))
			check(i, " after decay")
		}
	}
	return taken, scores
}

// LinearDecay returns 1 - iou from threshold on, and 1 below, for [SoftNMS].
//
// Cost: O(1) for each call of the function.
func LinearDecay(threshold float64) func(iou float64) float64 {
	return func(iou float64) float64 {
		if iou >= threshold {
			return 1 - iou
		}
		return 1
	}
}

// GaussianDecay returns exp(-iou²/sigma), for [SoftNMS]; 0.5 is the paper's
// sigma. It panics if sigma is not positive.
//
// Cost: O(1) for each call of the function.
func GaussianDecay(sigma float64) func(iou float64) float64 {
	if !(sigma > 0) {
		panic(fmt.Sprintf("metric: GaussianDecay of %v, want a sigma of more than 0", sigma))
	}
	return func(iou float64) float64 { return math.Exp(-iou * iou / sigma) }
}

func checkBoxes(what string, boxes []Box, score []float64) {
	if len(boxes) != len(score) {
		panic(fmt.Sprintf("metric: %s of %d boxes and %d scores", what, len(boxes), len(score)))
	}
	for i, s := range score {
		checkScore(what, i, s)
	}
}

func checkScore(what string, i int, score float64) {
	if score != score {
		panic(fmt.Sprintf("metric: score %d of %s is NaN", i, what))
	}
}

// byScore returns indices by falling score, lower ones first among equal.
func byScore(score []float64) []int {
	order := make([]int, len(score))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(score[j], score[i]) })
	return order
}

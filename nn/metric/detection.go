package metric

import (
	"fmt"
	"slices"
)

// Object is a box that is truly in an image.
type Object struct {
	Image, Class int
	Box          Box
}

// Detection is a box that a detector reports, and how sure it is.
type Detection struct {
	Image, Class int
	Box          Box
	Score        float64
}

// Matching is a rule by which a detection finds its object. In all of them an
// object of the same image and class is taken whose IoU with the detection is
// at least a threshold, the best detection chooses first, and an object is
// matched once. Of equal scores the earlier detection is better, of equal IoU
// the earlier object.
type Matching int

const (
	// COCO takes the object of highest IoU among those still free.
	COCO Matching = iota
	// VOC takes the object of highest IoU among all; if it is not free any
	// more, the detection is a false positive.
	VOC
)

// Match returns, for each detection, the index of the object that it matches,
// or -1. It panics if the threshold is not in (0, 1] or if a score is NaN.
//
// Cost: the IoU of every detection with the objects of its image and class.
func Match(objects []Object, detections []Detection, threshold float64, how Matching) []int {
	checkDetections("Match", detections)
	return newMatcher(objects, detections).match(threshold, how)
}

// SweepDetections returns the curve of detections, each of which is a true
// positive if it matches an object. Objects of all classes are counted
// together. The background is not counted, so TN is negative and what needs it
// is not defined.
//
// Cost: as Match, and O(n log n) for n detections.
func SweepDetections(objects []Object, detections []Detection, threshold float64, how Matching) Curve {
	checkDetections("SweepDetections", detections)
	return newMatcher(objects, detections).sweep(threshold, how)
}

// COCOThresholds returns the IoU thresholds 0.50, 0.55, …, 0.95.
//
// Cost: an allocation.
func COCOThresholds() []float64 {
	t := make([]float64, 10)
	for i := range t {
		t[i] = float64(50+5*i) / 100
	}
	return t
}

// ClassPrecision is the average precision of one class, at several thresholds.
type ClassPrecision struct {
	Class int
	AP    []Score // one for each threshold
}

// AveragePrecisions returns the average precision of every class that has an
// object or a detection, in the order of their numbers, at each threshold of
// the IoU. It is not defined for a class that has no object.
//
// Cost: as Match for each class, and O(n log n) for n detections and each threshold.
func AveragePrecisions(objects []Object, detections []Detection, thresholds []float64, how Matching, area Interpolation) []ClassPrecision {
	checkDetections("AveragePrecisions", detections)
	objectsOf, detectionsOf := map[int][]Object{}, map[int][]Detection{}
	var classes []int
	for _, o := range objects {
		classes = append(classes, o.Class)
		objectsOf[o.Class] = append(objectsOf[o.Class], o)
	}
	for _, d := range detections {
		classes = append(classes, d.Class)
		detectionsOf[d.Class] = append(detectionsOf[d.Class], d)
	}
	slices.Sort(classes)
	var table []ClassPrecision
	for _, k := range slices.Compact(classes) {
		m := newMatcher(objectsOf[k], detectionsOf[k])
		row := ClassPrecision{Class: k}
		for _, t := range thresholds {
			row.AP = append(row.AP, m.sweep(t, how).AveragePrecision(area))
		}
		table = append(table, row)
	}
	return table
}

// MeanAP returns the mean of [AveragePrecisions] over classes and thresholds;
// classes without an object are left out. With [COCOThresholds], COCO and
// HundredOnePoint it is the mAP at 0.50:0.95 of the COCO challenge, without its
// limit of detections per image and its ranges of area; with one threshold of
// 0.5, VOC and ElevenPoint that of VOC 2007, without its difficult objects.
//
// Cost: as AveragePrecisions.
func MeanAP(objects []Object, detections []Detection, thresholds []float64, how Matching, area Interpolation) Score {
	var all []Score
	for _, k := range AveragePrecisions(objects, detections, thresholds, how, area) {
		all = append(all, k.AP...)
	}
	if len(objects) == 0 {
		return undefined("no objects")
	}
	return Mean(all, Exclude)
}

// matcher holds the overlaps of detections with the objects of their images.
type matcher struct {
	objects    int
	score      []float64
	order      []int    // of detections, the best first
	candidates [][]pair // by detection, in the order of objects
}

type pair struct {
	object int
	iou    float64
}

// checkDetections panics if a score is NaN.
func checkDetections(what string, detections []Detection) {
	for i, d := range detections {
		checkScore(what, i, d.Score)
	}
}

func newMatcher(objects []Object, detections []Detection) *matcher {
	type place struct{ image, class int }
	at := map[place][]int{}
	for i, o := range objects {
		p := place{o.Image, o.Class}
		at[p] = append(at[p], i)
	}
	m := &matcher{
		objects:    len(objects),
		score:      make([]float64, len(detections)),
		candidates: make([][]pair, len(detections)),
	}
	for i, d := range detections {
		m.score[i] = d.Score
		for _, o := range at[place{d.Image, d.Class}] {
			if iou := IoU(d.Box, objects[o].Box); iou > 0 {
				m.candidates[i] = append(m.candidates[i], pair{o, iou})
			}
		}
	}
	m.order = byScore(m.score)
	return m
}

func (m *matcher) match(threshold float64, how Matching) []int {
	if !(threshold > 0 && threshold <= 1) {
		panic(fmt.Sprintf("metric: IoU threshold %v, want more than 0 and at most 1", threshold))
	}
	if how != COCO && how != VOC {
		panic(fmt.Sprintf("metric: no matching %d, of COCO 0 and VOC 1", how))
	}
	taken := make([]bool, m.objects)
	matched := make([]int, len(m.order))
	for _, d := range m.order {
		best := pair{-1, 0}
		for _, p := range m.candidates[d] {
			if p.iou > best.iou && !(how == COCO && taken[p.object]) {
				best = p
			}
		}
		matched[d] = -1
		if best.iou >= threshold && !taken[best.object] {
			matched[d] = best.object
			taken[best.object] = true
		}
	}
	return matched
}

func (m *matcher) sweep(threshold float64, how Matching) Curve {
	hit := make([]bool, len(m.order))
	for d, object := range m.match(threshold, how) {
		hit[d] = object >= 0
	}
	return sweep(hit, m.score, m.objects, -1)
}

package data

import (
	"fmt"
	"math"
)

// A Scaling is a linear map of every feature: (x - Shift)/Scale. A slice of length 1 holds for all
// features.
type Scaling struct{ Shift, Scale []float64 }

// Standardize returns the scaling that gives every feature of the set the mean 0 and the
// variance 1, over n, but for features that do not vary: they become 0. A feature with a NaN
// or an infinity, or of a spread beyond float64, becomes NaN.
//
// Cost: three passes over the set.
func Standardize(s *Set) Scaling {
	lo, hi := bounds(s)
	mean, deviation := make([]float64, len(lo)), make([]float64, len(lo))
	count := float64(s.Len())
	// Over the spread and from the least on: sums neither overflow nor underflow, and what
	// does not vary has exactly its value as the mean.
	for i := range s.Len() {
		for j, x := range s.Sample(i) {
			mean[j] += unit(x, lo[j], hi[j]) / count
		}
	}
	for i := range s.Len() {
		for j, x := range s.Sample(i) {
			d := unit(x, lo[j], hi[j]) - mean[j]
			deviation[j] += d * d / count
		}
	}
	for j := range lo {
		spread := spread(lo[j], hi[j])
		mean[j] = lo[j] + mean[j]*spread
		if deviation[j] = math.Sqrt(deviation[j]) * spread; deviation[j] == 0 {
			deviation[j] = 1
		}
	}
	return Scaling{mean, deviation}
}

// MinMax returns the scaling that brings every feature of the set between 0 and 1, but
// for features that do not vary: they become 0. A feature with a NaN or an infinity, or of a
// spread beyond float64, becomes NaN.
//
// Cost: a pass over the set.
func MinMax(s *Set) Scaling {
	lo, hi := bounds(s)
	for j := range lo {
		hi[j] = spread(lo[j], hi[j])
	}
	return Scaling{lo, hi}
}

// bounds returns the least and the greatest value of every feature, 0 of an empty set.
func bounds(s *Set) (lo, hi []float64) {
	lo, hi = make([]float64, sizeOf(s.Shape)), make([]float64, sizeOf(s.Shape))
	for i := range s.Len() {
		x := s.Sample(i)
		if i == 0 {
			copy(lo, x)
			copy(hi, x)
		}
		for j, x := range x {
			lo[j], hi[j] = min(lo[j], x), max(hi[j], x)
		}
	}
	return lo, hi
}

// spread returns hi - lo, or 1 if that is 0, and NaN if it is infinite.
func spread(lo, hi float64) float64 {
	switch d := hi - lo; {
	case lo == hi:
		return 1
	case math.IsInf(d, 0):
		return math.NaN()
	default:
		return d
	}
}

// unit returns x on the scale from lo, 0, to hi, 1.
func unit(x, lo, hi float64) float64 { return (x - lo) / spread(lo, hi) }

// Of returns the scaled samples of a set, in a new set. Apply the scaling of a training set to the
// sets that are tested on, too.
//
// Of panics if the samples have not as many features as the scaling.
func (c Scaling) Of(s *Set) *Set {
	n := sizeOf(s.Shape)
	shift, scale := c.feature("Shift", c.Shift, n), c.feature("Scale", c.Scale, n)
	scaled := *s
	scaled.rows = nil
	scaled.X = make([]float64, 0, s.Len()*n)
	if s.Labels != nil {
		scaled.Labels = make([]int, 0, s.Len())
	}
	if s.Y != nil {
		scaled.Y = make([]float64, 0, s.Len()*sizeOf(s.TargetShape))
	}
	for i := range s.Len() {
		for j, x := range s.Sample(i) {
			scaled.X = append(scaled.X, (x-shift(j))/scale(j))
		}
		if s.Labels != nil {
			scaled.Labels = append(scaled.Labels, s.Label(i))
		}
		if s.Y != nil {
			scaled.Y = append(scaled.Y, s.Target(i)...)
		}
	}
	return &scaled
}

// feature returns what gives the value for feature j of n.
func (c Scaling) feature(name string, values []float64, n int) func(j int) float64 {
	switch len(values) {
	case n:
		return func(j int) float64 { return values[j] }
	case 1:
		return func(int) float64 { return values[0] }
	}
	panic(fmt.Sprintf("data: a Scaling with a %s of length %d for samples of %d features", name, len(values), n))
}

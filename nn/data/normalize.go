package data

import "math"

// A Scaling is a linear map of every feature: (x - Shift)·Scale.
type Scaling struct{ Shift, Scale []float64 }

// Standardize returns the scaling that gives every feature of the set the mean 0 and the
// variance 1, but for features that do not vary: they become 0.
func Standardize(s *Set) Scaling {
	n := sizeOf(s.Shape)
	c := Scaling{make([]float64, n), make([]float64, n)}
	count := float64(s.Len())
	for i := range s.Len() {
		for j, x := range s.Sample(i) {
			c.Shift[j] += x / count
		}
	}
	for i := range s.Len() {
		for j, x := range s.Sample(i) {
			d := x - c.Shift[j]
			c.Scale[j] += d * d / count
		}
	}
	for j, v := range c.Scale {
		c.Scale[j] = 1
		if v > 0 {
			c.Scale[j] = 1 / math.Sqrt(v)
		}
	}
	return c
}

// MinMax returns the scaling that brings every feature of the set between 0 and 1, but
// for features that do not vary: they become 0.
func MinMax(s *Set) Scaling {
	n := sizeOf(s.Shape)
	c := Scaling{make([]float64, n), make([]float64, n)}
	for j := range n {
		lo, hi := math.Inf(1), math.Inf(-1)
		for i := range s.Len() {
			x := s.Sample(i)[j]
			lo, hi = min(lo, x), max(hi, x)
		}
		c.Shift[j], c.Scale[j] = lo, 1
		if hi > lo {
			c.Scale[j] = 1 / (hi - lo)
		}
	}
	return c
}

// Of returns the samples of a set, scaled, in a set of its own. A scaling that was found
// for a training set is to be applied to those that it is tested on.
func (c Scaling) Of(s *Set) *Set {
	scaled := *s
	scaled.rows = nil
	scaled.X = make([]float64, 0, s.Len()*sizeOf(s.Shape))
	scaled.Labels, scaled.Y = nil, nil
	for i := range s.Len() {
		for j, x := range s.Sample(i) {
			scaled.X = append(scaled.X, (x-c.Shift[j])*c.Scale[j])
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

package data

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// A Set is samples with labels, targets or both. Its views share the numbers, which nobody may
// change. In a view, X, Labels and Y are those of the whole set: use Sample, Label and Target,
// which know the samples of the view.
type Set struct {
	Shape   []int     // of a sample
	X       []float64 // the samples, one after the other
	Labels  []int     // a class for every sample, or nil
	Classes []string  // the names of the classes, or nil

	TargetShape []int     // of a target
	Y           []float64 // a target for every sample, or nil

	rows []int // the samples of a view in their order, nil for all
}

// Len returns the number of samples.
//
// Len panics if X, Labels and Y do not hold equally many.
func (s *Set) Len() int {
	if s.rows != nil {
		return len(s.rows)
	}
	n, size, targets := 0, sizeOf(s.Shape), sizeOf(s.TargetShape)
	switch {
	case size > 0:
		n = len(s.X) / size
	case s.Labels != nil:
		n = len(s.Labels)
	case targets > 0:
		n = len(s.Y) / targets
	}
	if len(s.X) != n*size || s.Labels != nil && len(s.Labels) != n || s.Y != nil && len(s.Y) != n*targets {
		panic(fmt.Sprintf("data: a Set with %d numbers in samples of %v, %d labels and %d numbers in targets of %v",
			len(s.X), s.Shape, len(s.Labels), len(s.Y), s.TargetShape))
	}
	return n
}

// row returns where sample i of a view lies.
func (s *Set) row(i int) int {
	if n := s.Len(); i < 0 || i >= n {
		panic(fmt.Sprintf("data: sample %d of %d", i, n))
	}
	if s.rows != nil {
		return s.rows[i]
	}
	return i
}

// Sample returns the numbers of a sample. They belong to the set.
//
// Sample panics if there is no such sample.
func (s *Set) Sample(i int) []float64 {
	n := sizeOf(s.Shape)
	return s.X[s.row(i)*n:][:n:n]
}

// Label returns the class of a sample.
//
// Label panics if there is no such sample, or if there are no labels.
func (s *Set) Label(i int) int {
	if s.Labels == nil {
		panic("data: Label of a set without labels")
	}
	return s.Labels[s.row(i)]
}

// Target returns the target of a sample. It belongs to the set.
//
// Target panics if there is no such sample, or if there are no targets.
func (s *Set) Target(i int) []float64 {
	if s.Y == nil {
		panic("data: Target of a set without targets")
	}
	n := sizeOf(s.TargetShape)
	return s.Y[s.row(i)*n:][:n:n]
}

// Batch returns all samples as one batch, which belongs to the caller.
//
// Cost: a copy of the samples.
func (s *Set) Batch() Batch { return (&Loader{Set: s}).fill(s.order(nil)) }

// Subset returns a view of the samples that indices name, in their order.
//
// Subset panics if there is no such sample.
func (s *Set) Subset(indices []int) *Set {
	view := *s
	view.rows = make([]int, len(indices))
	for k, i := range indices {
		view.rows[k] = s.row(i)
	}
	return &view
}

// Split returns two views of the samples in random order: the first with the fraction of them, the
// second with the rest. Without a generator the order stays.
//
// Split panics if the fraction is not between 0 and 1.
func (s *Set) Split(rng *rand.Rand, fraction float64) (first, rest *Set) {
	parts := s.SplitBy(rng, fraction)
	return parts[0], parts[1]
}

// SplitBy returns a view for every fraction, such as training and validation, and one of the rest.
// No sample is in two views.
//
// SplitBy panics if a fraction is negative, or if their sum is more than 1.
func (s *Set) SplitBy(rng *rand.Rand, fractions ...float64) []*Set {
	order := s.order(rng)
	var parts []*Set
	from := 0
	for _, end := range ends(len(order), fractions) {
		parts = append(parts, s.Subset(order[from:end]))
		from = end
	}
	return parts
}

// SplitEvenly is SplitBy within every class, so that all views have the same shares of the classes,
// up to one sample.
//
// SplitEvenly panics as SplitBy does, and if there are no labels.
func (s *Set) SplitEvenly(rng *rand.Rand, fractions ...float64) []*Set {
	if s.Labels == nil {
		panic("data: SplitEvenly of a set without labels")
	}
	byClass := map[int][]int{}
	var classes []int
	for _, i := range s.order(rng) {
		c := s.Label(i)
		if byClass[c] == nil {
			classes = append(classes, c)
		}
		byClass[c] = append(byClass[c], i)
	}
	slices.Sort(classes)
	parts := make([][]int, len(fractions)+1)
	for _, c := range classes {
		from := 0
		for k, end := range ends(len(byClass[c]), fractions) {
			parts[k] = append(parts[k], byClass[c][from:end]...)
			from = end
		}
	}
	sets := make([]*Set, len(parts))
	for k, part := range parts {
		if rng != nil {
			rng.Shuffle(len(part), func(i, j int) { part[i], part[j] = part[j], part[i] })
		} else {
			slices.Sort(part)
		}
		sets[k] = s.Subset(part)
	}
	return sets
}

// order returns the indices of all samples, shuffled if there is a generator.
func (s *Set) order(rng *rand.Rand) []int {
	order := make([]int, s.Len())
	for i := range order {
		order[i] = i
	}
	if rng != nil {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	}
	return order
}

// ends returns where the parts of n things end, the rest included.
func ends(n int, fractions []float64) []int {
	var at []int
	sum := 0.0
	for _, f := range fractions {
		if sum += f; !(f >= 0) || !(sum <= 1+1e-9) { // 0.7 + 0.2 + 0.1 is not 1
			panic(fmt.Sprintf("data: a split into fractions %v", fractions))
		}
		at = append(at, min(n, int(math.Round(sum*float64(n)))))
	}
	return append(at, n)
}

func sizeOf(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}

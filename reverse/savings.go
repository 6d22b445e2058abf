package reverse

import "fmt"

// Savings is what Record made of a recording.
type Savings struct {
	Recorded int // operations that the function executed
	Kept     int // operations of the program
	Shared   int // common subexpressions that are computed once
	Folded   int // operations that an identity took away, such as x·1
	Dead     int // operations that no result depends on
	Merged   int // operations that became terms of a sum

	// Unfit is why the function is not replayed but run for every point, 0 if it is
	// replayed. The numbers above are then those of recordings before that was known.
	Unfit Unfit
}

// String says what was saved, in a line, or that the function is not replayed, and why.
func (s Savings) String() string {
	if s.Unfit != 0 {
		return s.Unfit.Error()
	}
	return fmt.Sprintf("%d operations recorded, %d kept: %d shared, %d folded, %d dead, %d merged",
		s.Recorded, s.Kept, s.Shared, s.Folded, s.Dead, s.Merged)
}

// Savings returns what Record has made of the latest recording, and whether the function
// is replayed at all: a Float of a variable on a path that is taken for the first time
// ends that. It records f at the origin if no other call has recorded it yet.
func (f *Func) Savings() Savings {
	var s Savings
	if p := f.latest(); p != nil {
		n := p.Saved
		s = Savings{Recorded: n.Recorded, Kept: n.Kept, Shared: n.Shared, Folded: n.Folded, Dead: n.Dead, Merged: n.Merged}
	}
	s.Unfit = Unfit(f.unfit.Load())
	return s
}

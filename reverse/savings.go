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
}

// String says what was saved, in a line.
func (s Savings) String() string {
	return fmt.Sprintf("%d operations recorded, %d kept: %d shared, %d folded, %d dead, %d merged",
		s.Recorded, s.Kept, s.Shared, s.Folded, s.Dead, s.Merged)
}

// Savings returns what Record has made of the latest recording; nothing if the function
// cannot be replayed. Before the first point is known, it is what holds at the origin.
func (f *Func) Savings() Savings {
	if p := f.latest(); p != nil {
		return Savings(p.Saved)
	}
	return Savings{}
}

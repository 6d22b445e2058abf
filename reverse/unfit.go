package reverse

import "fmt"

// Unfit is why a recorded function cannot be replayed: the error that Func.Err and
// Func.Check return. Such a function is run again for every point.
type Unfit int

const (
	// Floated says that Float took a value out of what depends on the inputs:
	// the recording would keep it for ever.
	Floated Unfit = iota + 1

	// Arrays says that there were operations on arrays, which are computed as
	// they are recorded.
	Arrays
)

// Error says what the function did.
func (u Unfit) Error() string {
	switch u {
	case Floated:
		return "reverse: a recorded function cannot be replayed: it took the Float of a variable"
	case Arrays:
		return "reverse: a recorded function cannot be replayed: it has operations on arrays"
	}
	return fmt.Sprintf("reverse: Unfit(%d)", int(u))
}

// A Changed error says that a comparison came out otherwise than in every recording
// of a function, so that it may take another path.
type Changed struct {
	Comparison int     // which one in the order of the recording, from 0
	X, Y       float64 // what was compared
	Less       bool    // whether X was less than Y when it was recorded
}

// Error says which comparison and how.
func (c *Changed) Error() string {
	was, is := "was not", "is"
	if c.Less {
		was, is = "was", "is not"
	}
	return fmt.Sprintf("reverse: comparison %d of a recorded function: %v %s less than %v, which %s so when it was recorded",
		c.Comparison, c.X, is, c.Y, was)
}

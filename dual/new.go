package dual

// free is the tag of numbers that belong to no operator.
var free = tagOf(0)

// New returns the dual number v + t·ε, ε² = 0, to calculate with by hand. It is no
// constant, even for t = 0.
//
// A number that New made belongs to no operator. One that gets into a function which an
// operator differentiates is found there, as a variable of another derivative is.
func New(v, t float64) Number { return Number{v, t, free} }

// Value returns the value, as Float does.
func (x Number) Value() float64 { return x.Float() }

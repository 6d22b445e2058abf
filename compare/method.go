package compare

// A Method is one of the four ways to differentiate.
type Method int

// The methods.
const (
	differences Method = iota
	dualNumbers
	tape
	paper

	methods = 4
)

var methodNames = [methods]string{"differences", "dual", "reverse", "symbolic"}

// String returns the method's name: its package, or differences for numeric.
func (m Method) String() string { return methodNames[m] }

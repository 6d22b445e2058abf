package compare

// A Method is one of the four ways to differentiate.
type Method int

// The methods, and beside them the reference of Against.
const (
	differences Method = iota
	dualNumbers
	tape
	paper

	methods   = 4
	reference = Method(methods)
)

var methodNames = [...]string{"differences", "dual", "reverse", "symbolic", "reference"}

// String returns the method's name: its package, or differences for numeric.
func (m Method) String() string { return methodNames[m] }

package compare

// A Method is one of the four ways to differentiate, or a witness: Referee, Arrays.
type Method int

// The methods, and beside them the reference that Against is given, and the arrays of
// CheckArray.
const (
	Differences Method = iota // package numeric
	Dual
	Reverse
	Symbolic
	Referee
	Arrays

	methods = 4
)

var methodNames = [...]string{"differences", "dual", "reverse", "symbolic", "referee", "arrays"}

// String returns the method's name: its package, or differences for numeric.
func (m Method) String() string { return methodNames[m] }

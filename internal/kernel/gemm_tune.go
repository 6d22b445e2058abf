package kernel

// Where one way of multiplying is faster than another. They change no bit.
const (
	// leftDirect is up to how many columns of b a block of a is read where it
	// lies, and rightDirect up to how many rows of a one of b is.
	leftDirect  = 96
	rightDirect = 32
)

// From where on a second core pays: to find a worker that is awake takes about a
// microsecond, and to wake one tens of them. They are variables for the tests.
var (
	shareGemm = 1 << 20 // multiplications
	shareLoop = 1 << 16 // elements of a loop that does little with each
)

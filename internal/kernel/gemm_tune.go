package kernel

// Where one way of multiplying is faster than another. They change no bit.
const (
	// leftDirect is up to how many columns of b a block of a is read where it
	// lies, and rightDirect up to how many rows of a one of b is.
	leftDirect  = 96
	rightDirect = 32
)

// shareGemm is from how many multiplications on a second core pays: to wake it
// takes tens of microseconds. At 128³ it did not, at 256³ it was 1.6 times as
// fast. It is a variable for the tests.
var shareGemm = 1 << 22

// shareLoop is from how many elements on a second core pays for a loop that does
// little with each.
var shareLoop = 1 << 16

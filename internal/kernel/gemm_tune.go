package kernel

// Where one way of multiplying is faster than another. They change no bit.
const (
	// leftDirect is up to how many columns of b a block of a is read where it
	// lies, and rightDirect up to how many rows of a one of b is.
	leftDirect  = 96
	rightDirect = 32
	// shareGemm is from how many products on both cores pay.
	shareGemm = 1 << 20
)

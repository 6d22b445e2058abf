package symbolic

// For tests of package symbolic_test.
var (
	RandomTree = randomTree
	TameAt     = tameAt
)

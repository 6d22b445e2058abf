package reverse

import "github.com/quartet-ad/ad/internal/rule"

// A vector is an elementary function on slices.
type vector struct {
	value func(dst, x []float64)

	// slope adds to dst the product of v with the slopes at x, where the
	// function is y, and nothing where v is 0.
	slope func(dst, v, x, y []float64)
}

// fast are the functions that there are kernels for.
var fast = map[*rule.Func]vector{}

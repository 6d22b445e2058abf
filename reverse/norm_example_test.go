package reverse_test

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse"
)

// The running statistics of a training step, for a network in use.
func ExampleArray_BatchNorm() {
	tape := reverse.NewTape()
	x := tape.Const([]float64{1, 10, 3, 30}, 2, 2)
	y, mean, variance := x.BatchNorm(reverse.Array{}, reverse.Array{}, 0)
	fmt.Println(y, mean, variance)
	fmt.Println(x.BatchNormWith(mean, variance, reverse.Array{}, reverse.Array{}, 0))
	// Output:
	// [2 2][-1 -1 1 1] [2 20] [1 100]
	// [2 2][-1 -1 1 1]
}

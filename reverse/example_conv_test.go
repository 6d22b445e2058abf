package reverse_test

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse"
)

// A sum of neighbours, and how much each pixel of the image contributes to it.
func ExampleArray_Conv2D() {
	tape := reverse.NewTape()
	image := tape.Param([]float64{
		1, 2, 3,
		4, 5, 6,
		7, 8, 9,
	}, nil, 1, 1, 3, 3)
	kernel := tape.Const([]float64{1, 1, 1, 1}, 1, 1, 2, 2)
	y := image.Conv2D(kernel, reverse.Array{}, reverse.ConvOptions{})
	fmt.Println(y)
	y.Sum().Backward()
	fmt.Println(image.Grad())
	// Output:
	// [1 1 2 2][12 16 24 28]
	// [1 2 1 2 4 2 1 2 1]
}

func ExampleArray_MaxPool2D() {
	tape := reverse.NewTape()
	image := tape.Const([]float64{
		1, 2, 3, 4,
		8, 7, 6, 5,
	}, 1, 1, 2, 4)
	fmt.Println(image.MaxPool2D(reverse.PoolOptions{Kernel: [2]int{2, 2}}))
	// Output: [1 1 1 2][8 6]
}

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

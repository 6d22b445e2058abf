package reverse_test

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse"
)

// A sum of neighbors, and how much each pixel of the image contributes to it.
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

package reverse_test

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse"
)

func ExampleArray_MaxPool2D() {
	tape := reverse.NewTape()
	image := tape.Const([]float64{
		1, 2, 3, 4,
		8, 7, 6, 5,
	}, 1, 1, 2, 4)
	fmt.Println(image.MaxPool2D(reverse.PoolOptions{Kernel: [2]int{2, 2}}))
	// Output: [1 1 1 2][8 6]
}

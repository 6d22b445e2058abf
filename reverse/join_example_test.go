package reverse_test

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse"
)

func ExampleConcat() {
	tape := reverse.NewTape()
	x, y := tape.Const([]float64{1, 2, 3, 4}, 2, 2), tape.Const([]float64{5, 6}, 2, 1)
	fmt.Println(reverse.Concat(1, x, y))
	// Output: [2 3][1 2 5 3 4 6]
}

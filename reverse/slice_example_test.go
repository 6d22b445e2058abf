package reverse_test

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse"
)

// Every other element of the rows but the first, backwards.
func ExampleArray_Slice() {
	x := reverse.NewTape().Const([]float64{1, 2, 3, 4, 5, 6, 7, 8}, 2, 4)
	fmt.Println(x.Slice(reverse.Range{Start: 1}, reverse.Range{Step: -2}))
	// Output: [1 2][8 6]
}

package reverse_test

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse"
)

func ExampleArray_PadWith() {
	x := reverse.NewTape().Const([]float64{1, 2, 3})
	for _, mode := range []reverse.PadMode{reverse.PadZeros, reverse.PadReflect, reverse.PadReplicate, reverse.PadCircular} {
		fmt.Println(mode, x.PadWith(mode, [2]int{2, 1}).Values())
	}
	// Output:
	// zeros [0 0 1 2 3 0]
	// reflect [3 2 1 2 3 2]
	// replicate [1 1 1 2 3 3]
	// circular [2 3 1 2 3 1]
}

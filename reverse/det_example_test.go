package reverse_test

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse"
)

// The gradient of a determinant is the matrix of cofactors, at a singular matrix too.
func ExampleArray_Det() {
	tape := reverse.NewTape()
	x := tape.Param([]float64{1, 2, 2, 4}, nil, 2, 2)
	y := x.Det()
	y.Backward()
	fmt.Println(y.Value(), x.Grad())
	// Output: 0 [4 -2 -2 1]
}

func ExampleArray_SLogDet() {
	tape := reverse.NewTape()
	x := tape.Param([]float64{0, 1e200, 1e200, 0}, nil, 2, 2)
	sign, log := x.SLogDet()
	fmt.Printf("%v, %.2f\n", sign.Value(), log.Value())
	// Output: -1, 921.03
}

func ExampleArray_CumProd() {
	tape := reverse.NewTape()
	x := tape.Param([]float64{2, 0, 3}, nil)
	y := x.CumProd(0)
	y.BackwardFrom([]float64{0, 0, 1})
	fmt.Println(y.Values(), x.Grad())
	// Output: [2 0 0] [0 6 0]
}

package nn_test

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/nn"
)

func ExampleClipGlobalNorm() {
	a, b := nn.NewParam("a", 2), nn.NewParam("b", 1)
	copy(a.Grad, []float64{20, 30})
	copy(b.Grad, []float64{60})
	norm := nn.ClipGlobalNorm([]*nn.Param{a, b}, 7)
	fmt.Println(norm, a.Grad, b.Grad)

	a.Grad[0] = math.Inf(1)
	if norm := nn.ClipGlobalNorm([]*nn.Param{a, b}, 7); math.IsInf(norm, 0) || math.IsNaN(norm) {
		fmt.Println("this step is left out")
	}
	// Output:
	// 70 [2 3] [6]
	// this step is left out
}

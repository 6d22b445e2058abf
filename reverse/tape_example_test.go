package reverse_test

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// Gradient descent on a tape that is kept: a logistic regression that learns when
// the sum of two numbers is positive.
func ExampleTape() {
	points := []float64{1, 2, -1, -3, 2, -1, -2, 1, 3, 1, 0, -2}
	labels := []float64{1, 0, 1, 0, 1, 0}
	weights, grad := make([]float64, 2), make([]float64, 2)

	tape := reverse.NewTape()
	for range 200 {
		tape.Reset()
		w := tape.Param(weights, grad, 2)
		logits := tape.Const(points, 6, 2).MatMul(w)
		y := tape.Const(labels, 6)
		loss := ad.Softplus(logits).Sub(y.Mul(logits)).Mean()
		loss.Backward() // adds into grad
		for i, g := range grad {
			weights[i] -= g
			grad[i] = 0
		}
	}
	fmt.Println(weights[0] > 1, weights[1] > 1)
	// Output: true true
}

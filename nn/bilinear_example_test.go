package nn_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// A score of how well two vectors fit each other.
func ExampleBilinear() {
	l := nn.NewBilinear(2, 2, 1, rand.New(rand.NewPCG(1, 2)))
	copy(l.Weight.Value, []float64{1, 0, 0, 1}) // then it is their product
	l.Bias.Value[0] = 0
	tape := reverse.NewTape()
	fmt.Println(l.Join(tape.Const([]float64{1, 2}, 1, 2), tape.Const([]float64{3, 4}, 1, 2)).Values())
	// Output: [11]
}

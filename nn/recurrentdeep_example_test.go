package nn_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// Two layers in both directions, as PyTorch's nn.LSTM(3, 8, 2, bidirectional=True): the states of all steps, and the last of every part.
func ExampleNewRecurrent() {
	rng := rand.New(rand.NewPCG(1, 2))
	l := nn.NewRecurrent(nn.NewLSTM, 3, 8, nn.RecurrentOptions{Layers: 2, Bidirectional: true, Dropout: 0.1}, rng)
	tape := reverse.NewTape()
	states, last := l.ForwardFrom(tape.Const(make([]float64, 2*5*3), 2, 5, 3), nn.RecurrentState{})
	fmt.Println(states.Shape(), last.H.Shape(), last.C.Shape())
	// Output: [2 5 16] [4 2 8] [4 2 8]
}

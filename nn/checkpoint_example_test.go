package nn_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
)

func ExampleSaveCheckpoint() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "checkpoint.safetensors")

	pcg := rand.NewPCG(1, 2)
	c := &nn.Checkpoint{
		Model:     nn.NewLinear(2, 3, rand.New(pcg)),
		Optimizer: optim.NewAdam(1e-3),
		Step:      1000,
		Sources:   []nn.Source{pcg},
		Numbers:   map[string]float64{"best loss": 0.25},
	}
	fmt.Println(nn.SaveCheckpoint(path, c))

	c.Step, c.Numbers = 0, nil
	fmt.Println(nn.LoadCheckpoint(path, c), c.Step, c.Numbers)
	// Output:
	// <nil>
	// <nil> 1000 map[best loss:0.25]
}

package nn_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/quartet-ad/ad/nn"
)

func ExampleSave() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "net.safetensors")

	a := nn.Sequential{nn.NewLinear(2, 3, rand.New(rand.NewPCG(1, 2)))}
	b := nn.Sequential{nn.NewLinear(2, 3, rand.New(rand.NewPCG(3, 4)))}
	fmt.Println(nn.Save(path, a), nn.Load(path, b))
	fmt.Println(a[0].Params()[0].Value[5] == b[0].Params()[0].Value[5])
	// Output:
	// <nil> <nil>
	// true
}

package reverse_test

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// The gradient of a loop of 100 000 steps, with ten states kept.
func ExampleTimeLoop() {
	decay := reverse.TimeLoop{
		Steps: 100_000,
		Slots: 10,
		Step: func(_ int, x, p []reverse.Var) []reverse.Var {
			h := ad.Const[reverse.Var](1e-5)
			return []reverse.Var{x[0].Sub(h.Mul(p[0]).Mul(x[0]))}
		},
		Loss: func(x, p []reverse.Var) reverse.Var { return x[0] },
	}
	dx, dp := decay.Gradient([]float64{1}, []float64{2})
	fmt.Printf("%.4f %.4f\n", dx[0], dp[0])
	fmt.Printf("%.4f\n", math.Exp(-2))
	// Output:
	// 0.1353 -0.1353
	// 0.1353
}

package nn_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// A loss with a gradient penalty: a critic tells two clouds of points apart, and the norm of its gradient
// in the point is to be 1 between them (Gulrajani et al., Improved training of Wasserstein GANs, 2017).
// Then the difference of its means is the distance d of the clouds, times the norm, which settles where
// the loss and the penalty balance: at 1 + d/2λ. The derivative of the penalty in the
// weights is a second derivative of the critic, in the point and in the weights: a product of its Hessian
// with a direction of the points, by Array.HVP.
func Example_gradientPenalty() {
	const n, lambda = 32, 10.0
	rng := rand.New(rand.NewPCG(1, 2))
	critic := nn.Sequential{nn.NewLinear(2, 16, rng), nn.Tanh{}, nn.NewLinear(16, 1, rng)}
	params, opt, tape := critic.Params(), optim.NewAdam(0.01), reverse.NewTape()
	left, right, between := make([]float64, 2*n), make([]float64, 2*n), make([]float64, 2*n)
	slope, ones := make([]float64, 2*n), make([]float64, n)
	var distance, norms float64
	for range 200 {
		for i := range n { // the clouds are 2 apart
			ones[i] = 1
			x, y, u := 0.1*rng.NormFloat64(), 0.1*rng.NormFloat64(), 2*rng.Float64()-1
			copy(left[2*i:], []float64{x - 1, y})
			copy(right[2*i:], []float64{x + 1, y})
			copy(between[2*i:], []float64{x + u, y})
		}

		// The penalty λ·mean (‖g‖-1)², of the gradient g in each point.
		tape.Reset()
		clear(slope)
		x := tape.Param(between, slope, n, 2)
		out := critic.Forward(x)
		out.BackwardFrom(ones)
		nn.ZeroGrad(params) // the slopes in the points are wanted alone
		direction := make([]float64, 2*n)
		norms = 0
		for i := range n {
			norm := math.Hypot(slope[2*i], slope[2*i+1])
			norms += norm / n
			for k := 2 * i; k < 2*i+2; k++ {
				direction[k] = 2 * lambda / n * (norm - 1) * slope[k] / norm
			}
		}
		arrays, directions := []reverse.Array{x}, [][]float64{direction}
		for _, p := range params {
			arrays, directions = append(arrays, p.On(x)), append(directions, make([]float64, len(p.Value)))
		}
		for i, rates := range out.HVP(ones, arrays, directions)[1:] {
			for k, r := range rates {
				params[i].Grad[k] += r
			}
		}

		// The loss itself: its gradients add up with those.
		tape.Reset()
		loss := critic.Forward(tape.Const(left, n, 2)).Mean().Sub(critic.Forward(tape.Const(right, n, 2)).Mean())
		distance = -loss.Value()
		loss.Backward()
		opt.Step(params)
	}
	fmt.Println(math.Abs(distance/norms-2) < 0.05, math.Abs(norms-1.1) < 0.05)
	// Output: true true
}

package nn_test

import (
	"context"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// Supervised learning: a network learns the sine from noisy samples, and training ends when it gets no
// better on others.
func ExampleTrainer() {
	type batch struct{ x, y []float64 }
	sample := func(rng *rand.Rand) batch {
		b := batch{make([]float64, 32), make([]float64, 32)}
		for i := range b.x {
			b.x[i] = 6 * (rng.Float64() - 0.5)
			b.y[i] = math.Sin(b.x[i]) + 0.1*rng.NormFloat64()
		}
		return b
	}
	batches := func(epoch int) iter.Seq[batch] {
		return func(yield func(batch) bool) {
			rng := rand.New(rand.NewPCG(1, uint64(epoch)))
			for range 10 {
				if !yield(sample(rng)) {
					return
				}
			}
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	net := nn.Sequential{nn.NewLinear(1, 24, rng), nn.Tanh{}, nn.NewLinear(24, 1, rng)}
	t := &nn.Trainer[batch]{
		Model:     net,
		Optimizer: optim.NewAdam(0.02),
		Epochs:    200,
		Batches:   batches,
		Loss: func(tape *reverse.Tape, b batch) reverse.Array {
			return nn.MSE(net.Forward(tape.Const(b.x, len(b.x), 1)), tape.Const(b.y, len(b.y), 1))
		},
		Patience: 10,
	}
	t.Validate = func() float64 { return t.MeanLoss(batches(-1)) }
	h, err := t.Fit(context.Background())
	best := h.Epochs[h.Best]
	fmt.Println(err, h.Early, best.Valid < 0.012) // 0.01 is the variance of the noise
	// Output: <nil> true true
}

// Unsupervised learning: an autoencoder finds the one number that lies behind points in eight
// dimensions, from the points alone. Its parameter in the middle runs along the curve.
func Example_autoencoder() {
	rng := rand.New(rand.NewPCG(3, 5))
	const n, dim = 64, 8
	hidden, points := make([]float64, n), make([]float64, n*dim)
	for i := range hidden {
		hidden[i] = 2*float64(i)/(n-1) - 1
		for j := range dim {
			points[i*dim+j] = math.Sin(hidden[i]*(1+0.2*float64(j))) + 0.01*rng.NormFloat64()
		}
	}
	encoder := nn.Sequential{nn.NewLinear(dim, 8, rng), nn.Tanh{}, nn.NewLinear(8, 1, rng)}
	decoder := nn.Sequential{nn.NewLinear(1, 8, rng), nn.Tanh{}, nn.NewLinear(8, dim, rng)}
	t := &nn.Trainer[[]float64]{
		Model:     nn.Sequential{encoder, decoder},
		Optimizer: optim.NewAdam(0.02),
		Epochs:    1500,
		Batches:   func(int) iter.Seq[[]float64] { return func(yield func([]float64) bool) { yield(points) } },
	}
	t.Loss = func(tape *reverse.Tape, x []float64) reverse.Array {
		in := tape.Const(x, n, dim)
		return nn.MSE(t.Model.Forward(in), in)
	}
	h, err := t.Fit(context.Background())

	t.Tape.Reset()
	code := encoder.Forward(t.Tape.Const(points, n, dim)).Values()
	inOrder := 0
	for i := range n - 1 {
		if (code[i] < code[i+1]) == (code[0] < code[n-1]) {
			inOrder++
		}
	}
	fmt.Println(err, h.Epochs[0].Loss > 0.1, h.Epochs[1499].Loss < 0.001, inOrder > 3*n/4)
	// Output: <nil> true true true
}

// Reinforcement learning: a policy finds the way through a grid of 4×4 fields from one corner
// to the other, around a pit, by the gradient of its log-probabilities weighted with what came
// after (REINFORCE: Williams, Simple statistical gradient-following algorithms, 1992).
func Example_policyGradient() {
	const side, goal, pit, limit, episodes = 4, 15, 5, 20, 16
	move := func(field, action int) int { // up, right, down, left
		row, column := field/side, field%side
		switch {
		case action == 0 && row > 0:
			return field - side
		case action == 1 && column < side-1:
			return field + 1
		case action == 2 && row < side-1:
			return field + side
		case action == 3 && column > 0:
			return field - 1
		}
		return field
	}
	rng := rand.New(rand.NewPCG(5, 6))
	logits := nn.NewEmbedding(side*side, 4, rng) // one row for each field
	opt := optim.NewAdam(0.1)
	params, tape := logits.Params(), reverse.NewTape()
	choose := func(field int) int {
		p, total := [4]float64{}, 0.0
		for a := range p {
			p[a] = math.Exp(logits.Weight.Value[4*field+a])
			total += p[a]
		}
		u := rng.Float64() * total
		for a := range 3 {
			if u -= p[a]; u < 0 {
				return a
			}
		}
		return 3
	}
	for range 150 {
		var fields, actions []int
		var returns []float64
		mean := 0.0
		for range episodes {
			begin, field, reward := len(fields), 0, 0.0
			for field != goal && field != pit && len(fields)-begin < limit {
				a := choose(field)
				fields, actions = append(fields, field), append(actions, a)
				field = move(field, a)
				reward -= 0.05
			}
			switch field {
			case goal:
				reward++
			case pit:
				reward--
			}
			for range len(fields) - begin {
				returns = append(returns, reward)
			}
			mean += reward / episodes
		}
		for i := range returns {
			returns[i] -= mean // a baseline
		}
		tape.Reset()
		logp := nn.CrossEntropy(logits.Lookup(tape, fields), actions, nn.ClassOptions{Reduction: nn.ReduceNone}) // -log p
		logp.Mul(tape.Const(returns)).Mean().Backward()
		opt.Step(params)
	}
	field, path := 0, []int{0}
	for field != goal && len(path) < limit {
		best := 0
		for a := range 4 {
			if logits.Weight.Value[4*field+a] > logits.Weight.Value[4*field+best] {
				best = a
			}
		}
		field = move(field, best)
		path = append(path, field)
	}
	fmt.Println(len(path)-1, path[len(path)-1] == goal)
	// Output: 6 true
}

// Package nn builds small neural networks and trains them. It holds no derivative of
// its own: layers and losses are compositions of the array operations of package
// reverse, which differentiates them.
//
//	rng := rand.New(rand.NewPCG(1, 2))
//	net := nn.Sequential{nn.NewLinear(784, 128, rng), nn.ReLU{}, nn.NewLinear(128, 10, rng)}
//	opt := &optim.SGD{Rate: 0.1}
//	params, tape := net.Params(), reverse.NewTape()
//	for … {
//		tape.Reset()
//		loss := nn.CrossEntropy(net.Forward(tape.Const(images, batch, 784)), labels)
//		loss.Backward() // adds into every Param's Grad
//		opt.Step(params) // moves every Param, and clears its Grad
//	}
//
// A Trainer is such a loop with all that belongs to it. Layers are plain structs, and
// composition is a slice. Randomness is always an explicit *rand.Rand. What behaves differently
// in training than afterwards, or keeps more than parameters, is Stateful.
package nn

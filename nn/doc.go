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
// A Trainer is such a loop with validation, checkpoints and early stopping. Layers are plain
// structs, and composition is a slice. Randomness is always an explicit *rand.Rand. A layer that
// behaves differently in training, or keeps more than parameters, is Stateful.
//
// Optimizers and schedules are in package optim, data in package data, metrics in package metric
// and larger networks in package vision. Package report writes a page about a training, and package
// onnx writes networks for other engines.
//
// The notes that comments cite by equation are Ao Zhang's Deep Learning Reviews (2021), which
// package compare/notes works through.
//
// # Conventions
//
// Constructors carry the defaults, and fields are taken as they are: NewLeakyReLU has the usual
// Slope of 0.01, and LeakyReLU{} has the Slope 0. A field that may be left out says what its zero
// value leaves out.
//
// Axes count from 0, which is usually the batch, and -1 is the last. NewSoftmax is along the last
// axis.
//
// Shapes are written in brackets: [batch, length, features]. An ellipsis stands for any number of
// axes. The result of a loss has the shape [] unless its Reduction is ReduceNone.
//
// # Cost
//
// Forward computes the result and records it. Backward takes one to three times as long. Once the
// shapes repeat, both take their memory from the tape and allocate nothing, unless a Cost line
// says more. The elements that a Cost line counts are those of x.
//
// # Files
//
//	layer.go, param.go                      what a layer is; parameters
//	locate.go, string.go                    where a panic comes from; what layers call themselves
//	linear.go, bilinear.go, embedding.go    dense layers; tables of vectors
//	conv.go, pooling.go, reshape.go         layers of images and sequences
//	norm.go, dropout.go                     layers that behave differently in training
//	activation.go                           activations, softmax
//	recurrent.go, recurrentstate.go,        recurrent layers; from a state on; several, in both directions
//	recurrentdeep.go
//	attention.go, residual.go               larger blocks
//	initialize.go                           first values of weights
//	summary.go                              a table of a network
//
//	loss.go                                 reductions, weights and checks of all losses
//	lossregression.go, lossdistance.go      losses of numbers and of vectors
//	lossbinary.go, lossclass.go, losskl.go  losses of decisions, labels and distributions
//	lossregion.go                           losses of masks
//	lossbox.go, boxpair.go, box.go          losses of boxes; forms of boxes
//	regular.go, weightdecay.go              penalties, limits, weight decay
//
//	optimizer.go, clip.go                   what an optimizer and a schedule are; clipping
//	fit.go, fit_state.go                    the Trainer, and where it stands
//	predict.go                              results of a trained network
//	save.go, loadpartial.go                 saving and loading networks; loading what fits
//	torch.go                                the names that PyTorch gives
//	checkpoint.go, checkpoint_state.go      saving and resuming training
//	safetensors.go, safetensors_*.go        the format of both
package nn

// Package reverse differentiates by pulling derivatives back along a tape.
//
// While a function runs, every operation is written to a tape with its local
// slopes. One sweep from the end of the tape to its start then gives the
// derivative of one result with respect to every input at once (Linnainmaa
// 1970; Speelpenning 1980; Griewank and Walther, Evaluating Derivatives, 2008,
// chapter 3): a gradient costs a small multiple of the function itself, however
// many inputs there are.
//
//	g := reverse.Gradient(rosenbrock, x) // rosenbrock is generic over ad.Scalar
//
//	Gradient, HVP, Hessian     of one result
//	VJP, JVP, Jacobian         of many; Bind ties data to a function
//	Record                     for a function at many points, and its sparse derivatives
//	Tape, Array                for arrays: matrix products, convolutions, training
//	TimeLoop, Checkpoint       for a long computation in little memory
//	Problem                    for gonum's package optimize
//
// The operators take a tape from a pool and put it back: tapes are never seen,
// and once grown they are reused without allocation.
//
// A function given to an operator may use loops, branches and calls freely. It
// must not keep its argument or any Var after it returns, and must not hand a
// Var to another goroutine. A Var that outlives its derivative, or that meets
// one of another derivative, panics.
//
// # Second derivatives
//
// HVP and Hessian sweep the same tape at second order: forward with a tangent,
// then backward with an adjoint and its rate of change (Griewank and Walther,
// chapter 5). One product of the Hessian with a vector costs about as much as
// two gradients.
//
// # Recorded functions
//
// A function that is needed at many points is recorded once, by Record, and replayed:
// without running it, at one point or at many in blocks. Where a comparison comes out
// in another way the function is recorded again, so that a replay is what the function
// itself would give:
//
//	f := reverse.Record(rosenbrock, len(x))
//	y := f.GradientTo(g, x)
//	gradients := f.GradientBatch(points)
//
// Map applies such a function to the elements of arrays on a tape. Ops, WriteText and
// WriteDOT show what was recorded.
//
// # Arrays
//
// A program over arrays holds a Tape. An operation on arrays is one statement,
// however many elements there are, with a fused sweep:
//
//	tape := reverse.NewTape()
//	for range steps {
//		tape.Reset()
//		w := tape.Param(weights, grad, classes, features)
//		loss := tape.Const(images, batch, features).MatMulT(w).CrossEntropy(1, labels, reverse.CrossEntropyOptions{}).Mean()
//		loss.Backward() // adds into grad
//		…
//	}
//
// Array implements ad.Scalar element by element, so that every function of package
// ad, and every function written over Scalar, takes arrays. At and Stack lead to
// scalars on the same tape and back; JVP and HVP differentiate what was recorded
// forwards and twice. A step of the same shape as the one before allocates nothing.
//
// In the sweeps of an elementwise operation, and of a function along axes such as Max,
// Norm2, LogSumExp or Softmax, an adjoint or tangent of 0 contributes nothing, even
// against an infinite or NaN slope: what a branch did not take, or a mask left out, never
// poisons a gradient. Products of matrices, convolutions and normalizations follow IEEE:
// there 0 times an infinity is NaN.
//
// # Files
//
// Numbers, and the tape that all share:
//
//	var.go, nary.go, bind.go                       a Var; functions of many; functions with data
//	tape.go, node.go, sweep.go, stretch.go         statements; array nodes; sweeps over both
//	tangent.go, second.go                          forwards; at second order
//	derivative.go, gradient.go, jacobian.go,       the operators
//	jvp.go, vjp.go, hessian.go, hvp.go, problem.go
//	timeloop.go, poison.go                         long loops in little memory; storage that was given back
//
// Recorded functions:
//
//	func.go, funcops.go, funcsparse.go             Func and its operators
//	choice.go                                      what is kept while a function is recorded
//	weighted.go, linearization.go                  weighted Hessians; many products at one point
//	recorder.go, runner.go, replay.go, fan.go      from a tape to a program; running it
//	batch.go, batchrun.go, map.go                  many points in blocks; over the elements of arrays
//	inspect.go, inspecttext.go, savings.go,        what was recorded, and why a function cannot be
//	unfit.go, comparisons.go
//	written.go, executed.go                        the trace as the function wrote it
//
// Arrays:
//
//	array.go, arraytape.go, param.go, mixed.go     an Array, its Tape, parameters; numbers and arrays
//	apply.go, apply2.go, elementwise.go            operations on elements
//	ifpos.go, where.go, precision.go, custom.go    choices; float32; operations of one's own
//	shape.go, slice.go, index.go, join.go,         moving elements
//	moveop.go, padmode.go
//	reduce.go, fold.go, foldprod.go, sumsq.go,     along axes
//	logsumexp.go
//	scan.go, cumsum.go, cumprod.go, cummax.go,     up to each element along an axis
//	logcumsumexp.go
//	softmax.go, softmaxrow.go, softmaxrows.go,     softmax and cross-entropy, and their rows
//	crossentropy.go, crossentropyto.go
//	matmul.go, cholesky.go, solve.go, logdet.go,   linear algebra
//	det.go
//	conv.go, convshape.go, convtranspose.go,       images and sequences
//	pool.go, poolavg.go, poolshape.go, upsample.go
//	norm.go, normop.go, normrun.go, lstm.go        normalizations; a fused cell
//	checkpoint.go, watch.go                        parts that are computed again; where a NaN came from
//
// # Concurrency
//
// The operators, and those of a Func, may be called from many goroutines at once; each
// works on a tape of its own. A Tape belongs to one goroutine.
package reverse

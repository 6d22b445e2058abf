// Package onnx writes networks and recorded functions as ONNX models, so that what was made here
// runs in every engine that reads them.
//
//	f, err := os.Create("net.onnx")
//	…
//	err = onnx.WriteNetwork(f, net, onnx.Float32, 3, 32, 32)  // of images of 3×32×32
//	err = onnx.WriteGradient(f, reverse.Record(nll, n))       // a function and its gradient
//
// Models have the format version 8 and use version 18 of the standard operators (opset 18), and no
// others. Their first axis is the batch, of any length.
//
// # Networks
//
// A network is written as it is after training: Dropout is left out, BatchNorm uses its running
// averages. The layers that can be written are those of package nn, but for Func, whose content
// nobody can see, and of package vision UNet and Backbone. What cannot be written is an error with the
// path and the name of the layer.
//
// # Functions
//
// A recorded function is written operation by operation, and its derivatives are operations too:
// those of the symbolic gradient of what the tape has recorded. Numbers are float64. Engines lack
// many elementary functions in that precision. They are spelled out in those that onnxruntime has:
// exp, log, sqrt, sin, cos, tanh and pow. Results agree with those of this module to about 1e-12
// of themselves at ordinary points. Near the ends of the range of float64, intermediate results may
// overflow or vanish earlier, and functions of two variables may be NaN where an argument is infinite.
// There is no form of the gamma functions: they are an error.
//
// # Files
//
//	proto.go, model.go             the wire format; the messages of a model
//	graph.go                       nodes, constants and names
//	func.go, number.go             recorded functions; a number that writes what is done with it
//	elementary.go, elementary2.go  elementary functions of one and of two variables
//	erf.go                         the error function and its kin
//	network.go                     networks: paths, shapes, containers
//	layer.go, activation.go        dense layers, norms, reshapes; activations
//	spatial.go, pool.go            convolutions and resizing; pooling
//	recurrent.go, attention.go     layers of sequences
//	vision.go                      networks of package vision
package onnx

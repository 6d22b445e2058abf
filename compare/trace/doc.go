// Package trace shows how four methods differentiate a function at a point, as plain data:
// what each computes, step by step, in the order in which it does.
//
//	t, err := trace.Text("ln(x1)+x1*x2-sin(x2)", []string{"x1", "x2"}, []float64{2, 5})
//	t, err := trace.Go("rosenbrock", rosenbrock, nil, []float64{-1.2, 1})
//
// The function runs once on the numbers of every engine. A line is an operation as it is
// written: nothing is shared, merged or left out. It has its value, dual's tangent in every
// input, the tape's adjoint and the slopes in its operands. Beside the lines stand what
// the sweep adds to adjoints, symbolic's steps, paths with their products, differences over
// a range of steps, and what the judge (package compare) says.
//
// Every number is one that an engine has computed: gradients are those of the operators,
// slopes and adjoints those of the tape.
//
// # JSON
//
// A Trace is written as a JSON object whose fields are those of the struct, named as the
// tags say, and is read back from it. Numbers are JSON numbers, but for "NaN", "+Inf" and
// "-Inf", which are strings. Lines refer to each other by their index in "lines"; inputs
// come first. An operand whose "line" is -1 is a constant.
package trace

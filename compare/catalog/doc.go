// Package catalog lists what the judge of package compare is run on: every function
// that the module has a name for, every operation on arrays, every layer and loss
// of package nn, each with its textbook form and with points to check it at.
//
// # Files
//
//	catalog.go, points.go       the functions, and the points
//	forms.go                    functions, activations and losses by name
//	reference*.go               their textbook forms
//	problems.go                 test problems of optimization
//	arrays*.go, grid.go         operations on arrays, and naive versions
//	nn_*.go                     layers and losses of package nn
package catalog

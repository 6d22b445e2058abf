// Package layout is index arithmetic: where the elements of arrays lie, and which of
// them belong together.
//
// # Files
//
//	shape.go       sizes, strides and axes of a shape
//	walk.go        elements of a shape beside those of operands that are broadcast to it
//	move.go        elements that go to other places, as in a transpose or a slice
//	rows.go        an array laid out by rows along any axes
//	pick.go        elements that indices name
//	triangle.go    triangles of square matrices
//
// Misuse panics with the name of the operation, as the operations of package reverse
// do.
package layout

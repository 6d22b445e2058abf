// Package program holds recorded functions: statements without the values that they
// had when they were recorded.
//
// A Builder makes a Program of the operations that a recorder hands it. It shares
// common subexpressions, drops what does nothing, and merges sums. A Plan says how a
// Program is evaluated at many points side by side, a Block does it, forward and
// backward. JacobianPattern and HessianPattern find which derivatives may differ
// from 0.
//
// The package knows nothing of tapes, and takes no derivatives of its own but those of
// blocks: package reverse lays a Program on a tape and sweeps that.
//
// # Files
//
//	kind.go                  what a statement does: the table of kinds
//	program.go               a program
//	builder.go               what a recorder tells
//	simplify.go, merge.go    what becomes of it
//	plan.go                  which statements vary from point to point
//	block*.go                many points side by side
//	dependence.go            patterns of Jacobians and Hessians
//	fan.go                   the inputs that a place depends on, as ranges
package program

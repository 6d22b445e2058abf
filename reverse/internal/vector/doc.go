// Package vector holds loops over the elements of arrays, and elementary functions on
// slices.
//
// In the loops that sweep an elementwise operation an adjoint of 0 contributes
// nothing, even against an infinite slope: a branch that was not taken, and what a
// mask leaves out.
package vector

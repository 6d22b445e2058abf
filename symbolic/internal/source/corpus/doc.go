// Package corpus has the programs that the generator is tested on, and what it writes for
// them.
//
// # Files
//
//	tutorial*.go                programs to read
//	optimize*.go, landscapes*.go, surface*.go
//	                            test functions of optimization, all of gonum's among them
//	dynamics*.go                equations of motion, iterations, eliminations
//	likelihood*.go, gamma*.go   densities and likelihoods
//	densities*.go               what gonum has beside them
//	shapes*.go                  signatures: numbers, several slices, receivers, data
//	jumps*.go                   labels, copy and clear
//	calls*.go                   several results, functions that are called, package floats of gonum
//	fields*.go                  structs and vectors that are differentiated by
//	adbench*.go, hand*.go       objectives of ADBench
//	rules*.go                   functions with derivatives that a comment states
//	odd*.go, edges*.go          what is rarely written; what is not reached at infinite slopes
package corpus

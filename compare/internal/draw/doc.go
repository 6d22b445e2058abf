// Package draw shows a trace (package compare/trace) as pieces of a page: formulas, tables and
// pictures, as HTML that needs nothing but the style sheet, Style. The page of compare/explain
// and its playground are made of them.
//
// A piece is text that is safe to be put into a page: what comes from outside is escaped.
// Nothing is computed here but where things stand.
//
// # Files
//
//	view.go, words.go                what a page shows of a trace; how numbers are written
//	digits.go                        the gradient by every method
//	graph.go, layered.go, picture.go the graph of the function, and its layout
//	rows.go, steps.go                the three traces; the sweeps step by step
//	paths.go, paper.go, second.go    paths and their products; derivations; second order
//	curve.go, plot.go                errors against steps, prices; a function along an input
package draw

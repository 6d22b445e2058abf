// Package exercises has five small engines, each with one classic bug, to be found and mended.
//
//	go run ./compare/explain -exercise bugs                 asks which engine is wrong, and how
//	go test -tags exercises ./compare/notes/exercises       fails, once for each bug
//
// Mend the engine in its file until its test passes. Package solutions has the answers.
//
//	accumulate.go    a sweep back over a tape
//	order.go         another one
//	seed.go          a third one
//	tags.go          derivatives that may be nested
//	step.go          difference quotients
//
// The others are right: tape.go, which records; dual.go, numbers with tangents; problem.go, which
// asks and judges.
package exercises

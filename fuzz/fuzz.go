// Package fuzz feeds the judge. So far it holds one fuzz target, FuzzParse, for
// the text that symbolic.Parse reads:
//
//	go test ./fuzz -fuzz FuzzParse
package fuzz

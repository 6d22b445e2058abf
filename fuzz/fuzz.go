// Package fuzz makes programs for the judge, and bytes into numbers.
//
// A Program is a differentiable function that bytes stand for: arithmetic,
// branches, bounded loops, shared results and every operation of package ad.
// Decode reads one from any bytes, so that a fuzzer can invent functions; Random
// makes one whose results are mostly moderate; Eval runs it on any number type;
// its String reads like Go.
//
//	p, x := fuzz.Decode(data)
//	report := compare.Check(p.Func(), x)
//
// For fuzz targets and rapid properties of functions of one's own there are a
// Decoder, which reads every float64 from few bytes, AddSeeds and generators. Both know
// domains: points, ranges, positive numbers, probabilities and simplexes, positive definite
// matrices, ties and kinks. A property over a Decoder is written once, and runs as a
// fuzz target, in rapid.Check (Drawn) and in a plain test or Example.
//
//	f.Fuzz(func(t *testing.T, data []byte) {
//		compare.TestGradient(t, f, grad, fuzz.NewDecoder(data).Point(2)) // written by hand
//	})
//
// # Targets
//
// The targets of this package compare what the four methods make of programs (FuzzPrograms) and
// of single functions (FuzzElementary), hold Taylor series against formulas (FuzzJet), read text
// (FuzzParse), use and misuse tapes (FuzzTape), replay recorded functions (FuzzReplay), and check
// the laws of derivatives (FuzzLinear, FuzzSymmetric, FuzzProduct, FuzzQuotient, FuzzChain,
// FuzzInverse, FuzzDot and FuzzHVP), which are rapid properties at the same time:
//
//	go test ./fuzz -fuzz FuzzPrograms
//
// What they found is kept under testdata, and tested ever since.
package fuzz

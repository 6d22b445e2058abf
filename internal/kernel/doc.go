// Package kernel holds the dense loops: matrix products, convolutions, functions
// of every element, sums. It takes slices and gives slices, and knows nothing of
// derivatives.
//
// A dst may be the same slice as an argument of the same length, but must not
// overlap one in another way. Lengths are checked, and a misuse panics with the
// numbers. NaN and infinities go through as IEEE 754 has it: no kernel skips a
// zero. A result has the same bits whatever GOMAXPROCS is, and an element the
// same bits wherever it stands. Bits do differ between processors: assembly
// multiplies and adds in one rounding, and sums in another order.
//
// On amd64 the kernels are assembly, written by the command in avo and chosen at
// run time: AVX-512, AVX2 with FMA, or none. On arm64 products of matrices use
// NEON. The tag purego leaves the assembly out; the Go code is then all there is,
// as it is on other processors.
//
// # Files
//
//	gemm.go, gemm_share.go, gemm_tune.go,        products of matrices
//	gemm_portable.go, pack.go, engine.go
//	conv.go, conv_lattice.go, conv_planes.go,    convolutions, and their windows
//	conv_weight.go, window.go, pool.go
//	elementwise.go, math.go, activation.go       functions of every element
//	reduce.go, softmax.go, norm.go               sums
//	combine.go, lanes.go                         rows made of rows
//	transpose.go, update.go                      transposes; steps of optimizers
//	loop.go, workers.go, fault.go                shares of work, those who do it, their panics
//	kernels.go, kernels_*.go, cpu_*.go,          which instructions are used
//	avx512_amd64.go, noavx512_amd64.go
//	*_stubs_amd64.go                             declarations of the assembly
//	portable.go, portable_*.go                   the Go code
package kernel

//go:generate go run -C avo . -part cpu -pkg kernel -out ../cpu_amd64.s -stubs ../cpu_stubs_amd64.go
//go:generate go run -C avo . -part gemm -pkg kernel -out ../gemm_amd64.s -stubs ../gemm_stubs_amd64.go
//go:generate go run -C avo . -part pack -pkg kernel -out ../pack_amd64.s -stubs ../pack_stubs_amd64.go
//go:generate go run -C avo . -part exp -pkg kernel -out ../exp_amd64.s -stubs ../exp_stubs_amd64.go
//go:generate go run -C avo . -part log -pkg kernel -out ../log_amd64.s -stubs ../log_stubs_amd64.go
//go:generate go run -C avo . -part erf -pkg kernel -out ../erf_amd64.s -stubs ../erf_stubs_amd64.go
//go:generate go run -C avo . -part elementwise -pkg kernel -out ../elementwise_amd64.s -stubs ../elementwise_stubs_amd64.go
//go:generate go run -C avo . -part reduce -pkg kernel -out ../reduce_amd64.s -stubs ../reduce_stubs_amd64.go
//go:generate go run -C avo . -part update -pkg kernel -out ../update_amd64.s -stubs ../update_stubs_amd64.go
//go:generate go run -C avo . -part combine -pkg kernel -out ../combine_amd64.s -stubs ../combine_stubs_amd64.go
//go:generate go run -C avo . -part lanes -pkg kernel -out ../lanes_amd64.s -stubs ../lanes_stubs_amd64.go

//go:build !purego && !noavx512

package kernel

// allowAVX512 is false in a build with the tag noavx512, which runs what processors
// without AVX-512 run.
const allowAVX512 = true

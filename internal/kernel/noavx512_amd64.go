//go:build !purego && noavx512

package kernel

const allowAVX512 = false

//go:build purego || !amd64

package kernel

func runnable() []*kernels { return []*kernels{portable} }

//go:build purego || !(amd64 || arm64)

package kernel

func runnable() []*kernels { return []*kernels{portable} }

//go:build purego || !amd64

package kernel

var products = runnable()[0]

func runnable() []*engines { return []*engines{portable} }

//go:build purego || !amd64

package kernel

var engine64, engine32 = portable64, portable32

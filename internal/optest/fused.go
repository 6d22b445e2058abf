package optest

// Fused reports whether the compiler fuses products with sums here, as on arm64 and with
// GOAMD64=v3. It may then do so in one place and not in another that computes the same, and
// their last bits differ.
func Fused() bool { return squareAnd(1+0x1p-27, -1-0x1p-26) != 0 }

//go:noinline
func squareAnd(a, b float64) float64 { return a*a + b }

package rule

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// These tests hold on processors where the compiler fuses x*y + z, if what must be
// rounded first is: run them with GOAMD64=v3, or on arm64.

// The two parts of a sum and of a difference are all of it, where an argument is a
// product too.
func TestTwoSumOfProducts(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	exact := func(x, y float64) *big.Float {
		z := new(big.Float).SetPrec(2000)
		return z.Add(z.SetFloat64(x), new(big.Float).SetFloat64(y))
	}
	for range 1000 {
		x, y, z := rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()
		product := float64(x * y)
		for name, c := range map[string]func() (hi, lo, want float64){
			"x·y + z": func() (hi, lo, want float64) { hi, lo = TwoSum(x*y, z); return hi, lo, z },
			"z + x·y": func() (hi, lo, want float64) { hi, lo = TwoSum(z, x*y); return hi, lo, z },
			"x·y - z": func() (hi, lo, want float64) { hi, lo = twoDiff(x*y, z); return hi, lo, -z },
			"-z - xy": func() (hi, lo, want float64) { hi, lo = twoDiff(-z, -x*y); return hi, lo, -z },
		} {
			hi, lo, other := c()
			if exact(hi, lo).Cmp(exact(product, other)) != 0 {
				t.Fatalf("%s of %v, %v and %v: %v + %v is not all of it", name, x, y, z, hi, lo)
			}
		}
	}
}

// Sums of products round each product, as the other methods do who spell them out.
func TestProductsAreRounded(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		n := 1 + rng.IntN(6)
		x, y, sx, sy := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
		for i := range x {
			x[i], y[i] = rng.NormFloat64(), rng.NormFloat64()
		}
		dot, squares := math.Copysign(0, -1), 0.0
		for i, v := range x {
			dot += float64(v * y[i])
			squares += float64(v * v)
		}
		if got := Dot.Value(x, y, sx, sy); got != dot {
			t.Fatalf("the dot product of %v and %v is %v, want %v", x, y, got, dot)
		}
		if got := SumSq.Value(x, nil, sx, nil); got != squares {
			t.Fatalf("the squares of %v add up to %v, want %v", x, got, squares)
		}
	}
}

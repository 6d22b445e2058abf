// Package main is a program of a user's, whose functions are not exported.
package main

import "github.com/quartet-ad/ad"

func main() {}

// wave is the function to explain.
func wave[T ad.Scalar[T]](x []T) T {
	s := ad.Sin(x[0].Mul(x[1]))
	return s.Mul(s).Add(ad.Exp(x[1].Neg()))
}

func two[T ad.Ordered[T]](r, _ T) T {
	if r.Less(ad.Const[T](0)) {
		return r.Neg()
	}
	return r.Mul(r)
}

func plain(x float64) float64 { return x }

func withData[T ad.Scalar[T]](x []T, d float64) T { return ad.Scale(x[0], d) }

// samples are data.
var samples = struct{ rate float64 }{3}

func fitted[T ad.Scalar[T]](x []T, d struct{ rate float64 }) T {
	return ad.Scale(x[0].Mul(x[1]), d.rate)
}

func many[T ad.Scalar[T]](x []T) []T { return x }

var _, _, _, _, _, _, _ = wave[ad.Real], two[ad.Real], plain, withData[ad.Real], many[ad.Real], fitted[ad.Real], samples

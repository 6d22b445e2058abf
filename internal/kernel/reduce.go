package kernel

import "math"

// Sum returns the sum of x. The order is a fixed one, of several sums that are
// joined in the end.
func Sum(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	return use.sum(len(x), &x[0])
}

// SumSq returns the sum of the squares of x, in the order of Sum.
func SumSq(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	return use.sumSq(len(x), &x[0])
}

// Dot returns the sum of the products of x and y, in the order of Sum.
func Dot(x, y []float64) float64 {
	length("Dot", "y", len(y), len(x))
	if len(x) == 0 {
		return 0
	}
	return use.dot(len(x), &x[0], &y[0])
}

// Greatest returns the greatest entry of x, NaN if one is NaN, -Inf if there are
// none. Of zeros it is either.
func Greatest(x []float64) float64 {
	if len(x) == 0 {
		return math.Inf(-1)
	}
	return use.greatest(len(x), &x[0])
}

// LogSumExp returns the logarithm of the sum of the exponentials of x, without
// overflow on the way.
//
// Special cases are:
//
//	entries that are all -Inf, or none, give -Inf
//	an entry of +Inf gives +Inf, NaN gives NaN
func LogSumExp(x []float64) float64 {
	m := Greatest(x)
	if math.IsInf(m, 0) || math.IsNaN(m) {
		return m
	}
	return m + math.Log(use.sumExp(len(x), &x[0], -m))
}

// AddRows writes x and, in every row of len(row) entries, row to dst.
//
// AddRows panics if len(x) is not a multiple of len(row).
func AddRows(dst, x, row []float64) {
	length("AddRows", "x", len(x), len(dst))
	whole("AddRows", len(x), len(row))
	for i, n := 0, len(row); i < len(x); i += n {
		use.add(n, &dst[i], &x[i], &row[0])
	}
}

// SumRows adds the rows of x, each as long as dst, to dst, in their order.
//
// SumRows panics if len(x) is not a multiple of len(dst).
func SumRows(dst, x []float64) {
	whole("SumRows", len(x), len(dst))
	for i, n := 0, len(dst); i < len(x); i += n {
		use.add(n, &dst[0], &dst[0], &x[i])
	}
}

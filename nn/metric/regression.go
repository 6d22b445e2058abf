package metric

import "math"

const noValues = "no values"

// MSE returns the mean of (y - x)² over true values y and predictions x. NaN in
// gives NaN out, and errors whose squares overflow give +Inf. It is not defined
// without values, and panics if the lengths differ.
//
// Cost: O(n), no allocation.
func MSE(truth, predicted []float64) Score {
	sameLength("MSE", len(truth), len(predicted))
	return meanOf(len(truth), func(i int) float64 {
		d := truth[i] - predicted[i]
		return d * d
	})
}

// RMSE returns the root of [MSE], without overflow or underflow of the squares.
//
// Cost: O(n), no allocation.
func RMSE(truth, predicted []float64) Score {
	sameLength("RMSE", len(truth), len(predicted))
	if len(truth) == 0 {
		return undefined(noValues)
	}
	return defined(rootMeanSquare(len(truth), func(i int) float64 { return truth[i] - predicted[i] }))
}

// MAE returns the mean of |y - x| over true values y and predictions x. NaN in
// gives NaN out. It is not defined without values, and panics if the lengths
// differ.
//
// Cost: O(n), no allocation.
func MAE(truth, predicted []float64) Score {
	sameLength("MAE", len(truth), len(predicted))
	return meanOf(len(truth), func(i int) float64 { return math.Abs(truth[i] - predicted[i]) })
}

// meanOf returns the mean of x(0) to x(n-1), even if their sum overflows.
func meanOf(n int, x func(i int) float64) Score {
	sum := 0.0
	for i := range n {
		sum += x(i)
	}
	if math.IsInf(sum, 1) {
		sum = 0
		for i := range n {
			sum += x(i) / float64(n)
		}
		return defined(sum)
	}
	return ratio(sum, float64(n), noValues)
}

// R2 returns 1 - Σ(y - x)² / Σ(y - m)², the coefficient of determination, over
// true values y, their mean m and predictions x: 1 for perfect predictions, 0
// for those no better than the mean, and unbounded below. NaN in gives NaN out.
// It is not defined if there are no values or if all true values are equal,
// and panics if the lengths differ.
//
// Cost: O(n), no allocation.
func R2(truth, predicted []float64) Score {
	sameLength("R2", len(truth), len(predicted))
	if len(truth) == 0 {
		return undefined(noValues)
	}
	n, equal, mean := float64(len(truth)), true, 0.0
	for _, y := range truth {
		mean += y / n
		equal = equal && y == truth[0]
	}
	if equal {
		return undefined("all true values are equal")
	}
	q := errorRatio(truth, predicted, mean, 1)
	if math.IsInf(q, 0) || math.IsNaN(q) { // perhaps from a difference that overflowed
		q = errorRatio(truth, predicted, mean, 0.25)
	}
	return defined(1 - q*q)
}

// errorRatio returns √(Σ (y - x)² / Σ (y - m)²) of numbers that are scaled first.
func errorRatio(truth, predicted []float64, mean, scale float64) float64 {
	residual := rootMeanSquare(len(truth), func(i int) float64 { return scale*truth[i] - scale*predicted[i] })
	return residual / rootMeanSquare(len(truth), func(i int) float64 { return scale*truth[i] - scale*mean })
}

// rootMeanSquare returns √(Σ x² / n) over x(0) to x(n-1), scaled by the largest
// where the squares leave the normal numbers.
func rootMeanSquare(n int, x func(int) float64) float64 {
	sum, largest := 0.0, 0.0
	for i := range n {
		v := x(i)
		sum += v * v
		largest = max(largest, math.Abs(v))
	}
	if sum > 1e-280 && sum <= math.MaxFloat64 || largest == 0 || math.IsInf(largest, 1) || sum != sum {
		return math.Sqrt(sum / float64(n))
	}
	sum = 0
	for i := range n {
		v := x(i) / largest
		sum += v * v
	}
	return largest * math.Sqrt(sum/float64(n))
}

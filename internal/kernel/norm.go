package kernel

import "math"

// Norm returns the Euclidean norm of x: NaN if an element is NaN, else +Inf if one is
// infinite. What does not overflow itself does not overflow on the way.
func Norm(x []float64) float64 {
	sum := SumSq(x)
	if sum > 0x1p-900 && sum <= math.MaxFloat64 || math.IsNaN(sum) {
		return math.Sqrt(sum)
	}
	greatest := 0.0
	for _, v := range x {
		greatest = max(greatest, math.Abs(v))
	}
	if greatest == 0 || !(greatest <= math.MaxFloat64) {
		return greatest
	}
	sum = 0
	for _, v := range x {
		sum += v / greatest * (v / greatest)
	}
	return greatest * math.Sqrt(sum)
}

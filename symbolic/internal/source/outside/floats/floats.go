// Package floats says what functions of gonum's package floats mean, as plain Go: the
// generator reads this text where a function calls them. Sums run in the order of the
// elements. Norm and Distance with the constants 1, 2 and +Inf are those of these names.
package floats

import "math"

const (
	badLength    = "floats: slice lengths do not match"
	badDstLength = "floats: destination slice length does not match input"
	zeroLength   = "floats: zero length slice"
)

// Add adds s to dst.
func Add(dst, s []float64) {
	if len(dst) != len(s) {
		panic(badDstLength)
	}
	for i, v := range s {
		dst[i] += v
	}
}

// AddTo writes s + t to dst.
func AddTo(dst, s, t []float64) []float64 {
	if len(s) != len(t) {
		panic(badLength)
	}
	if len(dst) != len(s) {
		panic(badDstLength)
	}
	for i, v := range s {
		dst[i] = v + t[i]
	}
	return dst
}

// AddConst adds c to all of dst.
func AddConst(c float64, dst []float64) {
	for i := range dst {
		dst[i] += c
	}
}

// AddScaled adds alpha·s to dst.
func AddScaled(dst []float64, alpha float64, s []float64) {
	if len(dst) != len(s) {
		panic(badLength)
	}
	for i, v := range s {
		dst[i] += alpha * v
	}
}

// AddScaledTo writes y + alpha·s to dst.
func AddScaledTo(dst, y []float64, alpha float64, s []float64) []float64 {
	if len(s) != len(y) {
		panic(badLength)
	}
	if len(dst) != len(y) {
		panic(badDstLength)
	}
	for i, v := range s {
		dst[i] = alpha*v + y[i]
	}
	return dst
}

// CumProd writes the products of the first elements of s to dst.
func CumProd(dst, s []float64) []float64 {
	if len(dst) != len(s) {
		panic(badDstLength)
	}
	for i, v := range s {
		if i == 0 {
			dst[i] = v
		} else {
			dst[i] = dst[i-1] * v
		}
	}
	return dst
}

// CumSum writes the sums of the first elements of s to dst.
func CumSum(dst, s []float64) []float64 {
	if len(dst) != len(s) {
		panic(badDstLength)
	}
	for i, v := range s {
		if i == 0 {
			dst[i] = v
		} else {
			dst[i] = dst[i-1] + v
		}
	}
	return dst
}

// Distance returns the norm of s − t.
func Distance(s, t []float64, L float64) float64 {
	if len(s) != len(t) {
		panic(badLength)
	}
	if len(s) == 0 {
		return 0
	}
	var norm float64
	for i, v := range s {
		norm += math.Pow(math.Abs(t[i]-v), L)
	}
	return math.Pow(norm, 1/L)
}

// Distance1 is Distance(s, t, 1).
func Distance1(s, t []float64) float64 {
	if len(s) != len(t) {
		panic(badLength)
	}
	var norm float64
	for i, v := range s {
		norm += math.Abs(t[i] - v)
	}
	return norm
}

// Distance2 is Distance(s, t, 2), without overflow.
func Distance2(s, t []float64) float64 {
	if len(s) != len(t) {
		panic(badLength)
	}
	var norm float64
	for i, v := range s {
		norm = math.Hypot(norm, t[i]-v)
	}
	return norm
}

// DistanceInf is Distance(s, t, math.Inf(1)).
func DistanceInf(s, t []float64) float64 {
	if len(s) != len(t) {
		panic(badLength)
	}
	var norm float64
	for i, v := range s {
		norm = math.Max(norm, math.Abs(t[i]-v))
	}
	return norm
}

// Div divides dst by s.
func Div(dst, s []float64) {
	if len(dst) != len(s) {
		panic(badLength)
	}
	for i, v := range s {
		dst[i] /= v
	}
}

// DivTo writes s / t to dst.
func DivTo(dst, s, t []float64) []float64 {
	if len(s) != len(t) {
		panic(badLength)
	}
	if len(dst) != len(s) {
		panic(badDstLength)
	}
	for i, v := range s {
		dst[i] = v / t[i]
	}
	return dst
}

// Dot returns the sum of the products of the elements.
func Dot(s1, s2 []float64) float64 {
	if len(s1) != len(s2) {
		panic(badLength)
	}
	var sum float64
	for i, v := range s1 {
		sum += v * s2[i]
	}
	return sum
}

// LogSumExp returns the logarithm of the sum of the exponentials. The largest element is
// taken out of the sum as it runs.
func LogSumExp(s []float64) float64 {
	if len(s) == 0 {
		panic(zeroLength)
	}
	largest, sum := s[0], 1.0
	for i, v := range s {
		switch {
		case i == 0:
		case math.IsInf(largest, 1):
		case v > largest:
			sum = 1 + sum*math.Exp(largest-v)
			largest = v
		case math.IsInf(v, -1):
		default:
			sum += math.Exp(v - largest)
		}
	}
	return largest + math.Log(sum)
}

// Max returns the largest element that is not NaN. Equal numbers share as in math.Max.
func Max(s []float64) float64 {
	if len(s) == 0 {
		panic(zeroLength)
	}
	largest := s[0]
	for i, v := range s {
		if i == 0 {
			continue
		}
		if math.IsNaN(largest) {
			largest = v
		} else if !math.IsNaN(v) {
			largest = math.Max(largest, v)
		}
	}
	return largest
}

// Min returns the smallest element that is not NaN. Equal numbers share as in math.Min.
func Min(s []float64) float64 {
	if len(s) == 0 {
		panic(zeroLength)
	}
	smallest := s[0]
	for i, v := range s {
		if i == 0 {
			continue
		}
		if math.IsNaN(smallest) {
			smallest = v
		} else if !math.IsNaN(v) {
			smallest = math.Min(smallest, v)
		}
	}
	return smallest
}

// Mul multiplies dst by s.
func Mul(dst, s []float64) {
	if len(dst) != len(s) {
		panic(badLength)
	}
	for i, v := range s {
		dst[i] *= v
	}
}

// MulTo writes s·t to dst.
func MulTo(dst, s, t []float64) []float64 {
	if len(s) != len(t) {
		panic(badLength)
	}
	if len(dst) != len(s) {
		panic(badDstLength)
	}
	for i, v := range t {
		dst[i] = v * s[i]
	}
	return dst
}

// Norm returns the L-norm.
func Norm(s []float64, L float64) float64 {
	if len(s) == 0 {
		return 0
	}
	var norm float64
	for _, v := range s {
		norm += math.Pow(math.Abs(v), L)
	}
	return math.Pow(norm, 1/L)
}

// Norm1 is Norm(s, 1).
func Norm1(s []float64) float64 {
	var norm float64
	for _, v := range s {
		norm += math.Abs(v)
	}
	return norm
}

// Norm2 is Norm(s, 2), without overflow.
func Norm2(s []float64) float64 {
	var norm float64
	for _, v := range s {
		norm = math.Hypot(norm, v)
	}
	return norm
}

// NormInf is Norm(s, math.Inf(1)).
func NormInf(s []float64) float64 {
	var norm float64
	for _, v := range s {
		norm = math.Max(norm, math.Abs(v))
	}
	return norm
}

// Prod returns the product of the elements.
func Prod(s []float64) float64 {
	prod := 1.0
	for _, v := range s {
		prod *= v
	}
	return prod
}

// Scale multiplies dst by c.
func Scale(c float64, dst []float64) {
	for i := range dst {
		dst[i] *= c
	}
}

// ScaleTo writes c·s to dst.
func ScaleTo(dst []float64, c float64, s []float64) []float64 {
	if len(dst) != len(s) {
		panic(badDstLength)
	}
	for i, v := range s {
		dst[i] = c * v
	}
	return dst
}

// Sub subtracts s from dst.
func Sub(dst, s []float64) {
	if len(dst) != len(s) {
		panic(badLength)
	}
	for i, v := range s {
		dst[i] -= v
	}
}

// SubTo writes s − t to dst.
func SubTo(dst, s, t []float64) []float64 {
	if len(s) != len(t) {
		panic(badLength)
	}
	if len(dst) != len(s) {
		panic(badDstLength)
	}
	for i, v := range s {
		dst[i] = v - t[i]
	}
	return dst
}

// Sum returns the sum of the elements.
func Sum(s []float64) float64 {
	var sum float64
	for _, v := range s {
		sum += v
	}
	return sum
}

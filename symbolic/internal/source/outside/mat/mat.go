// Package mat says what functions of gonum's package mat that read vectors mean, as plain
// Go: the generator reads this text where a function calls them. Sums run in the order of
// the elements.
package mat

import "math"

const (
	badShape   = "mat: dimension mismatch"
	badNorm    = "mat: invalid norm order for matrix"
	zeroLength = "mat: zero length in matrix dimension"
)

// A Matrix is read by its elements.
type Matrix interface {
	Dims() (r, c int)
	At(i, j int) float64
}

// A Vector is a Matrix with one column.
type Vector interface {
	Matrix
	AtVec(i int) float64
	Len() int
}

// A VecDense is a Vector.
type VecDense struct{ Vector }

// A Dense is a Matrix.
type Dense struct{ Matrix }

// Dot returns the sum of the products of the elements.
func Dot(a, b Vector) float64 {
	if a.Len() != b.Len() {
		panic(badShape)
	}
	if a.Len() == 0 {
		panic(zeroLength)
	}
	var sum float64
	for i := 0; i < a.Len(); i++ {
		sum += a.AtVec(i) * b.AtVec(i)
	}
	return sum
}

// Sum returns the sum of the elements.
func Sum(a Vector) float64 {
	if a.Len() == 0 {
		panic(zeroLength)
	}
	var sum float64
	for i := 0; i < a.Len(); i++ {
		sum += a.AtVec(i)
	}
	return sum
}

// Max returns the largest element. Equal numbers share as in math.Max.
func Max(a Vector) float64 {
	if a.Len() == 0 {
		panic(zeroLength)
	}
	largest := a.AtVec(0)
	for i := 1; i < a.Len(); i++ {
		largest = math.Max(largest, a.AtVec(i))
	}
	return largest
}

// Min returns the smallest element. Equal numbers share as in math.Min.
func Min(a Vector) float64 {
	if a.Len() == 0 {
		panic(zeroLength)
	}
	smallest := a.AtVec(0)
	for i := 1; i < a.Len(); i++ {
		smallest = math.Min(smallest, a.AtVec(i))
	}
	return smallest
}

// Norm returns the norm for 1, 2 or +Inf.
func Norm(a Vector, norm float64) float64 {
	if norm == 1 {
		return Norm1(a)
	}
	if norm == 2 {
		return Norm2(a)
	}
	if math.IsInf(norm, 1) {
		return NormInf(a)
	}
	panic(badNorm)
}

// Norm1 is Norm(a, 1).
func Norm1(a Vector) float64 {
	if a.Len() == 0 {
		panic(zeroLength)
	}
	var norm float64
	for i := 0; i < a.Len(); i++ {
		norm += math.Abs(a.AtVec(i))
	}
	return norm
}

// Norm2 is Norm(a, 2), without overflow.
func Norm2(a Vector) float64 {
	if a.Len() == 0 {
		panic(zeroLength)
	}
	var norm float64
	for i := 0; i < a.Len(); i++ {
		norm = math.Hypot(norm, a.AtVec(i))
	}
	return norm
}

// NormInf is Norm(a, math.Inf(1)).
func NormInf(a Vector) float64 {
	if a.Len() == 0 {
		panic(zeroLength)
	}
	var norm float64
	for i := 0; i < a.Len(); i++ {
		norm = math.Max(norm, math.Abs(a.AtVec(i)))
	}
	return norm
}

package compare

import (
	"math"
	"slices"
	"strconv"
)

// tries is how many other points a search for a simpler one looks at.
const tries = 64

// Smaller returns a point with the same culprit that is simpler than X: with zeros, ones
// and short numbers in place of others, found by trying one coordinate after the other.
// Where the methods disagree at X they disagree there too.
// It returns X itself if there is none, if nothing was found, or if the report is one
// against a reference, which is about X alone.
//
// Cost: up to 64 times that of Check. String of a report with findings pays it; Check
// does not.
func (r Report) Smaller() []float64 {
	if r.smaller == nil || r.agreed() {
		return slices.Clone(r.X)
	}
	return r.smaller()
}

// shrink returns a point where fails still holds, with coordinates as short as it could
// make them.
func shrink(x []float64, fails func(x []float64) bool) []float64 {
	x, left := slices.Clone(x), tries
	try := func(y []float64) bool {
		if left == 0 {
			return false
		}
		left--
		if !fails(y) {
			return false
		}
		copy(x, y)
		return true
	}
	// All at once first: then what is left has few coordinates that matter.
	for k := range len(shorter(0)) {
		y := slices.Clone(x)
		for i := range y {
			if s := shorter(y[i])[k]; length(s) < length(y[i]) {
				y[i] = s
			}
		}
		if !slices.Equal(x, y) && try(y) {
			break
		}
	}
	for i := range x {
		for _, s := range shorter(x[i]) {
			if length(s) >= length(x[i]) {
				continue
			}
			y := slices.Clone(x)
			if y[i] = s; try(y) {
				break
			}
		}
	}
	return x
}

// shorter returns numbers that may stand for x, the shortest first.
func shorter(x float64) []float64 {
	return []float64{0, 1, -1, math.Trunc(x), math.Round(x), digits(x, 1), digits(x, 2), digits(x, 4)}
}

// digits returns x to n digits.
func digits(x float64, n int) float64 {
	y, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'e', n-1, 64), 64)
	return y
}

// length is how long a number is on paper; 0 is shorter than 1, and 1 than others.
func length(x float64) int {
	switch x {
	case 0:
		return 0
	case 1:
		return 1
	}
	return 1 + len(strconv.FormatFloat(x, 'g', -1, 64))
}

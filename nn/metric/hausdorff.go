package metric

import (
	"fmt"
	"math"
)

// Hausdorff returns the distance, in pixels, of the pixels of a class in two
// label maps of that width, row-major: the farthest that a pixel of one map is
// from the nearest of the other. It is not defined if the class is missing in
// one of them, and panics if the lengths differ or are no whole number of rows.
//
// Cost: linear in the number of pixels, by the distance transform of Meijster,
// Roerdink and Hesselink 2000.
func Hausdorff(truth, predicted []int, width, class int) Score {
	sameLength("Hausdorff", len(truth), len(predicted))
	if width < 1 || len(truth)%width != 0 {
		panic(fmt.Sprintf("metric: Hausdorff of %d pixels in rows of %d, which are no whole number", len(truth), width))
	}
	toTruth, ok := squaredDistances(truth, width, class)
	if !ok {
		return undefined(noPositives)
	}
	toPredicted, ok := squaredDistances(predicted, width, class)
	if !ok {
		return undefined(noPredictions)
	}
	farthest := 0
	for i := range truth {
		if truth[i] == class {
			farthest = max(farthest, toPredicted[i])
		}
		if predicted[i] == class {
			farthest = max(farthest, toTruth[i])
		}
	}
	return defined(math.Sqrt(float64(farthest)))
}

// squaredDistances returns the squared distance of every pixel from the nearest
// of the class, and false if there is none.
func squaredDistances(labels []int, width, class int) ([]int, bool) {
	// Along columns: the distance from the nearest pixel above, then below.
	far := width + len(labels)/width // more than any distance
	found := false
	d := make([]int, len(labels))
	for i, label := range labels {
		switch {
		case label == class:
			found = true
		case i < width:
			d[i] = far
		default:
			d[i] = min(d[i-width]+1, far)
		}
	}
	for i := len(d) - width - 1; i >= 0; i-- {
		d[i] = min(d[i], d[i+width]+1)
	}

	// Along rows: the lower envelope of the parabolas (x - i)² + d(i)².
	at, from := make([]int, width), make([]int, width) // which i is lowest, from which x on
	row := make([]int, width)
	for ; len(labels) > 0; labels = labels[width:] {
		copy(row, d[len(d)-len(labels):])
		height := func(x, i int) int { return (x-i)*(x-i) + row[i]*row[i] }
		n := 0
		at[0], from[0] = 0, 0
		for i := 1; i < width; i++ {
			for n >= 0 && height(from[n], at[n]) > height(from[n], i) {
				n--
			}
			start := 0
			if n >= 0 {
				j := at[n]
				start = 1 + (i*i-j*j+row[i]*row[i]-row[j]*row[j])/(2*(i-j))
			}
			if start < width {
				n++
				at[n], from[n] = i, start
			}
		}
		out := d[len(d)-len(labels):]
		for x := width - 1; x >= 0; x-- {
			out[x] = height(x, at[n])
			if x == from[n] {
				n--
			}
		}
	}
	return d, found
}

package page

import (
	"fmt"
	"math"
	"strings"
)

// Scale returns the linear map that takes the first mark to a and the last to b.
func Scale(marks []float64, a, b float64) func(v float64) float64 {
	lo, hi := marks[0], marks[len(marks)-1]
	return func(v float64) float64 { return a + (b-a)*(v-lo)/(hi-lo) }
}

// Ticks returns round numbers, equally far apart, from below lo to above hi.
func Ticks(lo, hi float64) []float64 {
	if !(hi > lo) {
		lo, hi = lo-0.5, hi+0.5
	}
	step := math.Pow(10, math.Floor(math.Log10((hi-lo)/4)))
	for _, f := range []float64{1, 2, 5, 10} {
		if (hi-lo)/(f*step) <= 5 {
			step *= f
			break
		}
	}
	var marks []float64
	for i := math.Floor(lo / step); ; i++ {
		marks = append(marks, i*step)
		if i*step >= hi {
			return marks
		}
	}
}

// Decades returns numbers that are 1, 2 or 5 times powers of ten, from below lo to above hi:
// all of them, or the powers alone where those are many.
func Decades(lo, hi float64) []float64 {
	factors := []float64{1, 2, 5}
	if hi > 1e3*lo {
		factors = factors[:1]
	}
	var marks []float64
	for e := math.Floor(math.Log10(lo)) - 1; ; e++ {
		for _, f := range factors {
			v := f * math.Pow(10, e)
			if v <= lo {
				marks = marks[:0]
			}
			marks = append(marks, v)
			if v > hi {
				return marks
			}
		}
	}
}

// Number writes the mark of a scale.
func Number(v float64) string {
	return strings.Replace(fmt.Sprintf("%.4g", v), "-", "−", 1)
}

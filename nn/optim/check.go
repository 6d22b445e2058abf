package optim

import (
	"fmt"
	"math"
)

// within panics unless lo <= x < hi.
func within(who, field string, x, lo, hi float64) {
	if !(lo <= x && x < hi) {
		panic(fmt.Sprintf("optim: %s of %s %v, want at least %v and less than %v", who, field, x, lo, hi))
	}
}

// positive panics unless x > 0.
func positive(who, field string, x float64) {
	if !(x > 0) {
		panic(fmt.Sprintf("optim: %s of %s %v, want more than 0; New%s sets the usual one", who, field, x, who))
	}
}

// notNegative panics unless x >= 0.
func notNegative(who, field string, x float64) {
	if !(x >= 0) {
		panic(fmt.Sprintf("optim: %s of %s %v, want at least 0", who, field, x))
	}
}

// betas panics unless 0 <= first < 1 and 0 < second < 1.
func betas(who string, first, second float64) {
	within(who, "Beta1", first, 0, 1)
	positive(who, "Beta2", second)
	within(who, "Beta2", second, 0, 1)
}

// when returns name if it is wanted, else "".
func when(wanted bool, name string) string {
	if wanted {
		return name
	}
	return ""
}

// checkStep panics if step is negative.
func checkStep(step int) {
	if step < 0 {
		panic(fmt.Sprintf("optim: rate at step %d", step))
	}
}

// atLeastOne panics unless n >= 1.
func atLeastOne(who, field string, n int) {
	if n < 1 {
		panic(fmt.Sprintf("optim: %s of %s %d, want at least 1", who, field, n))
	}
}

// finite reports whether x is neither infinite nor NaN.
func finite(x float64) bool { return !math.IsInf(x, 0) && !math.IsNaN(x) }

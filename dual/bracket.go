package dual

import (
	"fmt"
	"math"
)

// root returns where f changes its sign between lo and hi, and whether it is smooth there:
// whether the step that comes along, from y to y - step, leads over 0.
func root(op string, f func(y float64) (value, step float64), lo, hi float64) (y float64, smooth bool, err error) {
	if !(lo <= hi) || math.IsInf(lo, 0) || math.IsInf(hi, 0) {
		return 0, false, fmt.Errorf("dual.%s: no interval from %v to %v", op, lo, hi)
	}
	low, _ := f(lo)
	high, _ := f(hi)
	switch {
	case low == 0:
		return lo, true, nil
	case high == 0:
		return hi, true, nil
	case !(math.Signbit(low) != math.Signbit(high)) || low != low || high != high:
		return 0, false, fmt.Errorf("dual.%s: f is %v at %v and %v at %v: no change of sign", op, low, lo, high, hi)
	}
	// A jump is a step that would lead far away: a 256th of the root, which noise of f does
	// not make, or beside a root at 0 a small part of the interval.
	least := math.Ldexp(hi/2-lo/2, -39)
	y, last := lo/2+hi/2, hi-lo
	above, slow, steady := true, 0, false
	for evaluations := 3; ; evaluations++ {
		v, step := f(y)
		if v != v {
			return 0, false, fmt.Errorf("dual.%s: f(%v) is NaN", op, y)
		}
		if v == 0 {
			return y, true, nil
		}
		if side := math.Signbit(v) != math.Signbit(low); side != above {
			above, slow = side, 0
		}
		if above {
			hi = y
		} else {
			lo = y
		}
		next := y - step
		if !(lo < next && next < hi) || math.Abs(next-y) > last/2 {
			distance := math.Ldexp(max(last, ulp(y)), 2*slow+1)
			if r := math.Abs(step) / last; steady && r < 1 {
				distance = math.Abs(step) / (1 - r)
			} else {
				slow++
			}
			next, steady = aside(y, lo, hi, distance), false
			if evaluations > patience {
				next = between(lo, hi)
			}
		} else {
			steady = true
		}
		if next == y || next == lo || next == hi {
			if size := math.Abs(v); size > math.Abs(low) && size > math.Abs(high) {
				return 0, false, fmt.Errorf("dual.%s: f grows to %v at %v: a pole and no root", op, v, y)
			}
			return y, math.Abs(step) <= max(math.Abs(y), least)/256, nil
		}
		y, last = next, math.Abs(next-y)
	}
}

// aside returns the number at a distance from y, which is lo or hi, into the interval, or its
// middle if that is less far: steps that do not get smaller pass a root in this way that is as
// far as a few of them, or that rounding errors hide.
func aside(y, lo, hi, distance float64) float64 {
	if !(distance < hi/2-lo/2) {
		return lo/2 + hi/2 // of subnormal numbers it may be an end
	}
	if y == hi {
		return y - distance
	}
	return y + distance
}

// patience is after how many evaluations magnitudes are halved and not intervals: the root is
// far smaller than the interval was.
const patience = 64

// between returns the number with as many others between it and lo as between it and hi.
func between(lo, hi float64) float64 {
	a, b := rank(lo), rank(hi)
	return math.Float64frombits(uint64(mirrored(a/2 + b/2 + (a%2+b%2)/2)))
}

// rank returns where x stands among the numbers in their order, from 0.
func rank(x float64) int64 { return mirrored(int64(math.Float64bits(x))) }

func mirrored(i int64) int64 {
	if i < 0 {
		return math.MinInt64 - i
	}
	return i
}

// ulp returns the distance from x to the next number of greater size.
func ulp(x float64) float64 {
	x = math.Abs(x)
	return math.Nextafter(x, math.Inf(1)) - x
}

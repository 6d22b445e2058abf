package fuzz

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
)

// TestText: a program reads like Go.
func TestText(t *testing.T) {
	got := program(2,
		st(loop, 0).times(3, st(mul, 2, 1), st(apply, 3).of(ad.OpSin)),
		st(constant).value(math.Copysign(0, -1)),
		st(ifPos, 2, 3, 0),
		st(applyN, 2, 4, 4, 0).many(ad.OpDot),
		st(neg, 5),
	).String()
	const want = `f(x0, x1) {
	v2 := x0
	for range 3 {
		v3 := v2 * x1
		v4 := sin(v3)
		v2 = v4
	}
	v3 := -0
	v4 := ifpos(v2, v3, x0)
	v5 := dot(v2, v4, v4, x0)
	v6 := -v5
	return v6
}`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

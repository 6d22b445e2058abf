package dual

import (
	"math"
	"testing"
)

// TestIfPosOfNaN: where the condition is NaN the result is, and so are the derivatives of
// what moves in either branch, of first and second order and their cross term; what moves
// in neither is a constant.
func TestIfPosOfNaN(t *testing.T) {
	const absent, there = false, true
	undecided, undecided2 := Number{v: math.NaN()}, Hyper{v: math.NaN()}
	for _, test := range []struct {
		name  string
		a, b  Number
		moves bool
	}{
		{"constants", Number{v: 1}, Number{v: 2}, absent},
		{"the first", Number{1, 1, tagOf(3)}, Number{v: 2}, there},
		{"the second", Number{v: 1}, Number{2, 1, tagOf(3)}, there},
		{"both", Number{1, 1, tagOf(3)}, Number{2, 1, tagOf(3)}, there},
	} {
		z := undecided.IfPos(test.a, test.b)
		if z.v == z.v || z.IsConst() == test.moves || (z.t != z.t) != test.moves || test.moves && z.tag != tagOf(3) {
			t.Errorf("%s: %+v", test.name, z)
		}
	}
	zero := math.Copysign(0, -1) // is there
	for k, part := range []func(x *Hyper) *float64{
		func(x *Hyper) *float64 { return &x.e1 }, func(x *Hyper) *float64 { return &x.e2 }, func(x *Hyper) *float64 { return &x.e12 },
	} {
		for _, value := range []float64{1, zero} {
			for branch := range 3 { // the first, the second, both
				x := [2]Hyper{{v: 1}, {v: 2}}
				for i := range x {
					if branch == i || branch == 2 {
						*part(&x[i]) = value
					}
				}
				z := undecided2.IfPos(x[0], x[1])
				for i, d := range []float64{z.e1, z.e2, z.e12} {
					if (d != d) != (i == k) || z.v == z.v {
						t.Errorf("part %d is %v in branch %d: %+v", k, value, branch, z)
					}
				}
			}
		}
	}
	if z := undecided2.IfPos(Hyper{v: 1}, Hyper{v: 2}); !z.IsConst() || z.v == z.v {
		t.Errorf("of constants: %+v", z)
	}
}

// TestTagsApart: two tags joined are no tag, whatever ids they have, and one joined with
// itself is what it was.
func TestTagsApart(t *testing.T) {
	ids := []uint32{0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 255, 256, 1 << 20, 1<<20 | 1, 1 << 31, 1<<32 - 1}
	tags := map[tag]bool{}
	for _, a := range ids {
		tags[tagOf(a)] = true
	}
	if len(tags) != len(ids) {
		t.Errorf("%d tags of %d ids", len(tags), len(ids))
	}
	for _, a := range ids {
		for _, b := range ids {
			joined := tagOf(a) | tagOf(b)
			if isTag := joined == tagOf(uint32(joined>>32)); isTag != (a == b) {
				t.Errorf("the tags %d and %d join to %x", a, b, joined)
			}
		}
	}
}

package dual

import (
	"fmt"
	"sync/atomic"
)

// A tag names the derivative that a number belongs to; 0 marks a constant. It
// holds the derivative's id in its upper half and the complement in its lower
// one, so that joining the tags of two operands is a bitwise or, and two
// different ids leave a word that is no tag.
type tag uint64

var lastID atomic.Uint32

// newTag returns the tag of a derivative that begins.
func newTag() tag {
	id := lastID.Add(1) % manyBit
	if id == 0 { // after 2³¹ derivatives; the ids in use by then are long gone
		id = lastID.Add(1) % manyBit
	}
	return tagOf(id)
}

func tagOf(id uint32) tag { return tag(id)<<32 | tag(^id) }

// check panics if a result belongs to any derivative but this one.
func (own tag) check(op string, y Number) { own.checkTag(op, y.tag) }

func (own tag) checkTag(op string, y tag) {
	if y != 0 && y != own {
		panic(confusion(op))
	}
}

func confusion(op string) string {
	return fmt.Sprintf("dual.%s: a variable of another derivative got into the function (perturbation confusion); "+
		"use Hessian or HVP for second derivatives, package symbolic to nest them, "+
		"or DerivativeOf, GradientOf or JVPOf, where what is captured is lifted (Of.Lift)", op)
}

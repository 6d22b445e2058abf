package compare

import (
	"fmt"
	"strings"
)

// A Reason says why a comparison is no evidence.
type Reason int

// Reasons.
const (
	Cancellation Reason = iota // rounding errors are as large as what is compared
	Overflow                   // close to the end of the range the order of operations decides
	Underflow                  // as close to 0
	AtJump                     // the function jumps
	NotANumber                 // the function, or its derivative, is none there
	Convention                 // several kinks, or a branch on 0: slopes are agreed and not found
	Uneven                     // inputs of very different sizes move at once
	Stairs                     // stairs finer than the steps
	NearKink                   // a branch goes another way within the steps
	Oscillation                // structure finer than the steps
	Misled                     // other differences contradict those
	Blunt                      // differences settle on too few digits
	Steep                      // the function is too steep to be told from one that jumps
	NoLimit                    // differences do not settle

	reasons
)

var reasonNames = [...]string{
	"cancellation", "overflow", "underflow", "jump", "undefined", "convention", "uneven sizes", "stairs", "kink within the steps",
	"finer than the steps", "misled", "blunt", "too steep", "no limit",
}

// String returns the reason in words.
func (r Reason) String() string { return reasonNames[r] }

// Moot reports whether there is no right answer that differences could know, by
// definition: at a jump, where there is no derivative, and where it is a matter of
// convention. Such a comparison does not lack evidence: the exact methods are held
// against each other there.
func (r Reason) Moot() bool { return r == AtJump || r == NotANumber || r == Convention }

// Reasons counts comparisons without evidence by reason.
type Reasons [reasons]int

// Total is the number of comparisons without evidence.
func (r Reasons) Total() int {
	n := 0
	for _, k := range r {
		n += k
	}
	return n
}

// Split returns the comparisons that lack evidence, and those that are moot.
func (r Reasons) Split() (lacking, moot Reasons) {
	for k, n := range r {
		if Reason(k).Moot() {
			moot[k] = n
		} else {
			lacking[k] = n
		}
	}
	return lacking, moot
}

// String lists the reasons that occur, with their numbers.
func (r Reasons) String() string {
	var list []string
	for k, n := range r {
		if n > 0 {
			list = append(list, fmt.Sprintf("%d %s", n, Reason(k)))
		}
	}
	return strings.Join(list, ", ")
}

// silent returns why differences say nothing at a point that is not smooth. A jump or a
// kink that only they see may be none.
func (j *judgement) silent() Reason {
	seen := j.ground.edges+j.ground.kinks > 0
	switch {
	case j.report.Class == Undefined:
		return NotANumber
	case j.report.Class == Jump && seen:
		return AtJump
	case j.report.Class == Jump:
		return Steep
	case seen:
		return Convention
	}
	return NearKink
}

// limitless returns why differences have no limit: because there is none, by all exact
// methods too, or by convention; or because they do not settle.
func (j *judgement) limitless(t *table, i int) Reason {
	if j.ground.conventional(t.order) {
		return Convention
	}
	for m := Dual; m < methods; m++ {
		if t.asked(m, i) && finite(t.by[m][i]) {
			return NoLimit
		}
	}
	return NotANumber
}

package revolve

import (
	"fmt"
	"iter"
	"math"
	"math/bits"
	"sort"
)

// An Action is an element of a Schedule. The steps of a loop are 0 to n-1; state k
// is the state before step k.
type Action struct {
	Kind Kind
	From int // the state at hand before; after Restore, the state at hand
	To   int // after Advance, the state at hand
	Slot int // where Store puts a state and Restore takes it from
}

// Kind says what an Action does.
type Kind int

const (
	Advance Kind = iota // run steps From to To-1
	Store               // put state From into Slot
	Restore             // take state From out of Slot, where it stays
	Back                // differentiate step From, at whose state the loop is
)

// String returns what is done: "Advance", "Store", "Restore" or "Back".
func (k Kind) String() string {
	if k < Advance || k > Back {
		return fmt.Sprintf("Kind(%d)", int(k))
	}
	return [...]string{"Advance", "Store", "Restore", "Back"}[k]
}

// String returns the action as text, like "Advance 0 to 4", "Store 4 in 1",
// "Restore 0 from 0" or "Back 9".
func (a Action) String() string {
	switch a.Kind {
	case Advance:
		return fmt.Sprintf("Advance %d to %d", a.From, a.To)
	case Store:
		return fmt.Sprintf("Store %d in %d", a.From, a.Slot)
	case Restore:
		return fmt.Sprintf("Restore %d from %d", a.From, a.Slot)
	}
	return fmt.Sprintf("%v %d", a.Kind, a.From)
}

// Schedule yields the actions that take a loop of n steps backwards, from step n-1
// to step 0, when no more states can be kept at a time than there are slots. State
// 0 is at hand at the start and is kept like any other. Slots are numbered from 0,
// and what is kept in one is void when it is stored in again.
//
// The schedule is binomial checkpointing (Griewank and Walther, Algorithm 799:
// revolve, ACM Trans. Math. Softw. 26, 2000; Evaluating Derivatives, 2008, chapter
// 12): it advances by the fewest steps possible, Steps of them, and of such
// schedules it stores the fewest states. With s slots and C(s+r, s) steps no step is
// advanced by more than r times: with 30 slots and 10⁶ steps 6 times.
//
// Cost: of the order of the actions; nothing of the length n is kept.
//
// Schedule panics if n is negative, or if slots is less than 1.
func Schedule(n, slots int) iter.Seq[Action] {
	mustFit("Schedule", n, slots)
	slots = min(slots, max(n, 1)) // more are of no use
	return func(yield func(Action) bool) {
		if n > 0 {
			_ = yield(Action{Kind: Store}) && revolve(0, n, slots, 0, yield)
		}
	}
}

// revolve yields the actions for steps from to end-1, and reports whether all were
// taken. State from is at hand and in the given slot, the last that is in use of
// the slots there are.
func revolve(from, end, slots, slot int, yield func(Action) bool) bool {
	for end-from > 1 {
		middle := from + firstLeg(end-from, slots-slot)
		if !yield(Action{Kind: Advance, From: from, To: middle}) {
			return false
		}
		if end-middle > 1 {
			if !yield(Action{Kind: Store, From: middle, Slot: slot + 1}) || !revolve(middle, end, slots, slot+1, yield) {
				return false
			}
		} else if !yield(Action{Kind: Back, From: middle}) {
			return false
		}
		if !yield(Action{Kind: Restore, From: from, Slot: slot}) {
			return false
		}
		end = middle
	}
	return yield(Action{Kind: Back, From: from})
}

// firstLeg returns by how many of n steps, 2 at least, to advance before the next
// state is kept, with s slots of which one is taken.
//
// With β(s, r) = C(s+r, s) and r such that β(s, r-1) < n ≤ β(s, r), the count is
// the least if the first leg has from β(s, r-2) to β(s, r-1) steps and the rest from
// β(s-1, r-1) to β(s-1, r) (Evaluating Derivatives, proposition 12.3). Of such legs
// this is the one after which the fewest states are stored, as Griewank and Walther
// choose it: the rest has as near as can be to β(s-1, r-1) + β(s-2, r-1) steps.
func firstLeg(n, s int) int {
	r := repeats(n, s)
	rest := binomial(s-1, r-1) + binomial(s-2, r-1)
	return min(max(1, binomial(s, r-2), n-rest), binomial(s, r-1))
}

// repeats returns the least r with n ≤ β(s, r).
func repeats(n, s int) int {
	if s == 1 {
		return n - 1
	}
	r := 1
	for binomial(s, r) < n {
		r *= 2
	}
	return sort.Search(r, func(r int) bool { return binomial(s, r) >= n })
}

// binomial returns β(s, r) = C(s+r, s), or math.MaxInt if that is less; 0 if s or r
// is negative.
func binomial(s, r int) int {
	if s < 0 || r < 0 {
		return 0
	}
	b := uint64(1)
	for k, low := 1, min(s, r); k <= low; k++ { // b = C(max+k, k)
		high, product := bits.Mul64(b, uint64(max(s, r)+k))
		if high >= uint64(k) {
			return math.MaxInt
		}
		b, _ = bits.Div64(high, product, uint64(k))
		if b > math.MaxInt {
			return math.MaxInt
		}
	}
	return int(b)
}

// Steps returns by how many steps a Schedule advances, the steps
// differentiated not counted: r·n - C(s+r, s+1) for s slots, with the least r such
// that n ≤ C(s+r, s) (Griewank and Walther, Evaluating Derivatives, 2008,
// proposition 12.3). No schedule advances by fewer.
//
// Steps panics if n is negative, if slots is less than 1, or if the result
// is too large for an int.
func Steps(n, slots int) int {
	mustFit("Steps", n, slots)
	if n < 2 {
		return 0
	}
	given := slots
	slots = min(slots, n) // more are of no use
	r := repeats(n, slots)
	if slots == 1 { // r = n-1, and the difference below would overflow sooner
		if high, low := bits.Mul64(uint64(n), uint64(r)); high == 0 && low/2 <= math.MaxInt {
			return int(low / 2)
		}
	} else if high, low := bits.Mul64(uint64(n), uint64(r)); high == 0 && low <= math.MaxInt {
		return int(low) - binomial(slots+1, r-1)
	}
	panic(fmt.Sprintf("revolve: Steps(%d, %d) overflows", n, given))
}

func mustFit(op string, n, slots int) {
	if n < 0 || slots < 1 {
		panic(fmt.Sprintf("revolve: %s of %d steps with %d slots", op, n, slots))
	}
}

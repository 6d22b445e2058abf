package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/compare/internal/rounding"
)

// A Report is what Check found out about one function at one point.
type Report struct {
	// Name and X are the function and the point.
	Name string
	X    []float64

	// Class says what kind of point it is, as far as differences can tell.
	Class Class

	// Comparisons counts the pairs of numbers whose comparison is evidence.
	// Skipped counts those that prove nothing: where differences have no answer
	// (at a jump, or outside of the domain), or where results may differ by so
	// much that a wrong one would pass. Without counts these by reason; its Split tells
	// those that lack evidence from those that are moot.
	Comparisons, Skipped int
	Without              Reasons

	// Condition is the largest bound on the rounding error of a first derivative
	// whose comparison was no evidence, in units of 48 roundings of that
	// derivative; 0 if there was none.
	Condition float64

	// Power is the least relative fault of a Slope that the comparison of the
	// exact methods would notice at this point, whichever of the elementary
	// functions that occur is at fault. It is NaN if none occurs.
	Power float64

	// Lacks lists what was left out, and why: a row without a Curve has no
	// second order, one without a Text is not differentiated on paper.
	Lacks []string

	// Measured counts the comparisons with a difference, and Sharp those with
	// one that is good to six digits (below 1, to six decimals) by its own
	// estimate.
	Measured, Sharp int

	// WorstULP is the largest disagreement among the exact methods, in units in
	// the last place of the largest term of the result, or of the result's own
	// rounding bound if that is larger.
	WorstULP float64

	// WorstEstimate is the largest disagreement of a difference with an exact
	// method, in multiples of its own error estimate.
	WorstEstimate float64

	// Findings are the disagreements, and Culprit is who is to blame for
	// them: a method, or a column of a row of the table ("Slope of tanh").
	Findings []Finding
	Culprit  string

	// Places are where the culprits are, as far as they were found: the first
	// operation of every column that is wrong, or the first that diverges.
	Places []Place

	smaller func() []float64 // see Smaller

	evident   int  // comparisons of derivatives by exact methods that are evidence
	undecided bool // there were some, and none is evidence
}

// A Finding is a disagreement of two methods about one number.
type Finding struct {
	Operator string // "gradient", "HVP", …
	Entry    string // which of its results
	A, B     Method
	ValueA   float64
	ValueB   float64

	// Tolerance is how far apart the two might have been.
	Tolerance float64
}

// Class is the kind of a point.
type Class int

// Kinds of points.
const (
	Smooth    Class = iota // no kink or jump was found: as a rule the function is differentiable there
	Kink                   // it has different derivatives on two sides
	Jump                   // it is discontinuous, or too steep to tell
	Undefined              // it is not a number there
)

var classNames = [...]string{"smooth", "kink", "jump", "undefined"}

// String returns "smooth", "kink", "jump" or "undefined".
func (c Class) String() string { return classNames[c] }

// OK reports whether all methods agree, and there is evidence of it.
func (r Report) OK() bool { return r.Verdict() == Agree }

// agreed reports whether nothing was found.
func (r Report) agreed() bool { return len(r.Findings) == 0 }

// seen reports whether the methods themselves disagree at X, and not only the columns of
// a row, which may be wrong elsewhere in its box.
func (r Report) seen() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Operator != "columns" })
}

// Verdict returns what the report comes to.
func (r Report) Verdict() Verdict {
	switch {
	case !r.agreed():
		return Disagree
	case r.undecided:
		return Undecided
	}
	return Agree
}

// maxListed is how many findings String lists.
const maxListed = 8

// String returns the report as text: one line where all methods agree, and the
// culprit, its places, a simpler point and the disagreements where they do not.
func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s at %v: ", r.Name, r.X)
	all := r.Comparisons + r.Skipped
	switch r.Verdict() {
	case Undecided:
		fmt.Fprintf(&b, "UNDECIDED (%s; condition %.2g): no comparison of exact derivatives is evidence; %d of %d comparisons without it (%v)",
			r.Class, r.Condition, r.Skipped, all, r.Without)
		return b.String()
	case Agree:
		if r.Skipped == 0 {
			fmt.Fprintf(&b, "agree (%s; %d comparisons, worst %.2g ulp)", r.Class, r.Comparisons, r.WorstULP)
		} else {
			fmt.Fprintf(&b, "agree at %d of %d (%s; worst %.2g ulp); %d without evidence (%v)", r.Comparisons, all, r.Class, r.WorstULP, r.Skipped, r.Without)
		}
		return b.String()
	}
	fmt.Fprintf(&b, "DISAGREE (%s; %d of %d comparisons); culprit: %s", r.Class, len(r.Findings), r.Comparisons, r.Culprit)
	for _, p := range r.Places {
		fmt.Fprintf(&b, "\n\tfirst at %v", p)
	}
	if x := r.Smaller(); !slices.Equal(x, r.X) {
		fmt.Fprintf(&b, "\n\talso at the simpler point %v", x)
	}
	for i, f := range r.Findings {
		if i == maxListed {
			fmt.Fprintf(&b, "\n\t… and %d more", len(r.Findings)-i)
			break
		}
		fmt.Fprintf(&b, "\n\t%s", f)
	}
	return b.String()
}

// String returns the finding as one line.
func (f Finding) String() string {
	if f.A == f.B { // it is about a Text, and not about numbers
		return f.Operator + ": " + f.Entry
	}
	return fmt.Sprintf("%s %s: %v %v, %v %v, apart %.3g where %.2g is allowed",
		f.Operator, f.Entry, f.A, f.ValueA, f.B, f.ValueB, math.Abs(f.ValueA-f.ValueB), f.Tolerance)
}

// worst notes an agreement of two exact methods.
func (r *Report) worst(x, y float64, l limit) {
	if same(x, y) {
		return
	}
	magnitude := max(l.Size, l.Err/rounding.RoundSlope, math.Abs(x), math.Abs(y))
	if !finite(magnitude) {
		return
	}
	step := math.Nextafter(magnitude, math.Inf(1)) - magnitude
	r.WorstULP = max(r.WorstULP, math.Abs(x-y)/step)
}

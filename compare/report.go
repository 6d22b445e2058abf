package compare

import (
	"fmt"
	"math"
	"strings"
)

// A Report is what Check found out about one function at one point.
type Report struct {
	// Name and X are the function and the point.
	Name string
	X    []float64

	// Class says what kind of point it is, as far as differences can tell.
	Class Class

	// Comparisons counts the pairs of numbers that were compared. Skipped
	// counts those that were not: where differences have no answer (at a
	// jump, or outside of the domain), or where results so close to the ends
	// of the range depend on the order of operations.
	Comparisons, Skipped int

	// Measured counts the comparisons with a difference, and Sharp those with
	// one that is good to six digits (below 1, to six decimals) by its own
	// estimate.
	Measured, Sharp int

	// WorstULP is the largest disagreement among the exact methods, in units
	// in the last place of the largest term that goes into the result, or of
	// what an error of that size in the arguments comes to if that is more.
	WorstULP float64

	// WorstEstimate is the largest disagreement of a difference with an exact
	// method, in multiples of its own error estimate.
	WorstEstimate float64

	// Findings are the disagreements, and Culprit is who is to blame for
	// them: a method, or a column of a row of the table ("Slope of tanh").
	Findings []Finding
	Culprit  string
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
	Smooth    Class = iota // the function is differentiable there
	Kink                   // it has different derivatives on two sides
	Jump                   // it is discontinuous, or too steep to tell
	Undefined              // it is not a number there
)

var classNames = [...]string{"smooth", "kink", "jump", "undefined"}

// String returns "smooth", "kink", "jump" or "undefined".
func (c Class) String() string { return classNames[c] }

// OK reports whether all methods agree.
func (r Report) OK() bool { return len(r.Findings) == 0 }

// maxListed is how many findings String lists.
const maxListed = 8

// String returns the report as text: one line where all methods agree, and the
// culprit and the disagreements where they do not.
func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s at %v: ", r.Name, r.X)
	if r.OK() {
		fmt.Fprintf(&b, "agree (%s; %d comparisons, worst %.2g ulp)", r.Class, r.Comparisons, r.WorstULP)
		return b.String()
	}
	fmt.Fprintf(&b, "DISAGREE (%s; %d of %d comparisons); culprit: %s", r.Class, len(r.Findings), r.Comparisons, r.Culprit)
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
	return fmt.Sprintf("%s %s: %v %v, %v %v, apart %.3g where %.2g is allowed",
		f.Operator, f.Entry, f.A, f.ValueA, f.B, f.ValueB, math.Abs(f.ValueA-f.ValueB), f.Tolerance)
}

// worst notes an agreement of two exact methods.
func (r *Report) worst(x, y, magnitude float64) {
	if same(x, y) || magnitude != magnitude {
		return
	}
	magnitude = max(magnitude, math.Abs(x), math.Abs(y))
	step := math.Nextafter(magnitude, math.Inf(1)) - magnitude
	r.WorstULP = max(r.WorstULP, math.Abs(x-y)/step)
}

// finding notes a disagreement.
func (c *checker) finding(t *table, i int, a, b Method, tolerance float64) {
	c.report.Findings = append(c.report.Findings, Finding{
		Operator: t.operator, Entry: t.label(i), A: a, B: b,
		ValueA: t.by[a][i], ValueB: t.by[b][i], Tolerance: tolerance,
	})
}

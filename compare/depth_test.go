package compare

import (
	"flag"
	"math"
	"testing"

	"github.com/quartet-ad/ad"
)

var fullFlag = flag.Bool("full", false, "check deep programs at all depths, with all faults")

// depths returns how often a deep program is repeated.
func (d deep) depths() []int {
	switch {
	case testing.Short():
		return []int{10, 40}
	case *fullFlag && d.name == "log-likelihood":
		return []int{10, 20, 40, 160, 1280, 10_000}
	case *fullFlag:
		return []int{10, 20, 40, 160, 1280}
	}
	depths := []int{10, 40}
	if d.steps > 160 {
		depths = append(depths, 160)
	}
	return append(depths, d.steps)
}

// faultsAt returns the faults that are planted in a program of n steps: the smallest is the
// hardest.
func faultsAt(n int) []float64 {
	if n > 10 && !*fullFlag {
		return []float64{1e-4}
	}
	return []float64{1e-4, 1e-2, 0.5}
}

// TestDepth: a Slope that is wrong is caught however often the program uses it, wherever
// there is a derivative left to be wrong; and a program without fault is agreed about.
func TestDepth(t *testing.T) {
	for _, d := range deeps {
		for _, n := range d.depths() {
			r := Check(d.over(repeat{ad.NewOp(sineRow(0)), n}), deepPoint)
			if r.Verdict() != Agree && !vanished(d, n) {
				t.Errorf("%s of %d steps without fault: %v", d.name, n, r)
			}
			for _, fault := range faultsAt(n) {
				r := Check(d.over(repeat{ad.NewOp(sineRow(fault)), n}), deepPoint)
				if r.Verdict() != Disagree || r.Culprit != "Slope of s" {
					t.Errorf("%s of %d steps, Slope off by %v: %v", d.name, n, fault, r)
				}
			}
		}
	}
}

// vanished reports whether a program's derivatives are so small that they are lost.
func vanished(d deep, n int) bool {
	e := gather(d.over(repeat{ad.NewOp(sineRow(0)), n}), deepPoint)
	for _, y := range e.jacobian.by[Reverse] {
		if math.Abs(y) > 1e-280 {
			return false
		}
	}
	return true
}

// TestDepthOfMethods: so is a method that is wrong by itself, which no column tells.
func TestDepthOfMethods(t *testing.T) {
	right := ad.NewOp(sineRow(0))
	for _, d := range deeps {
		for _, n := range d.depths() {
			if n > 160 { // deeper is TestDepth's question
				break
			}
			for _, fault := range faultsAt(n) {
				wrong := ad.NewOp(sineRow(fault))
				good, bad := d.over(repeat{right, n}), d.over(repeat{wrong, n})
				good.tape = bad.tape
				if r := Check(good, deepPoint); r.Verdict() != Disagree || r.Culprit != "reverse" {
					t.Errorf("%s of %d steps, the tape's Slope off by %v: %v", d.name, n, fault, r)
				}
			}
		}
	}
}

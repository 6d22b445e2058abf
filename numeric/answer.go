package numeric

import (
	"slices"

	"github.com/quartet-ad/ad/internal/check"
)

// An answer is a list of derivatives as an operator has found them. One method
// hands it out in one of the three forms that operators have, and gives the probe back.
type answer struct {
	p     *probe
	found []Result // the probe's, not to be kept
}

// plain returns the derivatives.
func (a answer) plain() []float64 {
	defer a.p.release()
	dst := make([]float64, len(a.found))
	a.write(dst)
	return dst
}

// scalarTo writes the derivatives to dst and returns f(x), of a function with one output.
func (a answer) scalarTo(dst []float64) float64 {
	defer a.p.release()
	a.write(dst)
	return a.p.value[0]
}

// vectorTo writes the derivatives to dst and returns f(x).
func (a answer) vectorTo(dst []float64) []float64 {
	defer a.p.release()
	a.write(dst)
	return slices.Clone(a.p.value)
}

// results returns the derivatives with their estimates.
func (a answer) results() []Result {
	defer a.p.release()
	return append(make([]Result, 0, len(a.found)), a.found...)
}

func (a answer) write(dst []float64) {
	check.Length(a.p.op, "dst", len(dst), len(a.found))
	copyValues(dst, a.found)
}

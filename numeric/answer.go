package numeric

import (
	"slices"

	"github.com/quartet-ad/ad/internal/check"
)

// A form is how an operator hands out its derivatives: plain in a new list, written to
// one of the caller's, with f(x) or without, or with estimates.
type form struct {
	dst                      []float64
	writes, value, estimates bool
}

var plain, estimated = form{}, form{estimates: true}

func to(dst []float64) form { return form{dst: dst, writes: true, value: true} }

func into(dst []float64) form { return form{dst: dst, writes: true} }

// hand tells the probe that n derivatives are handed out in a form.
func (p *probe) hand(as form, n int) {
	if as.writes {
		check.Length(p.op, "dst", len(as.dst), n)
	}
	p.estimate = as.estimates
}

// An answer is a list of derivatives as an operator has found them. One method hands it
// out and gives the probe back.
type answer struct {
	p     *probe
	as    form
	found []Result // the probe's, not to be kept
}

// values returns the derivatives.
func (a answer) values() []float64 {
	defer a.p.release()
	dst := make([]float64, len(a.found))
	copyValues(dst, a.found)
	return dst
}

// write writes the derivatives.
func (a answer) write() {
	defer a.p.release()
	copyValues(a.as.dst, a.found)
}

// scalar writes the derivatives and returns f(x), of a function with one output.
func (a answer) scalar() float64 {
	defer a.p.release()
	copyValues(a.as.dst, a.found)
	return a.p.value[0]
}

// vector writes the derivatives and returns f(x).
func (a answer) vector() []float64 {
	defer a.p.release()
	copyValues(a.as.dst, a.found)
	return slices.Clone(a.p.value)
}

// results returns the derivatives with their estimates.
func (a answer) results() []Result {
	defer a.p.release()
	return append(make([]Result, 0, len(a.found)), a.found...)
}

package compare

import (
	"math"

	"github.com/quartet-ad/ad/numeric"
)

// entire is how many inputs a function may have whose Hessian differences are asked for
// entirely. Its entries grow with the square of that, and each is two dozen evaluations.
const entire = 16

// measureLargest asks differences for the entries of a Hessian that tell most: in every
// column the diagonal, and the largest of those above it by the exact methods. The others
// they see in the HVP, of a direction in which all inputs move.
func (e *evidence) measureLargest() {
	n, t := len(e.x), &e.hessian
	size := t.size()
	t.by[Differences] = make([]float64, size)
	t.estimate, t.steps, t.unasked = make([]float64, size), make([]float64, size), make([]bool, size)
	for k := range t.unasked {
		t.unasked[k] = true
	}
	for j := range n {
		among, at := []int{j}, []float64{e.x[j]}
		if j > 0 {
			i := e.largest(j)
			among, at = append(among, i), append(at, e.x[i])
		}
		f := func(y []numeric.Real) numeric.Real {
			x := make([]numeric.Real, n)
			for i := range x {
				x[i] = numeric.Real(e.x[i])
			}
			for k, i := range among {
				x[i] = y[k]
			}
			return e.fn.real(x)[0]
		}
		for k, r := range numeric.HVPResult(f, at, axis(len(among), 0)) {
			at := index(among[k], j, n)
			t.by[Differences][at], t.estimate[at], t.steps[at], t.unasked[at] = r.Value, r.Err, r.Step, false
			t.kinked = t.kinked || r.Status == numeric.Kinked
		}
	}
}

// largest returns the row of the largest entry above the diagonal in a column of the
// Hessian.
func (e *evidence) largest(j int) (row int) {
	most := -1.0
	for i := range j {
		k := index(i, j, len(e.x))
		for m := Dual; m < methods; m++ {
			if y := e.hessian.by[m]; len(y) > 0 && math.Abs(y[k]) > most {
				row, most = i, math.Abs(y[k])
			}
		}
	}
	return row
}

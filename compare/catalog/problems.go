package catalog

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/problems"
)

// problemForms are the objectives, residualForms the residuals where there are
// any.
func problemForms[T ad.Scalar[T]]() []form[T] {
	var forms []form[T]
	for _, p := range problems.All[T]() {
		forms = append(forms, scalarForm(p.Name, p.Objective, around(p.Start)...))
	}
	return forms
}

func residualForms[T ad.Scalar[T]]() []form[T] {
	var forms []form[T]
	for _, p := range problems.All[T]() {
		if p.Residuals != nil {
			forms = append(forms, vectorForm(p.Name, p.Residuals, around(p.Start)...))
		}
	}
	return forms
}

// around returns a starting point and three points near it.
func around(start []float64) [][]float64 {
	points := box(3, len(start), -0.2, 0.2)
	for _, p := range points {
		for i, x := range start {
			p[i] = x + p[i]*max(math.Abs(x), 0.5)
		}
	}
	return append(points, start)
}

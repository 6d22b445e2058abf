package catalog

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/compare/adbench"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// An Entry is a function of the catalog with the points to check it at.
type Entry struct {
	// Group is "elementary", "helper", "rule", "vector", "activation", "loss",
	// "problem", "residual" or "objective".
	Group  string
	Func   compare.Func
	Points [][]float64
}

// Functions returns every function that this module has a name for: the rows of
// the table, the rules of differentiation by themselves, the functions of many
// numbers, every activation and loss in its textbook form, test problems of
// optimization with their residuals, and a real objective: a Gaussian mixture
// model.
func Functions() []Entry {
	var c []Entry
	for _, row := range rule.Functions {
		c = append(c, Entry{"elementary", compare.Elementary((*ad.Func)(row)), points1(row)})
	}
	for _, row := range rule.Functions2 {
		c = append(c, Entry{"elementary", compare.Elementary2((*ad.Func2)(row)), points2(row)})
	}
	for _, row := range rule.Helpers {
		c = append(c, Entry{"helper", compare.Elementary((*ad.Func)(row)), points1(row)})
	}
	for _, row := range rule.Helpers2 {
		// Two rows have no derivative to compare: one declares itself a
		// constant, the other takes the order of a derivative.
		if row != rule.Pivot && row != rule.Polygamma {
			c = append(c, Entry{"helper", compare.Elementary2((*ad.Func2)(row)), points2(row)})
		}
	}
	c = append(c, entries("rule", ruleForms, ruleForms, ruleForms, ruleForms, ruleForms)...)
	c = append(c, entries("vector", vectorForms, vectorForms, vectorForms, vectorForms, vectorForms)...)
	c = append(c, entries("activation", activationForms, activationForms, activationForms, activationForms, activationForms)...)
	c = append(c, entries("loss", lossForms, lossForms, lossForms, lossForms, lossForms)...)
	c = append(c, entries("problem", problemForms, problemForms, problemForms, problemForms, problemForms)...)
	c = append(c, entries("residual", residualForms, residualForms, residualForms, residualForms, residualForms)...)
	return append(c, mixtureEntry())
}

// mixtureEntry is the model d2 K5 of ADBench with the first 20 of its 1000
// points, of which a Hessian on paper takes a second; it grows faster than the
// points do, to minutes.
func mixtureEntry() Entry {
	g, x := adbench.SmallMixture(20)
	f := compare.New("gmm", adbench.LogPosterior[numeric.Real](g), adbench.LogPosterior[dual.Number](g),
		adbench.LogPosterior[dual.Hyper](g), adbench.LogPosterior[reverse.Var](g), adbench.LogPosterior[symbolic.Expr](g))
	return Entry{"objective", f, [][]float64{x}}
}

// A form is one function over one number type, and the points to check it at.
type form[T any] struct {
	name   string
	vector func([]T) []T
	scalar func([]T) T // in place of vector, if there is one result
	points [][]float64
}

// entries joins the lists of forms over the five number types.
func entries(
	group string,
	real func() []form[numeric.Real],
	number func() []form[dual.Number],
	hyper func() []form[dual.Hyper],
	tape func() []form[reverse.Var],
	paper func() []form[symbolic.Expr],
) []Entry {
	var c []Entry
	r, n, h, t, p := real(), number(), hyper(), tape(), paper()
	for i := range r {
		f := compare.NewVector(r[i].name, r[i].vector, n[i].vector, h[i].vector, t[i].vector, p[i].vector)
		if r[i].scalar != nil {
			f = compare.New(r[i].name, r[i].scalar, n[i].scalar, h[i].scalar, t[i].scalar, p[i].scalar)
		}
		c = append(c, Entry{group, f, r[i].points})
	}
	return c
}

package compare

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// An Entry is a function of the catalogue with the points to check it at.
type Entry struct {
	// Group is "elementary", "helper", "rule", "vector", "activation", "loss",
	// "problem", "residual" or "objective".
	Group  string
	Func   Func
	Points [][]float64
}

// Catalogue returns every function that this module has a name for: the rows of
// the table, the rules of differentiation by themselves, the functions of many
// numbers, every activation and loss in its textbook form, test problems of
// optimisation with their residuals, and a real objective: a Gaussian mixture
// model.
func Catalogue() []Entry {
	var c []Entry
	for _, row := range rule.Functions {
		c = append(c, Entry{"elementary", Elementary(row), points1(row)})
	}
	for _, row := range rule.Functions2 {
		c = append(c, Entry{"elementary", Elementary2(row), points2(row)})
	}
	for _, row := range rule.Helpers {
		c = append(c, Entry{"helper", Elementary(row), points1(row)})
	}
	for _, row := range rule.Helpers2 {
		// Two rows have no derivative to compare: one declares itself a
		// constant, the other takes the order of a derivative.
		if row != rule.Pivot && row != rule.Polygamma {
			c = append(c, Entry{"helper", Elementary2(row), points2(row)})
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
	g, x, err := parseMixture(smallMixture)
	if err != nil {
		panic("compare: testdata/gmm/d2_K5.txt: " + err.Error())
	}
	g.points = g.points[:20]
	f := New("gmm", gmm[numeric.Real](g), gmm[dual.Number](g), gmm[dual.Hyper](g), gmm[reverse.Var](g), gmm[symbolic.Expr](g))
	return Entry{"objective", f, [][]float64{x}}
}

// A form is one function over one number type, and the points to check it at.
type form[T any] struct {
	name   string
	f      func([]T) []T
	scalar bool
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
		f := NewVector(r[i].name, r[i].f, n[i].f, h[i].f, t[i].f, p[i].f)
		f.scalar = r[i].scalar
		c = append(c, Entry{group, f, r[i].points})
	}
	return c
}

// perRow is how many points of a row's interval are checked, besides its kinks.
const perRow = 24

// points1 spreads points over the interval of a row and adds its kinks.
func points1(row *ad.Func) [][]float64 {
	points := spread(perRow, []float64{row.Lo}, []float64{row.Hi})
	for _, k := range row.Kinks {
		points = append(points, []float64{k.At})
	}
	return points
}

// points2 spreads points over the box of a row, and adds a tie where the box has
// one.
func points2(row *ad.Func2) [][]float64 {
	points := spread(perRow, row.Lo[:], row.Hi[:])
	if row.Lo[0] == row.Lo[1] && row.Hi[0] == row.Hi[1] {
		mid := (row.Lo[0] + row.Hi[0]) / 2
		points = append(points, []float64{mid, mid})
	}
	return points
}

// spread returns n points of a box, evenly but not regularly: the fractions of
// multiples of powers of the plastic number (Roberts' low-discrepancy sequence),
// and of its generalisations to more dimensions.
func spread(n int, lo, hi []float64) [][]float64 {
	d := float64(len(lo))
	phi := 2.0
	for range 30 { // phi^(d+1) = phi + 1
		phi = math.Pow(1+phi, 1/(d+1))
	}
	points := make([][]float64, n)
	for k := range points {
		points[k] = make([]float64, len(lo))
		for i := range lo {
			_, frac := math.Modf(0.5 + float64(k+1)*math.Pow(phi, -float64(i+1)))
			points[k][i] = lo[i] + frac*(hi[i]-lo[i])
		}
	}
	return points
}

// box returns n points of the cube [lo, hi]^d.
func box(n, d int, lo, hi float64) [][]float64 {
	l, h := make([]float64, d), make([]float64, d)
	for i := range l {
		l[i], h[i] = lo, hi
	}
	return spread(n, l, h)
}

package numeric

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
)

// Steps shows how the error of a derivative goes with the step: large steps see f bend,
// small ones see its rounding.
type Steps struct {
	X      float64
	Truth  Result // what the schemes are held against
	Curves []Curve
}

// Curve is the error of a scheme against its step, or the first step where it
// extrapolates.
type Curve struct {
	Scheme string
	Points []Point // ascending in Step

	// Best is the step that theory gives: that which minimizes C·|f⁽ᵖ⁺¹⁾|·hᵖ + N/h, where
	// C·f⁽ᵖ⁺¹⁾·hᵖ is the first term of the error series of the formula, and N its
	// rounding, half a unit in the last place of f for each of its values. NaN for schemes
	// that extrapolate, and where that derivative is 0 or not found.
	Best float64
}

// Point is the relative error of a derivative found with a step, the absolute one where
// the truth is 0.
type Point struct{ Step, Err float64 }

// The steps of a study: 1 down to 10⁻¹⁵, in units of the largest length over which f
// may be expected to change.
const (
	studyDecades   = 15
	studyPerDecade = 4
)

// studied are the schemes of a study; the formulas have a theory.
var studied = []struct {
	name    string
	scheme  *Scheme
	formula *formula
}{
	{"Forward", &Forward, newFormula([]float64{0, 1})},
	{"Backward", &Backward, newFormula([]float64{-1, 0})},
	{"Central", &Central, centered(1)},
	{"FivePoint", &FivePoint, centered(2)},
	{"SevenPoint", &SevenPoint, centered(3)},
	{"Richardson", &Richardson, nil},
	{"Ridders", &Ridders, nil},
	{"Adaptive", &Adaptive, nil},
}

// Study returns the error of every scheme against its step, for the derivative of f at x. The
// truth is that of Adaptive; errors below its estimate show nothing. Steps at which a scheme
// finds nothing have no point: there are none if f is not finite at x, or the truth is not.
//
// Cost: some 5000 evaluations of f.
func Study(f func(float64) float64, x float64) *Steps { return Richardson.Study(f, x) }

// StudyAgainst is Study where the derivative is known.
func StudyAgainst(f func(float64) float64, x, truth float64) *Steps {
	return study(Richardson, "numeric.StudyAgainst", f, x, Result{Value: truth})
}

// Study is the package's function for all schemes with the settings of s, but for Step. A
// step that the bounds cut short has its point where it was to be.
func (s Scheme) Study(f func(float64) float64, x float64) *Steps {
	const op = "numeric.Study"
	s.step, s.at = 0, 0
	return study(s, op, f, x, derivative(Adaptive.under(s), op, fromNumber(f), x, true))
}

func study(s Scheme, op string, f func(float64) float64, x float64, truth Result) *Steps {
	all := &Steps{X: x, Truth: truth}
	lengths := direction{}.lengths([]float64{x})
	length := lengths.at[lengths.n-1]
	for _, scheme := range studied {
		c := Curve{Scheme: scheme.name, Best: math.NaN()}
		for i := range studyDecades*studyPerDecade + 1 {
			h := length * math.Pow(10, float64(i)/studyPerDecade-studyDecades)
			r := derivative(scheme.scheme.under(s).At(h), op, fromNumber(f), x, false)
			if off := truth.off(r.Value); finite(off) {
				c.Points = append(c.Points, Point{h, off})
			}
		}
		if scheme.formula != nil {
			c.Best = scheme.formula.best(s, op, f, x)
		}
		all.Curves = append(all.Curves, c)
	}
	return all
}

// off returns how far a value is from the truth.
func (r Result) off(value float64) float64 {
	if r.Value == 0 {
		return math.Abs(value)
	}
	return math.Abs(value-r.Value) / math.Abs(r.Value)
}

// best returns the step that theory gives for a first derivative.
func (fm *formula) best(s Scheme, op string, f func(float64) float64, x float64) float64 {
	p := fm.accuracy(1)
	term, size, factorial := 0.0, 0.0, 1.0
	for i, w := range Weights(fm.points, 1) {
		term += w * math.Pow(fm.points[i], float64(p+1))
		size += math.Abs(w)
	}
	for k := range p + 1 {
		factorial *= float64(k + 1)
	}
	d := derivativeN(Richardson.under(s), op, fromNumber(f), x, p+1, true)
	slope := math.Abs(term) / factorial * math.Abs(d.Value)
	y := derivativeN(Richardson.under(s), op, fromNumber(f), x, 0, false).Value
	noise := ulp / 2 * size * math.Abs(y)
	if best := math.Pow(noise/(float64(p)*slope), 1/float64(p+1)); math.Abs(d.Value) > d.Err && best > 0 && finite(best) {
		return best
	}
	return math.NaN()
}

// WriteCSV writes a line for every point: the scheme, the step, the error, and the step
// that theory gives, empty where there is none.
func (s *Steps) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"scheme", "step", "error", "best"}); err != nil {
		return err
	}
	for _, c := range s.Curves {
		best := ""
		if finite(c.Best) {
			best = fmt.Sprintf("%.3g", c.Best)
		}
		for _, p := range c.Points {
			if err := out.Write([]string{c.Scheme, fmt.Sprintf("%.6g", p.Step), fmt.Sprintf("%.6g", p.Err), best}); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

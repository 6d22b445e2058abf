package rule

import (
	"fmt"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
)

// The columns of a row, in the order of the references.
var (
	columns1 = []string{"Value", "Slope", "Curve"}
	columns2 = []string{"Value", "SlopeX", "SlopeY", "CurveXX", "CurveXY", "CurveYY"}
)

// deep are helpers whose derivatives are third and fourth derivatives of a function that
// has a name, which no operator asks for. Their values are held, and their derivatives
// by package compare at ordinary points; at the ends of the range some are NaN.
var deep = []*Func2{PowSlope, PowMix, PowCurve, PowLog2, UnitSlope, UnitCross, Quadrupole, Crosspole}

// elsewhere are helpers that are held through the function that they belong to, by package
// compare: each is a derivative of log-sum-exp, softplus or celu.
var elsewhere = []*Func2{
	LogPlus, LogPart,
	SoftplusX, SoftplusY, SoftplusXX, SoftplusYY,
	CELUX, CELUY, CELUXX, CELUXY, CELUYY,
}

// TestSweep holds every column of every row against its references.
func TestSweep(t *testing.T) {
	one, two := all()
	points := sweep(t, 1)
	for _, f := range one {
		hold(t, f.Name, columns1, points[f.Name], func(x []float64) []float64 {
			y := f.Value(x[0])
			return []float64{y, f.Slope(x[0], y), f.Curve(x[0], y)}
		})
	}
	points = sweep(t, 2)
	for _, f := range two {
		columns := columns2
		switch {
		case slices.Contains(elsewhere, f):
			continue
		case slices.Contains(deep, f):
			columns = columns[:1]
		}
		hold(t, f.Name, columns, points[f.Name], func(x []float64) []float64 {
			x0, x1 := x[0], x[1]
			z := f.Value(x0, x1)
			return []float64{z, f.SlopeX(x0, x1, z), f.SlopeY(x0, x1, z),
				f.CurveXX(x0, x1, z), f.CurveXY(x0, x1, z), f.CurveYY(x0, x1, z)}
		})
	}
}

func sweep(t *testing.T, arity int) map[string][]golden.Point {
	points, err := golden.Sweep(arity)
	if err != nil {
		t.Fatal(err)
	}
	return points
}

// hold compares columns with their references.
func hold(t *testing.T, name string, columns []string, points []golden.Point, eval func(x []float64) []float64) {
	t.Helper()
	if len(points) == 0 {
		t.Errorf("%s: no references", name)
		return
	}
	got := make([][]float64, len(points))
	for i, p := range points {
		got[i] = eval(p.X)
	}
	for k, column := range columns {
		bad, held, example := 0, 0, ""
		for i, p := range points {
			if p.Convention[k] || len(columns) == 1 && p.X[0] == 0 && p.X[1] == 0 { // a pole of the deep ones
				continue
			}
			held++
			if golden.Holds(points, i, k, got[i][k]) {
				continue
			}
			bad++
			if example == "" {
				example = fmt.Sprintf("%v: %v, want %v", p.X, got[i][k], p.Want[k])
			}
		}
		if bad > 0 {
			t.Errorf("%s of %s: %d of %d are wrong, such as that at %s", column, name, bad, held, example)
		}
		if 4*held < len(points) {
			t.Errorf("%s of %s: only %d of %d references are held", column, name, held, len(points))
		}
	}
}

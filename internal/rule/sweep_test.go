package rule

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
)

// The columns of a row, in the order of the references.
var (
	columns1 = []string{"Value", "Slope", "Curve"}
	columns2 = []string{"Value", "SlopeX", "SlopeY", "CurveXX", "CurveXY", "CurveYY"}
)

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
		hold(t, f.Name, columns2, points[f.Name], func(x []float64) []float64 {
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

func hold(t *testing.T, name string, columns []string, points []golden.Point, eval func(x []float64) []float64) {
	if len(points) == 0 {
		t.Errorf("%s: no references", name)
		return
	}
	for k, column := range columns {
		worst, at, bad, n := 0.0, "", 0, 0
		for _, p := range points {
			if p.Convention[k] {
				continue
			}
			n++
			got := eval(p.X)[k]
			d := golden.ULP(got, p.Want[k])
			if d > 16 {
				bad++
			}
			if d > worst {
				worst, at = d, fmt.Sprintf("%v: %v, want %v", p.X, got, p.Want[k])
			}
		}
		if worst > 4 {
			t.Errorf("%-12s %-8s %5d/%5d beyond 16; worst %.3g at %s", name, column, bad, n, worst, at)
		}
	}
	_ = math.Inf
}

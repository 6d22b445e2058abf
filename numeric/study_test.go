package numeric_test

import (
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/numeric"
)

// TestStudy: the step that theory gives is within a factor of 10 of that of the least error, smoothed, and
// the error there near the least.
func TestStudy(t *testing.T) {
	for _, c := range []struct {
		f     func(float64) float64
		x     float64
		truth float64
	}{
		{wave, 1, waveSlope(1)},
		{math.Exp, 3, math.Exp(3)},
		{func(x float64) float64 { return 1 / x }, 0.01, -1e4},
	} {
		s := numeric.StudyAgainst(c.f, c.x, c.truth)
		for i, curve := range s.Curves {
			if len(curve.Points) < 40 {
				t.Errorf("%s at %v has %d points", curve.Scheme, c.x, len(curve.Points))
			}
			around := func(k int) float64 {
				return max(curve.Points[k-1].Err, curve.Points[k].Err, curve.Points[k+1].Err)
			}
			best := 1
			for k := 2; k < len(curve.Points)-1; k++ {
				if around(k) < around(best) {
					best = k
				}
			}
			if i >= 5 {
				if !math.IsNaN(curve.Best) {
					t.Errorf("%s at %v has the best step %v", curve.Scheme, c.x, curve.Best)
				}
				continue
			}
			if ratio := curve.Best / curve.Points[best].Step; !(ratio > 0.1 && ratio < 10) {
				t.Errorf("%s at %v: the best step is %v, and %v in theory", curve.Scheme, c.x, curve.Points[best].Step, curve.Best)
			}
		}
		against := numeric.Study(c.f, c.x)
		if off := math.Abs(against.Truth.Value - c.truth); off > honesty*against.Truth.Err {
			t.Errorf("the truth of the study at %v is %+v, want %v", c.x, against.Truth, c.truth)
		}
	}
}

func TestStudyTexts(t *testing.T) {
	s := numeric.Study(wave, 1)
	var b strings.Builder
	if err := s.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	i := 1
	for _, c := range s.Curves {
		for _, p := range c.Points {
			step, _ := strconv.ParseFloat(lines[i][1], 64)
			off, _ := strconv.ParseFloat(lines[i][2], 64)
			if lines[i][0] != c.Scheme || math.Abs(step-p.Step) > 1e-5*p.Step || math.Abs(off-p.Err) > 1e-5*p.Err {
				t.Fatalf("line %d is %v, want %s %+v", i, lines[i], c.Scheme, p)
			}
			i++
		}
	}
	if i != len(lines) {
		t.Errorf("%d lines, want %d", len(lines), i)
	}
	if err := s.WriteCSV(broken{}); err == nil {
		t.Error("an error of the writer is lost")
	}
	paths, rings := 0, 0
	d := xml.NewDecoder(strings.NewReader(s.SVG()))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			switch e.Name.Local {
			case "path":
				paths++
			case "circle":
				rings++
			}
		}
	}
	if rings != 5 || paths < 8 {
		t.Errorf("the picture has %d rings and %d lines", rings, paths)
	}
	for _, fixed := range []string{"#ddd", "#fff", "#222", "black", "white"} { // seen on light or on dark paper only
		if strings.Contains(s.SVG(), fixed) {
			t.Errorf("the picture has the color %s", fixed)
		}
	}
	if svg := numeric.Study(func(float64) float64 { return math.NaN() }, 1).SVG(); !strings.HasPrefix(svg, "<svg ") {
		t.Errorf("the picture of nothing is %q", svg)
	}
}

// TestStudyOfOddFunctions: no point and no picture has what is not a number, and f is not evaluated outside.
func TestStudyOfOddFunctions(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name string
		f    func(float64) float64
		x    float64
		none bool // no points
	}{
		{"3", func(float64) float64 { return 3 }, 1, false},
		{"0", func(float64) float64 { return 0 }, 0, false},
		{"NaN", func(float64) float64 { return nan }, 1, true},
		{"+Inf", func(float64) float64 { return math.Inf(1) }, 1, true},
		{"sin at 0", math.Sin, 0, false},
		{"x² at 0", func(x float64) float64 { return x * x }, 0, false},
		{"x far out", func(x float64) float64 { return x }, 1e300, false},
		{"x at the end", func(x float64) float64 { return x }, math.MaxFloat64, false},
		{"x at a subnormal number", func(x float64) float64 { return x }, 5e-324, false},
		{"exp at NaN", math.Exp, nan, true},
		{"exp at +Inf", math.Exp, math.Inf(1), true},
		{"|x| at 0", math.Abs, 0, false},
		{"√x at 0", math.Sqrt, 0, true},
		{"√x", math.Sqrt, 1e-3, false},
		{"1/x at 0", func(x float64) float64 { return 1 / x }, 0, true},
		{"1e308·sin", func(x float64) float64 { return 1e308 * math.Sin(x) }, 1, false},
		{"<&>", math.Exp, -700, false},
	} {
		s := numeric.Study(c.f, c.x)
		points := 0
		for _, curve := range s.Curves {
			points += len(curve.Points)
			for _, p := range curve.Points {
				if !(p.Step > 0) || !(p.Err >= 0) || math.IsInf(p.Err, 1) {
					t.Errorf("%s: %s has the point %+v", c.name, curve.Scheme, p)
				}
			}
			if math.IsInf(curve.Best, 0) || curve.Best <= 0 {
				t.Errorf("%s: %s has the best step %v", c.name, curve.Scheme, curve.Best)
			}
		}
		if c.none != (points == 0) {
			t.Errorf("%s: %d points", c.name, points)
		}
		if svg := strings.ReplaceAll(s.SVG(), fmt.Sprintf("derivative at %v", c.x), ""); strings.Contains(svg, "Inf") || strings.Contains(svg, "NaN") || xml.Unmarshal([]byte(svg), new(struct{})) != nil {
			t.Errorf("%s: the picture is %.300s", c.name, svg)
		}
	}
	edge := numeric.Central.With(numeric.Settings{Lower: []float64{0}, Upper: []float64{2}, Step: 7})
	s := edge.Study(func(x float64) float64 {
		if x < 0 || x > 2 {
			panic("outside")
		}
		return math.Exp(x)
	}, 0)
	for i, curve := range s.Curves {
		if backward := curve.Scheme == "Backward"; backward != (len(curve.Points) == 0) || !backward && i < 5 && !(curve.Best > 0) {
			t.Errorf("at an edge %s has %d points, and the best step %v", curve.Scheme, len(curve.Points), curve.Best)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

package symbolic

import (
	"flag"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

var writeGolden = flag.Bool("golden", false, "write the golden files of this package anew")

// derivative returns what is printed as the answer to a textbook's exercise: the
// derivative by x of a formula in positive numbers, where it is defined.
func answer(e Expr) Expr {
	assume := []Assumption{Regular()}
	for _, v := range e.Vars() {
		assume = append(assume, Positive(v))
	}
	return Simplify(Simplify(D(e, Var("x")), assume...).Spelled(), assume...)
}

// TestAnswers: the derivatives of testdata/derivatives.txt are printed as there, are not
// longer than SymPy's answers by more than a third, and have their values at 20 points.
// Columns are formula, answer, and SymPy 1.14's simplified answer.
func TestAnswers(t *testing.T) {
	const file = "testdata/derivatives.txt"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	rows := 0
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			out.WriteString(line + "\n")
			continue
		}
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if len(cells) != 3 {
			t.Fatalf("%d cells: %s", len(cells), line)
		}
		rows++
		e := parse1(t, cells[0])
		got := answer(e)
		fmt.Fprintf(&out, "%-28s | %-50s | %s\n", cells[0], got.Infix(), cells[2])
		if got.Infix() != cells[1] && !*writeGolden {
			t.Errorf("derivative of %s: %v, want %s", cells[0], got, cells[1])
		}
		theirs := parse1(t, cells[2])
		length := func(s string) int { return len(strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), "**", "^")) }
		if ours, other := length(got.Infix()), length(cells[2]); 3*ours > 4*other {
			t.Errorf("derivative of %s: %v, SymPy %s", cells[0], got, cells[2])
		}
		vars := []Expr{Var("x"), Var("y")}
		at := domain(e, vars)
		if len(at) < 20 {
			t.Errorf("derivative of %s: compared at %d points", cells[0], len(at))
		}
		for i := range min(len(at), 20) {
			at := at[i*len(at)/20]
			v := values([]Expr{got, theirs, D(e, vars[0])}, vars, at)
			if !(math.Abs(v[0]-v[1]) <= 1e-10*(1+math.Abs(v[1]))) || !(math.Abs(v[0]-v[2]) <= 1e-10*(1+math.Abs(v[2]))) {
				t.Errorf("derivative of %s at %v: %v, SymPy %v, D %v", cells[0], at, v[0], v[1], v[2])
				break
			}
		}
	}
	if rows < 150 {
		t.Errorf("%d rows", rows)
	}
	if *writeGolden {
		if err := os.WriteFile(file, []byte(out.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// domain returns points of positive numbers where an expression has a value.
func domain(e Expr, vars []Expr) (points [][]float64) {
	for x := 0.0211; x < 4; x += 0.0197 {
		at := []float64{x, 1.5 - 0.3*x}
		if v := values([]Expr{e}, vars, at)[0]; v == v && !math.IsInf(v, 0) {
			points = append(points, at)
		}
	}
	return points
}

package rule

import (
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
)

// all returns the rows of one and of two variables.
func all() ([]*Func, []*Func2) {
	return slices.Concat(Functions, Helpers), slices.Concat(Functions2, Helpers2)
}

// rowName returns the name that the literal of a row gives it.
func rowName(row *ast.CompositeLit) string {
	for _, e := range row.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok && key.Name == "Name" {
				if name, ok := pair.Value.(*ast.BasicLit); ok {
					return strings.Trim(name.Value, "\"")
				}
			}
		}
	}
	return "without a Name"
}

// missing returns what is in a more often than in b.
func missing(a, b []string) (names []string) {
	left := slices.Clone(b)
	for _, name := range a {
		if i := slices.Index(left, name); i >= 0 {
			left = slices.Delete(left, i, i+1)
		} else {
			names = append(names, name)
		}
	}
	return names
}

func TestMissing(t *testing.T) {
	if got := missing([]string{"a", "b", "b", "c"}, []string{"b", "a"}); !slices.Equal(got, []string{"b", "c"}) {
		t.Errorf("missing are %q", got)
	}
}

// TestTable makes sure that every row of the package is listed once, complete
// and under a name of its own.
func TestTable(t *testing.T) {
	var declared []string
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok {
				if id, ok := lit.Type.(*ast.Ident); ok && (id.Name == "Func" || id.Name == "Func2" || id.Name == "FuncN") {
					declared = append(declared, rowName(lit))
				}
			}
			return true
		})
	}
	one, two := all()
	var listed []string
	for _, f := range one {
		listed = append(listed, f.Name)
	}
	for _, f := range two {
		listed = append(listed, f.Name)
	}
	for _, f := range FunctionsN {
		listed = append(listed, f.Name)
	}
	for _, name := range missing(declared, listed) {
		t.Errorf("the row %q is declared, and not listed in table.go", name)
	}
	for _, name := range missing(listed, declared) {
		t.Errorf("the row %q is listed in table.go more often than it is declared", name)
	}
	names := map[string]bool{}
	named := func(name string) {
		if name == "" || names[name] {
			t.Errorf("row name %q is empty or taken", name)
		}
		names[name] = true
	}
	for _, f := range one {
		named(f.Name)
		if f.Value == nil || f.Slope == nil || f.Curve == nil || f.Text == "" || !(f.Lo < f.Hi) {
			t.Errorf("%s: a column is missing", f.Name)
		}
		for _, k := range f.Kinks {
			if k.At < f.Lo || k.At > f.Hi {
				t.Errorf("%s: kink at %v is outside of [%v, %v]", f.Name, k.At, f.Lo, f.Hi)
			}
		}
	}
	for _, f := range two {
		named(f.Name)
		if f.Value == nil || f.SlopeX == nil || f.SlopeY == nil || f.CurveXX == nil || f.CurveXY == nil ||
			f.CurveYY == nil || f.TextX == "" || f.TextY == "" {
			t.Errorf("%s: a column is missing", f.Name)
		}
	}
	for _, f := range FunctionsN {
		named(f.Name)
		if f.Value == nil || f.Curve == nil {
			t.Errorf("%s: a column is missing", f.Name)
		}
	}
}

// TestNaN makes sure that a NaN argument gives a NaN value and NaN slopes.
func TestNaN(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	one, two := all()
	for _, f := range one {
		if y := f.Value(nan); y == y {
			t.Errorf("%s(NaN) = %v", f.Name, y)
		}
		if s := f.Slope(nan, nan); s == s {
			t.Errorf("slope of %s at NaN = %v", f.Name, s)
		}
	}
	for _, f := range two {
		if f == Pivot || f == Polygamma {
			continue // one declares itself a constant; the other has none
		}
		for _, at := range [][2]float64{{nan, 1}, {1, nan}, {nan, nan}, {nan, 0.5}, {0.5, nan}, {inf, nan}, {nan, inf}} {
			z := f.Value(at[0], at[1])
			switch f {
			case LeakyReLU, ELU, CELU:
				if at[0] > 0 {
					continue // the parameter is not read
				}
			case Pow, PowLog, PowLog2:
				if at[0] == 1 {
					continue // as math.Pow has it
				}
			case PowSlope:
				if at[1] == 1 {
					continue // math.Pow(NaN, 0) is 1
				}
			}
			if z == z {
				t.Errorf("%s%v = %v", f.Name, at, z)
			}
		}
	}
}

// TestKinks makes sure that every kink has the slope that its row says.
func TestKinks(t *testing.T) {
	for _, f := range Functions {
		for _, k := range f.Kinks {
			if s := f.Slope(k.At, f.Value(k.At)); s != k.Slope {
				t.Errorf("slope of %s at %v is %v, its Kinks say %v", f.Name, k.At, s, k.Slope)
			}
		}
	}
}

// TestModSlope: where x/y rounds up to a whole number, the slope in y is still
// that of the branch that the value lies on.
func TestModSlope(t *testing.T) {
	for _, c := range []struct{ x, y, want float64 }{
		{1, 0.1, -9}, {-1, 0.1, 9}, {1, -0.1, 9}, {1, 0.2, -4}, {1, 1.0 / 49, -49},
		{7, 2, -3}, {-7, 2, 3}, {6, 2, -3}, {0, 2, 0}, {5, math.Inf(1), 0}, {1e300, 3e-5, -1e300 / 3e-5},
	} {
		if got := Mod.SlopeY(c.x, c.y, Mod.Value(c.x, c.y)); got != c.want {
			t.Errorf("slope of mod(%v, %v) in y = %v, want %v", c.x, c.y, got, c.want)
		}
	}
}

// TestSignedZero: a sum of many numbers begins with the first of them and not
// with +0.
func TestSignedZero(t *testing.T) {
	minus := []float64{math.Copysign(0, -1), math.Copysign(0, -1)}
	var slopes [4]float64
	if z := Sum.Value(minus, nil, slopes[:2], nil); !math.Signbit(z) {
		t.Errorf("sum of -0 and -0 = %v", z)
	}
	if z := Dot.Value(minus, []float64{1, 1}, slopes[:2], slopes[2:]); !math.Signbit(z) {
		t.Errorf("-0·1 + -0·1 = %v", z)
	}
}

// near reports an error if a number is off by more than a few units in the last
// place.
func near(t *testing.T, what string, got, want, ulps float64) {
	t.Helper()
	if d := golden.ULP(got, want); d > ulps {
		t.Errorf("%s = %v, want %v (%v ulp)", what, got, want, d)
	}
}

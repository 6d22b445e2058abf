package catalog

import (
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/reverse"
)

// TestArrays checks every array operation against its naive version.
func TestArrays(t *testing.T) {
	checked, comparisons, sharp, kinks, worst := 0, 0, 0, 0, 0.0
	for _, e := range Arrays() {
		t.Run(e.Operation, func(t *testing.T) {
			for _, x := range e.Points {
				r := compare.CheckArray(e.Func, x)
				if !r.OK() {
					t.Errorf("shapes %v: %v", e.Func.Shapes, r)
				}
				checked++
				comparisons += r.Comparisons
				kinks += count(r.Class == compare.Kink)
				sharp += r.Sharp
				worst = max(worst, r.WorstULP)
			}
		})
	}
	t.Logf("%d checks, %d comparisons, %d sharp, %d at kinks", checked, comparisons, sharp, kinks)
	if checked < 700 || comparisons < 100*checked || sharp < checked || kinks < 100 {
		t.Errorf("%d checks, %d comparisons, %d sharp, %d at kinks", checked, comparisons, sharp, kinks)
	}
}

// TestSweepsOnlyRead: no sweep of any operation writes to its operands, parameters
// and constants alike, or to the weights and directions that it is given.
func TestSweepsOnlyRead(t *testing.T) {
	direction := func(n int) []float64 { return box(1, n, -1.25, 1.25)[0] }
	tape, swept := reverse.NewTape(), 0
	for _, e := range Arrays() {
		for _, point := range e.Points {
			for _, asConstant := range []int{-1, 0} {
				x := slices.Clone(point)
				tape.Reset()
				var operands, params []reverse.Array
				var directions [][]float64
				at := 0
				for k, shape := range e.Func.Shapes {
					n := 1
					for _, d := range shape {
						n *= d
					}
					part := x[at : at+n : at+n]
					at += n
					if k == asConstant && len(e.Func.Shapes) > 1 {
						operands = append(operands, tape.Const(part, shape...))
						continue
					}
					p := tape.Param(part, nil, shape...)
					operands, params = append(operands, p), append(params, p)
					directions = append(directions, direction(n))
				}
				y := e.Func.Array(operands)
				values, w := slices.Clone(y.Values()), direction(y.Size())
				y.BackwardFrom(w)
				y.JVP(params, directions)
				y.HVP(w, params, directions)
				swept++
				if !slices.EqualFunc(x, point, sameBits) || !slices.EqualFunc(values, y.Values(), sameBits) || !slices.Equal(w, direction(y.Size())) {
					t.Errorf("%s of shapes %v: a sweep wrote to what it reads", e.Operation, e.Func.Shapes)
				}
				for _, v := range directions {
					if !slices.Equal(v, direction(len(v))) {
						t.Errorf("%s of shapes %v: a sweep wrote to a direction", e.Operation, e.Func.Shapes)
					}
				}
			}
		}
	}
	if swept < 1000 {
		t.Errorf("%d sweeps", swept)
	}
}

func sameBits(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }

// notComputed are exported names that make arrays of no others.
var notComputed = map[string]bool{"Const": true, "Param": true, "OneHot": true}

// TestArrayCatalogIsComplete: every exported function and method of package reverse
// that returns an array has a naive version, and the catalog names no other.
func TestArrayCatalogIsComplete(t *testing.T) {
	operations := map[string]bool{}
	files, err := filepath.Glob("../../reverse/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if ok && !strings.HasSuffix(name, "_test.go") && f.Name.IsExported() && !notComputed[f.Name.Name] && returnsArray(f) {
				operations[f.Name.Name] = true
			}
		}
	}
	if len(operations) < 60 {
		t.Errorf("only %d operations were found", len(operations))
	}
	known := map[string]bool{}
	for _, e := range Arrays() {
		known[e.Operation] = true
	}
	for name := range operations {
		if !known[name] {
			t.Errorf("%s has no naive version", name)
		}
	}
	for name := range known {
		if !operations[name] {
			t.Errorf("%s is no operation of package reverse", name)
		}
	}
}

// returnsArray reports whether an Array, or a slice of them, is among the results.
func returnsArray(f *ast.FuncDecl) bool {
	if f.Type.Results == nil {
		return false
	}
	for _, r := range f.Type.Results.List {
		typ := r.Type
		if s, ok := typ.(*ast.ArrayType); ok {
			typ = s.Elt
		}
		if id, ok := typ.(*ast.Ident); ok && id.Name == "Array" {
			return true
		}
	}
	return false
}

// TestCheckArrayFindsFaults: arrays that are wrong in one operator are blamed for it.
func TestCheckArrayFindsFaults(t *testing.T) {
	square := func(op *reverse.Custom) compare.ArrayFunc {
		f := compare.NewVector("cube", cubes, cubes, cubes, cubes, cubes)
		return compare.ArrayFunc{Func: f, Shapes: [][]int{{3}}, Array: func(x []reverse.Array) reverse.Array { return op.Of(x[0]) }}
	}
	twice := func(f func()) { f(); f() }
	for want, change := range map[string]func(op *reverse.Custom){
		"": func(*reverse.Custom) {},
		"value": func(op *reverse.Custom) {
			op.Value = func(c *reverse.Call) {
				customCube.Value(c)
				c.Y[1] *= 1 + 1e-12
			}
		},
		"JVP": func(op *reverse.Custom) {
			op.JVP = func(c *reverse.Call, dst []float64, v [][]float64) { twice(func() { customCube.JVP(c, dst, v) }) }
		},
		"HVP": func(op *reverse.Custom) {
			op.Curve = func(c *reverse.Call, dst [][]float64, w []float64, v [][]float64, vy []float64) {
				twice(func() { customCube.Curve(c, dst, w, v, vy) })
			}
		},
		"VJP": func(op *reverse.Custom) {
			op.VJP = func(c *reverse.Call, dst [][]float64, w []float64) { twice(func() { customCube.VJP(c, dst, w) }) }
		},
	} {
		op := *customCube
		change(&op)
		r := compare.CheckArray(square(&op), []float64{0.7, -1.3, 2.1})
		if want == "" {
			if !r.OK() || r.Culprit != "" {
				t.Error(r)
			}
			continue
		}
		if r.OK() || r.Culprit != "arrays" || r.Findings[0].Operator != want && want != "VJP" {
			t.Errorf("a fault of %s: %v", want, r)
		}
	}
}

func cubes[T ad.Scalar[T]](x []T) []T {
	var y []T
	for _, x := range x {
		y = append(y, x.Mul(x).Mul(x))
	}
	return y
}

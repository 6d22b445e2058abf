package catalog

import (
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// An ArrayEntry is a case of an array operation of package reverse, or of a layer or
// loss of package nn, with its naive version, and the points to check it at.
type ArrayEntry struct {
	// Operation is the exported name: that of a method of Array or of Custom, or
	// of a function or layer.
	Operation string
	Func      compare.ArrayFunc
	Points    [][]float64
}

// Arrays returns cases of every array operation of package reverse.
func Arrays() []ArrayEntry {
	all := arrayEntries(points, arrayCases[numeric.Real](), arrayCases[dual.Number](), arrayCases[dual.Hyper](),
		arrayCases[reverse.Var](), arrayCases[symbolic.Expr]())
	return append(all, arrayEntries(onlyWhole, arraysAtKinks[numeric.Real](), arraysAtKinks[dual.Number](), arraysAtKinks[dual.Hyper](),
		arraysAtKinks[reverse.Var](), arraysAtKinks[symbolic.Expr]())...)
}

// Losses returns cases of every loss, box conversion and regularizer of package
// nn, with their textbook formulas.
func Losses() []ArrayEntry {
	return arrayEntries(points, nnLossCases[numeric.Real](), nnLossCases[dual.Number](), nnLossCases[dual.Hyper](),
		nnLossCases[reverse.Var](), nnLossCases[symbolic.Expr]())
}

// arrayEntries joins the same cases over all number types, with points.
func arrayEntries(points func(name string, size int, lo, hi float64) [][]float64, r []arrayCase[numeric.Real], n []arrayCase[dual.Number], h []arrayCase[dual.Hyper], t []arrayCase[reverse.Var], p []arrayCase[symbolic.Expr]) []ArrayEntry {
	var entries []ArrayEntry
	for i, c := range r {
		f := compare.NewVector(c.name, c.flat(), n[i].flat(), h[i].flat(), t[i].flat(), p[i].flat())
		size := 0
		for _, s := range c.shapes {
			size += sizeOf(s)
		}
		entries = append(entries, ArrayEntry{c.name, compare.ArrayFunc{Func: f, Shapes: c.shapes, Array: c.array}, points(c.name, size, c.lo, c.hi)})
	}
	return entries
}

// An arrayCase is a case of an operation over one number type: the operation, its
// naive version, and operands of some shapes with elements between lo and hi.
type arrayCase[T ad.Scalar[T]] struct {
	name   string
	shapes [][]int
	lo, hi float64
	array  func(x []reverse.Array) reverse.Array
	naive  func(x []grid[T]) grid[T]
}

// points returns the points that a case with so many elements is checked at: ordinary
// ones, and of whole numbers.
func points(name string, size int, lo, hi float64) [][]float64 {
	whole := 1
	switch {
	case kinked[name]:
		whole = kinkPoints
	case name == "Max", name == "Min", name == "CumMax", size > 24: // see arraysAtKinks; or it takes long
		whole = 0
	}
	return append(box(2, size, lo, hi), wholePoints(whole, size, lo, hi)...)
}

// onlyWhole returns points for a case that is about kinks.
func onlyWhole(_ string, size int, lo, hi float64) [][]float64 {
	return wholePoints(kinkPoints, size, lo, hi)
}

func wholePoints(n, size int, lo, hi float64) (points [][]float64) {
	for k := range n {
		points = append(points, wholes(k, size, lo, hi))
	}
	return points
}

// kinkPoints is how many points of whole numbers there are for what has kinks at them.
const kinkPoints = 6

// kinked are the operations that have kinks at whole numbers, or where elements tie.
var kinked = map[string]bool{
	"MaxPool1D": true, "MaxPool2D": true, "AdaptiveMaxPool1D": true, "AdaptiveMaxPool2D": true,
	"ReLU": true, "ReLU6": true, "SELU": true, "LeakyReLU": true, "ELU": true, "PReLU": true, "HardTanh": true,
	"MAE": true, "Hinge": true, "MultiMargin": true, "L1": true, "ElasticNet": true,
	"IoULoss": true, "GIoULoss": true, "DIoULoss": true, "CIoULoss": true,
}

// flat is the naive version from a row of elements to another.
func (c arrayCase[T]) flat() func(x []T) []T {
	return func(x []T) []T {
		var grids []grid[T]
		for _, s := range c.shapes {
			n := sizeOf(s)
			grids = append(grids, grid[T]{s, x[:n]})
			x = x[n:]
		}
		return c.naive(grids).data
	}
}

func arrayCases[T ad.Scalar[T]]() []arrayCase[T] {
	return slices.Concat(elementwiseArrays[T](), reducingArrays[T](), movingArrays[T](), matrixArrays[T](), layerArrays[T](), windowArrays[T](), mapArrays[T]())
}

// sizes are shapes of operands.
func sizes(s ...[]int) [][]int { return s }

package compare

import (
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// An ArrayEntry is a case of an array operation of package reverse with its naive
// version, and the points to check it at.
type ArrayEntry struct {
	// Operation is the exported name: that of a method of Array or of Custom, or
	// of a function.
	Operation string
	Func      ArrayFunc
	Points    [][]float64
}

// ArrayCatalogue returns cases of every array operation of package reverse.
func ArrayCatalogue() []ArrayEntry {
	r, n, h := arrayCases[numeric.Real](), arrayCases[dual.Number](), arrayCases[dual.Hyper]()
	t, p := arrayCases[reverse.Var](), arrayCases[symbolic.Expr]()
	var entries []ArrayEntry
	for i, c := range r {
		f := NewVector(c.name, c.flat(), n[i].flat(), h[i].flat(), t[i].flat(), p[i].flat())
		size := 0
		for _, s := range c.shapes {
			size += sizeOf(s)
		}
		entries = append(entries, ArrayEntry{c.name, ArrayFunc{f, c.shapes, c.array}, box(2, size, c.lo, c.hi)})
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

package kernel

import (
	"sync"
	"unsafe"
)

// A tileFunc writes or adds the product of rows×k numbers of a and k×cols of b
// to c. Entry (i, p) of a is at i*ars+p*acs, row p of b at p*brs, row i of c at
// i*ldc. It reads as many columns of b as fill its registers.
type tileFunc[T float32 | float64] func(k int, a *T, ars, acs int, b *T, brs int, c *float64, ldc, rows, cols int, add bool)

// A listedFunc is a tileFunc where row p of b is at rowsOfB[p].
type listedFunc[T float32 | float64] func(k int, a *T, ars, acs int, b *T, rowsOfB *int, c *float64, ldc, rows, cols int, add bool)

// An engine multiplies matrices by the blocks of Goto and van de Geijn, Anatomy
// of High-Performance Matrix Multiplication, ACM TOMS 34 (2008): a block of a
// that stays in the second cache, times panels of b that stay in the first.
type engine[T float32 | float64] struct {
	tile       tileFunc[T]
	listed     listedFunc[T] // nil where there is none: rows are copied together
	rows, cols int           // of the largest tile; rows is a power of 2
	lanes      int           // columns that are computed together
	pack       packer[T]
	buffers    pool[T]
	lattices   sync.Pool
}

// The blocks, in numbers: blockK is part of what the result is, the others are
// not.
const (
	blockK = 256
	blockM = 128
	blockN = 3072
)

func (e *engine[T]) product(m, n, k int, c []float64, ldc int, a, b Matrix, add bool) {
	if k == 0 {
		for i := range m {
			if row := c[i*ldc:][:n]; !add {
				clear(row)
			}
		}
		return
	}
	buffer := e.buffers.get()
	defer e.buffers.put(buffer)
	for j := 0; j < n; j += blockN {
		nb := min(blockN, n-j)
		for p := 0; p < k; p += blockK {
			kb := min(blockK, k-p)
			bb := e.right(buffer, b.from(p, j), m, kb, nb)
			for i := 0; i < m; i += blockM {
				mb := min(blockM, m-i)
				ab := e.left(buffer, a.from(i, p), mb, kb, n)
				e.block(mb, nb, kb, c[i*ldc+j:], ldc, ab, bb, add || p > 0)
			}
		}
	}
}

// An operand is a block as the tiles read it: in panels of some rows of a, or
// columns of b, packed or where it lies.
type operand[T float32 | float64] struct {
	first *T
	panel int // from panel to panel
	major int // from row to row of a panel of a
	minor int // along k

	// The last panel of b, where it is packed and the others are not.
	edge      *T
	edgeMinor int
}

func at[T float32 | float64](first *T, i int) *T {
	return (*T)(unsafe.Add(unsafe.Pointer(first), i*int(unsafe.Sizeof(*first))))
}

// block multiplies an m×k block and a k×n block, panel by panel of b.
func (e *engine[T]) block(m, n, k int, c []float64, ldc int, a, b operand[T], add bool) {
	for j := 0; j < n; j += e.cols {
		cols := min(e.cols, n-j)
		panel, minor := at(b.first, j/e.cols*b.panel), b.minor
		if b.edge != nil && cols < e.cols {
			panel, minor = b.edge, b.edgeMinor
		}
		for i := 0; i < m; {
			rows := e.rows
			for rows > m-i {
				rows /= 2
			}
			first := at(a.first, i/e.rows*a.panel+i%e.rows*a.major)
			e.tile(k, first, a.major, a.minor, panel, minor, &c[i*ldc+j], ldc, rows, cols, add)
			i += rows
		}
	}
}

// left returns an m×k block of a, packed unless it is narrow to work with.
func (e *engine[T]) left(buffer *buffer[T], a Matrix, m, k, n int) operand[T] {
	if e.pack.direct && n <= leftDirect {
		return operand[T]{first: (*T)(unsafe.Pointer(&a.Data[0])), panel: e.rows * a.Row, major: a.Row, minor: a.Col}
	}
	dst := buffer.left(CeilDiv(m, e.rows) * e.rows * k)
	e.panels(dst, a, m, k, k)
	return operand[T]{first: &dst[0], panel: e.rows * k, major: 1, minor: e.rows}
}

// panels packs m×k numbers of a in panels of e.rows, which are total entries long.
func (e *engine[T]) panels(dst []T, a Matrix, m, k, total int) {
	for i := 0; i < m; i += e.rows {
		e.pack.panel(dst[i*total:], e.rows, a.from(i, 0), min(e.rows, m-i), k)
	}
}

// right returns a k×n block of b, packed unless its rows are contiguous and
// there are few rows of a to multiply. The last columns are packed in any case,
// since a tile reads whole registers.
func (e *engine[T]) right(buffer *buffer[T], b Matrix, m, k, n int) operand[T] {
	direct := e.pack.direct && b.Col == 1 && m <= rightDirect
	full := n / e.cols * e.cols
	edge := (n - full + e.lanes - 1) / e.lanes * e.lanes // its columns, padded
	if direct {
		o := operand[T]{first: (*T)(unsafe.Pointer(&b.Data[0])), panel: e.cols, minor: b.Row}
		if edge > 0 {
			dst := buffer.right(edge * k)
			clear(dst)
			e.pack.panel(dst, edge, b.from(0, full).T(), n-full, k)
			o.edge, o.edgeMinor = &dst[0], edge
		}
		return o
	}
	dst := buffer.right((full + edge) * k)
	for j := 0; j < full; j += e.cols {
		e.pack.panel(dst[j*k:], e.cols, b.from(0, j).T(), e.cols, k)
	}
	o := operand[T]{first: &dst[0], panel: e.cols * k, minor: e.cols}
	if edge > 0 {
		clear(dst[full*k:])
		e.pack.panel(dst[full*k:], edge, b.from(0, full).T(), n-full, k)
		o.edge, o.edgeMinor = &dst[full*k], edge
	}
	return o
}

// listedProduct writes to c, or adds, the product of an m×k matrix, packed in
// panels that are total entries long, and a k×n matrix, whose row p begins at
// b[rowsOfB[p]]. Registers are read beyond its columns.
func (e *engine[T]) listedProduct(buffer *buffer[T], m, n, k int, c []float64, ldc int, a []T, total int, b []T, rowsOfB []int, add bool) {
	for j := 0; j < n; j += e.cols {
		cols := min(e.cols, n-j)
		for p := 0; p < k; p += blockK {
			kb := min(blockK, k-p)
			list := rowsOfB[p:][:kb]
			var together []T
			width := CeilDiv(cols, e.lanes) * e.lanes
			if e.listed == nil {
				together = grow(&buffer.rows, width*kb)
				for i, at := range list {
					copy(together[i*width:][:width], b[at+j:])
				}
			}
			for i := 0; i < m; {
				rows := e.rows
				for rows > m-i {
					rows /= 2
				}
				first := &a[i/e.rows*e.rows*total+p*e.rows+i%e.rows]
				if e.listed == nil {
					e.tile(kb, first, 1, e.rows, &together[0], width, &c[i*ldc+j], ldc, rows, cols, add || p > 0)
				} else {
					e.listed(kb, first, 1, e.rows, &b[j], &list[0], &c[i*ldc+j], ldc, rows, cols, add || p > 0)
				}
				i += rows
			}
		}
	}
}

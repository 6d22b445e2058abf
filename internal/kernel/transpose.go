package kernel

import "fmt"

// Transpose writes the r×c numbers of src, whose rows lie lds apart, to the c×r ones
// of dst, whose rows lie ldd apart, or adds them if add. dst must not overlap src.
//
// Transpose panics if an operand has no room for its entries.
func Transpose(dst []float64, ldd int, src []float64, lds, r, c int, add bool) {
	RowMajor(src, lds).check("src", r, c)
	RowMajor(dst, ldd).check("dst", c, r)
	if ldd < r && c > 1 || lds < c && r > 1 {
		panic(fmt.Sprintf("kernel: Transpose of %d×%d, rows %d and %d apart", r, c, lds, ldd))
	}
	e := use.float64
	buffer := e.buffers.get()
	defer e.buffers.put(buffer)
	part := buffer.right(square * square)
	for i := 0; i < r; i += square {
		rows := min(square, r-i)
		for j := 0; j < c; j += square {
			columns := min(square, c-j)
			e.pack.panel(part, square, RowMajor(src, lds).from(i, j), rows, columns)
			for k := range columns {
				from, to := part[k*square:][:rows], dst[(j+k)*ldd+i:]
				if add {
					use.add(rows, &to[0], &to[0], &from[0])
				} else {
					copy(to, from)
				}
			}
		}
	}
}

// square is the side of what is transposed at a time, in the first cache: rows of
// src and of dst that lie a power of 2 apart would push each other out of it.
const square = 32

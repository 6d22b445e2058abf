package outside

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
)

// Left returns how many bytes r has left, if it is one that says, else -1: a file, a part of one,
// or a reader of bytes that are in memory.
func Left(r io.Reader) int64 {
	switch r := r.(type) {
	case *bytes.Reader:
		return int64(r.Len())
	case *bytes.Buffer:
		return int64(r.Len())
	case *strings.Reader:
		return int64(r.Len())
	case *io.SectionReader:
		at, err := r.Seek(0, io.SeekCurrent)
		if err != nil {
			return -1
		}
		return max(0, r.Size()-at)
	case *io.LimitedReader:
		if n := Left(r.R); n >= 0 {
			return max(0, min(n, r.N))
		}
	case *os.File:
		info, err := r.Stat()
		if err != nil || !info.Mode().IsRegular() {
			return -1
		}
		if at, err := r.Seek(0, io.SeekCurrent); err == nil {
			return max(0, info.Size()-at)
		}
	}
	return -1
}

// block is how many bytes are read at a time, and how many are allocated on a promise. It is a
// multiple of the size of all numbers.
const block = 1 << 16

// Numbers reads numbers from R. If it is Sure, as by Left, that R has as many bytes as it is told,
// memory for the numbers is allocated at once; else the bytes are kept until all of them are there,
// so that a promise takes no memory.
type Numbers struct {
	R    io.Reader
	Sure bool

	buffer []byte
}

// Read reads n numbers of size bytes each, 1, 2, 4 or 8. decode sets all of x to what b says, which
// has size bytes for each.
//
// It returns how many bytes it read, and io.ErrUnexpectedEOF if there are fewer.
func (r *Numbers) Read(n, size int, decode func(x []float64, b []byte)) (x []float64, read int, err error) {
	if n > math.MaxInt/8 {
		return nil, 0, fmt.Errorf("%d numbers are more than memory has room for", n)
	}
	if r.Sure || n <= block/8 {
		return r.atOnce(n, size, decode)
	}
	return r.later(n, size, decode)
}

// atOnce reads numbers into the slice that they are returned in.
func (r *Numbers) atOnce(n, size int, decode func(x []float64, b []byte)) (x []float64, read int, err error) {
	x = make([]float64, n)
	if most := min(block, n*size); len(r.buffer) < most {
		r.buffer = make([]byte, most)
	}
	for read < n*size {
		b := r.buffer[:min(block, n*size-read)]
		if m, err := io.ReadFull(r.R, b); err != nil {
			return nil, read + m, NoEOF(err)
		}
		decode(x[read/size:(read+len(b))/size], b)
		read += len(b)
	}
	return x, read, nil
}

// later reads numbers of which it is not known whether they are there.
func (r *Numbers) later(n, size int, decode func(x []float64, b []byte)) (x []float64, read int, err error) {
	var blocks [][]byte
	for read < n*size {
		b := make([]byte, min(block, n*size-read))
		if m, err := io.ReadFull(r.R, b); err != nil {
			return nil, read + m, NoEOF(err)
		}
		blocks = append(blocks, b)
		read += len(b)
	}
	x = make([]float64, n)
	rest := x
	for i, b := range blocks {
		decode(rest[:len(b)/size], b)
		rest, blocks[i] = rest[len(b)/size:], nil
	}
	return x, read, nil
}

// NoEOF returns io.ErrUnexpectedEOF for io.EOF, else err.
func NoEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

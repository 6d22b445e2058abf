package data

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// mostNumbers is how many numbers are read of a file if nothing else is said: 8 GiB of
// float64.
const mostNumbers = 1 << 30

// ReadIDX reads an array in the IDX format of the MNIST files, compressed by gzip or
// not: its shape and its numbers, row by row. Bytes are read from 0 to 255; the types of
// elements are uint8, int8, int16, int32, float32 and float64.
//
// ReadIDX returns an error that names the byte, of the uncompressed file, if r does not hold
// exactly one array, or one of more than limit numbers. It allocates no more than a small
// multiple of what it has read, but a file that is compressed may be 1000 times larger
// than it seems: of a file that is not trusted, set limit.
//
// The format is that of http://yann.lecun.com/exdb/mnist/.
func ReadIDX(r io.Reader, limit int) (shape []int, values []float64, err error) {
	buffered := bufio.NewReader(r)
	if magic, _ := buffered.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, nil, fmt.Errorf("data: IDX: %w", noEOF(err))
		}
		buffered = bufio.NewReader(z)
	}
	f := &idxFile{Reader: buffered, limit: limit}
	if shape, values, err = f.array(); err != nil {
		return nil, nil, fmt.Errorf("data: IDX: byte %d: %w", f.at, err)
	}
	return shape, values, nil
}

// An idxFile is a file that is being read.
type idxFile struct {
	*bufio.Reader
	limit int
	at    int64 // how many bytes are read, or where the fault is
}

// fill reads all of b.
func (f *idxFile) fill(b []byte) error {
	n, err := io.ReadFull(f, b)
	f.at += int64(n)
	return noEOF(err)
}

func (f *idxFile) array() (shape []int, values []float64, err error) {
	var head [4]byte
	if err := f.fill(head[:]); err != nil {
		return nil, nil, fmt.Errorf("the header of 4 bytes: %w", err)
	}
	decode, size := idxType(head[2])
	if head[0] != 0 || head[1] != 0 || decode == nil {
		f.at = 0
		return nil, nil, fmt.Errorf("the first bytes are % x, which is no IDX file", head)
	}
	count := 1
	for axis := range int(head[3]) {
		var length [4]byte
		if err := f.fill(length[:]); err != nil {
			return nil, nil, fmt.Errorf("the length of axis %d of %d: %w", axis, head[3], err)
		}
		n := binary.BigEndian.Uint32(length[:])
		if f.limit < 0 || uint64(n) > uint64(f.limit) || n > 0 && count > f.limit/int(n) {
			f.at -= 4
			return nil, nil, fmt.Errorf("axis %d of length %d after %v makes more than %d numbers", axis, n, shape, f.limit)
		}
		count *= int(n)
		shape = append(shape, int(n))
	}
	if count > f.limit { // a single number
		return nil, nil, fmt.Errorf("%d numbers are more than %d", count, f.limit)
	}
	if values, err = f.numbers(count, size, decode); err != nil {
		return nil, nil, fmt.Errorf("%d numbers of shape %v: %w", count, shape, err)
	}
	switch _, err := f.ReadByte(); {
	case err == nil:
		return nil, nil, fmt.Errorf("there is more after the %d numbers of shape %v", count, shape)
	case err != io.EOF:
		return nil, nil, fmt.Errorf("after the numbers: %w", err)
	}
	return shape, values, nil
}

// numbers reads count numbers of a size in bytes.
func (f *idxFile) numbers(count, size int, decode func([]byte) float64) ([]float64, error) {
	values := make([]float64, 0, min(count, 4096))
	chunk := make([]byte, size*4096)
	for len(values) < count {
		b := chunk[:size*min(4096, count-len(values))]
		if err := f.fill(b); err != nil {
			return nil, err
		}
		if need := len(values) + len(b)/size; need > cap(values) {
			values = append(make([]float64, 0, min(count, 2*need)), values...)
		}
		for ; len(b) > 0; b = b[size:] {
			values = append(values, decode(b))
		}
	}
	return values, nil
}

// noEOF returns an error for which the end of a file is unexpected.
func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// idxType returns how numbers of a type are read, and how many bytes they have.
func idxType(code byte) (decode func(b []byte) float64, size int) {
	switch code {
	case 0x08:
		return func(b []byte) float64 { return float64(b[0]) }, 1
	case 0x09:
		return func(b []byte) float64 { return float64(int8(b[0])) }, 1
	case 0x0b:
		return func(b []byte) float64 { return float64(int16(binary.BigEndian.Uint16(b))) }, 2
	case 0x0c:
		return func(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) }, 4
	case 0x0d:
		return func(b []byte) float64 { return float64(math.Float32frombits(binary.BigEndian.Uint32(b))) }, 4
	case 0x0e:
		return func(b []byte) float64 { return math.Float64frombits(binary.BigEndian.Uint64(b)) }, 8
	}
	return nil, 0
}

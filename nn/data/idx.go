package data

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"github.com/quartet-ad/ad/internal/outside"
)

// mostNumbers is how many numbers are read of a file if nothing else is said: 8 GiB of
// float64.
const mostNumbers = 1 << 30

// ReadIDX reads an array in the IDX format of the MNIST files, compressed by gzip or
// not: its shape and its numbers, row by row. Bytes are read from 0 to 255; the types of
// elements are uint8, int8, int16, int32, float32 and float64.
//
// ReadIDX returns an error that names the byte, of the uncompressed file, if r does not hold
// exactly one array, or one of more than limit numbers. Besides the numbers, 8 bytes each, it
// takes 1 MiB if r is a file or a reader of package bytes or strings, which say how long they
// are, else once more the bytes of the file, uncompressed, and never more for a promise than for
// what is there. But a file that is compressed may be 1000 times larger than it seems: of a file
// that is not trusted, set limit.
//
// The format is that of http://yann.lecun.com/exdb/mnist/.
func ReadIDX(r io.Reader, limit int) (shape []int, values []float64, err error) {
	left := outside.Left(r)
	buffered := bufio.NewReader(r)
	if magic, _ := buffered.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, nil, fmt.Errorf("data: IDX: %w", outside.NoEOF(err))
		}
		buffered, left = bufio.NewReader(z), -1
	}
	f := &idxFile{Reader: buffered, limit: limit, size: left}
	if shape, values, err = f.array(); err != nil {
		return nil, nil, outside.Brief(fmt.Errorf("data: IDX: byte %d: %w", f.at, err)) // an axis may be one of 255
	}
	return shape, values, nil
}

// An idxFile is a file that is being read.
type idxFile struct {
	*bufio.Reader
	limit int
	size  int64 // in bytes, -1 if it is not known
	at    int64 // how many bytes are read, or where the fault is
}

// fill reads all of b.
func (f *idxFile) fill(b []byte) error {
	n, err := io.ReadFull(f, b)
	f.at += int64(n)
	return outside.NoEOF(err)
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
	numbers := outside.Numbers{R: f.Reader, Sure: int64(count) <= (f.size-f.at)/int64(size)}
	values, read, err := numbers.Read(count, size, decode)
	if f.at += int64(read); err != nil {
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

// idxType returns how numbers of a type are read, and how many bytes they have.
func idxType(code byte) (decode func(x []float64, b []byte), size int) {
	big := binary.BigEndian
	switch code {
	case 0x08:
		return each(1, func(b []byte) float64 { return float64(b[0]) })
	case 0x09:
		return each(1, func(b []byte) float64 { return float64(int8(b[0])) })
	case 0x0b:
		return each(2, func(b []byte) float64 { return float64(int16(big.Uint16(b))) })
	case 0x0c:
		return each(4, func(b []byte) float64 { return float64(int32(big.Uint32(b))) })
	case 0x0d:
		return each(4, func(b []byte) float64 { return float64(math.Float32frombits(big.Uint32(b))) })
	case 0x0e:
		return each(8, func(b []byte) float64 { return math.Float64frombits(big.Uint64(b)) })
	}
	return nil, 0
}

// each returns how numbers are read of which every one has size bytes.
func each(size int, number func(b []byte) float64) (func(x []float64, b []byte), int) {
	return func(x []float64, b []byte) {
		for i := range x {
			x[i] = number(b[i*size:])
		}
	}, size
}

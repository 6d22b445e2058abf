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
	"os"
	"path/filepath"
)

// mostNumbers is how many numbers an IDX file may have: about 8 GB of float64.
const mostNumbers = 1 << 30

// ReadIDX reads an array in the IDX format of the MNIST files, compressed by gzip or
// not: its shape and its numbers, row by row. Bytes are read from 0 to 255.
//
// ReadIDX returns an error that says where if r does not hold exactly one array. It
// allocates no more than a small multiple of what it has read.
func ReadIDX(r io.Reader) (shape []int, values []float64, err error) {
	buffered := bufio.NewReader(r)
	if magic, _ := buffered.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, nil, fmt.Errorf("data: IDX: %w", err)
		}
		buffered = bufio.NewReader(z)
	}
	var head [4]byte
	if _, err := io.ReadFull(buffered, head[:]); err != nil {
		return nil, nil, fmt.Errorf("data: IDX: the header of 4 bytes: %w", err)
	}
	decode, size := idxType(head[2])
	if head[0] != 0 || head[1] != 0 || decode == nil {
		return nil, nil, fmt.Errorf("data: IDX: the first bytes are % x, which is no IDX file", head)
	}
	count := 1
	for axis := range int(head[3]) {
		var length [4]byte
		if _, err := io.ReadFull(buffered, length[:]); err != nil {
			return nil, nil, fmt.Errorf("data: IDX: the length of axis %d at byte %d: %w", axis, 4+4*axis, err)
		}
		n := binary.BigEndian.Uint32(length[:])
		if uint64(count)*uint64(n) > mostNumbers {
			return nil, nil, fmt.Errorf("data: IDX: axis %d of length %d at byte %d makes more than %d numbers", axis, n, 4+4*axis, mostNumbers)
		}
		count *= int(n)
		shape = append(shape, int(n))
	}
	chunk := make([]byte, size*4096)
	for len(values) < count {
		want := chunk[:size*min(4096, count-len(values))]
		n, err := io.ReadFull(buffered, want)
		if err != nil {
			at := 4 + 4*len(shape) + size*len(values) + n
			return nil, nil, fmt.Errorf("data: IDX: %d numbers of %v are missing at byte %d: %w", count-len(values)-n/size, shape, at, noEOF(err))
		}
		for ; len(want) > 0; want = want[size:] {
			values = append(values, decode(want))
		}
	}
	switch _, err := buffered.ReadByte(); {
	case err == nil:
		return nil, nil, fmt.Errorf("data: IDX: there is more after the %d numbers, at byte %d", count, 4+4*len(shape)+size*count)
	case !errors.Is(err, io.EOF):
		return nil, nil, fmt.Errorf("data: IDX: after the numbers: %w", err)
	}
	return shape, values, nil
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

// MNIST reads the four files of the MNIST set of digits, or of another set in its form
// such as Fashion-MNIST, from a folder: train-images-idx3-ubyte, train-labels-idx1-ubyte
// and t10k likewise, each with the ending .gz or without. Images have the shape [1, 28,
// 28] and values from 0 to 1.
//
// MNIST returns an error that names the file if one is missing, damaged or does not fit
// the others.
func MNIST(folder string) (train, test *Set, err error) {
	if train, err = readPair(folder, "train"); err != nil {
		return nil, nil, err
	}
	test, err = readPair(folder, "t10k")
	return train, test, err
}

func readPair(folder, prefix string) (*Set, error) {
	shape, images, err := readFile(folder, prefix+"-images-idx3-ubyte")
	if err != nil {
		return nil, err
	}
	if len(shape) != 3 {
		return nil, fmt.Errorf("data: %s-images-idx3-ubyte in %s has the shape %v, want [images, height, width]", prefix, folder, shape)
	}
	count, labels, err := readFile(folder, prefix+"-labels-idx1-ubyte")
	if err != nil {
		return nil, err
	}
	if len(count) != 1 || count[0] != shape[0] {
		return nil, fmt.Errorf("data: %s-labels-idx1-ubyte in %s has the shape %v for %d images", prefix, folder, count, shape[0])
	}
	s := &Set{Shape: []int{1, shape[1], shape[2]}, X: images}
	for i := range images {
		images[i] /= 255
	}
	for _, v := range labels {
		s.Labels = append(s.Labels, int(v))
	}
	return s, nil
}

// readFile reads an IDX file, with the ending .gz or without.
func readFile(folder, name string) (shape []int, values []float64, err error) {
	f, err := os.Open(filepath.Join(folder, name))
	if errors.Is(err, os.ErrNotExist) {
		f, err = os.Open(filepath.Join(folder, name+".gz"))
	}
	if err != nil {
		return nil, nil, fmt.Errorf("data: %w", err)
	}
	defer f.Close()
	if shape, values, err = ReadIDX(f); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", f.Name(), err)
	}
	return shape, values, nil
}

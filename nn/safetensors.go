package nn

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/outside"
)

// metadataName is the member of the header that is no tensor.
const metadataName = "__metadata__"

// maxHeader is the longest header that is read: names and shapes of some 100000 tensors.
const maxHeader = 16 << 20

// ReadSafetensors reads a file in the safetensors format. It returns the tensors in the order of
// their data, as Params with their full names and without Grad, and the metadata, nil if there is
// none. Of the element types of the format it reads F64, whose bits are kept, and F32, which is
// widened.
//
// If the file does not follow the format, it returns an error that names the tensor. These are
// errors: a header that is longer than the file, or than 16 MiB; one that is not JSON in UTF-8, or
// does not begin with {; names that occur twice; more than 64 axes; sizes that do not fit shape and
// type; data that overlap, leave holes, end early or go on after the last tensor. The text of an
// error has at most 1 KiB.
//
// Cost: the memory is bounded by the bytes that r gives, not by what the header promises. The
// result takes the bytes of F64 data once, those of F32 data twice, some 120 bytes for every tensor
// and some 60 for every entry of the metadata. In addition it takes 1 MiB if r is a file or a
// reader of package bytes or strings, which know their length, and else the bytes of the largest
// tensor once more.
//
// The format is that of https://github.com/huggingface/safetensors.
func ReadSafetensors(r io.Reader) (tensors []*Param, metadata map[string]string, err error) {
	tensors, metadata, err = readSafetensors(r)
	if err != nil {
		return nil, nil, outside.Brief(fmt.Errorf("nn: ReadSafetensors: %w", err))
	}
	return tensors, metadata, nil
}

func readSafetensors(r io.Reader) (tensors []*Param, metadata map[string]string, err error) {
	entries, metadata, err := readHeader(r)
	if err != nil {
		return nil, nil, err
	}
	sure := len(entries) > 0 && outside.Left(r) >= entries[len(entries)-1].end()
	if err := readData(r, entries, sure); err != nil {
		return nil, nil, err
	}
	for i, e := range entries {
		if i == 0 {
			tensors = make([]*Param, 0, len(entries))
		}
		tensors = append(tensors, &e.Param)
	}
	return tensors, metadata, nil
}

// readData reads the elements of all entries, and that nothing is after them. Where it is not
// sure that the data are there, memory is taken as they come.
func readData(r io.Reader, entries []*entry, sure bool) error {
	r = bufio.NewReader(r) // tensors may be small
	numbers := outside.Numbers{R: r, Sure: sure}
	for _, e := range entries {
		n, _ := elements(e.Shape)
		value, read, err := numbers.Read(n, int(e.size), decoder(e.size))
		if err != nil {
			return fmt.Errorf("tensor %s, of shape %v: after %d elements: %w", outside.Quote(e.Name), e.Shape, read/int(e.size), err)
		}
		e.Value = value
	}
	switch _, err := io.ReadFull(r, make([]byte, 1)); err {
	case io.EOF:
		return nil
	case nil:
		return errors.New("bytes after the last tensor")
	default:
		return fmt.Errorf("after the last tensor: %w", err)
	}
}

// decoder returns how elements of a size are read.
func decoder(size int8) func(x []float64, b []byte) {
	if size == 8 {
		return func(x []float64, b []byte) {
			for i := range x {
				x[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
			}
		}
	}
	return func(x []float64, b []byte) {
		for i := range x {
			x[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
		}
	}
}

// An entry is a tensor with what the header says of its data, which cover the elements of its
// shape.
type entry struct {
	Param
	begin int64 // in bytes after the header
	size  int8  // of an element in bytes
}

// end returns where the data end, in bytes after the header.
func (e *entry) end() int64 {
	n, _ := elements(e.Shape)
	return e.begin + int64(n)*int64(e.size)
}

// sizes are the bytes of an element, for the types that are read.
var sizes = map[string]int8{"F64": 8, "F32": 4}

// newEntry holds what the header says of a tensor against the format.
func newEntry(name, dtype string, shape, offsets []int64) (entry, error) {
	e := entry{Param: Param{Name: name}, size: sizes[dtype]}
	if e.size == 0 {
		return e, fmt.Errorf("dtype %s, want F64 or F32", outside.Quote(dtype))
	}
	begin, end := offsets[0], offsets[1]
	if end < begin {
		return e, fmt.Errorf("data from %d to %d", begin, end)
	}
	e.begin = begin
	n, ok := elements(shape)
	if !ok || n > (math.MaxInt-7)/8 || int64(n)*int64(e.size) != end-begin {
		return e, fmt.Errorf("%d bytes of data for shape %v of %s", end-begin, shape, dtype)
	}
	e.Shape = make([]int, len(shape))
	for i, d := range shape {
		if d > math.MaxInt { // beside a 0
			return e, fmt.Errorf("shape %v", shape)
		}
		e.Shape[i] = int(d)
	}
	return e, nil
}

// inOrder returns the entries in the order of their data, which must follow each other from 0 on,
// and whose names must differ.
func inOrder(list *outside.List[entry]) ([]*entry, error) {
	names := list.Pointers(nil)
	slices.SortFunc(names, byName)
	for i := range len(names) - 1 {
		if names[i].Name == names[i+1].Name {
			return nil, fmt.Errorf("%s occurs twice", outside.Quote(names[i].Name))
		}
	}
	entries := list.Pointers(names[:0])
	slices.SortStableFunc(entries, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(a.begin, b.begin), cmp.Compare(a.end(), b.end()))
	})
	at := int64(0)
	for _, e := range entries {
		if e.begin != at {
			return nil, fmt.Errorf("tensor %s: data at %d, the tensor before ends at %d", outside.Quote(e.Name), e.begin, at)
		}
		at = e.end()
	}
	return entries, nil
}

func byName(a, b *entry) int { return cmp.Compare(a.Name, b.Name) }

// elements returns the product of shape, and whether it is an int.
func elements[T int | int64](shape []T) (n int, ok bool) {
	if slices.Contains(shape, 0) {
		return 0, true
	}
	n = 1
	for _, d := range shape {
		if d < 0 || uint64(d) > uint64(math.MaxInt/n) {
			return 0, false
		}
		n *= int(d)
	}
	return n, true
}

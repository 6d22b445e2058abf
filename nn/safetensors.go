package nn

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/internal/outside"
)

// metadataName is the member of the header that is no tensor.
const metadataName = "__metadata__"

// maxHeader is the longest header that is read: names and shapes of some 100000 tensors.
const maxHeader = 16 << 20

// ReadSafetensors reads a file in the safetensors format. It returns the tensors in the order of
// their data, as Params with their full names and without Grad, and the metadata, nil if there is
// none. It reads the element types F64, whose bits are kept, F32, F16 and BF16, which are widened,
// and BOOL and the integers of 8 to 64 bits; integers beyond 2⁵³ are rounded.
//
// If the file does not follow the format, it returns an error that names the tensor. These are
// errors: a header that is longer than the file, or than 16 MiB; one that is not JSON in UTF-8, or
// does not begin with {; names that occur twice; more than 64 axes; sizes that do not fit shape and
// type; data that overlap, leave holes, end early or go on after the last tensor. The text of an
// error has at most 1 KiB.
//
// Cost: the memory is bounded by the bytes that r gives, not by what the header promises. The
// result takes 8 bytes for every element, whatever its type, some 120 bytes for every tensor
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
	all := func(int) bool { return true }
	return readSome(r, entries, sure, all, func(i int, value []float64) { entries[i].Value = value })
}

// readSome is readData that takes the elements of the entries that are wanted, and passes over the
// others.
func readSome(r io.Reader, entries []*entry, sure bool, wanted func(i int) bool, take func(i int, value []float64)) error {
	r = bufio.NewReader(r) // tensors may be small
	numbers := outside.Numbers{R: r, Sure: sure}
	for i, e := range entries {
		if !wanted(i) {
			if n, err := io.CopyN(io.Discard, r, e.end()-e.begin); err != nil {
				return fmt.Errorf("tensor %s, of shape %v: after %d bytes: %w", outside.Quote(e.Name), e.Shape, n, outside.NoEOF(err))
			}
			continue
		}
		n, _ := elements(e.Shape)
		value, read, err := numbers.Read(n, int(e.size), decoders[e.dtype])
		if err != nil {
			return fmt.Errorf("tensor %s, of shape %v: after %d elements: %w", outside.Quote(e.Name), e.Shape, read/int(e.size), err)
		}
		take(i, value)
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

// An entry is a tensor with what the header says of its data, which cover the elements of its
// shape.
type entry struct {
	Param
	begin int64 // in bytes after the header
	size  int8  // of an element in bytes
	dtype int8  // which of dtypes
}

// end returns where the data end, in bytes after the header.
func (e *entry) end() int64 {
	n, _ := elements(e.Shape)
	return e.begin + int64(n)*int64(e.size)
}

// newEntry holds what the header says of a tensor against the format.
func newEntry(name, dtype string, shape, offsets []int64) (entry, error) {
	kind := slices.Index(dtypes, dtype)
	if kind < 0 {
		return entry{}, fmt.Errorf("dtype %s, want one of %s", outside.Quote(dtype), strings.Join(dtypes, ", "))
	}
	e := entry{Param: Param{Name: name}, size: dtypeSizes[kind], dtype: int8(kind)}
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

package nn

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// metadataName is the member of the header that is no tensor.
const metadataName = "__metadata__"

// maxHeader is the longest header that is read: names and shapes of some 100000 tensors.
const maxHeader = 16 << 20

// ReadSafetensors reads a file in the safetensors format: its tensors, in the order of their
// data, each a Param of the full name and without Grad, and its metadata, nil if there is none.
// Of the element types of the format it takes F64, whose bits are kept, and F32, which is
// widened.
//
// It returns an error, which names the tensor, for what does not follow the format: a header
// that is longer than the file, or than 16 MiB; one that is not JSON; names that occur twice;
// sizes that are not those of shape and type; data that overlap, leave holes, end early or go
// on after the last tensor. The memory that it takes is bounded by the bytes that r gives, not
// by what the header promises.
//
// The format is that of https://github.com/huggingface/safetensors.
func ReadSafetensors(r io.Reader) (tensors []*Param, metadata map[string]string, err error) {
	entries, metadata, err := readHeader(r)
	if err != nil {
		return nil, nil, brief(fmt.Errorf("nn: ReadSafetensors: %w", err))
	}
	atOnce := 8192
	if n := len(entries); n > 0 && remaining(r) >= int64(entries[n-1].end) {
		atOnce = math.MaxInt
	}
	values, err := readData(r, entries, atOnce)
	if err != nil {
		return nil, nil, brief(fmt.Errorf("nn: ReadSafetensors: %w", err))
	}
	for i, e := range entries {
		tensors = append(tensors, &Param{Name: e.name, Value: values[i], Shape: e.shape})
	}
	return tensors, metadata, nil
}

// remaining returns how many bytes r has left, if it is one that says, else -1.
func remaining(r io.Reader) int64 {
	switch r := r.(type) {
	case interface{ Len() int }: // of package bytes, and of package strings
		return int64(r.Len())
	case *os.File:
		at, err := r.Seek(0, io.SeekCurrent)
		if info, e := r.Stat(); err == nil && e == nil && info.Mode().IsRegular() {
			return info.Size() - at
		}
	}
	return -1
}

// mostText is how many bytes of an error's text are kept: what a file says may be in it.
const mostText = 512

// brief returns the error with a text of bounded length.
func brief(err error) error {
	if text := err.Error(); len(text) > mostText {
		return &briefError{strings.ToValidUTF8(text[:mostText], "") + "…", err}
	}
	return err
}

type briefError struct {
	text string
	err  error
}

func (e *briefError) Error() string { return e.text }
func (e *briefError) Unwrap() error { return e.err }

// readData reads the elements of all entries, and that nothing is after them. At most atOnce
// elements are allocated before they are there.
func readData(r io.Reader, entries []entry, atOnce int) ([][]float64, error) {
	var values [][]float64
	for _, e := range entries {
		value, err := e.read(r, atOnce)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	switch _, err := io.ReadFull(r, make([]byte, 1)); err {
	case io.EOF:
		return values, nil
	case nil:
		return nil, errors.New("bytes after the last tensor")
	default:
		return nil, fmt.Errorf("after the last tensor: %w", err)
	}
}

// entry is what the header says of a tensor.
type entry struct {
	name       string
	dtype      string
	shape      []int
	lengths    []whole // the shape, before it is known to fit
	begin, end whole   // in bytes after the header
}

// size returns the bytes of an element, 0 for types that are not read.
func (e *entry) size() int {
	switch e.dtype {
	case "F64":
		return 8
	case "F32":
		return 4
	}
	return 0
}

func (e *entry) read(r io.Reader, atOnce int) ([]float64, error) {
	size := e.size()
	n := int(e.end-e.begin) / size
	value := make([]float64, 0, min(n, atOnce))
	var chunk [8192]byte
	for len(value) < n {
		b := chunk[:min(len(chunk), (n-len(value))*size)]
		if _, err := io.ReadFull(r, b); err != nil {
			return nil, fmt.Errorf("tensor %.60q, of shape %v: after about %d elements: %w", e.name, e.shape, len(value), unexpected(err))
		}
		for ; len(b) > 0; b = b[size:] {
			if size == 8 {
				value = append(value, math.Float64frombits(binary.LittleEndian.Uint64(b)))
			} else {
				value = append(value, float64(math.Float32frombits(binary.LittleEndian.Uint32(b))))
			}
		}
	}
	return value, nil
}

// readHeader reads the header and checks it: the entries are in the order of their data, which
// they cover from 0 on, and of types that can be read.
func readHeader(r io.Reader) ([]entry, map[string]string, error) {
	var length [8]byte
	if _, err := io.ReadFull(r, length[:]); err != nil {
		return nil, nil, fmt.Errorf("length of the header: %w", unexpected(err))
	}
	n := binary.LittleEndian.Uint64(length[:])
	if n > maxHeader {
		return nil, nil, fmt.Errorf("header of %d bytes, at most %d are read", n, maxHeader)
	}
	var text bytes.Buffer // which grows with what there is
	if got, err := io.CopyN(&text, r, int64(n)); err != nil {
		return nil, nil, fmt.Errorf("after %d bytes of a header of %d: %w", got, n, unexpected(err))
	}
	entries, metadata, err := parseHeader(text.Bytes())
	if err != nil {
		return nil, nil, fmt.Errorf("header: %w", err)
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.begin, b.begin), cmp.Compare(a.end, b.end))
	})
	at := whole(0)
	for i := range entries {
		e := &entries[i]
		if err := e.check(at); err != nil {
			return nil, nil, fmt.Errorf("tensor %.60q: %w", e.name, err)
		}
		at = e.end
	}
	return entries, metadata, nil
}

// check holds the entry, whose data should begin at at, against the format.
func (e *entry) check(at whole) error {
	switch {
	case e.size() == 0:
		return fmt.Errorf("dtype %q, want F64 or F32", e.dtype)
	case e.begin != at:
		return fmt.Errorf("data at %d, the tensor before ends at %d", e.begin, at)
	case e.end < e.begin:
		return fmt.Errorf("data from %d to %d", e.begin, e.end)
	}
	if n, ok := elements(e.lengths); !ok || n > (math.MaxInt-7)/e.size() || whole(n*e.size()) != e.end-e.begin {
		return fmt.Errorf("%d bytes of data for shape %v of %s", e.end-e.begin, e.lengths, e.dtype)
	}
	for _, d := range e.lengths {
		if d > math.MaxInt { // beside a 0
			return fmt.Errorf("shape %v", e.lengths)
		}
		e.shape = append(e.shape, int(d))
	}
	return nil
}

// elements returns the product of shape, and whether it is an int.
func elements[T int | whole](shape []T) (n int, ok bool) {
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

// parseHeader reads the JSON object of the header, in the order that it has.
func parseHeader(text []byte) (entries []entry, metadata map[string]string, err error) {
	if !utf8.Valid(text) {
		return nil, nil, errors.New("not UTF-8")
	}
	if len(text) == 0 || text[0] != '{' {
		return nil, nil, errors.New("does not begin with {")
	}
	d := json.NewDecoder(bytes.NewReader(text))
	err = object(d, func(name string) error {
		if name == metadataName {
			metadata = map[string]string{}
			return object(d, func(key string) error {
				value, err := decode[string](d)
				metadata[key] = value
				return err
			})
		}
		e := entry{name: name}
		if err := e.parse(d); err != nil {
			return err
		}
		entries = append(entries, e)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, nil, fmt.Errorf("more than an object, at byte %d", d.InputOffset())
	}
	return entries, metadata, nil
}

func (e *entry) parse(d *json.Decoder) error {
	var shape, offsets []whole
	seen := 0
	err := object(d, func(key string) (err error) {
		seen++
		switch key {
		case "dtype":
			e.dtype, err = decode[string](d)
		case "shape":
			shape, err = decode[[]whole](d)
		case "data_offsets":
			offsets, err = decode[[]whole](d)
		default:
			return errors.New("unknown")
		}
		return err
	})
	if err != nil {
		return err
	}
	if seen != 3 || len(offsets) != 2 {
		return errors.New("want a dtype, a shape and two data_offsets")
	}
	if len(shape) > mostAxes {
		return fmt.Errorf("%d axes, at most %d are read", len(shape), mostAxes)
	}
	e.shape, e.lengths = make([]int, 0, len(shape)), shape
	e.begin, e.end = offsets[0], offsets[1]
	return nil
}

// mostAxes is how many axes a tensor may have.
const mostAxes = 64

// whole is a number that is not negative, and whose JSON form is its digits alone.
type whole int64

// UnmarshalJSON implements json.Unmarshaler.
func (n *whole) UnmarshalJSON(text []byte) error {
	v, err := strconv.ParseUint(string(text), 10, 63)
	*n = whole(v)
	return err
}

// object reads a JSON object and calls member after each key, to read what follows it.
func object(d *json.Decoder, member func(key string) error) error {
	start, err := d.Token()
	if err != nil {
		return unexpected(err)
	}
	if start != json.Delim('{') {
		return fmt.Errorf("%v where an object should be, at byte %d", start, d.InputOffset())
	}
	seen := map[string]bool{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return unexpected(err)
		}
		key := token.(string) // the decoder takes no other key
		if seen[key] {
			return fmt.Errorf("%.60q occurs twice", key)
		}
		seen[key] = true
		if err := member(key); err != nil {
			return fmt.Errorf("%.60q: %w", key, err)
		}
	}
	_, err = d.Token()
	return unexpected(err)
}

// decode reads a T that is not null.
func decode[T any](d *json.Decoder) (T, error) {
	var value *T
	if err := d.Decode(&value); err != nil {
		return *new(T), unexpected(err)
	}
	if value == nil {
		return *new(T), errors.New("null")
	}
	return *value, nil
}

// unexpected returns err, or io.ErrUnexpectedEOF for io.EOF.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

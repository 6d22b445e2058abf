package nn

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/quartet-ad/ad/internal/outside"
)

// readHeader reads the header and checks it: the entries are in the order of their data, which
// they cover from 0 on, and of types that can be read.
//
// The header is JSON of one form, which is read as it comes: package encoding/json would take
// many times its size.
func readHeader(r io.Reader) ([]*entry, map[string]string, error) {
	var length [8]byte
	if _, err := io.ReadFull(r, length[:]); err != nil {
		return nil, nil, fmt.Errorf("length of the header: %w", outside.NoEOF(err))
	}
	n := binary.LittleEndian.Uint64(length[:])
	if n > maxHeader {
		return nil, nil, fmt.Errorf("header of %d bytes, at most %d are read", n, maxHeader)
	}
	h := &header{Reader: bufio.NewReader(io.LimitReader(r, int64(n))), length: int(n)}
	err := h.read()
	if err == nil {
		var entries []*entry
		if entries, err = inOrder(&h.entries); err == nil {
			return entries, h.metadata, nil
		}
	}
	if cut, ok := errors.AsType[*cutError](err); ok {
		return nil, nil, cut
	}
	return nil, nil, fmt.Errorf("header: %w", err)
}

// A header is one that is being read.
type header struct {
	*bufio.Reader
	length int // in bytes, as it says
	at     int // bytes read

	text           []byte // storage
	shape, offsets []int64

	entries  outside.List[entry]
	metadata map[string]string
}

// cutError is the error of a header that is not there.
type cutError struct {
	got, length int
	err         error
}

func (e *cutError) Error() string {
	return fmt.Sprintf("after %d bytes of a header of %d: %v", e.got, e.length, e.err)
}
func (e *cutError) Unwrap() error { return e.err }

func (h *header) read() error {
	if c, err := h.Peek(1); err == nil && c[0] != '{' || h.length == 0 {
		return errors.New("does not begin with {")
	}
	if err := h.object(h.member); err != nil {
		return err
	}
	for h.at < h.length {
		if c, err := h.next(); err != nil {
			return err
		} else if !space(c) {
			return fmt.Errorf("more than an object, at byte %d", h.at-1)
		}
	}
	return nil
}

// member reads what the header says under a name.
func (h *header) member(name string) error {
	if name == metadataName {
		return h.readMetadata()
	}
	const dtypeSeen, shapeSeen, offsetsSeen = 1, 2, 4
	var dtype string
	seen := 0
	err := h.object(func(key string) (err error) {
		bit := 0
		switch key {
		case "dtype":
			bit = dtypeSeen
			dtype, err = h.string()
		case "shape":
			bit = shapeSeen
			h.shape, err = h.list(h.shape[:0], mostAxes)
		case "data_offsets":
			bit = offsetsSeen
			h.offsets, err = h.list(h.offsets[:0], 2)
		default:
			return errors.New("unknown")
		}
		if err == nil && seen&bit != 0 {
			return errors.New("occurs twice")
		}
		seen |= bit
		return err
	})
	switch {
	case err != nil:
		return err
	case seen != dtypeSeen|shapeSeen|offsetsSeen || len(h.offsets) != 2:
		return errors.New("want a dtype, a shape and two data_offsets")
	}
	e, err := newEntry(name, dtype, h.shape, h.offsets)
	if err == nil {
		h.entries.Add(e)
	}
	return err
}

// mostAxes is how many axes a tensor may have.
const mostAxes = 64

func (h *header) readMetadata() error {
	if h.metadata != nil {
		return errors.New("occurs twice")
	}
	h.metadata = map[string]string{}
	return h.object(func(key string) error {
		value, err := h.string()
		if err != nil {
			return err
		}
		if _, ok := h.metadata[key]; ok {
			return errors.New("occurs twice")
		}
		h.metadata[key] = value
		return nil
	})
}

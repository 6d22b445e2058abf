package nn

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

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

// next reads a byte.
func (h *header) next() (byte, error) {
	c, err := h.ReadByte()
	switch {
	case err == nil:
		h.at++
	case err == io.EOF && h.at == h.length:
		err = io.ErrUnexpectedEOF
	default:
		err = &cutError{h.at, h.length, outside.NoEOF(err)}
	}
	return c, err
}

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// token reads the byte that follows spaces.
func (h *header) token() (byte, error) {
	for {
		if c, err := h.next(); err != nil || !space(c) {
			return c, err
		}
	}
}

// want reads a token, which must be one of those that are wanted.
func (h *header) want(wanted string) (byte, error) {
	c, err := h.token()
	if err == nil && strings.IndexByte(wanted, c) < 0 {
		err = h.unexpected(c, strings.Join(strings.Split(wanted, ""), " or "))
	}
	return c, err
}

func (h *header) unexpected(c byte, wanted string) error {
	return fmt.Errorf("%q at byte %d, want %s", c, h.at-1, wanted)
}

// object reads an object, and calls member after each key to read what follows it.
func (h *header) object(member func(key string) error) error {
	if _, err := h.want("{"); err != nil {
		return err
	}
	c, err := h.want(`"}`)
	for err == nil && c != '}' {
		key, err := h.rest()
		if err != nil {
			return err
		}
		if _, err = h.want(":"); err == nil {
			err = member(key)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", outside.Quote(key), err)
		}
		if c, err = h.want(",}"); err != nil || c == '}' {
			return err
		}
		if _, err = h.want(`"`); err != nil {
			return err
		}
	}
	return err
}

// list reads a list of at most so many numbers, and appends them.
func (h *header) list(list []int64, most int) ([]int64, error) {
	if _, err := h.want("["); err != nil {
		return nil, err
	}
	c, err := h.token()
	for err == nil && (c != ']' || len(list) > 0) {
		if len(list) == most {
			return nil, fmt.Errorf("more than %d numbers", most)
		}
		v := int64(0)
		if v, err = h.number(c); err != nil {
			return nil, err
		}
		list = append(list, v)
		if c, err = h.want(",]"); err != nil || c == ']' {
			break
		}
		c, err = h.token()
	}
	return list, err
}

// number reads a number after its first byte: one that is not negative, in digits alone.
func (h *header) number(c byte) (v int64, err error) {
	for first := true; ; first = false {
		switch digit := int64(c) - '0'; {
		case digit < 0 || digit > 9:
			return 0, h.unexpected(c, "a digit")
		case v > (math.MaxInt64-digit)/10:
			return 0, fmt.Errorf("the number that ends at byte %d is out of range", h.at)
		case v == 0 && !first:
			return 0, h.unexpected(c, ", or ]")
		default:
			v = 10*v + digit
		}
		ahead, err := h.Peek(1)
		if err != nil || ahead[0] == ',' || ahead[0] == ']' || space(ahead[0]) {
			return v, nil // an error comes again
		}
		if c, err = h.next(); err != nil {
			return 0, err
		}
	}
}

// string reads a string.
func (h *header) string() (string, error) {
	if _, err := h.want(`"`); err != nil {
		return "", err
	}
	return h.rest()
}

// mostAtOnce is how long a string gets before it is put aside, so that a long one takes no more
// than twice its size.
const mostAtOnce = 1 << 12

// frequent are strings that need not be allocated for every tensor.
var frequent = map[string]string{"dtype": "dtype", "shape": "shape", "data_offsets": "data_offsets", "F64": "F64", "F32": "F32"}

// rest reads a string after its first quote.
func (h *header) rest() (string, error) {
	text := h.text[:0]
	var aside [][]byte
	for {
		c, err := h.next()
		switch {
		case err != nil:
			return "", err
		case c == '"':
			h.text = text
			if s, ok := frequent[string(text)]; ok && aside == nil {
				return s, nil
			}
			var b strings.Builder
			b.Grow(mostAtOnce*len(aside) + len(text))
			for _, t := range aside {
				b.Write(t)
			}
			b.Write(text)
			if !utf8.ValidString(b.String()) {
				return "", fmt.Errorf("the string that ends at byte %d is not UTF-8", h.at)
			}
			return b.String(), nil
		case c < ' ':
			return "", fmt.Errorf("%q in a string, at byte %d", c, h.at-1)
		case c != '\\':
			text = append(text, c)
		default:
			if text, err = h.escape(text); err != nil {
				return "", err
			}
		}
		if len(text) >= mostAtOnce {
			aside = append(aside, bytes.Clone(text[:mostAtOnce]))
			text = append(text[:0], text[mostAtOnce:]...)
		}
	}
}

// escapes are the characters that a letter after a backslash stands for.
var escapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escape reads what follows a backslash and appends what it stands for.
func (h *header) escape(text []byte) ([]byte, error) {
	c, err := h.next()
	if err != nil {
		return nil, err
	}
	if c != 'u' {
		plain, ok := escapes[c]
		if !ok {
			return nil, fmt.Errorf("%q after a backslash, at byte %d", c, h.at-1)
		}
		return append(text, plain), nil
	}
	u, err := h.hex()
	if err == nil && utf16.IsSurrogate(u) {
		if c, err = h.next(); err == nil && c == '\\' {
			c, err = h.next()
		}
		second := rune(0)
		if err == nil && c == 'u' {
			second, err = h.hex()
		}
		if u = utf16.DecodeRune(u, second); err == nil && u == utf8.RuneError {
			err = fmt.Errorf("half of a surrogate pair before byte %d", h.at)
		}
	}
	return utf8.AppendRune(text, u), err
}

// hex reads four hexadecimal digits.
func (h *header) hex() (rune, error) {
	var digits [4]byte
	for i := range digits {
		c, err := h.next()
		if err != nil {
			return 0, err
		}
		digits[i] = c
	}
	v, err := strconv.ParseUint(string(digits[:]), 16, 16)
	if err != nil {
		return 0, fmt.Errorf("%q after \\u, at byte %d", digits, h.at-len(digits))
	}
	return rune(v), nil
}

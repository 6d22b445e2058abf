package nn

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/quartet-ad/ad/internal/outside"
)

// The parts of JSON that a header is made of: objects, strings, and lists of numbers.

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

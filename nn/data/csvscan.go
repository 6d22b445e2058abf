package data

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/quartet-ad/ad/internal/outside"
)

// mostField is how many bytes a field may have.
const mostField = 1 << 16

// A scanner reads comma-separated values field by field, so that no more than a field
// is in memory: as RFC 4180 has them, with empty lines left out, and a quote only where
// a field begins with one.
type scanner struct {
	r     *bufio.Reader
	comma rune

	line, column int    // where the next character is, from 1; the column in bytes
	field        []byte // storage
}

// A place is where a field begins.
type place struct{ line, column int }

func (p place) String() string { return fmt.Sprintf("line %d, column %d", p.line, p.column) }

func newScanner(r io.Reader, comma rune) (*scanner, error) {
	if comma == 0 {
		comma = ','
	}
	if comma == '"' || comma == '\r' || comma == '\n' || comma == utf8.RuneError || !utf8.ValidRune(comma) {
		return nil, errors.New("invalid field delimiter")
	}
	text, err := outside.Text(r)
	return &scanner{r: text, comma: comma, line: 1, column: 1}, err
}

// rune reads a character: a line feed for whatever ends a line, be it that, a carriage return or
// both.
func (s *scanner) rune() (c rune, size int, err error) {
	if c, size, err = s.r.ReadRune(); c == '\r' && err == nil {
		if next, _ := s.r.Peek(1); len(next) == 1 && next[0] == '\n' {
			s.r.Discard(1)
		}
		c = '\n'
	}
	return c, size, err
}

func (s *scanner) newLine() { s.line, s.column = s.line+1, 1 }

// next returns the next field, which is void at the next call, where it begins, and
// whether the row ends with it. It returns io.EOF where no row begins.
func (s *scanner) next(first bool) (field []byte, at place, last bool, err error) {
	c, size, err := s.rune()
	for ; first && err == nil && c == '\n'; c, size, err = s.rune() { // empty lines
		s.newLine()
	}
	at = place{s.line, s.column}
	if first && err == io.EOF {
		return nil, at, true, io.EOF
	}
	s.field = s.field[:0]
	quoted := err == nil && c == '"'
	if quoted {
		s.column++
		c, size, err = s.rune()
	}
	for inside := quoted; ; c, size, err = s.rune() {
		switch {
		case err == io.EOF && inside:
			return nil, at, true, fmt.Errorf("%v: the quote is not closed", at)
		case err == io.EOF:
			return s.field, at, true, nil
		case err != nil:
			return nil, at, true, fmt.Errorf("line %d, column %d: %w", s.line, s.column, err)
		}
		s.column += size
		switch {
		case inside && c == '"':
			if next, _ := s.r.Peek(1); len(next) == 1 && next[0] == '"' {
				s.r.Discard(1)
				s.column++
				break
			}
			inside = false
			continue
		case inside:
		case c == '\n':
			s.newLine()
			return s.field, at, true, nil
		case c == s.comma:
			return s.field, at, false, nil
		case c == '"' || quoted:
			return nil, at, true, fmt.Errorf("line %d, column %d: extraneous or missing \"", s.line, s.column-size)
		}
		if inside && c == '\n' {
			s.newLine()
		}
		if len(s.field)+size > mostField {
			return nil, at, true, fmt.Errorf("%v: a field of more than %d bytes", at, mostField)
		}
		if c == utf8.RuneError && size == 1 {
			return nil, at, true, fmt.Errorf("line %d, column %d: the text is not UTF-8", s.line, s.column-1)
		}
		s.field = utf8.AppendRune(s.field, c)
	}
}

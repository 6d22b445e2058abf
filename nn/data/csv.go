package data

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/quartet-ad/ad/internal/outside"
)

// CSVOptions say what the columns of a file are. Columns have numbers from 1, and from
// the last by -1, -2 and so on; 0 is none. All columns that are not named here are
// features.
type CSVOptions struct {
	Header bool // the first row names the columns, and is left out
	Comma  rune // between fields; a comma if left out

	Label  int // the column of the class
	Target int // the column of a number to be predicted

	// Classes are the names that Label may have, in the order of their numbers. If there
	// are none, classes are numbered in the order in which they appear.
	Classes []string

	// Limit bounds the number of values (features and targets) and the number of rows. Left out,
	// it is 1<<30.
	Limit int
}

// ReadCSV reads a set from comma-separated values as RFC 4180 has them: a sample a row,
// its features numbers as strconv.ParseFloat reads them, NaN and infinities among them. Spaces
// around a number or a class, no-break spaces and byte order marks too, are left out. The shape
// of a sample is [features].
//
// The text is UTF-8, with a byte order mark at its beginning or without. Lines end with a
// line feed, a carriage return or both, and empty ones are left out. A line end between
// quotes is a line feed.
//
// ReadCSV returns an error that names line and column, both from 1 and the latter in
// bytes, for a row that has fewer or more fields than the first, for a field that is no
// number or too large for one, or has more than 64 KiB, for a class that is not in
// Classes, for text that is not UTF-8, and at the number or row that exceeds Limit; and an error
// for UTF-16, for a file without a row besides the header, or without a column that o names.
// What it takes is at most twice the set, with some 100 bytes for every class that it finds, and 1
// MiB; of a file that is not trusted, set Limit.
func ReadCSV(r io.Reader, o CSVOptions) (*Set, error) {
	s, err := newScanner(r, o.Comma)
	t := table{scanner: s, o: o}
	if err == nil {
		err = t.read()
	}
	if err != nil {
		return nil, outside.Brief(fmt.Errorf("data: CSV: %w", err))
	}
	return t.set(), nil
}

// A table is a file that is being read.
type table struct {
	*scanner
	o             CSVOptions
	columns       int // in a row
	label, target int // indices of columns, -1 for none

	x, y    outside.List[float64]
	labels  outside.List[int]
	names   outside.List[string] // of classes
	classes map[string]int
}

func (t *table) read() error {
	if err := t.firstRow(); err != nil {
		return err
	}
	for rows := 1; ; rows++ {
		switch err := t.row(); {
		case err == io.EOF && rows == 1 && t.o.Header:
			return errors.New("the file has no row besides the header")
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
	}
}

// set returns the set that was read.
func (t *table) set() *Set {
	s := &Set{Shape: []int{t.columns}, X: t.x.Slice()}
	if t.label >= 0 {
		s.Shape[0]--
		s.Labels, s.Classes = t.labels.Slice(), t.names.Slice()
		if t.o.Classes != nil {
			s.Classes = slices.Clone(t.o.Classes)
		}
	}
	if t.target >= 0 {
		s.Shape[0]--
		s.Y, s.TargetShape = t.y.Slice(), []int{1}
	}
	return s
}

// A heldField is one of the first row that may be in a column that is counted from the last.
type heldField struct {
	text []byte
	at   place
}

// firstRow reads the first row, which says how many columns there are, and takes its
// fields unless it is a header.
func (t *table) firstRow() error {
	// Columns that are counted from the last are not known before the end of the row.
	t.label, t.target = max(-1, t.o.Label-1), max(-1, t.o.Target-1)
	behind := max(0, -t.o.Label, -t.o.Target)
	var held []heldField
	oldest, taken := 0, 0
	for last := false; !last; t.columns++ {
		field, at, end, err := t.next(t.columns == 0)
		if err == io.EOF {
			return errors.New("the file has no row")
		}
		if last = end; err == nil && !t.o.Header {
			if len(held) < behind {
				held = append(held, heldField{bytes.Clone(field), at})
				continue
			}
			if behind > 0 {
				h := &held[oldest]
				oldest = (oldest + 1) % behind
				err = t.take(taken, string(h.text), h.at)
				h.text, h.at = append(h.text[:0], field...), at
			} else {
				err = t.take(taken, string(field), at)
			}
			taken++
		}
		if err != nil {
			return err
		}
	}
	if err := t.findColumns(); err != nil {
		return err
	}
	for i := range held {
		h := &held[(oldest+i)%len(held)]
		if err := t.take(taken+i, string(h.text), h.at); err != nil {
			return err
		}
	}
	return nil
}

// findColumns finds out which columns the options name.
func (t *table) findColumns() (err error) {
	if t.label, err = column(t.o.Label, t.columns); err != nil {
		return err
	}
	if t.target, err = column(t.o.Target, t.columns); err != nil {
		return err
	}
	if t.target >= 0 && t.target == t.label {
		return fmt.Errorf("column %d is both label and target", t.target+1)
	}
	return nil
}

// column returns the index of a column, -1 for none.
func column(number, columns int) (int, error) {
	switch {
	case number < -columns || number > columns:
		return 0, fmt.Errorf("column %d of %d", number, columns)
	case number < 0:
		return columns + number, nil
	}
	return number - 1, nil
}

// row takes the fields of a row. It returns io.EOF if there is none.
func (t *table) row() error {
	for j := 0; ; j++ {
		field, at, last, err := t.next(j == 0)
		switch {
		case err != nil:
			return err
		case j == t.columns:
			return fmt.Errorf("%v: field %d of a row, the first row has %d", at, j+1, t.columns)
		}
		if err := t.take(j, string(field), at); err != nil {
			return err
		}
		if !last {
			continue
		}
		if j+1 < t.columns {
			return fmt.Errorf("%v: the row ends after %d fields, the first row has %d", at, j+1, t.columns)
		}
		return nil
	}
}

// take takes a field of the column j.
func (t *table) take(j int, text string, at place) error {
	text = strings.TrimFunc(text, func(c rune) bool { return unicode.IsSpace(c) || string(c) == outside.Mark })
	if err := t.value(j, text); err != nil {
		return fmt.Errorf("%v: %w", at, err)
	}
	return nil
}

// value takes what a field of the column j says.
func (t *table) value(j int, text string) error {
	limit := t.o.Limit
	if limit == 0 {
		limit = mostNumbers
	}
	if j == t.label {
		if t.labels.Len() >= limit {
			return fmt.Errorf("more than %d rows", limit)
		}
		return t.class(text)
	}
	v, err := parseNumber(text)
	if err != nil {
		return err
	}
	if t.x.Len()+t.y.Len() >= limit {
		return fmt.Errorf("more than %d numbers", limit)
	}
	if j == t.target {
		t.y.Add(v)
	} else {
		t.x.Add(v)
	}
	return nil
}

// class takes the class of a sample.
func (t *table) class(name string) error {
	if t.classes == nil {
		t.classes = map[string]int{}
		for i, name := range t.o.Classes {
			t.classes[name] = i
		}
	}
	c, ok := t.classes[name]
	if !ok {
		if t.o.Classes != nil {
			return fmt.Errorf("%s is none of the classes", outside.Quote(name))
		}
		c = len(t.classes)
		name = strings.Clone(name) // not the row with it
		t.classes[name] = c
		t.names.Add(name)
	}
	t.labels.Add(c)
	return nil
}

package data

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// CSVOptions say what the columns of a file are. Columns have numbers from 1, and from
// the last by -1, -2 and so on; 0 is none. All columns that are not named here are
// features.
type CSVOptions struct {
	Header bool // the first row names the columns, and is left out
	Comma  rune // between fields, a comma if 0

	Label  int // the column of the class
	Target int // the column of a number to be predicted

	// Classes are the names that Label may have, in the order of their numbers. If there
	// are none, classes are numbered in the order in which they appear.
	Classes []string

	// Limit is how many numbers, features and targets, the file may hold, 1<<30 if 0.
	Limit int
}

// ReadCSV reads a set from comma-separated values as RFC 4180 has them: a sample a row,
// its features numbers as strconv.ParseFloat reads them, with spaces around them or
// without. The shape of a sample is [features].
//
// The text is UTF-8; a byte order mark at its beginning is left out. Lines end with a
// line feed, or with a carriage return before it.
//
// ReadCSV returns an error that names line and column, both from 1 and the latter in
// bytes, for a row that has fewer or more fields than the first, for a field that is no
// number or too large for one, or has more than 64 KiB, for a class that is not in
// Classes, for text that is not UTF-8, and at the number that exceeds Limit; and an error
// for a file without a row besides the header, or without a column that o names. Besides
// the set it allocates no more than a field and the first row.
func ReadCSV(r io.Reader, o CSVOptions) (*Set, error) {
	s, err := newScanner(r, o.Comma)
	t := table{scanner: s, o: o}
	if err == nil {
		err = t.read()
	}
	if err != nil {
		return nil, fmt.Errorf("data: CSV: %w", err)
	}
	return &t.set, nil
}

// A table is a file that is being read.
type table struct {
	*scanner
	o             CSVOptions
	label, target int // indices of columns, -1 for none
	set           Set
	classes       map[string]int
}

func (t *table) read() error {
	columns, err := t.firstRow()
	if err != nil {
		return err
	}
	for rows := 0; ; rows++ {
		switch err := t.row(columns); {
		case err == io.EOF && rows == 0 && t.o.Header:
			return errors.New("the file has no row besides the header")
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
	}
}

// firstRow reads the first row, which says how many columns there are, and takes its
// fields unless it is a header.
func (t *table) firstRow() (columns int, err error) {
	var texts []string
	var places []place
	for last := false; !last; {
		var field []byte
		var at place
		field, at, last, err = t.next(len(texts) == 0)
		switch {
		case err == io.EOF:
			return 0, errors.New("the file has no row")
		case err != nil:
			return 0, err
		case len(texts) > t.limit()+2: // numbers, a class, and the one too many
			return 0, fmt.Errorf("%v: more than %d numbers", at, t.limit())
		}
		text := ""
		if !t.o.Header {
			text = string(field)
		}
		texts, places = append(texts, text), append(places, at)
	}
	if err := t.begin(len(texts)); err != nil || t.o.Header {
		return len(texts), err
	}
	for j, text := range texts {
		if err := t.take(j, text, places[j]); err != nil {
			return 0, err
		}
	}
	return len(texts), nil
}

// row takes the fields of a row. It returns io.EOF if there is none.
func (t *table) row(columns int) error {
	for j := 0; ; j++ {
		field, at, last, err := t.next(j == 0)
		switch {
		case err != nil:
			return err
		case j == columns:
			return fmt.Errorf("%v: field %d of a row, the first row has %d", at, j+1, columns)
		}
		if err := t.take(j, string(field), at); err != nil {
			return err
		}
		if !last {
			continue
		}
		if j+1 < columns {
			return fmt.Errorf("%v: the row ends after %d fields, the first row has %d", at, j+1, columns)
		}
		return nil
	}
}

// take takes a field of the column j.
func (t *table) take(j int, text string, at place) error {
	if err := t.value(j, strings.TrimSpace(text)); err != nil {
		return fmt.Errorf("%v: %w", at, err)
	}
	return nil
}

// limit returns how many numbers the file may hold.
func (t *table) limit() int {
	if t.o.Limit == 0 {
		return mostNumbers
	}
	return t.o.Limit
}

// begin finds out what the columns are.
func (t *table) begin(columns int) (err error) {
	if t.label, err = column(t.o.Label, columns); err != nil {
		return err
	}
	if t.target, err = column(t.o.Target, columns); err != nil {
		return err
	}
	features := columns
	if t.label >= 0 {
		features--
		t.set.Labels = []int{}
		t.set.Classes = slices.Clone(t.o.Classes)
		t.classes = map[string]int{}
		for i, name := range t.o.Classes {
			t.classes[name] = i
		}
	}
	if t.target >= 0 {
		if t.target == t.label {
			return fmt.Errorf("column %d is both label and target", t.target+1)
		}
		features--
		t.set.Y, t.set.TargetShape = []float64{}, []int{1}
	}
	t.set.Shape = []int{features}
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

// value takes what a field of the column j says.
func (t *table) value(j int, text string) error {
	if j == t.label {
		return t.class(text)
	}
	v, err := strconv.ParseFloat(text, 64)
	if errors.Is(err, strconv.ErrRange) {
		return fmt.Errorf("%.40q is out of the range of float64", text)
	}
	if err != nil {
		return fmt.Errorf("%.40q is no number", text)
	}
	if len(t.set.X)+len(t.set.Y) >= t.limit() {
		return fmt.Errorf("more than %d numbers", t.limit())
	}
	if j == t.target {
		t.set.Y = append(t.set.Y, v)
	} else {
		t.set.X = append(t.set.X, v)
	}
	return nil
}

// class takes the class of a sample.
func (t *table) class(name string) error {
	c, ok := t.classes[name]
	if !ok {
		if t.o.Classes != nil {
			return fmt.Errorf("%.40q is none of the classes", name)
		}
		c = len(t.classes)
		name = strings.Clone(name) // not the row with it
		t.classes[name] = c
		t.set.Classes = append(t.set.Classes, name)
	}
	t.set.Labels = append(t.set.Labels, c)
	return nil
}

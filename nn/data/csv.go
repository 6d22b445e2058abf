package data

import (
	"encoding/csv"
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
// ReadCSV returns an error that names line and column, both from 1 and the latter in
// bytes, for a row that has not as many fields as the first, for a field that is no
// number or too large for one, for a class that is not in Classes, and at the number that
// exceeds Limit; and an error for a file without a row, or without a column that o names.
// It allocates no more than a small multiple of what it has read.
func ReadCSV(r io.Reader, o CSVOptions) (*Set, error) {
	t := table{Reader: csv.NewReader(r), o: o}
	t.ReuseRecord = true
	if o.Comma != 0 {
		t.Comma = o.Comma
	}
	if err := t.read(); err != nil {
		return nil, fmt.Errorf("data: CSV: %w", err)
	}
	return &t.set, nil
}

// A table is a file that is being read.
type table struct {
	*csv.Reader
	o             CSVOptions
	label, target int // indices of columns, -1 for none
	set           Set
	classes       map[string]int
}

func (t *table) read() error {
	for first := true; ; first = false {
		record, err := t.Read()
		switch {
		case err == io.EOF && first:
			return errors.New("the file has no row")
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		if first {
			if err := t.begin(len(record)); err != nil {
				return err
			}
			if t.o.Header {
				continue
			}
		}
		for j, field := range record {
			if err := t.field(j, strings.TrimSpace(field)); err != nil {
				line, column := t.FieldPos(j)
				return fmt.Errorf("line %d, column %d: %w", line, column, err)
			}
		}
	}
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

// field takes a field of the column j.
func (t *table) field(j int, text string) error {
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
	limit := t.o.Limit
	if limit == 0 {
		limit = mostNumbers
	}
	if len(t.set.X)+len(t.set.Y) >= limit {
		return fmt.Errorf("more than %d numbers", limit)
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

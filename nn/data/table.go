package data

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/quartet-ad/ad/internal/outside"
)

// A Fill says what stands for numbers that are missing.
type Fill int

// What may stand for missing numbers of a column.
const (
	FillMean   Fill = iota // the mean of those that are there
	FillMedian             // their median
	FillZero               // 0
	FillNone               // nothing: a missing number is an error
)

// TableOptions say what the columns of a table are. Columns go by the names in the first row.
type TableOptions struct {
	Comma rune // between fields; a comma if left out

	Label  string // the column of the class
	Target string // the column of a number to be predicted
	Drop   []string
	// Categories are columns whose numbers are names, such as codes of towns.
	Categories []string

	// Missing are the texts of fields that are missing. If there are none, they are those of
	// MissingTexts.
	Missing []string
	Fill    Fill

	// Codes gives a category as its number, in one feature. Without, a category has a feature for
	// each of its names, of which one is 1.
	Codes bool

	// Like is a table that was read before, usually the one to train on, whose columns this one has
	// too: see ReadTable. The options above are then those of that table, and are left out.
	Like *Table

	// AllowUnseen accepts categories that Like has not: all of their features are 0, or their code is
	// -1. Without, they are an error.
	AllowUnseen bool

	// Limit bounds the number of fields, and of values. Left out, it is 1<<30.
	Limit int
}

// MissingTexts returns the texts that stand for missing fields unless TableOptions say others.
func MissingTexts() []string {
	return []string{"", "?", "-", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None"}
}

// A Table is a set that was read from columns of numbers and of texts.
type Table struct {
	*Set
	Features []string // the name of every feature: that of its column, or column=category
	Columns  []Column // those that are features, in order

	options TableOptions
}

// A Column says how a column of a file became features.
type Column struct {
	Name       string
	Categories []string // in order; nil for a column of numbers
	Missing    int      // how many fields were missing
	Filled     float64  // what stands for missing numbers, here and in tables that are read like this one

	gaps bool // the last of Categories stands for missing ones
}

// mostCategories is how many different texts a column may have.
const mostCategories = 1000

// ReadTable reads a set from comma-separated values as RFC 4180 has them, whose first row has the
// names of the columns. The text is read as by ReadCSV.
//
// A column is one of numbers if its first field that is not missing is a number, quoted or not, and
// else one of categories, which are sorted. What is missing is filled in a column of numbers, by a
// value of the whole file, and is a category "missing" of its own, the last one, elsewhere.
//
// With Like, features, codes, classes and fills are those of that table, so that a network that was
// trained on it can be asked about this one. Columns may be in another order; those that were dropped,
// the label and the target may be left out, and then there are no Labels or no targets. The table has the Columns of
// Like, but for what is Missing.
//
// ReadTable returns an error that names line and column for what ReadCSV refuses; for a text in a
// column of numbers; for a number with a decimal comma or with commas between thousands; for two
// columns of one name; and for a label or target that is missing. It returns one that names the column of the table if there is no
// such column, if all of it is missing, or if it has more than 1000 different texts: then it is
// probably an identifier, to be named in Drop. With Like, it is an error too that names line and
// column if there is a category that Like has not, a missing one where Like misses none, or a class that
// Like has not; and one that names the column if Like has no such column, or this table does not have
// one of its.
//
// Cost: the memory of the set, and 8 bytes for every field.
func ReadTable(r io.Reader, o TableOptions) (*Table, error) {
	var s *scanner
	var t *Table
	err := o.takeLike()
	if err == nil {
		s, err = newScanner(r, o.Comma)
	}
	if err == nil {
		b := &tableReader{scanner: s, o: o}
		t, err = b.read()
	}
	if err != nil {
		return nil, outside.Brief(fmt.Errorf("data: table: %w", err))
	}
	return t, nil
}

// A tableReader is a table that is being read.
type tableReader struct {
	*scanner
	o       TableOptions
	columns []*tableColumn
	fields  int
}

func (t *tableReader) read() (*Table, error) {
	if t.o.Limit == 0 {
		t.o.Limit = mostNumbers
	}
	if t.o.Missing == nil {
		t.o.Missing = MissingTexts()
	}
	if t.o.Fill < FillMean || t.o.Fill > FillNone {
		return nil, fmt.Errorf("the Fill is %d", t.o.Fill)
	}
	if err := t.header(); err != nil {
		return nil, err
	}
	rows := 0
	for ; ; rows++ {
		err := t.row()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	if rows == 0 {
		return nil, errors.New("the file has no row besides the header")
	}
	return t.table(rows)
}

// header reads the names of the columns, and what the options make of them.
func (t *tableReader) header() error {
	seen := map[string]bool{}
	for last := false; !last; {
		field, at, end, err := t.next(len(t.columns) == 0)
		if err == io.EOF {
			return errors.New("the file has no row")
		}
		if err != nil {
			return err
		}
		if t.fields++; t.fields > t.o.Limit {
			return fmt.Errorf("more than %d fields", t.o.Limit)
		}
		last = end
		name := trimmed(field)
		if seen[name] {
			return fmt.Errorf("%v: a second column %s", at, outside.Quote(name))
		}
		seen[name] = true
		t.columns = append(t.columns, &tableColumn{Column: Column{Name: name}})
	}
	if t.o.Like != nil {
		return t.findLike()
	}
	if name := t.columns[0].Name; len(t.columns) == 1 && strings.ContainsAny(name, ",;\t|") {
		return fmt.Errorf("the only column is called %s: is the Comma another one?", outside.Quote(name))
	}
	named := func(names []string, set func(c *tableColumn)) error {
		for _, name := range names {
			i := slices.IndexFunc(t.columns, func(c *tableColumn) bool { return c.Name == name })
			if i < 0 {
				return fmt.Errorf("there is no column %s; there are %s", outside.Quote(name), t.names())
			}
			set(t.columns[i])
		}
		return nil
	}
	one := func(name string) []string {
		if name == "" {
			return nil
		}
		return []string{name}
	}
	if t.o.Label != "" && t.o.Label == t.o.Target {
		return fmt.Errorf("column %s is both label and target", outside.Quote(t.o.Label))
	}
	return errors.Join(
		named(t.o.Categories, func(c *tableColumn) { c.kind = texts }),
		named(t.o.Drop, func(c *tableColumn) { c.role = dropped }),
		named(one(t.o.Label), func(c *tableColumn) { c.kind, c.role = texts, label }),
		named(one(t.o.Target), func(c *tableColumn) { c.kind, c.role = numbers, target }),
	)
}

// names returns the names of the first columns.
func (t *tableReader) names() string {
	var names []string
	for _, c := range t.columns[:min(20, len(t.columns))] {
		names = append(names, outside.Quote(c.Name))
	}
	return strings.Join(names, ", ")
}

// row takes the fields of a row. It returns io.EOF if there is none.
func (t *tableReader) row() error {
	for j := 0; ; j++ {
		field, at, last, err := t.next(j == 0)
		switch {
		case err != nil:
			return err
		case j == len(t.columns):
			return fmt.Errorf("%v: field %d of a row, the first row has %d", at, j+1, len(t.columns))
		}
		if t.fields++; t.fields > t.o.Limit {
			return fmt.Errorf("%v: more than %d fields", at, t.o.Limit)
		}
		c := t.columns[j]
		text := trimmed(field)
		if err := c.take(text, slices.Contains(t.o.Missing, text), t.o.Fill == FillNone); err != nil {
			return fmt.Errorf("%v: %w", at, err)
		}
		if last && j+1 < len(t.columns) {
			return fmt.Errorf("%v: the row ends after %d fields, the first row has %d", at, j+1, len(t.columns))
		}
		if last {
			return nil
		}
	}
}

// trimmed returns a field without the spaces and byte order marks around it.
func trimmed(field []byte) string {
	return strings.TrimFunc(string(field), func(c rune) bool { return unicode.IsSpace(c) || string(c) == outside.Mark })
}

// table returns what was read.
func (t *tableReader) table(rows int) (*Table, error) {
	table := &Table{Set: &Set{}, options: t.o}
	var used []*tableColumn
	for _, c := range t.inOrder() {
		if c.role == dropped {
			continue
		}
		if err := c.finish(t.o.Fill, rows); err != nil {
			return nil, fmt.Errorf("column %s: %w", outside.Quote(c.Name), err)
		}
		switch c.role {
		case label:
			table.Labels, table.Classes = c.codes.Slice(), c.Categories
			for i, code := range table.Labels {
				table.Labels[i] = c.order[code]
			}
		case target:
			table.Y, table.TargetShape = c.numbers.Slice(), []int{1}
		default:
			used = append(used, c)
			table.Columns = append(table.Columns, c.Column)
			table.Features = append(table.Features, c.features(t.o.Codes)...)
		}
	}
	width := len(table.Features)
	if width > 0 && rows > t.o.Limit/width {
		return nil, fmt.Errorf("%d rows of %d features are more than %d values", rows, width, t.o.Limit)
	}
	table.Shape, table.X = []int{width}, make([]float64, rows*width)
	at := 0
	for _, c := range used {
		at += c.write(table.X[at:], width, t.o.Codes)
	}
	return table, nil
}

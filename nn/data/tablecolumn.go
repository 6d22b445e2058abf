package data

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/quartet-ad/ad/internal/outside"
)

// What a column holds, and what it is for.
const (
	unknown = iota
	numbers
	texts
)
const (
	feature = iota
	dropped
	label
	target
)

// A tableColumn is a column that is being read.
type tableColumn struct {
	Column
	kind, role int

	numbers outside.List[float64] // NaN where one is missing
	codes   outside.List[int]     // in the order in which texts appear, -1 where one is missing
	byText  map[string]int
	order   []int // the place of every code among the sorted categories
	waiting int   // missing fields before the kind is known

	known       bool // Categories and Filled are those of another table
	allowUnseen bool
}

// The codes of fields that are none of the categories.
const (
	missingCode = -1
	unseenCode  = -2
)

// take takes the next field.
func (c *tableColumn) take(text string, missing, refuse bool) error {
	v, err := 0.0, error(nil)
	if c.kind != texts && c.role != dropped && !missing {
		v, err = parseNumber(text)
		missing = math.IsNaN(v)
	}
	switch {
	case c.role == dropped:
		return nil
	case missing && (c.role == label || c.role == target):
		return fmt.Errorf("%s is missing in column %s", outside.Quote(text), outside.Quote(c.Name))
	case missing && refuse && c.kind == numbers:
		return fmt.Errorf("a number is missing in column %s", outside.Quote(c.Name))
	case missing && c.known && c.kind == texts && !c.gaps && !c.allowUnseen:
		return fmt.Errorf("%s is missing in column %s, and nothing was in the table before", outside.Quote(text), outside.Quote(c.Name))
	case missing:
		c.Missing++
		c.none(1)
		return nil
	}
	if c.kind == unknown {
		if err == nil {
			c.kind = numbers
		} else if commaNumber.MatchString(text) {
			return err
		} else {
			c.kind = texts
		}
		if c.waiting > 0 && refuse && c.kind == numbers {
			return fmt.Errorf("a number is missing in column %s", outside.Quote(c.Name))
		}
		c.none(c.waiting)
		c.waiting = 0
	}
	if c.kind == numbers {
		if err != nil {
			return fmt.Errorf("%w, in column %s of numbers", err, outside.Quote(c.Name))
		}
		c.numbers.Add(v)
		return nil
	}
	return c.text(text)
}

// none notes that n fields are missing.
func (c *tableColumn) none(n int) {
	switch c.kind {
	case unknown:
		c.waiting += n
	case numbers:
		for range n {
			c.numbers.Add(math.NaN())
		}
	default:
		for range n {
			c.codes.Add(missingCode)
		}
	}
}

// text takes the name of a category.
func (c *tableColumn) text(name string) error {
	code, ok := c.byText[name]
	switch {
	case ok:
	case c.known && (c.role == label || !c.allowUnseen):
		return fmt.Errorf("%s is none of the %d categories of column %s in the table before", outside.Quote(name), len(c.byText), outside.Quote(c.Name))
	case c.known:
		code = unseenCode
	default:
		if code = len(c.byText); code == mostCategories {
			return fmt.Errorf("column %s has more than %d different texts: drop it, if it is an identifier", outside.Quote(c.Name), mostCategories)
		}
		if c.byText == nil {
			c.byText = map[string]int{}
		}
		c.byText[strings.Clone(name)] = code
	}
	c.codes.Add(code)
	return nil
}

// commaNumber is a number with a decimal comma, or with commas or points between thousands.
var commaNumber = regexp.MustCompile(`^[+-]?\d+([., ]\d{3})*,\d+([eE][+-]?\d+)?$`)

// parseNumber reads a number, and says what is wrong with one that is written in another way.
func parseNumber(text string) (float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	switch {
	case err == nil:
		return v, nil
	case errors.Is(err, strconv.ErrRange):
		return 0, fmt.Errorf("%s is out of the range of float64", outside.Quote(text))
	case commaNumber.MatchString(text):
		return 0, fmt.Errorf("%s is no number: write a decimal point, and nothing between thousands", outside.Quote(text))
	}
	return 0, fmt.Errorf("%s is no number", outside.Quote(text))
}

// finish sorts the categories, or fills what is missing.
func (c *tableColumn) finish(fill Fill, rows int) error {
	if c.known {
		c.put()
		return nil
	}
	if c.Missing == rows {
		return errors.New("all of it is missing: drop it")
	}
	if c.kind == numbers {
		if c.role == feature {
			c.fill(fill)
		}
		return nil
	}
	if n := len(c.byText); c.role == feature && n > 20 && n == rows {
		return fmt.Errorf("%d different texts in as many rows: drop it, if it is an identifier", n)
	}
	for name := range c.byText {
		c.Categories = append(c.Categories, name)
	}
	slices.Sort(c.Categories)
	c.order = make([]int, len(c.Categories))
	for place, name := range c.Categories {
		c.order[c.byText[name]] = place
	}
	if c.gaps = c.Missing > 0; c.gaps {
		c.Categories = append(c.Categories, "missing")
	}
	return nil
}

// fill finds the number that stands for missing ones, and puts it there.
func (c *tableColumn) fill(fill Fill) {
	var there []float64
	for _, x := range c.numbers.Pointers(nil) {
		if !math.IsNaN(*x) {
			there = append(there, *x)
		}
	}
	if len(there) > 0 {
		switch fill {
		case FillMean:
			for _, x := range there {
				c.Filled += x / float64(len(there))
			}
		case FillMedian:
			slices.Sort(there)
			c.Filled = there[len(there)/2]/2 + there[(len(there)-1)/2]/2
		}
	}
	c.put()
}

// put puts Filled where a number is missing.
func (c *tableColumn) put() {
	for _, x := range c.numbers.Pointers(nil) {
		if math.IsNaN(*x) {
			*x = c.Filled
		}
	}
}

// features returns the names of what the column becomes.
func (c *tableColumn) features(codes bool) []string {
	if c.kind == numbers || codes {
		return []string{c.Name}
	}
	names := make([]string, len(c.Categories))
	for i, category := range c.Categories {
		names[i] = c.Name + "=" + category
	}
	return names
}

// write writes the features of the column to x, whose rows have so many numbers, and returns how many
// there are.
func (c *tableColumn) write(x []float64, width int, codes bool) int {
	if c.kind == numbers {
		for i, v := range c.numbers.Slice() {
			x[i*width] = v
		}
		return 1
	}
	for i, code := range c.codes.Slice() {
		place := len(c.Categories) - 1 // missing
		switch {
		case code >= 0:
			place = c.order[code]
		case code == unseenCode || !c.gaps:
			place = -1
		}
		if codes {
			x[i*width] = float64(place)
		} else if place >= 0 {
			x[i*width+place] = 1
		}
	}
	if codes {
		return 1
	}
	return len(c.Categories)
}

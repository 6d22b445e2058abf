package data

import (
	"errors"
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/internal/outside"
)

// takeLike takes the options from the table Like, if there is one.
func (o *TableOptions) takeLike() error {
	like := o.Like
	if like == nil {
		return nil
	}
	if o.Label != "" || o.Target != "" || o.Drop != nil || o.Categories != nil || o.Missing != nil || o.Fill != 0 || o.Codes {
		return errors.New("an option besides Comma, AllowUnseen and Limit, though there is Like, which says it")
	}
	if like.options.Missing == nil {
		return errors.New("the table of Like is none that ReadTable returned")
	}
	of := like.options
	of.Like, of.AllowUnseen, of.Limit = like, o.AllowUnseen, o.Limit
	if o.Comma != 0 {
		of.Comma = o.Comma
	}
	*o = of
	return nil
}

// findLike gives every column of the file the role, the kind and the categories of that in Like.
func (t *tableReader) findLike() error {
	like, found := t.o.Like, 0
	for _, c := range t.columns {
		k := slices.IndexFunc(like.Columns, func(of Column) bool { return of.Name == c.Name })
		switch {
		case k >= 0:
			of := like.Columns[k]
			found++
			if c.kind = numbers; of.Categories != nil {
				c.kind = texts
			}
			c.Column, c.Missing = of, 0
			c.knows(of.Categories)
		case c.Name == t.o.Label:
			c.kind, c.role = texts, label
			c.Categories = like.Classes
			c.knows(like.Classes)
		case c.Name == t.o.Target:
			c.kind, c.role = numbers, target
			c.known = true
		case slices.Contains(t.o.Drop, c.Name):
			c.role = dropped
		default:
			return fmt.Errorf("column %s is not in the table before", outside.Quote(c.Name))
		}
		c.allowUnseen = t.o.AllowUnseen
	}
	if found == len(like.Columns) {
		return nil
	}
	for _, of := range like.Columns {
		if !slices.ContainsFunc(t.columns, func(c *tableColumn) bool { return c.Name == of.Name }) {
			return fmt.Errorf("there is no column %s, which the table before has; there are %s", outside.Quote(of.Name), t.names())
		}
	}
	return nil
}

// knows gives a column the categories of another table.
func (c *tableColumn) knows(categories []string) {
	if c.known = true; c.gaps {
		categories = categories[:len(categories)-1]
	}
	c.byText, c.order = map[string]int{}, make([]int, len(categories))
	for i, name := range categories {
		c.byText[name], c.order[i] = i, i
	}
}

// inOrder returns the columns in the order of their features: those of Like, if there is one.
func (t *tableReader) inOrder() []*tableColumn {
	if t.o.Like == nil {
		return t.columns
	}
	place := func(c *tableColumn) int {
		return slices.IndexFunc(t.o.Like.Columns, func(of Column) bool { return of.Name == c.Name })
	}
	list := slices.Clone(t.columns)
	slices.SortStableFunc(list, func(a, b *tableColumn) int { return place(a) - place(b) })
	return list
}

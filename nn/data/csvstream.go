package data

import (
	"fmt"
	"io"
	"iter"

	"github.com/quartet-ad/ad/internal/outside"
)

// StreamCSV iterates over the rows of a file as ReadCSV reads them, in batches of the size and in the
// order of the file, for files that are larger than memory. The last batch may be smaller. Index
// counts rows from 0. A batch belongs to the caller.
//
//	for b, err := range data.StreamCSV(file, options, 64) {
//		if err != nil {
//			return err
//		}
//		… b.X, b.Labels
//	}
//
// An error, as of ReadCSV, comes with no batch and ends the iteration. Limit bounds a batch. Without
// Classes, they are numbered in the order in which they appear, and their names are not returned.
//
// Cost: the memory of a batch, whatever the size of the file.
//
// StreamCSV panics if size is less than 1.
func StreamCSV(r io.Reader, o CSVOptions, size int) iter.Seq2[Batch, error] {
	if size < 1 {
		panic(fmt.Sprintf("data: StreamCSV in batches of %d", size))
	}
	return func(yield func(Batch, error) bool) {
		s, err := newScanner(r, o.Comma)
		t := table{scanner: s, o: o}
		if err == nil {
			err = t.firstRow()
		}
		rows, done := 0, 0 // in the batch; in those before
		if !o.Header {
			rows = 1
		}
		for err == nil {
			if rows == size {
				if !yield(t.batch(done, rows), nil) {
					return
				}
				done, rows = done+rows, 0
			}
			if err = t.row(); err == nil {
				rows++
			}
		}
		switch {
		case err != io.EOF:
			yield(Batch{}, outside.Brief(fmt.Errorf("data: CSV: %w", err)))
		case rows > 0:
			yield(t.batch(done, rows), nil)
		case done == 0:
			yield(Batch{}, fmt.Errorf("data: CSV: the file has no row besides the header"))
		}
	}
}

// batch returns the rows that were read since the last one, which begin with the number first.
func (t *table) batch(first, rows int) Batch {
	b := Batch{Shape: []int{rows, t.columns}, X: t.x.Slice(), Index: make([]int, rows)}
	for i := range b.Index {
		b.Index[i] = first + i
	}
	if t.label >= 0 {
		b.Shape[1]--
		b.Labels = t.labels.Slice()
	}
	if t.target >= 0 {
		b.Shape[1]--
		b.Y, b.TargetShape = t.y.Slice(), []int{rows, 1}
	}
	return b
}

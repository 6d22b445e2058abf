package data_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn/data"
)

// TestStreamCSVIsReadCSV holds that batches of any size have the rows of the set.
func TestStreamCSVIsReadCSV(t *testing.T) {
	var b strings.Builder
	b.WriteString("a,kind,b,y\n")
	for i := range 20 {
		fmt.Fprintf(&b, "%d,%s,%d,%d\n", i, []string{"u", "v", "w"}[i*i%3], -i, i%4)
	}
	for _, header := range []bool{true, false} {
		text, o := b.String(), data.CSVOptions{Header: header, Label: 2, Target: -1}
		if !header {
			_, text, _ = strings.Cut(text, "\n")
		}
		set, err := data.ReadCSV(strings.NewReader(text), o)
		if err != nil {
			t.Fatal(err)
		}
		for size := 1; size < 23; size++ {
			var x, y []float64
			var labels, index []int
			batches := 0
			for b, err := range data.StreamCSV(strings.NewReader(text), o, size) {
				if err != nil {
					t.Fatal(err)
				}
				if !slices.Equal(b.Shape, []int{len(b.Index), 2}) || !slices.Equal(b.TargetShape, []int{len(b.Index), 1}) {
					t.Errorf("shapes %v and %v of %d rows", b.Shape, b.TargetShape, len(b.Index))
				}
				x, y, labels, index = append(x, b.X...), append(y, b.Y...), append(labels, b.Labels...), append(index, b.Index...)
				batches++
			}
			if !slices.Equal(x, set.X) || !slices.Equal(y, set.Y) || !slices.Equal(labels, set.Labels) || batches != (20+size-1)/size {
				t.Errorf("%d batches of %d are not the set", batches, size)
			}
			if len(index) != 20 || index[0] != 0 || index[19] != 19 {
				t.Errorf("rows %v", index)
			}
		}
	}
}

// TestStreamCSVEndsWithTheError holds that rows before a bad one come, and nothing after it.
func TestStreamCSVEndsWithTheError(t *testing.T) {
	for _, c := range []struct {
		text, want string
		batches    int
	}{
		{"1,2\n3,4\n5,x\n7,8\n", `data: CSV: line 3, column 3: "x" is no number`, 2},
		{"1,2\n3\n", "data: CSV: line 2, column 1: the row ends after 1 fields, the first row has 2", 1},
		{"", "data: CSV: the file has no row", 0},
	} {
		batches, failure := 0, error(nil)
		for b, err := range data.StreamCSV(strings.NewReader(c.text), data.CSVOptions{}, 1) {
			if failure != nil {
				t.Errorf("%q: a batch after an error", c.text)
			}
			if failure = err; err == nil {
				batches += b.Len()
			}
		}
		if failure == nil || failure.Error() != c.want || batches != c.batches {
			t.Errorf("%q: %d batches and the error %v, want %d and %s", c.text, batches, failure, c.batches, c.want)
		}
	}
	for _, err := range data.StreamCSV(strings.NewReader("a,b\n"), data.CSVOptions{Header: true}, 1) {
		if err == nil || err.Error() != "data: CSV: the file has no row besides the header" {
			t.Errorf("a header alone: %v", err)
		}
	}
	optest.Panics(t, "data: StreamCSV in batches of 0", func() { data.StreamCSV(nil, data.CSVOptions{}, 0) })
}

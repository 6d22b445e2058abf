package metric

import (
	"bytes"
	"fmt"
	"strconv"
	"text/tabwriter"
)

// String returns the matrix as a table, classes by their numbers.
//
// Cost: O(k²).
func (c *ConfusionMatrix) String() string { return c.Table() }

// Table returns the matrix as a table, classes by their names. It panics if
// there are names, but not one for each class.
//
// Cost: O(k²).
func (c *ConfusionMatrix) Table(names ...string) string {
	names = c.names(names)
	return table(func(w *tabwriter.Writer) {
		fmt.Fprint(w, "true\\predicted\t")
		for _, name := range names {
			fmt.Fprintf(w, "%s\t", name)
		}
		fmt.Fprintln(w)
		for i, name := range names {
			fmt.Fprintf(w, "%s\t", name)
			for _, n := range c.row(i) {
				fmt.Fprintf(w, "%d\t", n)
			}
			fmt.Fprintln(w)
		}
	})
}

// Report returns precision, recall, F1, IoU and support of every class, the
// means over classes, which leave out what is not defined (shown as "-"), and
// the accuracy. Names are as in [ConfusionMatrix.Table].
//
// Cost: O(k²).
func (c *ConfusionMatrix) Report(names ...string) string {
	names = c.names(names)
	columns := []func(Counts) Score{Counts.Precision, Counts.Recall, Counts.F1, Counts.IoU}
	return table(func(w *tabwriter.Writer) {
		row := func(name string, of func(func(Counts) Score) Score, support int) {
			fmt.Fprintf(w, "%s\t", name)
			for _, metric := range columns {
				fmt.Fprintf(w, "%s\t", cell(of(metric)))
			}
			fmt.Fprintf(w, "%d\t\n", support)
		}
		fmt.Fprint(w, "class\tprecision\trecall\tF1\tIoU\tsupport\t\n")
		for k, name := range names {
			counts := c.Class(k)
			row(name, func(metric func(Counts) Score) Score { return metric(counts) }, c.Support(k))
		}
		total := c.total
		row("macro", func(metric func(Counts) Score) Score { return c.Macro(metric, Exclude) }, total)
		row("weighted", func(metric func(Counts) Score) Score { return c.Weighted(metric, Exclude) }, total)
		fmt.Fprintf(w, "accuracy\t\t\t%s\t\t%d\t\n", cell(c.Accuracy()), total)
	})
}

func cell(s Score) string {
	if !s.Defined {
		return "-"
	}
	return s.String()
}

func (c *ConfusionMatrix) names(names []string) []string {
	if len(names) == 0 {
		for k := range c.classes {
			names = append(names, strconv.Itoa(k))
		}
	}
	if len(names) != c.classes {
		panic(fmt.Sprintf("metric: %d names of %d classes", len(names), c.classes))
	}
	return names
}

// table returns lines of cells, each ended by a tab, aligned to the right.
func table(write func(*tabwriter.Writer)) string {
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	write(w)
	w.Flush() // a bytes.Buffer does not fail
	return b.String()
}

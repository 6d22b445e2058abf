package report

import (
	"fmt"
	"strconv"

	"github.com/quartet-ad/ad/nn/metric"
)

// A matrix is a confusion matrix to be drawn.
type matrix struct {
	Names []string
	Rows  []row
}

type row struct {
	Name  string
	Cells []cell
}

type cell struct {
	Count int
	Level int // how dark it is: from 0 for none to 5 for nearly all of the row
	Right bool
}

// darkness is where the levels of a cell end, as shares of its row.
var darkness = []float64{0, 0.01, 0.05, 0.2, 0.5}

func newMatrix(c *metric.ConfusionMatrix, names []string) (*matrix, error) {
	if c == nil {
		return nil, nil
	}
	classes := c.Classes()
	if names == nil {
		for i := range classes {
			names = append(names, strconv.Itoa(i))
		}
	}
	if len(names) != classes {
		return nil, fmt.Errorf("%d Classes of a Confusion of %d", len(names), classes)
	}
	m := &matrix{Names: names}
	for i, name := range names {
		r := row{Name: name}
		for j := range names {
			n := c.At(i, j)
			level := 0
			for level < len(darkness) && float64(n) > darkness[level]*float64(c.Support(i)) {
				level++
			}
			r.Cells = append(r.Cells, cell{Count: n, Level: level, Right: i == j})
		}
		m.Rows = append(m.Rows, r)
	}
	return m, nil
}

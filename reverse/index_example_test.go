package reverse_test

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse"
)

// An embedding takes rows of a table; its gradient is that of the rows, where one
// was taken twice, added up.
func ExampleArray_Take() {
	tape := reverse.NewTape()
	table := tape.Param([]float64{1, 2, 3, 4, 5, 6}, nil, 3, 2)
	rows := table.Take(0, []int{2, 0, 2})
	rows.Sum().Backward()
	fmt.Println(rows, table.Grad())
	// Output: [3 2][5 6 1 2 5 6] [1 1 0 0 2 2]
}

package reverse_test

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse"
)

// The gradient of a cross-entropy is the softmax less 1 at the label, over the
// number of rows.
func ExampleArray_CrossEntropy() {
	tape := reverse.NewTape()
	logits := tape.Param([]float64{0, 0, 0, 1000, 0, 0}, nil, 2, 3)
	loss := logits.CrossEntropy(1, []int{2, 0}, reverse.CrossEntropyOptions{})
	loss.Backward()
	fmt.Printf("%.4f %.4f\n", loss.Value(), logits.Grad())
	// Output: 0.5493 [0.1667 0.1667 -0.3333 0.0000 0.0000 0.0000]
}

// Every other element of the rows but the first, backwards.
func ExampleArray_Slice() {
	x := reverse.NewTape().Const([]float64{1, 2, 3, 4, 5, 6, 7, 8}, 2, 4)
	fmt.Println(x.Slice(reverse.Range{Start: 1}, reverse.Range{Step: -2}))
	// Output: [1 2][8 6]
}

func ExampleConcat() {
	tape := reverse.NewTape()
	x, y := tape.Const([]float64{1, 2, 3, 4}, 2, 2), tape.Const([]float64{5, 6}, 2, 1)
	fmt.Println(reverse.Concat(1, x, y))
	// Output: [2 3][1 2 5 3 4 6]
}

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

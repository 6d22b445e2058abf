package reverse_test

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse"
)

// The gradient of a mean cross-entropy is the softmax less 1 at the label, over the
// number of rows.
func ExampleArray_CrossEntropy() {
	tape := reverse.NewTape()
	logits := tape.Param([]float64{0, 0, 0, 1000, 0, 0}, nil, 2, 3)
	loss := logits.CrossEntropy(1, []int{2, 0}, reverse.CrossEntropyOptions{}).Mean()
	loss.Backward()
	fmt.Printf("%.4f %.4f\n", loss.Value(), logits.Grad())
	// Output: 0.5493 [0.1667 0.1667 -0.3333 0.0000 0.0000 0.0000]
}

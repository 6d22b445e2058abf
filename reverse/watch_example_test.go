package reverse_test

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// Which operation made the NaN: a tape that is watched panics there.
func ExampleTape_Watch() {
	tape := reverse.NewTape()
	tape.Watch(true)
	defer func() { fmt.Println(recover()) }()
	x := tape.Param([]float64{2, 0, -1}, nil)
	ad.Exp(x).Add(ad.Sqrt(x)).Sum().Backward()
	// Output: reverse: sqrt made NaN: element 2 of the result, of shape [3]
}

package reverse_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/reverse"
)

// panicsWith checks that f panics with a message that contains want.
func panicsWith(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got := fmt.Sprint(recover()); !strings.Contains(got, want) {
			t.Errorf("panic %q, want one with %q", got, want)
		}
	}()
	f()
}

// The lengths of a shape whose product wraps round do not pass for a small one.
func TestShapeOverflows(t *testing.T) {
	tape := reverse.NewTape()
	panicsWith(t, "too many elements in the shape [4294967296 4294967296]", func() {
		tape.Const(nil, 1<<32, 1<<32)
	})
	panicsWith(t, "too many elements in the shape [1 4611686018427387904 4]", func() {
		tape.Const(nil).Reshape(-1, 1<<62, 4)
	})
	panicsWith(t, "too many elements in the shape", func() {
		tape.Const(make([]float64, 1), 1).BroadcastTo(math.MaxInt, 2)
	})
	if n := tape.Const(nil, 0, 1<<32).Size(); n != 0 {
		t.Errorf("%d elements, want 0", n)
	}
}

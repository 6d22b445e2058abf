package symbolic

import (
	"fmt"
	"testing"
)

// TestCallsAreCharged: no function builds more nodes than Parse charges for it.
func TestCallsAreCharged(t *testing.T) {
	for name, f := range known {
		for _, n := range []int{f.least, max(f.least, f.most), 100} {
			if n > f.most && f.most >= 0 || n == 2 && name == "hardtanh" {
				continue
			}
			args := make([]Expr, n)
			for i := range args {
				args[i] = Var(fmt.Sprintf("%s_%d", name, i))
			}
			if name == "clamp" || name == "hardtanh" && n == 3 {
				args[1], args[2] = number(2), number(3)
			}
			e, problem := f.apply(args)
			if problem != "" {
				t.Fatalf("%s of %d: %s", name, n, problem)
			}
			if built := len(e.compile().steps) - len(e.Vars()); built > n*f.each+fixed {
				t.Errorf("%s of %d arguments builds %d nodes, and is charged for %d", name, n, built, n*f.each)
			}
		}
	}
}

// fixed is how many constants a call may build beside.
const fixed = 16

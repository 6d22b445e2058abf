package symbolic

import (
	"strings"
	"testing"
)

// TestStringLimit: a long name that occurs often is not printed in full.
func TestStringLimit(t *testing.T) {
	e := Var(strings.Repeat("x", 1<<19))
	for range 10 {
		e = e.Mul(e)
	}
	if s := e.String(); !strings.HasPrefix(s, "<expression of ") {
		t.Errorf("%d bytes", len(s))
	}
}

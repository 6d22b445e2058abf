package solutions_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/compare/notes/exercises"
	"github.com/quartet-ad/ad/compare/notes/exercises/solutions"
)

// heard is a TB that keeps what it is told.
type heard struct{ errors []string }

func (*heard) Helper()                        {}
func (h *heard) Errorf(f string, args ...any) { h.errors = append(h.errors, fmt.Sprintf(f, args...)) }

// TestExercises: every engine fails its test as it is, the judge names the method it stands for,
// and every solution passes.
func TestExercises(t *testing.T) {
	solved := exercises.Problems(solutions.Engines)
	seen := make(map[string]bool)
	for k, p := range exercises.Problems(exercises.Broken) {
		seen[p.Name] = true
		var h heard
		if p.Test(&h); len(h.errors) == 0 {
			t.Errorf("%s: the planted bug is not noticed", p.Name)
		}
		if p.Method != "numeric" {
			if r := p.Check(); r.OK() || !strings.Contains(r.Culprit, p.Method) {
				t.Errorf("%s: the judge names %q, want %s", p.Name, r.Culprit, p.Method)
			}
		}
		if solved[k].Name != p.Name {
			t.Errorf("%s has the solution of %s", p.Name, solved[k].Name)
		}
		solved[k].Test(t)
	}
	if len(seen) != 5 {
		t.Errorf("%d exercises", len(seen))
	}
}

package main

import (
	"strings"
	"testing"
)

// TestExercise: answers are checked line by line, in the order of the sweep; a wrong one
// gets a hint, and then the answer.
func TestExercise(t *testing.T) {
	ask := func(kind, answers string) string {
		q, err := parse(append([]string{"-exercise", kind}, survey...))
		if err != nil {
			t.Fatal(err)
		}
		tr, err := q.trace()
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := exercise(tr, q, strings.NewReader(answers), &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	for _, c := range []struct{ kind, answers, want string }{
		{"adjoints", "1\n-1\n1\n1\n-cos(5)\n5\n1.716\n5.5\n", "8 of 8 at the first try"},
		{"adjoints", "1\n-1\n1\n1\n-0.284\n5\n2\n1.7163\n0.5\n0.5\n", "v̄₀ (from v₂, now that a second share comes) = ?   no: it is += v̄₂·v₋₁ = -0.284 + 1·2"},
		{"adjoints", "1\n-1\n1\n1\n-0.284\n5\n2\n1.7163\n0.5\n0.5\n", "no: += v̄₁/v₋₁ = 5 + 1·0.5 = 5.5\n6 of 8"},
		{"adjoints", "1\nnonsense\nx\n", "v̄₁ (from v₄) = ? \n1 of 8"},
		{"tangents", "1/2\n5\n0\n5.5\n5.5\n", "5 of 5"},
		{"tangents", "2\n", "it is v̇₋₁/v₋₁ = 1/2"},
	} {
		if got := ask(c.kind, c.answers); !strings.Contains(got, c.want) {
			t.Errorf("%s, answered %q, want %q in\n%s", c.kind, c.answers, c.want, got)
		}
	}
}

package main

import (
	"strings"
	"testing"
)

// TestBugs: of every engine the method and the bug are asked for; a wrong answer gets what the judge
// says, or a hint, and then the answer.
func TestBugs(t *testing.T) {
	for _, c := range []struct {
		answers string
		want    string
	}{
		{"reverse\nseed\nreverse\naccumulate\nnumeric\nstep\nreverse\norder\ndual\ntags\n", "10 of 10 at the first try"},
		{"dual\n", "compare.Check says:\n    ln(a)/b at [2 5]: DISAGREE"},
		{"dual\nnumeric\n", "no: it is reverse"},
		{"reverse\norder\n", "no: All of it is 0."},
		{"reverse\nseed\n", "go test -tags exercises -run Seed ./compare/notes/exercises"},
		{"reverse\nseed\nreverse\n", "3 of 4 at the first try"},
		{"", "0 of 1 at the first try"},
	} {
		var b strings.Builder
		if err := bugs(strings.NewReader(c.answers), &b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), c.want) {
			t.Errorf("answered %q, want %q in\n%s", c.answers, c.want, b.String())
		}
	}
	if _, err := parse([]string{"x", "x=1", "-exercise", "bugs"}); err == nil || !strings.Contains(err.Error(), "functions of its own") {
		t.Errorf("bugs with a formula: %v", err)
	}
	q, err := parse([]string{"-exercise", "bugs"})
	if err != nil || q.exercise != "bugs" {
		t.Errorf("%+v, %v", q, err)
	}
}

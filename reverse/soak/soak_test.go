package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestSoak(t *testing.T) {
	var out bytes.Buffer
	if !soak(&out, 5000) {
		t.Error(out.String())
	}
	for _, want := range []string{"1000 statements 5000 0 ", "every seventh panics 5000 714 ", "arrays 5000 0 ", "replays 5000 0 "} {
		if !strings.Contains(strings.Join(strings.Fields(out.String()), " "), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

// TestWanted: each thing that may go wrong is a failure.
func TestWanted(t *testing.T) {
	good := load{panics: 10, before: 1000, after: 1009}
	grown, shrunk, wrong, calm := good, good, good, good
	grown.after, shrunk.after, wrong.wrong, calm.panics = 1011, 989, 1, 9
	for _, c := range []struct {
		load load
		want string
	}{
		{good, ""},
		{grown, "the heap changed by more than 1 %"},
		{shrunk, "the heap changed by more than 1 %"},
		{wrong, "1 gradients differ from the first"},
		{calm, "9 panics, want 10"},
	} {
		if got := c.load.wanted(70, 7); got != c.want {
			t.Errorf("%+v: %q, want %q", c.load, got, c.want)
		}
	}
}

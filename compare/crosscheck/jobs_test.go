package main

import (
	"slices"
	"testing"
)

// TestInOrder: jobs are passed on in their order, until one panics, with the same value.
func TestInOrder(t *testing.T) {
	jobs := make([]job, 40)
	for i := range jobs {
		jobs[i].run = func() (l line, f *function, err error) {
			if i >= 30 {
				panic(i)
			}
			return l, nil, nil
		}
		jobs[i].name = string(rune('A' + i))
	}
	var ticks []string
	passed := 0
	defer func() {
		want := make([]string, 31)
		for i := range want {
			want[i] = jobs[i].name
		}
		if p := recover(); p != 30 || passed != 30 || !slices.Equal(ticks, want) {
			t.Errorf("recovered %v after %d jobs, %q", p, passed, ticks)
		}
	}()
	inOrder(jobs, func(name string) { ticks = append(ticks, name) }, func(outcome) { passed++ })
}

// Package optest holds what the tests of several packages share: the contract of
// the operators, which every backend must keep, and checks of equality and of misuse.
package optest

import "testing"

// Panics fails the test unless f panics with the text want.
func Panics(t testing.TB, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got := recover(); got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}()
	f()
}

// Package adgentest has a test for packages with code that symbolic/adgen wrote.
package adgentest

import "github.com/quartet-ad/ad/symbolic/internal/source"

// TB is what Fresh needs of *testing.T.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Fresh fails the test for every file of the package in a directory that is not what
// adgen would write there today: the function that it comes from has changed, or adgen has. It
// runs what the lines
//
//	//go:generate go run github.com/quartet-ad/ad/symbolic/adgen …
//
// of the directory's Go files say, and writes nothing. It is fatal if there is no such line.
//
//	func TestGenerated(t *testing.T) { adgentest.Fresh(t, ".") }
//
// Cost: some milliseconds for each line; half a second for the first.
func Fresh(t TB, dir string) {
	t.Helper()
	n, stale := source.Fresh(dir)
	for _, err := range stale {
		t.Errorf("%v", err)
	}
	if n == 0 && len(stale) == 0 {
		t.Fatalf("adgentest.Fresh: no line of go:generate in %s runs adgen", dir)
	}
}

package adgentest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A recorder is a test that goes on.
type recorder struct{ text []string }

func (*recorder) Helper() {}
func (r *recorder) Errorf(format string, a ...any) {
	r.text = append(r.text, "error: "+fmt.Sprintf(format, a...))
}
func (r *recorder) Fatalf(format string, a ...any) {
	r.text = append(r.text, "fatal: "+fmt.Sprintf(format, a...))
}

// TestFresh: fresh code passes, stale code and a directory without any fails.
func TestFresh(t *testing.T) {
	Fresh(t, "../internal/source/corpus")

	dir := t.TempDir()
	fails := func(want string) {
		t.Helper()
		var r recorder
		Fresh(&r, dir)
		if got := strings.Join(r.text, "; "); len(r.text) != 1 || !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	fails("fatal: adgentest.Fresh: no line of go:generate in ")
	for name, text := range map[string]string{
		"p.go":       "package p\n\n//go:generate adgen -func f\n\nfunc f(x []float64) float64 { return x[0] }\n",
		"f_adgen.go": "package p\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	fails("p.go:3: adgen: f_adgen.go is stale: run go generate")
}

package source

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// A shared buffer is written by one goroutine and read by another.
type sharedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *sharedBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *sharedBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// TestWatch: -watch writes once, and again after a change, and stays after a refusal.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	put := func(body string) {
		if err := os.WriteFile(filepath.Join(dir, "p.go"), []byte("package p\n\nfunc f(x []float64) float64 { "+body+" }\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var out sharedBuffer
	done, ended := make(chan struct{}), make(chan int)
	wait := func(text string) {
		t.Helper()
		for end := time.Now().Add(30 * time.Second); !strings.Contains(out.String(), text); time.Sleep(10 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%q lacks %q", out.String(), text)
			}
		}
	}
	put("return x[0] * x[0]")
	go func() { ended <- run(dir, []string{"-watch", "-func", "f"}, &out, &out, done) }()
	wait("exit code 0\n")
	put("return x[0] + append(x, 1)[0]")
	wait("exit code 1\n")
	put("return 3 * x[0] * x[1]")
	wait("exit code 1\nadgen: exit code 0\n")
	close(done)
	if code := <-ended; code != 0 {
		t.Errorf("exit code %d", code)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "f_adgen.go")); err != nil || !strings.Contains(string(text), "xGrad[1]") {
		t.Errorf("%s, %v", text, err)
	}
}

// TestLines: without -func, adgen does what the lines of go:generate say in the directories
// of a pattern, and Fresh says which files are not what they would write.
func TestLines(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a/a.go":            "package a\n\n//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func f\n\nfunc f(x []float64) float64 { return x[0] }\n",
		"a/b/b.go":          "package b\n\n//go:generate adgen -func g -modes reverse b.go\n//go:generate stringer -type T\n\nfunc g(x []float64) float64 { return x[0] }\n",
		"a/testdata/c/c.go": "package c\n\n//go:generate adgen -func h\n",
		"d/d.go":            "package d\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	a := filepath.Join(dir, "a")
	for _, c := range []struct {
		args, errs string
		code       int
	}{
		{"-check ./...", "f_adgen.go: no such file", 1},
		{"./...", "", 0},
		{"-check ./...", "", 0},
		{"-check a", "", 0},
		{"d", "adgen: no line of go:generate in d runs adgen", 1},
		{"./nowhere/...", "adgen: ", 1},
	} {
		var out, errs bytes.Buffer
		if code := Run(dir, strings.Fields(c.args), &out, &errs); code != c.code || !strings.Contains(errs.String(), c.errs) || c.errs == "" && errs.Len() > 0 {
			t.Errorf("adgen %s: exit code %d, %q", c.args, code, errs.String())
		}
	}
	if n, stale := Fresh(a); n != 1 || len(stale) != 0 {
		t.Errorf("%d lines, %v", n, stale)
	}
	if err := os.WriteFile(filepath.Join(a, "a.go"), []byte("package a\n\n//go:generate adgen -func f\n\nfunc f(x []float64) float64 { return 2 * x[0] }\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, stale := Fresh(a); len(stale) != 1 || !strings.Contains(stale[0].Error(), "a.go:3: adgen: f_adgen.go is stale: run go generate") {
		t.Errorf("%v", stale)
	}
}

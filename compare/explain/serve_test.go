package main

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestServe: the files are served to this machine with headers that close the page, and
// nothing else is.
func TestServe(t *testing.T) {
	s := site{"index.html": []byte("<p>page"), "a.js": []byte("1"), "p.wasm": []byte("\x00asm"), "notes/index.html": []byte("<p>notes")}
	for _, c := range []struct {
		method, path, host string
		code               int
		kind               string
	}{
		{"GET", "/", "127.0.0.1:80", 200, "text/html; charset=utf-8"},
		{"GET", "/index.html", "localhost:1", 200, "text/html; charset=utf-8"},
		{"GET", "/notes/", "127.0.0.1:80", 200, "text/html; charset=utf-8"},
		{"GET", "/notes/index.html", "127.0.0.1:80", 200, "text/html; charset=utf-8"},
		{"GET", "/notes/missing/", "127.0.0.1:80", 404, ""},
		{"HEAD", "/a.js", "[::1]:80", 200, "text/javascript; charset=utf-8"},
		{"GET", "/p.wasm", "127.0.0.1:80", 200, "application/wasm"},
		{"GET", "/serve.go", "127.0.0.1:80", 404, ""},
		{"GET", "/../../go.mod", "127.0.0.1:80", 404, ""},
		{"GET", "/%2e%2e/go.mod", "127.0.0.1:80", 404, ""},
		{"GET", "//etc/passwd", "127.0.0.1:80", 404, ""},
		{"GET", "/", "rebound.example:80", 421, ""},
		{"GET", "/", "", 421, ""},
		{"POST", "/", "127.0.0.1:80", 405, ""},
	} {
		r := httptest.NewRequest(c.method, "http://x/", nil)
		r.URL.Path, r.Host = strings.ReplaceAll(c.path, "%2e", "."), c.host
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != c.code || c.kind != "" && w.Header().Get("Content-Type") != c.kind {
			t.Errorf("%s %s of %s: %d, %s", c.method, c.path, c.host, w.Code, w.Header().Get("Content-Type"))
		}
		if c.code == 200 && c.method == "GET" && w.Body.String() != string(s[strings.TrimPrefix(c.path, "/")+map[bool]string{true: "index.html"}[strings.HasSuffix(c.path, "/")]]) {
			t.Errorf("%s: %q", c.path, w.Body.String())
		}
		for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin"} {
			if !strings.HasPrefix(w.Header().Get(name), want) {
				t.Errorf("%s: %s is %q", c.path, name, w.Header().Get(name))
			}
		}
	}
}

// TestServeErrors say what to write, or what is missing.
func TestServeErrors(t *testing.T) {
	for args, want := range map[string]string{
		"-serve -addr 0.0.0.0:80": "of this machine", "-serve -addr :8080": "of this machine", "-serve -addr example.org:80": "of this machine",
		"-serve x^2": "leave it out", "-playground": "write -playground=",
	} {
		if err := run(strings.Fields(args), new(bytes.Buffer)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", args, err)
		}
	}
	t.Setenv("PATH", t.TempDir())
	if err := run([]string{"-playground", t.TempDir()}, new(bytes.Buffer)); err == nil || !strings.Contains(err.Error(), "the go command is missing") {
		t.Errorf("without the go command: %v", err)
	}
}

// TestPlaygroundFiles: the folder has all that the page asks for, and the engines are small.
func TestPlaygroundFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	folder := filepath.Join(t.TempDir(), "new")
	if err := run([]string{"-playground", folder}, new(bytes.Buffer)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "playground.js", "worker.js", "sweeps.js", "wasm_exec.js", "playground.wasm", "notes/index.html"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil || len(text) == 0 {
			t.Fatal(name, err)
		}
		if kind := http.DetectContentType(text); name == "playground.wasm" && kind != "application/wasm" {
			t.Errorf("%s is %s", name, kind)
		}
		var small bytes.Buffer
		w, _ := gzip.NewWriterLevel(&small, gzip.BestCompression)
		if _, err := w.Write(text); err != nil || w.Close() != nil || small.Len() > 4_000_000 {
			t.Errorf("%s: %d bytes compressed, %v", name, small.Len(), err)
		}
	}
}

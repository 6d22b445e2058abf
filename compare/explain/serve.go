package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/quartet-ad/ad/compare/explain/playground"
	"github.com/quartet-ad/ad/compare/notes"
	"github.com/quartet-ad/ad/internal/replace"
)

// A site is files by their names, with slashes: the playground's, and those of the notes in
// a folder.
type site map[string][]byte

// newSite makes the page and builds the engines for the browser.
func newSite() (site, error) {
	s, err := playground.Files()
	if err != nil {
		return nil, err
	}
	if s["playground.wasm"], s["wasm_exec.js"], err = buildWasm(); err != nil {
		return nil, err
	}
	chapters, err := notes.Pages()
	if err != nil {
		return nil, err
	}
	for name, text := range chapters {
		s["notes/"+name] = text
	}
	return s, nil
}

// buildWasm builds the engines with the go command, which keeps what it has built, and finds
// the script of its distribution that runs them.
func buildWasm() (wasm, script []byte, err error) {
	command, err := exec.LookPath("go")
	if err != nil {
		return nil, nil, errors.New("the go command is missing: the playground is built with it; install Go, or put its folder bin into PATH")
	}
	temp, err := os.MkdirTemp("", "explain")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(temp)
	file := filepath.Join(temp, "playground.wasm")
	build := exec.Command(command, "build", "-tags", "purego", "-trimpath", "-ldflags", "-s -w", "-o", file, "github.com/quartet-ad/ad/compare/explain/playground/wasm")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		return nil, nil, fmt.Errorf("the playground does not build (%w); run the command in a module that requires github.com/quartet-ad/ad\n%s", err, strings.TrimSpace(string(output)))
	}
	if wasm, err = os.ReadFile(file); err != nil {
		return nil, nil, err
	}
	root, err := exec.Command(command, "env", "GOROOT").Output()
	if err != nil {
		return nil, nil, fmt.Errorf("go env GOROOT: %w", err)
	}
	for _, folder := range []string{"lib", "misc"} { // the latter until Go 1.23
		script, err = os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), folder, "wasm", "wasm_exec.js"))
		if err == nil {
			return wasm, script, nil
		}
	}
	return nil, nil, fmt.Errorf("the Go distribution has no wasm_exec.js: %w", err)
}

// write writes the files to a folder, which is made.
func (s site) write(folder string) error {
	for name, text := range s {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		err := replace.File(file, func(w io.Writer) error {
			_, err := w.Write(text)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// types are the kinds of files that there are, whatever the machine says.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".wasm": "application/wasm",
}

// ServeHTTP serves the files from memory. A name is looked up and is no path: what is not
// listed is not there. Only requests to this machine by its own name are answered, so that no
// other site gets here under a name of its own.
func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-cache")
	if host, _, err := net.SplitHostPort(r.Host); err != nil || !loopback(host) {
		http.Error(w, "not here", http.StatusMisdirectedRequest)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "only GET", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	text, ok := s[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h.Set("Content-Type", types[filepath.Ext(name)])
	h.Set("Content-Length", fmt.Sprint(len(text)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(text) // the reader may be gone
	}
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// serve serves the playground to this machine until the program ends.
func serve(addr string, out io.Writer) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil || !loopback(host) {
		return fmt.Errorf("-addr %s: write an address of this machine, such as -addr 127.0.0.1:8080", short(addr))
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	defer l.Close()
	s, err := newSite()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "http://%s/\n", l.Addr())
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute}
	return server.Serve(l)
}

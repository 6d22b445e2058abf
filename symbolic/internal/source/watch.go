package source

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// watch runs the command, and again whenever a Go file of a directory has changed, until
// done is closed.
func watch(dir string, run func() int, out io.Writer, done <-chan struct{}) int {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	code := 0
	for before := ""; ; {
		if now := state(dir); now != before {
			code = run()
			fmt.Fprintf(out, "adgen: exit code %d\n", code)
			before = state(dir) // with what was written
		}
		select {
		case <-done:
			return code
		case <-tick.C:
		}
	}
}

// state tells whether Go files of a directory have changed.
func state(dir string) string {
	names, _ := filepath.Glob(filepath.Join(dir, "*.go")) // the pattern is right
	text := ""
	for _, name := range names {
		if info, err := os.Stat(name); err == nil {
			text += fmt.Sprintln(name, info.Size(), info.ModTime().UnixNano())
		}
	}
	return text
}

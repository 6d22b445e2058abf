package replace_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/quartet-ad/ad/internal/replace"
)

// text returns what writes a text.
func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// names returns the names in a folder.
func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var n []string
	for _, e := range entries {
		n = append(n, e.Name())
	}
	return n
}

func write(t *testing.T, path, text string, mode fs.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

func holds(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s holds %q, %v; want %q", path, got, err, want)
	}
}

// TestKilled kills processes while they write: the next one leaves nothing of them.
func TestKilled(t *testing.T) {
	if path := os.Getenv("REPLACE_FOREVER"); path != "" {
		replace.File(path, func(w io.Writer) error {
			for range 1 << 20 {
				io.WriteString(w, strings.Repeat("x", 1<<10))
				time.Sleep(time.Millisecond)
			}
			return nil
		})
		return
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "file")
	write(t, path, "old", 0o600)
	for range 5 {
		if err := replace.Check(path); err != nil { // removes what the writer before left
			t.Fatal(err)
		}
		if got := names(t, folder); len(got) != 1 {
			t.Errorf("left behind: %q", got)
		}
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		cmd.Env = append(os.Environ(), "REPLACE_FOREVER="+path)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for n := 0; n < 1000 && len(names(t, folder)) < 2; n++ {
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(50 * time.Millisecond) // it has locked its file
		// While the writer lives, nobody removes its file.
		if err := replace.Check(path); err != nil {
			t.Error(err)
		}
		if got := names(t, folder); len(got) != 2 {
			t.Errorf("beside a writer at work: %q", got)
		}
		cmd.Process.Kill()
		cmd.Wait()
		holds(t, path, "old")
	}
	if err := replace.File(path, text("new")); err != nil {
		t.Fatal(err)
	}
	holds(t, path, "new")
	if got := names(t, folder); len(got) != 1 {
		t.Errorf("left behind: %q", got)
	}
}

// TestAtOnce: of many writers at the same time, readers see whole files.
func TestAtOnce(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "file")
	write(t, path, strings.Repeat("0", 1<<17), 0o600)
	var writers sync.WaitGroup
	for i := range 4 {
		writers.Go(func() {
			for range 20 {
				if err := replace.File(path, text(strings.Repeat(fmt.Sprint(i), 1<<17))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 50 {
		got, err := os.ReadFile(path)
		if err != nil || len(got) != 1<<17 || strings.Count(string(got), string(got[:1])) != len(got) {
			t.Fatalf("a torn file of %d bytes, %v", len(got), err)
		}
	}
	writers.Wait()
	if got := names(t, folder); len(got) != 1 {
		t.Errorf("left behind: %q", got)
	}
}

// TestLinks: links stay, and what they lead to is replaced or made.
func TestLinks(t *testing.T) {
	folder := t.TempDir()
	at := func(path ...string) string { return filepath.Join(append([]string{folder}, path...)...) }
	for _, dir := range []string{at("a"), at("a", "b"), at("c")} {
		if err := os.Mkdir(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	links := map[string]string{ // by where they are
		at("absolute"):          at("a", "file"),
		at("relative"):          filepath.Join("a", "file"),
		at("link"):              "relative",
		at("dangling"):          filepath.Join("c", "new"),
		at("folder"):            filepath.Join("a", "b"),
		at("a", "b", "sibling"): filepath.Join("..", "file"), // through "folder", .. is a and not the folder of links
	}
	for link, to := range links {
		if err := os.Symlink(to, link); err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
	write(t, at("a", "file"), "old", 0o640)
	for _, c := range []struct{ path, file string }{
		{at("absolute"), at("a", "file")},
		{at("relative"), at("a", "file")},
		{at("link"), at("a", "file")},
		{at("dangling"), at("c", "new")},
		{at("folder") + string(filepath.Separator) + "sibling", at("a", "file")},
		{at("folder") + string(filepath.Separator) + "direct", at("a", "b", "direct")},
	} {
		if err := replace.File(c.path, text(c.path)); err != nil {
			t.Error(err)
			continue
		}
		holds(t, c.path, c.path)
		holds(t, c.file, c.path)
		if info, err := os.Lstat(c.file); err != nil || !info.Mode().IsRegular() {
			t.Errorf("%s: %v, %v", c.file, info, err)
		}
	}
	for link, to := range links {
		if got, err := os.Readlink(link); err != nil || got != to {
			t.Errorf("%s leads to %q, %v; want %q", link, got, err, to)
		}
	}
	if info, err := os.Stat(at("a", "file")); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("permissions %v, %v; want those of the old file", info.Mode(), err)
	}
	if err := os.Symlink("circle", at("circle")); err != nil {
		t.Fatal(err)
	}
	if err := replace.File(at("circle"), text("")); err == nil || !strings.Contains(err.Error(), at("circle")) {
		t.Errorf("a link to itself: %v", err)
	}
}

// TestErrors: errors name the path that was asked for, and leave all as it was.
func TestErrors(t *testing.T) {
	folder := t.TempDir()
	plain := filepath.Join(folder, "plain")
	write(t, plain, "kept", 0o600)
	if err := os.Mkdir(filepath.Join(folder, "folder"), 0o777); err != nil {
		t.Fatal(err)
	}
	bad := []string{
		filepath.Join(plain, "file"),
		filepath.Join(folder, "missing", "file"),
		filepath.Join(folder, "folder"),
		filepath.Join(folder, "folder") + string(filepath.Separator),
		filepath.Join(folder, "new") + string(filepath.Separator),
		"",
	}
	if runtime.GOOS == "linux" {
		bad = append(bad, "/proc/no-such-file") // a folder in which root cannot write either
	}
	for _, path := range bad {
		for what, err := range map[string]error{"File": replace.File(path, text("x")), "Check": replace.Check(path)} {
			if err == nil || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), "partial") {
				t.Errorf("%s of %q: %v", what, path, err)
			}
		}
	}
	if err := replace.File(filepath.Join(folder, "missing", "file"), text("x")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("in no folder: %v", err)
	}
	broken := errors.New("broken")
	if err := replace.File(plain, func(w io.Writer) error { io.WriteString(w, "half"); return broken }); !errors.Is(err, broken) {
		t.Errorf("an error of write: %v", err)
	}
	if err := replace.Check(plain); err != nil {
		t.Error(err)
	}
	if err := replace.Check(filepath.Join(folder, "new")); err != nil {
		t.Error(err)
	}
	holds(t, plain, "kept")
	if got := names(t, folder); len(got) != 2 {
		t.Errorf("left behind: %q", got)
	}
}

// TestLongName: a name that leaves no room for a longer one.
func TestLongName(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, strings.Repeat("ü", 125))
	for _, s := range []string{"one", "two"} {
		if err := replace.File(path, text(s)); err != nil {
			t.Fatal(err)
		}
		holds(t, path, s)
	}
	if got := names(t, folder); len(got) != 1 {
		t.Errorf("left behind: %q", got)
	}
}

// TestStream: what is no file is written to, and stays what it is.
func TestStream(t *testing.T) {
	if err := replace.Check(os.DevNull); err != nil {
		t.Error(err)
	}
	if err := replace.File(os.DevNull, text("x")); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Fatalf("%s is %v, %v", os.DevNull, info, err)
	}
}

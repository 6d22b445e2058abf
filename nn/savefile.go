package nn

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
)

// saveFile writes tensors and metadata to the file at path at once.
func saveFile(path string, tensors iter.Seq2[string, *Param], metadata map[string]string) error {
	err := replaceFile(path, func(w io.Writer) error { return WriteSafetensors(w, tensors, metadata) })
	if err == nil {
		return nil
	}
	var named *fs.PathError
	var renamed *os.LinkError
	switch { // the file beside it is nobody's concern
	case errors.As(err, &named):
		err = named.Err
	case errors.As(err, &renamed):
		err = renamed.Err
	}
	return fmt.Errorf("%s: %w", path, err)
}

// replaceFile writes a file beside the one at path and renames it. Where path is a
// symbolic link, the file that it leads to is replaced. An old file's permissions are
// kept.
func replaceFile(path string, write func(io.Writer) error) (err error) {
	if path, err = target(path); err != nil {
		return err
	}
	mode := fs.FileMode(0o644)
	if old, err := os.Stat(path); err == nil {
		mode = old.Mode().Perm()
	}
	sweep(path)
	name := fmt.Sprintf("%s%d.%d", partial(path), os.Getpid(), writers.Add(1))
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close() // again, where Close has failed: no harm
			os.Remove(name)
		}
	}()
	if err := write(f); err != nil {
		return err
	}
	if err := f.Chmod(mode); err != nil && runtime.GOOS != "windows" {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(name, path); err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(path)); err == nil {
		dir.Sync() // makes the new name last; not all systems can
		dir.Close()
	}
	return nil
}

// target follows symbolic links, to a file that need not be there.
func target(path string) (string, error) {
	for range 40 {
		link, err := os.Readlink(path)
		if err != nil { // no link, or nothing there
			return path, nil
		}
		if !filepath.IsAbs(link) {
			link = filepath.Join(filepath.Dir(path), link)
		}
		path = link
	}
	return "", errors.New("too many symbolic links")
}

var writers atomic.Int64

// partial returns how the names of files begin that are being written to replace the
// one at path; the writer's process and a number follow.
func partial(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".partial.")
}

// sweep removes what writers left that were killed.
func sweep(path string) {
	dir, prefix := filepath.Split(partial(path))
	entries, err := os.ReadDir(filepath.Clean(dir + "."))
	if err != nil {
		return
	}
	for _, e := range entries {
		rest, ok := strings.CutPrefix(e.Name(), prefix)
		process, _, _ := strings.Cut(rest, ".")
		if pid, err := strconv.Atoi(process); ok && err == nil && pid > 0 && pid != os.Getpid() && !runs(pid) {
			os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// runs reports whether a process is there.
func runs(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	defer p.Release()
	if runtime.GOOS == "windows" { // only those that run are found
		return true
	}
	return !errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone)
}

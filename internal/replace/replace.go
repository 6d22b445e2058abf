// Package replace writes files that are whole at any time: the old one or the new one, whatever
// happens meanwhile.
package replace

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// File makes what write writes the file at path. It is written beside the file that is there,
// synced and renamed, so that readers, and a second writer at the same time, see a whole file. It
// is readable by whom the umask says, or has the permissions of the old one.
//
// Where path is a symbolic link, it stays one, and the file that it leads to is replaced or
// made. What is no file, such as /dev/stdout or a pipe, is written to.
//
// A writer that is killed leaves a file whose name begins with a dot, the name and ".partial.";
// the next one removes it. Errors of the file system are a *fs.PathError of path.
func File(path string, write func(w io.Writer) error) error {
	t, err := find(path)
	if err == nil {
		if t.stream {
			err = writeTo(path, write)
		} else {
			err = t.replace(write)
		}
	}
	return of(path, err)
}

// Check returns the error that File would return, as far as is known before anything is written. It
// removes what killed writers left, and changes nothing else.
func Check(path string) error {
	t, err := find(path)
	if err == nil && !t.stream {
		var f *os.File
		if f, err = t.create(); err == nil {
			discard(f)
		}
	}
	return of(path, err)
}

// of returns an error of the file system as one of path: the file beside it is nobody's concern.
func of(path string, err error) error {
	var named *fs.PathError
	var renamed *os.LinkError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &named):
		return &fs.PathError{Op: "write", Path: path, Err: named.Err}
	case errors.As(err, &renamed):
		return &fs.PathError{Op: "write", Path: path, Err: renamed.Err}
	}
	return fmt.Errorf("%s: %w", path, err)
}

// A target is a file to be replaced.
type target struct {
	folder, name string      // without a symbolic link in the name
	old          fs.FileInfo // nil if there is none
	stream       bool        // it is no file, but can be written to
}

// find follows symbolic links to what is to be replaced, which need not be there.
func find(path string) (target, error) {
	var t target
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return t, errors.New("is a directory")
	case err == nil && !info.Mode().IsRegular():
		return target{stream: true}, nil
	case err == nil:
		t.old = info
	case !errors.Is(err, fs.ErrNotExist):
		return t, err
	}
	for range 40 {
		t.folder, t.name = filepath.Split(path) // not cleaned: the folder may be a link, and .. its parent's
		link, err := os.Readlink(path)
		if err != nil { // it is none, or nothing is there
			if t.name == "" || t.name == "." || t.name == ".." {
				return t, errors.New("is no name of a file")
			}
			return t, nil
		}
		if path = link; !filepath.IsAbs(link) {
			path = t.folder + link
		}
	}
	return t, errors.New("too many symbolic links")
}

// replace writes a file beside the target and renames it.
func (t *target) replace(write func(w io.Writer) error) (err error) {
	f, err := t.create()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			discard(f)
		}
	}()
	b := bufio.NewWriterSize(f, 1<<16)
	if err := write(b); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return err
	}
	if t.old != nil {
		if err := f.Chmod(t.old.Mode().Perm()); err != nil && runtime.GOOS != "windows" {
			return err
		}
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if !removesOpen { // nor renames
		if err := f.Close(); err != nil {
			return err
		}
	}
	if err := os.Rename(f.Name(), t.folder+t.name); err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(t.folder + t.name)); err == nil {
		dir.Sync() // makes the new name last; not all systems can
		dir.Close()
	}
	if removesOpen {
		f.Close() // it is synced
	}
	return nil
}

// writeTo writes to what is no file.
func writeTo(path string, write func(w io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(f, 1<<16)
	if err := write(b); err != nil {
		f.Close()
		return err
	}
	if err := b.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

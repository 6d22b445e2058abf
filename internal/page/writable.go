package page

import (
	"errors"
	"os"
	"path/filepath"
)

// Writable returns an error if the file at path cannot be written, now that the work
// has not been done which it is to hold. It leaves a file as it is, and none behind.
func Writable(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err == nil {
		return f.Close()
	}
	if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	f, err = os.CreateTemp(filepath.Dir(path), ".writable")
	if err != nil {
		var named *os.PathError
		if errors.As(err, &named) {
			err = &os.PathError{Op: "create", Path: path, Err: named.Err}
		}
		return err
	}
	defer os.Remove(f.Name())
	return f.Close()
}

package replace

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// A file that is being written has a name of its own and is locked by its writer, and the lock ends with
// the process: what is there without a lock was left by one that was killed.

// longest is how long a name may be for it to be part of another.
const longest = 200

// partial returns how the names of files begin that are being written to replace the target.
func (t *target) partial() string {
	name := t.name
	if len(name) > longest {
		h := fnv.New64a()
		h.Write([]byte(name))
		name = fmt.Sprintf("%s.%x", strings.ToValidUTF8(name[:longest], ""), h.Sum64())
	}
	return "." + name + ".partial."
}

// create creates a file beside the target, and removes what killed writers left.
func (t *target) create() (*os.File, error) {
	t.sweep()
	perm := fs.FileMode(0o666)
	if t.old != nil {
		perm = t.old.Mode().Perm() & 0o600
	}
	for range 100 {
		name := fmt.Sprintf("%s%s%08x", t.folder, t.partial(), rand.Uint32())
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, perm|0o200)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if !lock(f) { // a sweep has it, and takes it for one that was left
			f.Close()
			continue
		}
		if info, err := f.Stat(); err == nil {
			if there, err := os.Lstat(name); err == nil && os.SameFile(info, there) {
				return f, nil
			}
		}
		f.Close() // swept before it was locked
	}
	return nil, errors.New("no name for a file beside it")
}

// discard removes a file that was created.
func discard(f *os.File) {
	if removesOpen {
		os.Remove(f.Name())
		f.Close()
		return
	}
	f.Close()
	os.Remove(f.Name())
}

// sweep removes what killed writers left.
func (t *target) sweep() {
	dir, err := os.Open(filepath.Dir(t.folder + t.name))
	if err != nil {
		return
	}
	defer dir.Close()
	prefix := t.partial()
	for {
		names, err := dir.Readdirnames(1000)
		for _, name := range names {
			if strings.HasPrefix(name, prefix) {
				removeLeft(t.folder + name)
			}
		}
		if err != nil {
			return
		}
	}
}

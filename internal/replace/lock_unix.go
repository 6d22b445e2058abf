//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package replace

import (
	"errors"
	"os"
	"syscall"
)

// removesOpen says whether a file can be removed while it is open.
const removesOpen = true

// lock locks the file until it is closed. It returns false if another process has locked it; where a
// file system has no locks, it returns true.
func lock(f *os.File) bool {
	return !errors.Is(flock(f), syscall.EWOULDBLOCK)
}

// removeLeft removes the file unless it is locked.
func removeLeft(path string) {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return
	}
	f, err := os.Open(path)
	if err != nil {
		return
	}
	defer f.Close()
	if flock(f) == nil {
		os.Remove(path)
	}
}

func flock(f *os.File) error {
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err != syscall.EINTR {
			return err
		}
	}
}

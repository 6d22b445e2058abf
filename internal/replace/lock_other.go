//go:build !(darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd)

package replace

import (
	"os"
	"runtime"
)

// removesOpen says whether a file can be removed while it is open.
const removesOpen = false

// lock does nothing.
func lock(*os.File) bool { return true }

// removeLeft removes the file where a system refuses that while it is open; elsewhere it is not known
// whether somebody writes to it.
func removeLeft(path string) {
	if runtime.GOOS == "windows" {
		os.Remove(path)
	}
}

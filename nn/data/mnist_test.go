package data

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
)

// TestMNISTBomb: a small file that unpacks to a large one takes little memory.
func TestMNISTBomb(t *testing.T) {
	folder := t.TempDir()
	bomb := zip(idx(8, []uint32{1 << 16, 28, 28}, make([]byte, 1<<16*28*28)...))
	if err := os.WriteFile(filepath.Join(folder, "train-images-idx3-ubyte.gz"), bomb, 0o666); err != nil {
		t.Fatal(err)
	}
	var err error
	got := memtest.Allocated(func() { _, _, err = MNIST(folder) })
	if err == nil || !strings.Contains(err.Error(), "makes more than") {
		t.Errorf("error %v", err)
	}
	if got > 1<<20 {
		t.Errorf("%d bytes for a file of %d", got, len(bomb))
	}
}

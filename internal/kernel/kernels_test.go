package kernel

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// onAll runs f with the kernels of every instruction set that this processor
// has.
func onAll(t *testing.T, f func(t *testing.T)) {
	chosen := use
	defer func() { use = chosen }()
	for _, use = range runnable() {
		t.Run(use.name, f)
	}
}

// shareMore makes small products go to all cores too, while the test lasts.
func shareMore(t *testing.T) {
	gemm, loop := shareGemm, shareLoop
	shareGemm, shareLoop = 1<<12, 1<<8
	t.Cleanup(func() { shareGemm, shareLoop = gemm, loop })
}

// TestUpperHalves: every kernel for amd64 leaves the registers as Go's own code
// wants them.
func TestUpperHalves(t *testing.T) {
	files, err := filepath.Glob("*_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	returns := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		vectors, last := false, ""
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSpace(line)
			switch {
			case strings.HasPrefix(line, "TEXT"):
				vectors = false
			case line == "RET" && vectors:
				returns++
				if last != "VZEROUPPER" {
					t.Errorf("%s: %q before RET", file, last)
				}
			case strings.HasPrefix(line, "V"):
				vectors = true
			}
			last = line
		}
	}
	if returns < 100 {
		t.Errorf("%d returns found", returns)
	}
}

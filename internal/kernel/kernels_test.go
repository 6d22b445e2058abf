package kernel

import "testing"

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
	old := shareGemm
	shareGemm = 1 << 12
	t.Cleanup(func() { shareGemm = old })
}

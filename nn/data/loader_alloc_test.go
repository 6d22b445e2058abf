package data

import (
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
)

func TestEpochAllocations(t *testing.T) {
	set := Digits()
	set.TargetShape, set.Y = []int{2}, make([]float64, 2*set.Len())
	for name, augment := range map[string]Augmentation{
		"plain":     nil,
		"augmented": Compose(FlipHorizontal(0.5), FlipVertical(0.5), Shift(1), Rotate(10), Zoom(0.9, 1.1), Cutout(2), Noise(0.1)),
	} {
		l := &Loader{Set: set, Size: 64, Rand: rand.New(rand.NewPCG(1, 2)), Augment: augment}
		batches := 0
		allocations := memtest.Allocations(5, func() {
			for range l.Epoch() {
				batches++
			}
		})
		if batches != 6*29 || allocations > 2 {
			t.Errorf("%s: %g allocations in an epoch, %d batches", name, allocations, batches)
		}
	}
}

package vision_test

import (
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

// TestStepAllocations checks that forward and backward passes on a used tape allocate nothing,
// but for slices of levels and of objects by image of the Detector.
func TestStepAllocations(t *testing.T) {
	s, tape := newScenes(4, 32, 1), reverse.NewTape()
	d := vision.NewDetector(shapes, newRand(1), vision.DetectorOptions{Widths: []int{8, 16}, Width: 8})
	u := vision.NewUNet(shapes+1, newRand(1), vision.UNetOptions{Widths: []int{4, 8}})
	for _, c := range []struct {
		name string
		most float64
		loss func(x reverse.Array) reverse.Array
	}{
		{"Detector", 40, func(x reverse.Array) reverse.Array { return d.Predict(x).Loss(s.objects) }},
		{"UNet", 0, func(x reverse.Array) reverse.Array { return u.Loss(u.Forward(x), s.labels) }},
	} {
		step := func() {
			tape.Reset()
			c.loss(s.on(tape)).Backward()
		}
		step()
		if n := memtest.Allocations(5, step); n > c.most {
			t.Errorf("%s: %v allocations, want at most %v", c.name, n, c.most)
		}
	}
}

package vision_test

import (
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

// train passes through scenes so often, in batches of 8, and steps down the loss of each.
func train(net nn.Layer, s *scenes, epochs int, rate float64, loss func(x reverse.Array, b *scenes) reverse.Array) {
	const size = 8
	tape, params, opt := reverse.NewTape(), net.Params(), optim.NewAdam(rate)
	tape.UseFloat32(true)
	steps := epochs * (s.n / size)
	schedule := optim.NewOneCycle(rate, steps)
	for step := range steps {
		opt.SetRate(schedule.Rate(step))
		first := step % (s.n / size) * size
		b := s.batch(first, first+size)
		tape.Reset()
		loss(b.on(tape), b).Backward()
		opt.Step(params)
	}
}

// on returns the images on a tape.
func (s *scenes) on(tape *reverse.Tape) reverse.Array {
	return tape.Const(s.pixels, s.n, 1, s.side, s.side)
}

// The networks of these tests pass by a wide margin: training goes another way where numbers
// are rounded in another way, and a test must not hold on one of them. Four draws of the
// detector's first weights end between 0.95 and 0.99, six of the U-Net's above 0.97.

func TestDetectorLearns(t *testing.T) {
	d := vision.NewDetector(shapes, newRand(1), vision.DetectorOptions{Widths: []int{8, 16}, Width: 16})
	test := newScenes(64, 32, 2)
	precision := func() float64 {
		found := d.Detect(test.on(reverse.NewTape()))
		return metric.MeanAP(test.objects, found, []float64{0.5}, metric.COCO, metric.AllPoint).Value
	}
	if m := precision(); m > 0.1 {
		t.Errorf("mAP %v before training", m)
	}
	train(d, newScenes(256, 32, 1), 15, 0.01, func(x reverse.Array, b *scenes) reverse.Array {
		return d.Predict(x).Loss(b.objects)
	})
	if m := precision(); !(m > 0.85) {
		t.Errorf("mAP %v after training", m)
	}
}

// scenes are n square images with one to three objects each that do not overlap: filled
// squares, frames and upright crosses, of classes 0 to 2, on a noisy ground.
type scenes struct {
	n, side int
	pixels  []float64 // [n, 1, side, side]
	labels  []int     // [n, side, side]: class+1, 0 for the ground
	objects []metric.Object
}

const shapes = 3

func newScenes(n, side int, seed uint64) *scenes {
	rng := rand.New(rand.NewPCG(seed, 7))
	s := &scenes{n: n, side: side, pixels: make([]float64, n*side*side), labels: make([]int, n*side*side)}
	for i := range s.pixels {
		s.pixels[i] = 0.1 * rng.NormFloat64()
	}
	for image := range n {
		for range 1 + rng.IntN(3) {
			size := 7 + rng.IntN(6)
			s.draw(image, rng.IntN(shapes), rng.IntN(side-size), rng.IntN(side-size), size, 0.6+0.4*rng.Float64())
		}
	}
	return s
}

// draw draws a shape with its first corner at x, y, if nothing is there.
func (s *scenes) draw(image, class, x, y, size int, light float64) {
	for _, o := range s.objects {
		b := metric.Box{X1: float64(x) - 1, Y1: float64(y) - 1, X2: float64(x+size) + 1, Y2: float64(y+size) + 1}
		if o.Image == image && metric.IoU(o.Box, b) > 0 {
			return
		}
	}
	half := float64(size) / 2
	for i := range size {
		for j := range size {
			dy, dx := float64(i)+0.5-half, float64(j)+0.5-half
			inside := [shapes]bool{
				true,
				max(dx*dx, dy*dy) >= (half-2)*(half-2),
				dx*dx <= half*half/9 || dy*dy <= half*half/9,
			}
			if inside[class] {
				p := (image*s.side+y+i)*s.side + x + j
				s.pixels[p] += light
				s.labels[p] = class + 1
			}
		}
	}
	box := metric.Box{X1: float64(x), Y1: float64(y), X2: float64(x + size), Y2: float64(y + size)}
	s.objects = append(s.objects, metric.Object{Image: image, Class: class, Box: box})
}

// batch returns the scenes from i to before j.
func (s *scenes) batch(i, j int) *scenes {
	m := s.side * s.side
	b := &scenes{n: j - i, side: s.side, pixels: s.pixels[i*m : j*m], labels: s.labels[i*m : j*m]}
	for _, o := range s.objects {
		if o.Image >= i && o.Image < j {
			o.Image -= i
			b.objects = append(b.objects, o)
		}
	}
	return b
}

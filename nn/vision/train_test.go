package vision_test

import (
	"slices"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

// train passes through scenes so often, in batches of 8, and steps down the loss of each.
func train(net nn.Layer, s *scenes, epochs int, rate float64, loss func(x reverse.Array, b *scenes) reverse.Array) {
	const size = 8
	tape, params, opt := reverse.NewTape(), net.Params(), nn.NewAdam(rate)
	tape.UseFloat32(true)
	steps := epochs * (s.n / size)
	schedule := nn.OneCycle{Greatest: rate, Steps: steps}
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

func TestUNetLearns(t *testing.T) {
	u := vision.NewUNet(shapes+1, newRand(1), vision.UNetOptions{Widths: []int{8, 16}})
	test := newScenes(64, 32, 2)
	overlap := func() float64 {
		c := metric.NewConfusionMatrix(shapes + 1)
		c.Add(test.labels, u.Predict(test.on(reverse.NewTape())))
		return c.MeanIoU().Value
	}
	if m := overlap(); m > 0.3 {
		t.Errorf("mean IoU %v before training", m)
	}
	train(u, newScenes(256, 32, 1), 8, 0.02, func(x reverse.Array, b *scenes) reverse.Array {
		return u.Loss(u.Forward(x), b.labels)
	})
	if m := overlap(); !(m > 0.8) {
		t.Errorf("mean IoU %v after training", m)
	}
}

// TestLeNetSizes checks the numbers of parameters that the comments say.
func TestLeNetSizes(t *testing.T) {
	for i, want := range []int{61706, 13706} {
		got := 0
		for _, p := range networks[i].make(newRand(1)).Params() {
			got += len(p.Value)
		}
		if got != want {
			t.Errorf("%s has %d parameters, want %d", networks[i].name, got, want)
		}
	}
}

// TestLeNetOverfits checks that both classifiers learn labels of noise by heart.
func TestLeNetOverfits(t *testing.T) {
	for name, n := range map[string]network{"LeNet": networks[0], "LeNet8": networks[1]} {
		const samples = 10
		shape := slices.Concat([]int{samples}, n.in[1:])
		net, tape, opt := n.make(newRand(1)), reverse.NewTape(), nn.NewAdam(0.005)
		x, labels := normal(samples*n.in[2]*n.in[3], newRand(2)), newRand(3).Perm(samples)
		var loss reverse.Array
		for range 40 {
			tape.Reset()
			loss = nn.CrossEntropy(net.Forward(tape.Const(x, shape...)), labels)
			loss.Backward()
			opt.Step(net.Params())
		}
		if l := loss.Values()[0]; !(l < 0.01) {
			t.Errorf("%s: loss %v", name, l)
		}
	}
}

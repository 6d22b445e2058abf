package vision_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

// train takes steps down the loss of batches of scenes, and returns the last loss.
func train(net nn.Layer, s *scenes, epochs, size int, rate float64, loss func(x reverse.Array, b *scenes) reverse.Array) float64 {
	tape, params, opt := reverse.NewTape(), net.Params(), nn.NewAdam(rate)
	tape.UseFloat32(true)
	steps := epochs * (s.n / size)
	schedule := nn.OneCycle{Greatest: rate, Steps: steps}
	var last float64
	for step := range steps {
		opt.SetRate(schedule.Rate(step))
		first := step % (s.n / size) * size
		b := s.batch(first, first+size)
		tape.Reset()
		l := loss(b.on(tape), b)
		l.Backward()
		opt.Step(params)
		last = l.Values()[0]
	}
	return last
}

// on returns the images on a tape.
func (s *scenes) on(tape *reverse.Tape) reverse.Array {
	return tape.Const(s.pixels, s.n, 1, s.side, s.side)
}

func TestDetectorLearns(t *testing.T) {
	start := time.Now()
	rng := rand.New(rand.NewPCG(1, 1))
	d := vision.NewDetector(shapes, rng, vision.DetectorOptions{Widths: []int{8, 16, 24}, Width: 16})
	l := train(d, newScenes(256, 32, 1), 8, 16, 0.01, func(x reverse.Array, b *scenes) reverse.Array {
		return d.Predict(x).Loss(b.objects)
	})
	test := newScenes(64, 32, 2)
	m := metric.MeanAP(test.objects, d.Detect(test.on(reverse.NewTape())), []float64{0.5}, metric.COCO, metric.AllPoint)
	t.Log(l, m, time.Since(start))
}

func TestUNetLearns(t *testing.T) {
	start := time.Now()
	rng := rand.New(rand.NewPCG(1, 1))
	u := vision.NewUNet(shapes+1, rng, vision.UNetOptions{Widths: []int{8, 16}})
	l := train(u, newScenes(128, 32, 1), 4, 16, 0.01, func(x reverse.Array, b *scenes) reverse.Array {
		return u.Loss(u.Forward(x), b.labels)
	})
	test := newScenes(64, 32, 2)
	c := metric.NewConfusionMatrix(shapes + 1)
	c.Add(test.labels, u.Predict(test.on(reverse.NewTape())))
	t.Log(l, c.MeanIoU(), time.Since(start))
}

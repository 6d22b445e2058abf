package vision_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

// TestUNetLoss checks the loss of random logits against its definition.
func TestUNetLoss(t *testing.T) {
	const n, classes, pixels = 2, 3, 12 // 3×4 pixels
	u := vision.NewUNet(classes, newRand(1))
	logits, labels := normal(n*classes*pixels, newRand(2)), make([]int, n*pixels)
	for i := range labels {
		labels[i] = i * i * i % 5 % classes
	}
	at := func(i, k int) float64 { return math.Exp(logits[(i/pixels*classes+k)*pixels+i%pixels]) }
	var entropy, dice float64
	for k := range classes {
		var both, sum float64
		for i, label := range labels {
			p := at(i, k) / (at(i, 0) + at(i, 1) + at(i, 2))
			sum += p
			if label == k {
				both += p
				sum++
				entropy -= math.Log(p) / (n * pixels)
			}
		}
		dice += (1 - (2*both+1)/(sum+1)) / classes
	}
	for _, weight := range []float64{0, 1, 0.3} {
		u.Dice = weight
		l := u.Loss(reverse.NewTape().Const(logits, n, classes, 3, 4), labels).Values()[0]
		if want := entropy + weight*dice; math.Abs(l-want) > 1e-14 {
			t.Errorf("loss with a weight of %v is %v, want %v", weight, l, want)
		}
	}
}

// TestUNetPredict checks the labels of a network whose result is the bias of its head.
func TestUNetPredict(t *testing.T) {
	u := smallUNet(newRand(1))
	clear(u.Head.Weight.Value)
	for _, c := range []struct {
		bias []float64
		want int
	}{
		{[]float64{0, 0, 0}, 0},
		{[]float64{-1, 2, 2}, 1},
		{[]float64{-3, -2, -1}, 2},
		{[]float64{math.Inf(-1), math.Inf(-1), -1}, 2},
		{[]float64{1, math.Inf(1), 3}, 1},
	} {
		copy(u.Head.Bias.Value, c.bias)
		labels := u.Predict(reverse.NewTape().Const(make([]float64, 2*8*4), 2, 1, 8, 4))
		if len(labels) != 2*8*4 {
			t.Fatalf("%d labels", len(labels))
		}
		for i, label := range labels {
			if label != c.want {
				t.Errorf("logits %v: label %d is %d, want %d", c.bias, i, label, c.want)
			}
		}
	}
}

// TestUNetSkips checks that what is seen in full size goes up without the way through smaller
// sizes, and also that way.
func TestUNetSkips(t *testing.T) {
	u := smallUNet(newRand(1))
	nn.SetTraining(u, false)
	run := func(seed uint64) []float64 {
		return u.Forward(reverse.NewTape().Const(normal(8*8, newRand(seed)), 1, 1, 8, 8)).Values()
	}
	whole := run(1)
	for _, e := range u.Expand {
		clear(e.Weight.Value)
		clear(e.Bias.Value)
	}
	if slices.Equal(run(1), whole) {
		t.Error("the way through smaller sizes does not count")
	}
	if slices.Equal(run(1), run(2)) {
		t.Error("nothing goes past the way through smaller sizes")
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

// TestUNetOfAnySize holds that logits have the size of the images, and that what fits is not padded.
func TestUNetOfAnySize(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	u := vision.NewUNet(3, rng, vision.UNetOptions{Widths: []int{2, 3, 4}})
	nn.SetTraining(u, false)
	tape := reverse.NewTape()
	for _, size := range [][2]int{{1, 1}, {3, 7}, {4, 8}, {5, 4}, {9, 13}} {
		h, w := size[0], size[1]
		x := make([]float64, 2*h*w)
		for i := range x {
			x[i] = rng.NormFloat64()
		}
		tape.Reset()
		y := u.Forward(tape.Const(x, 2, 1, h, w))
		if s := y.Shape(); !slices.Equal(s, []int{2, 3, h, w}) {
			t.Fatalf("logits of images of %d×%d have the shape %v", h, w, s)
		}
		nn.ZeroGrad(u.Params())
		y.SumSq().Backward()
		for _, p := range u.Params() {
			if !slices.ContainsFunc(p.Grad, func(g float64) bool { return g != 0 }) && h*w > 20 {
				t.Errorf("%d×%d: %s%v has no gradient", h, w, p.Name, p.Shape)
			}
		}
		if len(u.Predict(tape.Const(x, 2, 1, h, w))) != 2*h*w {
			t.Errorf("%d×%d: pixels are missing", h, w)
		}
	}
}

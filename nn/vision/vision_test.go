package vision_test

import (
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

// network is a small network of each kind.
type network struct {
	name string
	make func(rng *rand.Rand) nn.Layer
	in   []int
	out  []int
}

var networks = []network{
	{"LeNet", func(rng *rand.Rand) nn.Layer { return vision.NewLeNet(10, rng) }, []int{2, 1, 28, 28}, []int{2, 10}},
	{"LeNet8", func(rng *rand.Rand) nn.Layer { return vision.NewLeNet8(10, rng) }, []int{3, 1, 8, 8}, []int{3, 10}},
	{"Backbone", func(rng *rand.Rand) nn.Layer { return vision.NewBackbone(2, []int{3, 4}, rng) }, []int{2, 2, 9, 12}, []int{2, 4, 3, 3}},
	{"Pyramid", func(rng *rand.Rand) nn.Layer {
		return vision.NewPyramid(vision.NewBackbone(1, []int{3, 4, 5}, rng), 2, 6, rng)
	}, []int{2, 1, 18, 10}, []int{2, 6, 5, 3}},
	{"Detector", func(rng *rand.Rand) nn.Layer { return smallDetector(rng) }, []int{2, 1, 16, 12}, []int{2, 4*3 + 2*2, 3 + 4}},
	{"UNet", func(rng *rand.Rand) nn.Layer { return smallUNet(rng) }, []int{2, 1, 8, 12}, []int{2, 3, 8, 12}},
}

func smallDetector(rng *rand.Rand) *vision.Detector {
	return vision.NewDetector(3, rng, vision.DetectorOptions{Widths: []int{3, 4, 5}, Width: 8})
}

func smallUNet(rng *rand.Rand) *vision.UNet {
	return vision.NewUNet(3, rng, vision.UNetOptions{Widths: []int{3, 4, 5}})
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

func normal(n int, rng *rand.Rand) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	return x
}

// images returns random input of the network.
func (n network) images(seed uint64) []float64 {
	size := 1
	for _, d := range n.in {
		size *= d
	}
	return normal(size, newRand(seed))
}

// each tests all networks.
func each(t *testing.T, f func(t *testing.T, n network)) {
	for _, n := range networks {
		t.Run(n.name, func(t *testing.T) { f(t, n) })
	}
}

func TestShapes(t *testing.T) {
	each(t, func(t *testing.T, n network) {
		net, x := n.make(newRand(1)), n.images(2)
		if got := net.Forward(reverse.NewTape().Const(x, n.in...)).Shape(); !slices.Equal(got, n.out) {
			t.Errorf("shape %v, want %v", got, n.out)
		}
		params := net.Params()
		if !slices.Equal(params, net.Params()) {
			t.Error("two orders of the parameters")
		}
		var state []*nn.Param
		for _, p := range nn.State(net) {
			if p.Grad != nil {
				state = append(state, p)
			}
		}
		if !slices.Equal(params, state) {
			t.Errorf("%d parameters, but State has %d, or in another order", len(params), len(state))
		}
	})
}

// TestGradients checks the gradients of random weighted sums of results, and of losses, against
// central differences along random directions of all parameters, in training and after it.
func TestGradients(t *testing.T) {
	check := func(t *testing.T, net nn.Layer, loss func(tape *reverse.Tape) reverse.Array) {
		t.Helper()
		rng, params := newRand(11), net.Params()
		for _, training := range []bool{true, false} {
			nn.SetTraining(net, training)
			for range 4 {
				nn.ZeroGrad(params)
				loss(reverse.NewTape()).Backward()
				const step = 1e-6
				var slope float64
				var origin, direction [][]float64
				for _, p := range params {
					v := normal(len(p.Value), rng)
					for i := range v {
						slope += v[i] * p.Grad[i]
					}
					origin, direction = append(origin, slices.Clone(p.Value)), append(direction, v)
				}
				at := func(h float64) float64 {
					for k, p := range params {
						for i := range p.Value {
							p.Value[i] = origin[k][i] + h*direction[k][i]
						}
					}
					return loss(reverse.NewTape()).Values()[0]
				}
				want := (at(step) - at(-step)) / (2 * step)
				at(0)
				if math.Abs(slope-want) > 1e-6*(1+math.Abs(want)) || slope == 0 {
					t.Errorf("training %t: slope %.12g, differences %.12g", training, slope, want)
				}
			}
		}
	}
	each(t, func(t *testing.T, n network) {
		net, x := n.make(newRand(1)), n.images(2)
		check(t, net, func(tape *reverse.Tape) reverse.Array {
			y := net.Forward(tape.Const(x, n.in...))
			return y.Mul(tape.Const(normal(y.Size(), newRand(3)), y.Shape()...)).Sum()
		})
	})
	x := normal(2*16*12, newRand(4))
	t.Run("Loss of Detector", func(t *testing.T) {
		d := smallDetector(newRand(5))
		objects := []metric.Object{
			{Image: 0, Class: 2, Box: metric.Box{X1: 1.3, Y1: 2.1, X2: 9.4, Y2: 10.7}},
			{Image: 1, Class: 0, Box: metric.Box{X1: -1.2, Y1: 1.4, X2: 15.9, Y2: 10.2}},
		}
		check(t, d, func(tape *reverse.Tape) reverse.Array {
			return d.Predict(tape.Const(x, 2, 1, 16, 12)).Loss(objects)
		})
	})
	t.Run("Loss of UNet", func(t *testing.T) {
		u, labels := smallUNet(newRand(6)), make([]int, 2*16*12)
		for i := range labels {
			labels[i] = i * i % 3
		}
		check(t, u, func(tape *reverse.Tape) reverse.Array {
			return u.Loss(u.Forward(tape.Const(x, 2, 1, 16, 12)), labels)
		})
	})
}

// TestSaveLoad checks that a network that was trained a little and saved is the same in a new
// one, and that equal seeds give equal networks.
func TestSaveLoad(t *testing.T) {
	each(t, func(t *testing.T, n network) {
		net, x := n.make(newRand(1)), n.images(2)
		run := func(net nn.Layer) []float64 { return net.Forward(reverse.NewTape().Const(x, n.in...)).Values() }
		if !slices.Equal(run(net), run(n.make(newRand(1)))) {
			t.Error("two networks of a seed differ")
		}
		other := n.make(newRand(9))
		path := filepath.Join(t.TempDir(), "net.safetensors")
		if err := nn.Save(path, net); err != nil {
			t.Fatal(err)
		}
		if err := nn.Load(path, other); err != nil {
			t.Fatal(err)
		}
		nn.SetTraining(net, false)
		nn.SetTraining(other, false)
		if !slices.Equal(run(net), run(other)) {
			t.Error("the network that was loaded differs")
		}
		if slices.Equal(run(net), run(n.make(newRand(9)))) {
			t.Error("networks of two seeds are the same")
		}
	})
}

func TestNetworkMisuse(t *testing.T) {
	rng, tape := newRand(1), reverse.NewTape()
	b := vision.NewBackbone(1, []int{2}, rng)
	x := func(shape ...int) reverse.Array {
		n := 1
		for _, d := range shape {
			n *= d
		}
		return tape.Const(make([]float64, n), shape...)
	}
	for text, f := range map[string]func(){
		"vision: NewBackbone with channels 0":                          func() { vision.NewBackbone(0, []int{2}, rng) },
		"vision: NewBackbone with widths -1":                           func() { vision.NewBackbone(1, []int{2, -1}, rng) },
		"vision: NewBackbone without widths":                           func() { vision.NewBackbone(1, nil, rng) },
		"vision: NewPyramid of 2 levels on 1 maps":                     func() { vision.NewPyramid(b, 2, 4, rng) },
		"vision: NewPyramid with levels 0":                             func() { vision.NewPyramid(b, 0, 4, rng) },
		"vision: NewPyramid with channels 0":                           func() { vision.NewPyramid(b, 1, 0, rng) },
		"vision: NewDetector with classes 0":                           func() { vision.NewDetector(0, rng) },
		"vision: NewDetector with heads of width 12":                   func() { vision.NewDetector(1, rng, vision.DetectorOptions{Width: 12}) },
		"vision: NewDetector with heads of width -8":                   func() { vision.NewDetector(1, rng, vision.DetectorOptions{Width: -8}) },
		"vision: NewDetector with 2 options":                           func() { vision.NewDetector(1, rng, vision.DetectorOptions{}, vision.DetectorOptions{}) },
		"vision: NewUNet with classes 0":                               func() { vision.NewUNet(0, rng) },
		"vision: NewUNet with channels -1":                             func() { vision.NewUNet(1, rng, vision.UNetOptions{Channels: -1}) },
		"vision: NewUNet without widths":                               func() { vision.NewUNet(1, rng, vision.UNetOptions{Widths: []int{}}) },
		"vision: Backbone for images of 1 channels of shape [1 2 8 8]": func() { b.Forward(x(1, 2, 8, 8)) },
		"vision: Backbone for images of 1 channels of shape [1 8 8]":   func() { smallDetector(rng).Predict(x(1, 8, 8)) },
		"vision: Backbone for images of 1 channels of shape [1 1 0 8]": func() { b.Forward(x(1, 1, 0, 8)) },
		"vision: UNet for images of 1 channels of shape [8 8]":         func() { smallUNet(rng).Predict(x(8, 8)) },
		"vision: Loss of logits of shape [1 2 4 4] for 3 classes":      func() { smallUNet(rng).Loss(x(1, 2, 4, 4), make([]int, 16)) },
		"label": func() { smallUNet(rng).Loss(x(1, 3, 4, 4), make([]int, 15)) },
		"vision: Predict with a logit of NaN in imag": func() { u := smallUNet(rng); u.Head.Bias.Value[1] = math.NaN(); u.Predict(x(1, 1, 8, 8)) },
	} {
		mustPanic(t, text, f)
	}
}

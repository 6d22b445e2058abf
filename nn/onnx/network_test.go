package onnx

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

// A network of the tests: what it is, and the shape of a sample.
type network struct {
	name   string
	net    nn.Layer
	sample []int
}

// indices are how many the samples of an Embedding hold.
const indices = 5

// networks are all layers that can be written, with weights that float32 holds, drawn anew.
func networks() []network {
	rng := rand.New(rand.NewPCG(3, 4))
	conv := func(stride, padding, dilation, groups int) reverse.ConvOptions {
		return reverse.ConvOptions{Stride: [2]int{stride, 1}, Padding: [2]int{padding, 1}, Dilation: [2]int{dilation, 2}, Groups: groups}
	}
	pool := func(ceil, count bool) reverse.PoolOptions {
		return reverse.PoolOptions{Kernel: [2]int{3, 2}, Stride: [2]int{2, 0}, Padding: [2]int{1, 0}, Ceil: ceil, CountPadding: count}
	}
	causal := nn.NewMultiHeadAttention(6, 3, rng)
	causal.Causal = true
	plain := nn.NewBatchNorm2D(2)
	plain.Weight, plain.Bias = nil, nil
	unbiased := nn.NewLinear(3, 4, rng)
	unbiased.Bias = nil
	list := []network{
		{"Linear", nn.NewLinear(3, 4, rng), []int{3}},
		{"Linear without bias", unbiased, []int{3}},
		{"Linear of sequences", nn.NewLinear(3, 4, rng), []int{5, 3}},
		{"Conv2D", nn.NewConv2D(4, 6, 3, conv(2, 1, 1, 2), rng), []int{4, 7, 8}},
		{"Conv2D by default", nn.NewConv2D(2, 3, 3, reverse.ConvOptions{}, rng), []int{2, 5, 5}},
		{"Conv2D reflected", nn.NewConv2D(2, 3, 3, reverse.ConvOptions{Padding: [2]int{2, 1}, PadMode: reverse.PadReflect}, rng), []int{2, 4, 5}},
		{"Conv2D replicated", nn.NewConv2D(2, 3, 3, reverse.ConvOptions{Padding: [2]int{1, 0}, PadMode: reverse.PadReplicate}, rng), []int{2, 4, 5}},
		{"Conv1D circular", nn.NewConv1D(2, 3, 3, reverse.ConvOptions{Padding: [2]int{2}, PadMode: reverse.PadCircular}, rng), []int{2, 5}},
		{"Conv1D", nn.NewConv1D(4, 6, 3, conv(2, 1, 2, 2), rng), []int{4, 9}},
		{"ConvTranspose2D", nn.NewConvTranspose2D(4, 6, 3, reverse.ConvOptions{Stride: [2]int{2, 3}, Padding: [2]int{1, 0}, OutputPadding: [2]int{1, 2}, Groups: 2}, rng), []int{4, 4, 3}},
		{"MaxPool2D", nn.MaxPool2D{PoolOptions: pool(false, false)}, []int{2, 8, 7}},
		{"MaxPool2D up", nn.MaxPool2D{PoolOptions: pool(true, false)}, []int{2, 8, 7}},
		{"MaxPool1D", nn.MaxPool1D{PoolOptions: reverse.PoolOptions{Kernel: [2]int{3}, Dilation: [2]int{2}}}, []int{2, 11}},
		{"AvgPool2D", nn.AvgPool2D{PoolOptions: pool(false, false)}, []int{2, 8, 7}},
		{"AvgPool2D with padding", nn.AvgPool2D{PoolOptions: pool(false, true)}, []int{2, 8, 7}},
		{"AvgPool2D up", nn.AvgPool2D{PoolOptions: pool(true, false)}, []int{2, 8, 7}},
		{"AvgPool2D up with padding", nn.AvgPool2D{PoolOptions: pool(true, true)}, []int{2, 8, 7}},
		{"AvgPool2D up beyond the padding", nn.AvgPool2D{PoolOptions: reverse.PoolOptions{Kernel: [2]int{3, 3}, Stride: [2]int{3, 2}, Ceil: true, CountPadding: true}}, []int{2, 8, 8}},
		{"AvgPool1D", nn.AvgPool1D{PoolOptions: pool(false, true)}, []int{2, 9}},
		{"Embedding", nn.NewEmbedding(indices, 3, rng), []int{4}},
		{"AdaptiveAvgPool2D", nn.AdaptiveAvgPool2D{Height: 3, Width: 2}, []int{2, 7, 5}},
		{"AdaptiveMaxPool2D", nn.AdaptiveMaxPool2D{Height: 3, Width: 2}, []int{2, 7, 5}},
		{"AdaptiveAvgPool1D", nn.AdaptiveAvgPool1D{Length: 3}, []int{2, 7}},
		{"AdaptiveMaxPool1D", nn.AdaptiveMaxPool1D{Length: 3}, []int{2, 7}},
		{"GlobalAvgPool", nn.GlobalAvgPool{}, []int{3, 4, 5}},
		{"BatchNorm1D", nn.NewBatchNorm1D(3), []int{3}},
		{"BatchNorm2D", nn.NewBatchNorm2D(3), []int{3, 2, 4}},
		{"BatchNorm2D alone", plain, []int{2, 3, 3}},
		{"LayerNorm", nn.NewLayerNorm(3, 4), []int{2, 3, 4}},
		{"GroupNorm", nn.NewGroupNorm(2, 6), []int{6, 3, 2}},
		{"Dropout", nn.Sequential{nn.NewDropout(0.5, rng), nn.ReLU{}}, []int{4}},
		{"Flatten", nn.Flatten{}, []int{2, 3, 4}},
		{"UpsampleNearest", nn.UpsampleNearest{Height: 5, Width: 7}, []int{2, 3, 4}},
		{"UpsampleNearest by 2", nn.UpsampleNearest{Scale: 2}, []int{2, 3, 4}},
		{"UpsampleBilinear", nn.UpsampleBilinear{Height: 5, Width: 7}, []int{2, 3, 4}},
		{"UpsampleBilinear to corners", nn.UpsampleBilinear{Scale: 2, AlignCorners: true}, []int{2, 3, 4}},
		{"Softmax", nn.Softmax{Axis: 1}, []int{3, 4}},
		{"LogSoftmax", nn.NewLogSoftmax(), []int{3, 4}},
		{"GLU", nn.NewGLU(), []int{3, 4}},
		{"GLU of channels", nn.GLU{Axis: 1}, []int{4, 2}},
		{"PReLU", nn.NewPReLU(1), []int{3, 2}},
		{"PReLU of channels", nn.NewPReLU(3), []int{3, 2, 2}},
		{"RNN", nn.NewRNN(3, 4, rng), []int{5, 3}},
		{"GRU", nn.NewGRU(3, 4, rng), []int{5, 3}},
		{"LSTM", nn.NewLSTM(3, 4, rng), []int{5, 3}},
		{"LSTM deep", nn.NewRecurrent(nn.NewLSTM, 3, 4, nn.RecurrentOptions{Layers: 2, Dropout: 0.3}, rng), []int{5, 3}},
		{"GRU both ways", nn.NewRecurrent(nn.NewGRU, 3, 4, nn.RecurrentOptions{Layers: 2, Bidirectional: true}, rng), []int{5, 3}},
		{"MultiHeadAttention", nn.NewMultiHeadAttention(6, 2, rng), []int{4, 6}},
		{"MultiHeadAttention of the past", causal, []int{4, 6}},
		{"Residual", &nn.Residual{Body: nn.NewLinear(3, 3, rng)}, []int{3}},
		{"Residual with shortcut", &nn.Residual{Body: nn.Sequential{nn.NewLinear(3, 4, rng), nn.Tanh{}}, Shortcut: nn.NewLinear(3, 4, rng)}, []int{3}},
		{"LeNet", nn.Sequential{
			nn.NewConv2D(1, 4, 3, reverse.ConvOptions{Padding: [2]int{1, 1}}, rng), nn.NewBatchNorm2D(4), nn.ReLU{}, nn.NewMaxPool2D(2),
			nn.Flatten{}, nn.NewLinear(4*4*4, 10, rng), nn.NewDropout(0.2, rng), nn.NewSoftmax(),
		}, []int{1, 8, 8}},
	}
	for _, size := range [][]int{{2, 8, 4}, {2, 6, 5}} {
		net := vision.NewUNet(3, rng, vision.UNetOptions{Channels: 2, Widths: []int{2, 3, 4}})
		list = append(list, network{fmt.Sprintf("ConvUNet of %d×%d", size[1], size[2]), net, size})
	}
	list = append(list, network{"ConvBackbone", nn.Sequential{vision.NewBackbone(1, []int{2, 3}, rng)}, []int{1, 8, 9}})
	for _, l := range activations() {
		list = append(list, network{fmt.Sprintf("%T", l), l, []int{7}})
	}
	for _, n := range list {
		for _, p := range nn.State(n.net) {
			for i := range p.Value {
				p.Value[i] += 0.2 * rng.NormFloat64()
				if p.Name == "running_var" {
					p.Value[i] = math.Abs(p.Value[i]) + 0.1
				}
				p.Value[i] = float64(float32(p.Value[i]))
			}
		}
	}
	return list
}

func activations() []nn.Layer {
	return []nn.Layer{
		nn.Sigmoid{}, nn.LogSigmoid{}, nn.Tanh{}, nn.TanhShrink{}, nn.ReLU{}, nn.ReLU6{}, nn.SELU{}, nn.GELU{}, nn.GELUTanh{},
		nn.SiLU{}, nn.Mish{}, nn.Softsign{}, nn.HardSigmoid{}, nn.HardSwish{}, nn.NewLeakyReLU(), nn.NewELU(), nn.ELU{Alpha: 2},
		nn.CELU{Alpha: 0.5}, nn.NewSoftplus(), nn.Softplus{Beta: 2}, nn.NewHardTanh(), nn.NewHardShrink(), nn.NewSoftShrink(),
	}
}

// batch returns samples, and what the network makes of them after training.
func (n *network) batch(count int) (x, y *tensor) {
	rng := rand.New(rand.NewPCG(5, 6))
	x = &tensor{shape: append([]int{count}, n.sample...)}
	for range size(x.shape) {
		v := float64(float32(2 * rng.NormFloat64()))
		if n.name == "Embedding" {
			v = float64(rng.IntN(indices))
		}
		x.v = append(x.v, v)
	}
	nn.SetTraining(n.net, false)
	out := n.net.Forward(reverse.NewTape().Const(x.v, x.shape...))
	return x, &tensor{out.Shape(), out.Values()}
}

// write returns the model of the network.
func (n *network) write(t testing.TB, p Precision) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteNetwork(&b, n.net, p, n.sample...); err != nil {
		t.Fatalf("%s: %v", n.name, err)
	}
	return b.Bytes()
}

// distance returns the largest difference of two arrays, relative to the largest number.
func distance(got, want []float64) float64 {
	off, largest := 0.0, 0.0
	for i, v := range want {
		off, largest = max(off, math.Abs(got[i]-v)), max(largest, math.Abs(v))
	}
	return off / largest
}

// TestNetworks holds the models of all layers against the layers.
func TestNetworks(t *testing.T) {
	for _, n := range networks() {
		nn.SetTraining(n.net, true)
		for _, p := range []Precision{Float32, Float64} {
			m := read(t, n.write(t, p))
			if m.opset != 18 || m.version != 8 || m.types["x"] != int(p) || !slices.Equal(m.shapes["x"], n.sample) {
				t.Errorf("%s: opset %d, version %d, type %d, sample %v", n.name, m.opset, m.version, m.types["x"], m.shapes["x"])
			}
			x, want := n.batch(3)
			got := evaluate(t, m, x)[0]
			if !slices.Equal(got.shape, want.shape) || !slices.Equal(m.shapes["y"], want.shape[1:]) {
				t.Errorf("%s: shape %v, stated %v, want %v", n.name, got.shape, m.shapes["y"], want.shape)
				continue
			}
			tolerance := map[Precision]float64{Float32: 1e-6, Float64: 1e-11}[p] // attributes and constants are rounded
			if len(m.tensors) == 0 || p == Float64 && (n.name == "LayerNorm" || n.name[0] == 'B') {
				tolerance = 1e-7 // epsilon is a float32 always
			}
			if off := distance(got.v, want.v); !(off <= tolerance) {
				t.Errorf("%s: y is off by %.2g of its size: %v, want %v", n.name, off, got.v, want.v)
			}
		}
	}
}

// TestWeightNames: weights keep their names, and layers that share them write them once.
func TestWeightNames(t *testing.T) {
	shared := nn.NewLinear(2, 2, rand.New(rand.NewPCG(1, 1)))
	n := network{"shared", nn.Sequential{shared, nn.Sequential{nn.Tanh{}, shared}}, []int{2}}
	m := read(t, n.write(t, Float32))
	var names []string
	for name := range m.tensors {
		names = append(names, name)
	}
	slices.Sort(names)
	if want := []string{"1.1.bias", "1.1.weight"}; !slices.Equal(names, want) {
		t.Errorf("tensors %q, want %q", names, want)
	}
}

// strange is a layer of the user's.
type strange struct{ *nn.Linear }

// TestWriteNetworkErrors: errors name the layer and its path.
func TestWriteNetworkErrors(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	identity := nn.Func(func(x reverse.Array) reverse.Array { return x })
	for _, c := range []struct {
		net    nn.Layer
		sample []int
		want   string
	}{
		{nn.Sequential{nn.ReLU{}, nn.Sequential{identity}}, []int{2}, "onnx: WriteNetwork: 1.0 Func: cannot be written: it is a function in Go, which nobody can look into"},
		{nn.Sequential{strange{nn.NewLinear(2, 2, rng)}}, []int{2}, "onnx: WriteNetwork: 0 Linear(2→2): cannot be written: no operator is known for onnx.strange"},
		{nn.Sequential{nn.ReLU{}, nn.NewLinear(3, 2, rng)}, []int{2}, "onnx: WriteNetwork: 1 Linear(3→2): wants 3 features, got [1 2]"},
		{nn.ReLU{}, []int{2, 0}, "onnx: WriteNetwork: a sample of shape [2 0]"},
		{nn.ReLU{}, []int{1 << 20, 1 << 40}, "onnx: WriteNetwork: a sample of shape [1048576 1099511627776]"},
		{nn.Sequential{nil}, []int{2}, "onnx: WriteNetwork: 0: the layer is nil"},
		{&nn.Residual{Body: nn.NewLinear(2, 3, rng)}, []int{2}, "onnx: WriteNetwork: Residual: Add of shapes [1 2] and [1 3]"},
	} {
		err := WriteNetwork(new(bytes.Buffer), c.net, Float32, c.sample...)
		if err == nil || err.Error() != c.want {
			t.Errorf("got %v\nwant %s", err, c.want)
		}
	}
	large := nn.NewLinear(2, 2, rng)
	large.Bias.Value[1] = 1e39
	err := WriteNetwork(new(bytes.Buffer), nn.Sequential{nn.ReLU{}, large}, Float32, 2)
	if want := "onnx: WriteNetwork: 1: 1.bias holds 1e+39, which float32 does not: use Float64"; err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
	if err := WriteNetwork(new(bytes.Buffer), large, Float64, 2); err != nil {
		t.Error(err)
	}
	if err := WriteNetwork(new(bytes.Buffer), nn.ReLU{}, 2, 3); err == nil {
		t.Error("a precision of 2 is written")
	}
}

// TestWriteNetworkTraining: what was in training is so afterwards, and nothing else.
func TestWriteNetworkTraining(t *testing.T) {
	on, off := nn.NewDropout(0.5, nil), nn.NewDropout(0.5, nil)
	off.SetTraining(false)
	if err := WriteNetwork(new(bytes.Buffer), nn.Sequential{on, off}, Float32, 2); err != nil {
		t.Fatal(err)
	}
	if !on.Training() || off.Training() {
		t.Errorf("training %v and %v afterwards", on.Training(), off.Training())
	}
}

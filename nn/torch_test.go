package nn_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

const torchFiles = "testdata/torch"

// torchCase is what a module made of an input.
type torchCase struct {
	X, Y   []float64
	Shape  []int
	Labels []int // of the classes, where Y is a loss
}

func torchCases(t *testing.T) map[string]torchCase {
	text, err := os.ReadFile(filepath.Join(torchFiles, "results.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases map[string]torchCase
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

// TestTorchFiles holds that modules of PyTorch give the same numbers here, to 1e-12.
func TestTorchFiles(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	nets := map[string]nn.Sequential{
		"mlp": {nn.NewLinear(4, 5, rng), nn.SiLU{}, nn.NewLinear(5, 3, rng)},
		"cnn": {
			nn.Sequential{nn.NewConv2D(1, 2, 3, reverse.ConvOptions{Padding: [2]int{1, 1}}, rng), nn.NewBatchNorm2D(2)},
			nn.Tanh{}, nn.NewMaxPool2D(2), nn.Flatten{}, nn.NewLinear(8, 3, rng),
		},
		"prelu":     {nn.NewPReLU(3)},
		"lstm":      {nn.NewLSTM(3, 2, rng)},
		"bilstm":    {nn.NewRecurrent(nn.NewLSTM, 3, 2, nn.RecurrentOptions{Layers: 2, Bidirectional: true}, rng)},
		"attention": {nn.NewMultiHeadAttention(4, 2, rng)},
	}
	cases := torchCases(t)
	if len(cases) != len(nets) {
		t.Errorf("%d results for %d networks", len(cases), len(nets))
	}
	for name, net := range nets {
		c, ok := cases[name]
		if !ok {
			t.Fatalf("%s has no result", name)
		}
		torch := nn.TorchNames(net)
		report, err := nn.LoadPartial(filepath.Join(torchFiles, name+".safetensors"), net, func(name string) []string {
			return torch(strings.NewReplacer("features.", "0.", "classifier.", "4.").Replace(name))
		})
		if err != nil || !report.Complete() {
			t.Fatalf("%s: error %v, report\n%v", name, err, report)
		}
		y := net.Forward(reverse.NewTape().Const(c.X, c.Shape...))
		if c.Labels != nil {
			y = nn.CrossEntropy(y, c.Labels)
		}
		optest.Within(t, name, y.Values(), c.Y, 1e-12)
	}
}

// TestSafetensorsTypes holds the numbers that every element type stands for.
func TestSafetensorsTypes(t *testing.T) {
	file, err := os.Open(filepath.Join(torchFiles, "types.safetensors"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	tensors, _, err := nn.ReadSafetensors(file)
	if err != nil {
		t.Fatal(err)
	}
	inf, zero := math.Inf(1), math.Copysign(0, -1)
	single := func(x float64) float64 { return float64(float32(x)) }
	want := map[string][]float64{
		"f32":  {1, -2.5, 65504, single(6e-8), single(0.1), zero, inf},
		"f16":  {1, -2.5, 65504, 0x1p-24, 0.0999755859375, zero, inf},
		"bf16": {1, -2.5, 65536, 6.007030606269836e-08, 0.10009765625, zero, inf},
		"i64":  {-1 << 53, 3}, "i32": {math.MinInt32, math.MaxInt32}, "i16": {math.MinInt16, 7}, "i8": {-128, 127}, "u8": {0, 255}, "bool": {0, 1},
	}
	if len(tensors) != len(want) {
		t.Errorf("%d tensors, want %d", len(tensors), len(want))
	}
	for _, p := range tensors {
		optest.Equal(t, p.Name, p.Value, want[p.Name], optest.Bits())
	}
}

// TestHalfIsOrdered holds every number of binary16 against its neighbors: they are evenly spaced between powers of two.
func TestHalfIsOrdered(t *testing.T) {
	data := make([]byte, 0, 2*0x7c00)
	for bits := range 0x7c00 {
		data = append(data, byte(bits), byte(bits>>8))
	}
	tensors, _, err := nn.ReadSafetensors(strings.NewReader(string(file(`{"a":{"dtype":"F16","shape":[31744],"data_offsets":[0,63488]}}`, data...))))
	if err != nil {
		t.Fatal(err)
	}
	x := tensors[0].Value
	if x[0] != 0 || x[0x3c00] != 1 || x[0x7bff] != 65504 {
		t.Errorf("0, 1 and the greatest are %v, %v, %v", x[0], x[0x3c00], x[0x7bff])
	}
	for i := 1; i < len(x); i++ {
		if step := math.Ldexp(1, max(i-1, 0x400)>>10-25); x[i]-x[i-1] != step {
			t.Fatalf("%#x: %v follows %v, want a step of %v", i, x[i], x[i-1], step)
		}
	}
}

// TestLoadPartialReports holds what a report says of a file that fits in part.
func TestLoadPartialReports(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	path := filepath.Join(t.TempDir(), "weights")
	from := nn.Sequential{nn.NewLinear(4, 5, rng), nn.NewBatchNorm1D(5), nn.NewLinear(5, 10, rng), nn.NewLinear(1, 1, rng)}
	if err := nn.Save(path, from); err != nil {
		t.Fatal(err)
	}
	to := nn.Sequential{nn.NewLinear(4, 5, rng), nn.NewBatchNorm1D(5), nn.NewLinear(5, 3, rng), nn.ReLU{}, nn.NewLinear(3, 2, rng)}
	head := slices.Clone(to[2].Params()[0].Value)
	report, err := nn.LoadPartial(path, to, func(name string) []string {
		if name == "1.running_mean" {
			return nil
		}
		return []string{name}
	})
	if err != nil {
		t.Fatal(err)
	}
	want := nn.LoadReport{
		Loaded:     []string{"0.weight", "0.bias", "1.weight", "1.bias", "1.running_var"},
		Missing:    []string{"1.running_mean", "4.weight", "4.bias"},
		Unexpected: []string{"3.weight", "3.bias"},
		Unfit: []nn.UnfitOne{
			{Name: "2.weight", Got: []int{10, 5}, Want: []int{3, 5}},
			{Name: "2.bias", Got: []int{10}, Want: []int{3}},
		},
		Ignored: []string{"1.running_mean"},
	}
	if got := report.String(); got != want.String() || report.Complete() {
		t.Errorf("report\n%swant\n%s", got, want)
	}
	if !slices.Equal(to[0].Params()[0].Value, from[0].Params()[0].Value) {
		t.Error("0.weight is not loaded")
	}
	if !slices.Equal(to[2].Params()[0].Value, head) {
		t.Error("2.weight has changed")
	}
}

// TestLoadPartialRefuses holds that nothing changes where a file cannot be meant.
func TestLoadPartialRefuses(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	net := nn.NewLinear(4, 4, rng)
	before := slices.Clone(net.Weight.Value)
	path := filepath.Join(t.TempDir(), "weights")
	if err := nn.Save(path, nn.NewLinear(4, 4, rng)); err != nil {
		t.Fatal(err)
	}
	_, err := nn.LoadPartial(path, net, func(string) []string { return []string{"weight"} })
	if want := `nn: LoadPartial: ` + path + `: tensors "weight" and "bias" are both for "weight"`; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(text) {
		if err := os.WriteFile(path, text[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := nn.LoadPartial(path, net, nil); err == nil {
			t.Fatalf("a file cut to %d of %d bytes is loaded", n, len(text))
		}
	}
	if !slices.Equal(net.Weight.Value, before) {
		t.Error("the weights have changed")
	}
}

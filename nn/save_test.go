package nn_test

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// keeper is a layer of a parameter and a buffer.
type keeper struct{ scale, mean *nn.Param }

func newKeeper(n int) *keeper {
	return &keeper{nn.NewParam("scale", n), &nn.Param{Name: "mean", Value: make([]float64, n), Shape: []int{n}}}
}

func (k *keeper) Forward(x reverse.Array) reverse.Array { return x.Mul(k.scale.On(x)) }

func (k *keeper) Params() []*nn.Param { return []*nn.Param{k.scale} }

func (k *keeper) SetTraining(bool) {}

func (k *keeper) Buffers() []*nn.Param { return []*nn.Param{k.mean} }

func someNet(seed uint64) nn.Sequential {
	rng := rand.New(rand.NewPCG(seed, 0))
	net := nn.Sequential{nn.NewLinear(3, 4, rng), newKeeper(4), nn.Sequential{nn.NewLinear(4, 2, rng)}}
	for _, p := range nn.State(net) {
		for i := range p.Value {
			p.Value[i] = rng.NormFloat64()
		}
	}
	return net
}

// valuesOf returns all that l keeps, by name.
func valuesOf(l nn.Layer) map[string][]float64 {
	values := map[string][]float64{}
	for name, p := range nn.State(l) {
		values[name] = slices.Clone(p.Value)
	}
	return values
}

func TestSaveLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "net.safetensors")
	a, b := someNet(1), someNet(2)
	a[1].(*keeper).mean.Value[2] = math.NaN()
	for range 2 { // the second time over the first
		if err := nn.Save(path, a); err != nil {
			t.Fatal(err)
		}
	}
	if err := nn.Load(path, b); err != nil {
		t.Fatal(err)
	}
	want := valuesOf(a)
	if optest.Equal(t, "loaded", valuesOf(b), want, optest.Bits()); len(want) != 6 {
		t.Errorf("%d arrays, want 6", len(want))
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v, error %v; want the file alone", left, err)
	}
}

// TestSaveKeepsTheOld: where Save fails, the old file and nothing else is there.
func TestSaveKeepsTheOld(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "net.safetensors")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	k := newKeeper(2)
	k.mean.Name = "scale" // twice the same name
	if err := nn.Save(path, k); err == nil || !strings.Contains(err.Error(), `a second tensor "scale"`) {
		t.Errorf("error %v", err)
	}
	if err := nn.Save(filepath.Join(dir, "none", "net"), someNet(1)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("in a folder that is not there: error %v", err)
	}
	if err := nn.Save(dir, someNet(1)); err == nil {
		t.Error("over a folder: no error")
	}
	old, err := os.ReadFile(path)
	left, _ := os.ReadDir(dir)
	if err != nil || string(old) != "old" || len(left) != 1 {
		t.Errorf("the file holds %q, error %v, the folder %v", old, err, left)
	}
	if err := nn.Save(path, someNet(1)); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, error %v; want that of the old file", info.Mode(), err)
	}
}

func TestLoadErrors(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good")
	if err := nn.Save(good, someNet(1)); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	rng := rand.New(rand.NewPCG(3, 4))
	l := nn.NewLinear(1, 1, rng)
	twice := nn.Sequential{l, l}
	clash := newKeeper(1)
	clash.mean.Name = "scale"
	pair := func(second byte) []byte {
		return file(`{"0.weight":{"dtype":"F64","shape":[1,1],"data_offsets":[0,8]},"0.bias":{"dtype":"F64","shape":[1],"data_offsets":[8,16]},`+
			`"1.weight":{"dtype":"F64","shape":[1,1],"data_offsets":[16,24]},"1.bias":{"dtype":"F64","shape":[1],"data_offsets":[24,32]}}`,
			append(eights(31), second)...)
	}
	tests := []struct {
		name  string
		path  string
		layer nn.Layer
		want  string
	}{
		{"no file", filepath.Join(dir, "none"), someNet(2), "no such file"},
		{"missing", good, nn.Sequential{someNet(2), newKeeper(1)}, `good: tensor "0.0.weight" is missing`},
		{"unexpected", good, someNet(2)[:2], `good: tensor "2.0.weight", of shape [2 4], is not expected`},
		{"shape", good, nn.Sequential{nn.NewLinear(4, 3, rng), newKeeper(4), nn.Sequential{nn.NewLinear(4, 2, rng)}},
			`good: tensor "0.weight" has shape [4 3], want [3 4] and 12 values`},
		{"cut", write("cut", whole[:len(whole)-1]), someNet(2), `cut: tensor "2.0.bias", of shape [2]: after 1 elements: unexpected EOF`},
		{"trailing", write("long", append(slices.Clone(whole), 0)), someNet(2), "long: bytes after the last tensor"},
		{"one parameter, two values", write("pair", pair(9)), twice, `pair: tensors "0.bias" and "1.bias" are one parameter, and differ`},
		{"one name, two parameters", write("clash", file(`{"scale":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}`, eights(8)...)), clash,
			`clash: tensor "scale" is wanted for two parameters`},
	}
	for _, test := range tests {
		before := valuesOf(test.layer)
		err := nn.Load(test.path, test.layer)
		if err == nil || !strings.HasPrefix(err.Error(), "nn: Load: ") || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %s", test.name, err, test.want)
		}
		optest.Equal(t, test.name+": the layer", valuesOf(test.layer), before, optest.Bits())
	}
	for _, bad := range badFiles {
		net := someNet(2)
		before := valuesOf(net)
		if err := nn.Load(write("bad", bad.file), net); err == nil {
			t.Errorf("%s: no error", bad.name)
		}
		optest.Equal(t, bad.name+": the layer", valuesOf(net), before, optest.Bits())
	}
	if err := nn.Load(write("same", pair(8)), twice); err != nil || l.Bias.Value[0] != math.Float64frombits(0x0808080808080808) {
		t.Errorf("one parameter, one value: %v, error %v", l.Bias.Value, err)
	}
}

func BenchmarkSave(b *testing.B) {
	l, path := newKeeper(1<<20), filepath.Join(b.TempDir(), "net")
	b.SetBytes(16 << 20)
	for b.Loop() {
		if err := nn.Save(path, l); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	l, path := newKeeper(1<<20), filepath.Join(b.TempDir(), "net")
	if err := nn.Save(path, l); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(16 << 20)
	for b.Loop() {
		if err := nn.Load(path, l); err != nil {
			b.Fatal(err)
		}
	}
}

// TestKilledWriter kills processes while they save: the file is whole, and the next
// save leaves nothing beside it.
func TestKilledWriter(t *testing.T) {
	if path := os.Getenv("SAVE_FOREVER"); path != "" {
		l := &nn.Embedding{Weight: nn.NewParam("weight", 1000, 1000)}
		for {
			if err := nn.Save(path, l); err != nil {
				t.Fatal(err)
			}
		}
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "model")
	l := &nn.Embedding{Weight: nn.NewParam("weight", 1000, 1000)}
	for range 5 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilledWriter$")
		cmd.Env = append(os.Environ(), "SAVE_FOREVER="+path)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for range 200 {
			time.Sleep(10 * time.Millisecond)
			if _, err := os.Stat(path); err == nil {
				break
			}
		}
		cmd.Process.Kill()
		cmd.Wait()
		if err := nn.Load(path, l); err != nil {
			t.Errorf("after a kill: %v", err)
		}
	}
	if err := nn.Save(path, l); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("beside the model: %v, %v", entries, err)
	}
}

// TestSaveThroughLink: a link stays one, and what it leads to is replaced, with its
// permissions.
func TestSaveThroughLink(t *testing.T) {
	folder := t.TempDir()
	file, link, dangling := filepath.Join(folder, "sub", "model"), filepath.Join(folder, "link"), filepath.Join(folder, "dangling")
	if err := os.Mkdir(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join("sub", "model"), link); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join("sub", "other"), dangling); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, nil, 0o640); err != nil {
		t.Fatal(err)
	}
	l := &nn.Embedding{Weight: nn.NewParam("weight", 2, 3)}
	for _, path := range []string{link, dangling} {
		if err := nn.Save(path, l); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Lstat(path); err != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Errorf("%s is a link no more: %v, %v", path, info, err)
		}
		if err := nn.Load(path, l); err != nil {
			t.Error(err)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Size() == 0 || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("%v, %v", info, err)
	}
}

// TestSaveErrors name the file that was asked for.
func TestSaveErrors(t *testing.T) {
	folder := t.TempDir()
	plain := filepath.Join(folder, "plain")
	if err := os.WriteFile(plain, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(folder, "folder"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(plain, "model"), filepath.Join(folder, "missing", "model"), filepath.Join(folder, "folder")} {
		err := nn.Save(path, &nn.Embedding{Weight: nn.NewParam("weight", 2, 3)})
		if err == nil || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), "partial") {
			t.Errorf("%s: %v", path, err)
		}
	}
	if entries, _ := os.ReadDir(folder); len(entries) != 2 {
		t.Errorf("left behind: %s", fmt.Sprint(entries))
	}
}

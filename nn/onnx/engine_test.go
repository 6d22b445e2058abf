package onnx

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"flag"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/nn"
)

// Models are run by onnxruntime where -ort names a folder in which npm has installed it.
var ort = flag.String("ort", "", "a folder with node_modules/onnxruntime-web: run the models there")

// script runs every case in onnxruntime-web under node, and prints the outputs.
const script = `
const ort = require('onnxruntime-web'), cases = JSON.parse(require('fs').readFileSync(0));
ort.env.logLevel = 'error'; ort.env.wasm.numThreads = 1;
const bytes = s => { const b = Buffer.from(s, 'base64'); return b.buffer.slice(b.byteOffset, b.byteOffset + b.length); };
(async () => {
	const results = [];
	for (const c of cases) try {
		const session = await ort.InferenceSession.create(new Uint8Array(bytes(c.Model)));
		const data = new (c.Double ? Float64Array : Float32Array)(bytes(c.Input));
		const out = await session.run({x: new ort.Tensor(c.Double ? 'float64' : 'float32', data, c.Shape)});
		results.push({Outputs: session.outputNames.map(n => Buffer.from(Float64Array.from(out[n].data).buffer).toString('base64'))});
	} catch (e) { results.push({Error: String(e)}); }
	console.log(JSON.stringify(results));
})();
`

type engineCase struct {
	Name         string
	Model, Input []byte
	Shape        []int
	Double       bool
	want         [][]float64
	function     bool // held number by number, and not by the size of the whole
	tolerance    float64
}

type engineResult struct {
	Outputs [][]byte
	Error   string
}

// floatsOnly are networks with operators that onnxruntime has in float32 alone.
var floatsOnly = regexp.MustCompile("^(Conv|AvgPool|RNN|GRU|LSTM|LeNet)")

// engineCases are all networks in float32, those of operators that the engine has in float64 too,
// and all functions with their derivatives.
func engineCases(t *testing.T) []engineCase {
	var list []engineCase
	for _, n := range networks() {
		nn.SetTraining(n.net, true)
		model := n.write(t, Float32)
		x, y := n.batch(3)
		var input []byte
		for _, v := range x.v {
			input = binary.LittleEndian.AppendUint32(input, math.Float32bits(float32(v)))
		}
		list = append(list, engineCase{n.name, model, input, x.shape, false, [][]float64{y.v}, false, 1e-6})
		if !floatsOnly.MatchString(n.name) {
			model, input := n.write(t, Float64), []byte(nil)
			for _, v := range x.v {
				input = binary.LittleEndian.AppendUint64(input, math.Float64bits(v))
			}
			list = append(list, engineCase{n.name + " in float64", model, input, x.shape, true, [][]float64{y.v}, false, 1e-6})
		}
	}
	for _, f := range functions() {
		var b bytes.Buffer
		if err := WriteGradient(&b, f.f); err != nil {
			t.Fatal(err)
		}
		c := engineCase{f.name, b.Bytes(), nil, []int{len(f.points), f.f.Inputs()}, true, make([][]float64, 2), true, 1e-10}
		for _, p := range f.points {
			for _, v := range p {
				c.Input = binary.LittleEndian.AppendUint64(c.Input, math.Float64bits(v))
			}
			c.want[0] = append(c.want[0], f.f.Eval(p)...)
			c.want[1] = append(c.want[1], f.f.Jacobian(p).RawMatrix().Data...)
		}
		list = append(list, c)
	}
	return list
}

// TestEngine runs the models in onnxruntime and holds its outputs against this module.
func TestEngine(t *testing.T) {
	if *ort == "" {
		t.Skip("no -ort")
	}
	folder, err := filepath.Abs(*ort)
	if err != nil {
		t.Fatal(err)
	}
	cases := engineCases(t)
	input, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	node := exec.Command("node", "-e", script)
	node.Env = append(os.Environ(), "NODE_PATH="+filepath.Join(folder, "node_modules"))
	node.Stdin, node.Stderr = bytes.NewReader(input), os.Stderr
	output, err := node.Output()
	if err != nil {
		t.Fatal(err)
	}
	var results []engineResult
	if err := json.Unmarshal(output, &results); err != nil {
		t.Fatalf("%v\n%.500s", err, output)
	}
	if len(results) != len(cases) {
		t.Fatalf("%d results of %d models", len(results), len(cases))
	}
	var functions, doubles, floats float64 // the largest differences
	for i, c := range cases {
		if results[i].Error != "" {
			t.Errorf("%s: %s", c.Name, results[i].Error)
			continue
		}
		for k, want := range c.want {
			got := slices.Repeat([]float64{0}, len(want))
			if b := results[i].Outputs[k]; len(b) != 8*len(want) {
				t.Errorf("%s: output %d has %d numbers, want %d", c.Name, k, len(b)/8, len(want))
				continue
			} else if _, err := binary.Decode(b, binary.LittleEndian, got); err != nil {
				t.Fatal(err)
			}
			if c.function {
				for j, v := range want {
					if !near(got[j], v, c.tolerance) {
						t.Errorf("%s: output %d [%d] is %v, want %v", c.Name, k, j, got[j], v)
					} else if v-v == 0 {
						functions = max(functions, math.Abs(got[j]-v)/max(math.Abs(v), 1e-3))
					}
				}
				continue
			}
			off := distance(got, want)
			if !(off <= c.tolerance) {
				t.Errorf("%s: y is off by %.2g of its size: %v, want %v", c.Name, off, got, want)
			}
			if c.Double {
				doubles = max(doubles, off)
			} else {
				floats = max(floats, off)
			}
		}
	}
	t.Logf("%d models; off by at most %.2g (networks in float32), %.2g (in float64) and %.2g (functions and derivatives)", len(cases), floats, doubles, functions)
}

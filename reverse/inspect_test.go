package reverse

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/golden"
)

// everything has an operation of every kind, and names that need care.
func everything(x []Var) []Var {
	odd := ad.NewOp(&ad.Func{Name: "a \"b\" \\n\nc\t<d>|{e}", Value: math.Sin, Slope: func(x, _ float64) float64 { return math.Cos(x) }})
	c := ad.Const[Var]
	y := x[0].Apply(odd).Mul(x[1]).Neg().Div(c(2))
	z := x[0].Sub(y).IfPos(y, c(4)).Add(x[1])
	u := ad.Dot([]Var{x[0], y}, []Var{z, c(3)}).Mul(ad.Sum([]Var{x[1], c(1), y}))
	v := ad.Dot([]Var{c(1), c(2)}, []Var{y, z})
	s := Var{value: nan}.IfPos(x[0], c(1))
	return []Var{ad.Hypot(u, c(2)), z.Mul(z), x[1], c(7), v.Sub(ad.LogSumExp(x)), s, z.Mul(z)}
}

// TestOps: the operations explain the function: each value is what its name and operands
// say, adjoints flow along slopes, and those of the inputs are the gradient.
func TestOps(t *testing.T) {
	f := Record(everything, 3)
	w := []float64{1, 2, 3, 4, 5, 0, -1}
	names := make(map[string]int)
	for _, x := range [][]float64{{0.5, 2, 3}, {3, -1, 0.25}} {
		var ops []Operation
		for i, op := range f.Ops(x, w...) {
			if op.Name != "constant" && i != len(ops) {
				t.Fatalf("operation %d has the index %d", len(ops), i)
			}
			ops = append(ops, op)
		}
		values, results := f.Eval(x), 0
		adjoint := make([]float64, len(ops))
		for i, op := range slices.Backward(ops) {
			for _, k := range op.Results {
				results++
				adjoint[i] += w[k]
				if golden.ULP(values[k], op.Value) != 0 {
					t.Errorf("result %d is %v, its operation has %v", k, values[k], op.Value)
				}
			}
			names[op.Name]++
			if op.Name == "constant" {
				continue
			}
			if golden.ULP(op.Adjoint, adjoint[i]) != 0 && !(math.Abs(op.Adjoint-adjoint[i]) <= 1e-12) {
				t.Errorf("#%d %s has the adjoint %v, want %v", i, op.Name, op.Adjoint, adjoint[i])
			}
			if want := meaning(op); golden.ULP(op.Value, want) != 0 {
				t.Errorf("#%d %s of %v is %v, want %v", i, op.Name, op.Operands, op.Value, want)
			}
			for _, o := range op.Operands {
				if o.Index < 0 {
					if o.Slope != 0 {
						t.Errorf("#%d %s has the slope %v in a constant", i, op.Name, o.Slope)
					}
					continue
				}
				if o.Index >= i || golden.ULP(ops[o.Index].Value, o.Value) != 0 {
					t.Errorf("#%d %s has the operand %v of value %v", i, op.Name, o, o.Value)
				}
				if adjoint[i] != 0 {
					adjoint[o.Index] += adjoint[i] * o.Slope
				}
			}
		}
		if results != 7 {
			t.Errorf("%d results, want 7", results)
		}
		for i, want := range VJP(everything, x, w) {
			if got := ops[i].Adjoint; ops[i].Name != "input" || !(math.Abs(got-want) <= 1e-12) {
				t.Errorf("input %d has the adjoint %v, want %v", i, got, want)
			}
		}
	}
	for _, name := range []string{"input", "constant", "add", "sub", "mul", "div", "neg", "square", "choose", "nan", "hypot", "dot", "sum", "logsumexp"} {
		if names[name] == 0 {
			t.Errorf("no operation has the name %s: %v", name, names)
		}
	}
}

// meaning computes an operation from its operands; of functions with a name of their own
// it believes the value.
func meaning(op Operation) float64 {
	var v []float64
	for _, o := range op.Operands {
		v = append(v, o.Value)
	}
	switch op.Name {
	case "add":
		return v[0] + v[1]
	case "sub":
		return v[0] - v[1]
	case "mul":
		return v[0] * v[1]
	case "div":
		return v[0] / v[1]
	case "neg":
		return -v[0]
	case "square":
		return v[0] * v[0]
	case "choose":
		if v[0] > 0 {
			return v[1]
		}
		return v[2]
	case "nan":
		return nan
	case "sum":
		return sumOf(v)
	case "dot":
		sum := 0.0
		for i := range len(v) / 2 {
			sum += float64(v[i] * v[i+len(v)/2]) // not fused
		}
		return sum
	}
	return op.Value
}

func sumOf(v []float64) (sum float64) {
	for _, v := range v {
		sum += v
	}
	return sum
}

// TestOpsEnds: an iteration may be left, weights are ones by default and must fit, and
// functions that cannot be replayed have no operations.
func TestOpsEnds(t *testing.T) {
	f := Record(medley, 3)
	x := []float64{1, 2, 3}
	for i, op := range f.Ops(x) {
		if f.Eval(x); i == 2 { // replays within
			if want := VJP(medley, x, []float64{1, 1, 1, 1})[2]; math.Abs(op.Adjoint-want) > 1e-12*math.Abs(want) {
				t.Errorf("adjoint %v, want %v", op.Adjoint, want)
			}
			break
		}
	}
	func() {
		defer func() {
			if got, want := fmt.Sprint(recover()), "reverse.Func.Ops: w has length 2, want 4"; got != want {
				t.Errorf("panic %q, want %q", got, want)
			}
		}()
		for range f.Ops(x, 1, 2) {
		}
	}()
	unfit := Record(func(x []Var) Var { return Var{value: x[0].Float()} }, 3)
	for range unfit.Ops(x) {
		t.Error("an unfit function has operations")
	}
	var out bytes.Buffer
	if err := [2]error{unfit.WriteText(&out, x), unfit.WriteDOT(&out, x)}; err != [2]error{Floated, Floated} || out.Len() > 0 {
		t.Errorf("errors %v, and %q", err, out.String())
	}
	if ops, bytes := unfit.Size(); ops != 0 || bytes != 0 || unfit.Savings() != (Savings{}) {
		t.Error("an unfit function has a size")
	}
	if _, bytes := f.Size(); bytes < 100_000 || bytes > 1_000_000 {
		t.Errorf("%d bytes, a chunk of the tape has 144 kB", bytes)
	}
}

// TestWriteText: a line for every operation, whatever the names.
func TestWriteText(t *testing.T) {
	f, x := Record(everything, 3), []float64{0.5, 2, 3}
	n := 0
	for range f.Ops(x) {
		n++
	}
	var out bytes.Buffer
	if err := f.WriteText(&out, x); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(out.String(), "\n"), "\n")
	if len(lines) != n+1 {
		t.Errorf("%d lines for %d operations:\n%s", len(lines), n, out.String())
	}
	at := strings.Index(lines[0], "operation")
	for _, line := range lines[1:] {
		if line[at-1] != ' ' || line[at] == ' ' {
			t.Errorf("not aligned: %q", line)
		}
	}
	want := errors.New("full")
	if err := f.WriteText(failing{want}, x); err != want {
		t.Errorf("error %v", err)
	}
	if err := f.WriteDOT(failing{want}, x); err != want {
		t.Errorf("error %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestWriteDOT holds the graph against the grammar that Graphviz has, and shows it to dot
// where there is one.
func TestWriteDOT(t *testing.T) {
	f, x := Record(everything, 3), []float64{0.5, 2, 3}
	var out bytes.Buffer
	if err := f.WriteDOT(&out, x); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	if !strings.HasPrefix(text, "digraph f {\n") || !strings.HasSuffix(text, "}\n") {
		t.Errorf("text %s", text)
	}
	if want := `#3 a \"b\" \\n c <d>|{e}\n`; !strings.Contains(text, want) {
		t.Errorf("no %s in\n%s", want, text)
	}
	nodes, edges := 0, 0
	for i, op := range f.Ops(x) {
		nodes += 1 + len(op.Results)
		edges += len(op.Operands) + len(op.Results)
		for _, o := range op.Operands {
			if o.Index < 0 {
				nodes++
			} else if !strings.Contains(text, fmt.Sprintf("\tn%d -> n%d [label=", o.Index, i)) {
				t.Errorf("no edge from %d to %d", o.Index, i)
			}
		}
	}
	if got := strings.Count(text, "[shape="); got != nodes {
		t.Errorf("%d nodes, want %d", got, nodes)
	}
	if got := strings.Count(text, " -> "); got != edges {
		t.Errorf("%d edges, want %d", got, edges)
	}
	dot, err := exec.LookPath("dot")
	if err != nil {
		return
	}
	c := exec.Command(dot, "-Tsvg")
	c.Stdin = strings.NewReader(text)
	var problems bytes.Buffer
	c.Stderr = &problems
	svg, err := c.Output()
	if err != nil || !strings.Contains(string(svg), "a &quot;b&quot; \\n c &lt;d&gt;|{e}") {
		t.Errorf("dot: %v %s\n%s", err, problems.String(), text)
	}
}

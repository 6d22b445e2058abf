package compare

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// A fault is a change of the source that breaks a mechanism. The code at a place,
// which occurs once in the file, gets other code in front of it or behind it.
type fault struct {
	method    string
	file      string // from the module's root
	mechanism string
	at        string
	before    string
	after     string
	run       string // the part of the main job that has to see it
}

// faults has at least one fault for every mechanism of every method.
var faults = []fault{
	{"dual", "dual/number.go", "product rule", "z := Number{float64(x.v * y.v), x.t*y.v + x.v*y.t, x.tag | y.tag}", "", "z.t = x.t*y.v - x.v*y.t", "rule/"},
	{"dual", "dual/number.go", "quotient rule", "z := Number{v, (x.t - p) / y.v, x.tag | y.tag}", "", "z.t = (x.t - y.t) / y.v", "rule/"},
	{"dual", "dual/number.go", "chain rule", "return Number{y, f.Slope(x.v, y) * x.t, x.tag}", "return Number{y, f.Slope(x.v, y), x.tag}", "", "rule/|loss/"},
	{"dual", "dual/number.go", "second operand", "z.t = f.SlopeX(x.v, y.v, z.v)*x.t + f.SlopeY(x.v, y.v, z.v)*y.t", "", "z.t = f.SlopeX(x.v, y.v, z.v) * x.t", "elementary/(pow|hypot|atan2)$"},
	{"dual", "dual/number.go", "branch", "	case x.v > 0:\n", "", "return Number{v: a.v}", "rule/"},
	{"dual", "dual/number.go", "guard of a constant", "	if !y.IsConst() {\n		z.t += x.v * y.t", "if y.IsConst() { z.t += x.v * y.t }", "", "rule/"},
	{"dual", "dual/hyper.go", "second order: product rule", "	if z.plain() {\n", "z.e12 -= x.e2 * y.e1", "", "rule/"},
	{"dual", "dual/hyper.go", "second order: quotient rule", "z.e12 = (x.e12 - z.v*y.e12 - (z.e1*y.e2 + z.e2*y.e1)) / y.v", "", "z.e12 = (x.e12 - z.v*y.e12) / y.v", "rule/"},
	{"dual", "dual/hyper.go", "second order: cross term", "y.e12 = plus(y.e12, cross(f.Curve(x.v, y.v), x.e1, x.e2))", "return y", "", "elementary/(sin|exp)$"},
	{"dual", "dual/hyper.go", "second order: mixed derivative", "z.e12 = plus(z.e12, curve(f, f.CurveXY, x.e2, y.e1, x, y, z))", "return z", "", "elementary/(pow|hypot|atan2)$"},

	{"reverse", "reverse/var.go", "product rule", "c.edges[n%chunkLen] = edgePair{y.value, x.value, x.slot(), y.slot()}", "", "c.edges[n%chunkLen] = edgePair{x.value, y.value, x.slot(), y.slot()}", "rule/"},
	{"reverse", "reverse/var.go", "quotient rule", "	return recordBinary(program.Div, x, y, q, dx, dy)", "dy = -dy", "", "rule/"},
	{"reverse", "reverse/sweep.go", "chain rule", "adj[r.a] += a * r.da", "a = 1", "", "rule/"},
	{"reverse", "reverse/sweep.go", "lost accumulation", "adj[r.a] += a * r.da", "adj[r.a] = 0", "", "rule/|loss/"},
	{"reverse", "reverse/sweep.go", "stale adjoint", "	clear(s)\n", "return s", "", "rule/"},
	{"reverse", "reverse/sweep.go", "guard of an infinite slope", "if (r.da-r.da)+(r.db-r.db) != 0 {", "if true { continue }", "", "rule/"},
	{"reverse", "reverse/sweep.go", "many operands", "adj[k] += a * s", "a = 1", "", "vector/"},
	{"reverse", "reverse/nary.go", "a list of operands left out", "			live = true\n", "", "live = false", "vector/|rule/"},
	{"reverse", "reverse/tangent.go", "tangent of the second operand", "dst[i] = r.da*tan[r.a] + r.db*tan[r.b]", "", "dst[i] = r.da * tan[r.a]", "rule/"},
	{"reverse", "reverse/second.go", "second order: rate of a product", "ra, rb = tan[r.b], tan[r.a]", "", "ra, rb = tan[r.a], tan[r.b]", "rule/"},
	{"reverse", "reverse/second.go", "second order: rate of a quotient", "		b := t.value(r.b)\n", "if true { return 0, 0 }", "", "rule/"},
	{"reverse", "reverse/second.go", "second order: rate of an adjoint", "dadj[r.a] += da*r.da + a*ra", "da = 0", "", "elementary/|rule/"},
	{"reverse", "reverse/second.go", "second order: rate of a dot product", "dadj[i] += da*sx[k] + a*dj", "dj = 0", "", "vector/"},
	{"reverse", "reverse/second.go", "second order: many operands", "	return slopes, operands, t.cx\n", "clear(t.cx)", "", "vector/"},
	{"reverse", "reverse/second.go", "second order: mixed derivative", "			rb += t.along(xy, r.a)\n", "", "rb = 0", "elementary/(pow|hypot|atan2)$"},

	{"symbolic", "symbolic/forward.go", "forwards: product rule", "d[i] = a.with(a.times(wrap(s.args[1]))).plus(b.with(b.times(wrap(s.args[0]))))", "", "d[i] = a.with(a.times(wrap(s.args[0]))).plus(b.with(b.times(wrap(s.args[1]))))", "rule/"},
	{"symbolic", "symbolic/forward.go", "forwards: quotient rule", "z := a.plus(b.with(b.times(wrap(s.node)).neg()))", "", "z = a.plus(b.with(b.times(wrap(s.node))))", "rule/"},
	{"symbolic", "symbolic/forward.go", "forwards: chain rule", "d[i] = a.with(a.times(slope(s.row, s.args[0])))", "", "d[i] = a.with(part{slope(s.row, s.args[0]), true})", "rule/"},
	{"symbolic", "symbolic/backward.go", "backwards: product rule", "to(s.a, z.times(wrap(s.args[1])))", "to(s.a, z.times(wrap(s.args[0]))); break", "", "rule/"},
	{"symbolic", "symbolic/backward.go", "backwards: quotient rule", "to(s.b, z.times(wrap(s.node).Div(wrap(s.args[1]))).neg())", "z = guarded{part: z.neg()}", "", "rule/"},
	{"symbolic", "symbolic/backward.go", "backwards: chain rule", "to(s.a, z.times(slope(s.row, s.args[0])))", "z.Expr = number(1)", "", "rule/|loss/"},
	{"symbolic", "symbolic/guarded.go", "backwards: lost accumulation", "	sum := guarded{part: part{z.settled().Add(y.settled()), true}}", "", "sum.Expr = y.settled()", "rule/"},
	{"symbolic", "symbolic/backward.go", "backwards: branch", "adj[s.c] = adj[s.c].plus(z.where(not(c)))", "c = number(0)", "", "rule/"},

	{"differences", "numeric/stencil.go", "stencil", "d, least := (hi-lo)/(2*h), change(y, hi, lo)", "", "d = (hi - y) / (2 * h)", "elementary/(sin|exp)$"},
	{"differences", "numeric/curve.go", "second order: stencil", "c.last.follow(&rows[0], (hi-lo)/(2*h), rounding(least, hi, lo)/(2*h))", "rows[0].d /= 2", "", "elementary/(sin|exp)$"},
	{"differences", "numeric/curve.go", "second order: mixed stencil", "c.last.follow(&rows[0], (pp-mm-(pm-mp))/(4*k), e/k)", "rows[0].d *= 2", "", "elementary/(pow|hypot)$"},
	{"differences", "numeric/table.go", "error estimate", "func (l limit) err() float64 {", "", "return 0", "elementary/(sin|exp)$"},
}

// TestFault builds the main job with switches for the faults and turns on one
// after the other: every one is found, and its method is named.
func TestFault(t *testing.T) {
	bin := faultyCrosscheck(t)
	outputs, errs := make([]string, len(faults)), make([]error, len(faults))
	var group sync.WaitGroup
	turn := make(chan bool, runtime.NumCPU())
	for i, f := range faults {
		group.Go(func() {
			turn <- true
			cmd := exec.Command(bin, "-run", f.run)
			cmd.Env = append(os.Environ(), fmt.Sprintf("FAULT=%d", i))
			out, err := cmd.CombinedOutput()
			outputs[i], errs[i] = string(out), err
			<-turn
		})
	}
	group.Wait()

	culprit := regexp.MustCompile(`(?m)DISAGREE at .*; culprit: (.*)$`)
	for i, f := range faults {
		var exit *exec.ExitError
		if !errors.As(errs[i], &exit) || exit.ExitCode() != 1 {
			t.Errorf("%s: %s: not caught: %v\n%s", f.file, f.mechanism, errs[i], outputs[i])
			continue
		}
		named := 0
		for _, m := range culprit.FindAllStringSubmatch(outputs[i], -1) {
			if m[1] != f.method {
				t.Errorf("%s: %s: the culprit is said to be %s", f.file, f.mechanism, m[1])
			}
			named++
		}
		if named == 0 {
			t.Errorf("%s: %s: caught, and nobody is named:\n%s", f.file, f.mechanism, outputs[i])
		}
		t.Logf("%-12s %-34s caught in %2d functions", f.method, f.mechanism, named)
	}
}

// faultyCrosscheck builds the main job from sources with all faults in them, each
// behind a switch: the environment variable FAULT is the index of the one that
// acts.
func faultyCrosscheck(t *testing.T) (bin string) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	replace := make(map[string]string) // files of the module by others
	substitute := func(file, source string) {
		name := filepath.Join(dir, strings.ReplaceAll(file, "/", "_"))
		if err := os.WriteFile(name, []byte(source), 0o666); err != nil {
			t.Fatal(err)
		}
		replace[filepath.Join(root, file)] = name
	}

	sources := make(map[string]string)
	for i, f := range faults {
		source, ok := sources[f.file]
		if !ok {
			data, err := os.ReadFile(filepath.Join(root, f.file))
			if err != nil {
				t.Fatal(err)
			}
			source = string(data)
		}
		if n := strings.Count(source, f.at); n != 1 {
			t.Fatalf("%s: %q occurs %d times", f.file, f.at, n)
		}
		code := f.at
		if f.before != "" {
			code = fmt.Sprintf("if fault == \"%d\" { %s }\n%s", i, f.before, code)
		}
		if f.after != "" {
			code = fmt.Sprintf("%s\nif fault == \"%d\" { %s }\n", code, i, f.after)
		}
		sources[f.file] = strings.Replace(source, f.at, code, 1)
	}
	for file, source := range sources {
		substitute(file, source)
		pkg := path.Dir(file)
		substitute(pkg+"/fault.go", "package "+path.Base(pkg)+"\n\nimport \"os\"\n\nvar fault = os.Getenv(\"FAULT\")\n")
	}

	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o666); err != nil {
		t.Fatal(err)
	}
	bin = filepath.Join(dir, "crosscheck")
	if out, err := exec.Command("go", "build", "-overlay", list, "-o", bin, "./crosscheck").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return bin
}

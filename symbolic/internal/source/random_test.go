package source

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var (
	randomPrograms = flag.Int("programs", 25, "random programs that TestRandom compiles and runs")
	randomFrom     = flag.Int("from", 0, "the number of the first of them")
)

// atOnce is how many programs are compiled together.
const atOnce = 250

// randomProgram draws a function of that name, with functions that it calls.
func randomProgram(t *rapid.T, name string) string {
	var b strings.Builder
	b.WriteString("package main\n\nimport \"math\"\n\nvar _ = math.Pi\n\n")
	var calls []call
	for i := range rapid.IntRange(0, 2).Draw(t, "helpers") {
		c := call{name: fmt.Sprintf("%sHelp%d", name, i), list: rapid.Bool().Draw(t, "list")}
		m := newMaker(t, &b, name, calls, scope{floats: []string{"u", "v"}})
		params := "u, v float64"
		if c.list {
			m.scope = scope{floats: []string{"u"}, lists: []string{"x"}}
			params = "x []float64, u float64"
		}
		m.left = 6
		m.writef("func %s(%s) float64 {\n", c.name, params)
		for range m.n(3) {
			m.statement()
		}
		m.writef("return math.Sin(u) + %s", m.expr(2))
		for _, v := range m.floats {
			m.writef(" - 0.5*%s", v)
		}
		m.writef("\n}\n\n")
		calls = append(calls, c)
	}
	m := newMaker(t, &b, name, calls, scope{floats: []string{"a", "b"}, states: []string{"n"}, lists: []string{"x", "s"}, written: []string{"s"}})
	result := "float64"
	if m.n(3) == 0 {
		m.named, result = "y", "(y float64)"
		m.floats = append(m.floats, "y")
	}
	numbers := ""
	if m.n(3) == 0 {
		numbers = ", p, q float64"
		m.floats = append(m.floats, "p", "q")
	}
	m.writef("func %s(x []float64%s) %s {\na, b := x[0], 0.5\ns := make([]float64, 3)\nn := 1\n", name, numbers, result)
	for i := range m.n(2) {
		sum := fmt.Sprintf("sum%d", i)
		m.sums = append(m.sums, sum)
		m.writef("%s := %s\n_ = %s\n", sum, m.pick("0.0", "x[1]", "math.Sin(x[2])"), sum)
		m.returns += m.pick(" + ", " - 0.5*", " + 2*") + sum
	}
	if m.n(5) == 0 { // not all of the returns read it
		m.result()
		text := strings.TrimSuffix(b.String(), "\n")
		at := strings.LastIndex(text, "\n")
		b.Reset()
		b.WriteString(text[:at+1] + "if x[0] > 1.9 {\n" + strings.TrimSuffix(text[at+1:], m.returns) + "\n}\n")
	}
	for range 2 + m.n(5) {
		m.statement()
	}
	m.writef("return a*b + s[0] - s[1]*s[2] + float64(n)")
	for _, v := range m.floats[2:] {
		m.writef(" + %s", v)
	}
	m.writef("%s\n}\n", m.returns)
	return b.String()
}

// TestRandom: generated code of random programs agrees with dual numbers and the tape on
// the generic form, and with differences where it is smooth, or the program is refused.
// Values are those of the program to the bit.
func TestRandom(t *testing.T) {
	n := *randomPrograms
	if testing.Short() {
		n = min(n, 5)
	}
	gen := rapid.Custom(func(t *rapid.T) string { return randomProgram(t, "NAME") })
	refused, reasons := 0, make(map[string]int)
	var total [3]int
	for from := 0; from < n; from += atOnce {
		files := make(map[string]string)
		var table strings.Builder
		taken := 0
		for i := from; i < min(from+atOnce, n); i++ {
			name := fmt.Sprintf("f%d", *randomFrom+i)
			text := strings.ReplaceAll(gen.Example(*randomFrom+i), "NAME", name)
			numbers := strings.Contains(text, ", p, q float64") // their second derivatives are refused
			second := i%4 == 0 && !numbers
			code, err := generated(name, text, second)
			var list Refusals
			if errors.As(err, &list) {
				refused++
				for _, r := range list {
					if !r.Pos.IsValid() || r.Reason == "" || r.Instead == "" {
						t.Errorf("%s: a refusal that does not say where and why: %v", name, r)
					}
				}
				reasons[list[0].Construct+": "+list[0].Reason]++
				continue
			} else if err != nil {
				t.Errorf("%s: %v\n%s", name, err, text)
				continue
			}
			taken++
			files[name+".go"], files[name+"_adgen.go"] = text, code
			if numbers {
				files[name+"_list.go"] = strings.ReplaceAll(listed, "NAME", name)
				name += "List"
			}
			table.WriteString(row(name, second))
		}
		files["judge.go"] = strings.Replace(judge, "TABLE", table.String(), 1)
		out := runVirtual(t, files)
		lines := strings.Split(strings.TrimSpace(out), "\n")
		var counts [3]int
		if _, err := fmt.Sscanf(lines[len(lines)-1], "%d programs, %d differences, %d second derivatives", &counts[0], &counts[1], &counts[2]); err != nil || counts[0] != taken {
			t.Errorf("%d programs were to run: %s", taken, out)
		}
		for _, line := range lines[:len(lines)-1] {
			name := strings.TrimSuffix(strings.Fields(line)[0], "List")
			t.Errorf("%s\n%s", line, files[name+".go"])
		}
		for i, c := range counts {
			total[i] += c
		}
	}
	t.Logf("%d programs: %d refused, %d gradients right at three points each, %d of them against differences, %d products of a Hessian", n, refused, total[0], total[1], total[2])
	for _, r := range sorted(reasons, func(s string) string { return s }) {
		t.Logf("%5d refused: %s", reasons[r], r)
	}
	if refused > 1+n/6 || total[1] < total[0] {
		t.Errorf("of %d programs %d were refused, and %d comparisons with differences made", n, refused, total[1])
	}
}

// listed are the forms of a function of a list and two numbers as those of a list.
const listed = `package main

import "github.com/quartet-ad/ad"

func NAMEList(x []float64) float64 { return NAME(x, x[0], x[1]) }

func NAMEListGrad(g, x []float64) float64 {
	y, p, q := NAMEGrad(g, x, x[0], x[1])
	g[0] += p
	g[1] += q
	return y
}

func NAMEListJVP(x, v []float64) (float64, float64) { return NAMEJVP(x, x[0], x[1], v, v[0], v[1]) }

func NAMEListGeneric[T ad.Ordered[T]](x []T) T { return NAMEGeneric(x, x[0], x[1]) }
`

// generated returns what is written for a function of that text.
func generated(name, text string, second bool) (string, error) {
	p, err := Parse(name+".go", text)
	if err != nil {
		return "", err
	}
	if len(p.bad) > 0 {
		return "", p.bad[0]
	}
	p.file = name + "_adgen.go"
	modes := Reverse | Forward | Generic
	if second {
		modes |= Second
	}
	code, err := p.Generate(modes, Request{Func: name})
	return string(code), err
}

// row is the line of the judge for a function.
func row(name string, second bool) string {
	hvp := "nil"
	if second {
		hvp = name + "HVP"
	}
	return fmt.Sprintf("{%[1]q, %[1]s, %[1]sGrad, %[1]sJVP, %[1]sGeneric[dual.Number], %[1]sGeneric[reverse.Var], %[2]s},\n", name, hvp)
}

// runVirtual runs a command of this module whose files are not on the disk of the module.
func runVirtual(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, here := t.TempDir(), "virtual"
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	replace := make(map[string]string)
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		replace[filepath.Join(wd, here, name)] = path
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(path, overlay, 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "run", "-overlay", path, "./"+here).CombinedOutput()
	if err != nil {
		t.Errorf("go run: %v\n%.4000s", err, out)
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if strings.Contains(string(out), name+":") {
				t.Errorf("%s\n%s", files[strings.Replace(name, "_adgen", "", 1)], files[name])
			}
		}
	}
	return string(out)
}

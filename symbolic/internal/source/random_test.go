package source

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var randomFrom = flag.Int("adgen.from", 0, "the number of the first of them")

var randomPrograms = flag.Int("adgen.programs", 25, "random programs that TestRandom compiles and runs")

// A maker writes a random function of the subset. Values stay small: what is assigned goes
// through bounded functions.
type maker struct {
	t      *rapid.T
	b      strings.Builder
	names  int
	floats []string // that can be assigned
	consts []string // that can be read only
	ints   []string // that are within 0 and 2
	depth  int
	loop   bool
	labels []string // of the loops around
	left   int      // statements that may still be written
}

func (m *maker) pick(list ...string) string { return rapid.SampledFrom(list).Draw(m.t, "pick") }
func (m *maker) n(max int) int              { return rapid.IntRange(0, max).Draw(m.t, "n") }
func (m *maker) fresh(like string) string   { m.names++; return fmt.Sprintf("%s%d", like, m.names) }

func (m *maker) atom() string {
	switch m.n(5) {
	case 0:
		return m.pick("0.5", "2", "-1", "0.3", "1.5")
	case 1:
		return "x[" + m.pick(append([]string{"0", "1", "2"}, m.ints...)...) + "]"
	case 2:
		return "s[" + m.pick(append([]string{"0", "1", "2"}, m.ints...)...) + "]"
	}
	return m.pick(append(m.consts, m.floats...)...)
}

func (m *maker) expr(depth int) string {
	if depth == 0 {
		return m.atom()
	}
	a := m.expr(depth - 1)
	switch m.n(13) {
	case 0, 1, 2:
		return "(" + a + m.pick(" + ", " - ") + m.expr(depth-1) + ")"
	case 3, 4:
		return a + "*" + m.expr(depth-1)
	case 5:
		return a + "/(2 + math.Cos(" + m.expr(depth-1) + "))"
	case 6:
		return "math." + m.pick("Sin", "Cos", "Tanh", "Atan", "Erf", "Asinh") + "(" + a + ")"
	case 7:
		return "math.Exp(-math.Abs(" + a + "))"
	case 8:
		return "math." + m.pick("Sqrt", "Log", "Cbrt") + "(1.5 + math.Sin(" + a + "))"
	case 9:
		return m.pick("max", "min", "math.Max", "math.Hypot", "math.Atan2") + "(" + a + ", 0.25+" + m.expr(depth-1) + ")"
	case 10:
		return "math.Pow(1.2+math.Sin(" + a + "), " + m.pick("2", "3", "0.5", m.atom()) + ")"
	case 11:
		return "helper(" + a + ", " + m.atom() + ")"
	case 12:
		return "-(" + a + ")"
	}
	return a
}

func (m *maker) bounded() string {
	return "math." + m.pick("Sin", "Tanh", "Atan") + "(" + m.expr(m.n(3)) + ")"
}

func (m *maker) condition() string {
	switch m.n(3) {
	case 0:
		return m.atom() + m.pick(" < ", " > ", " <= ", " >= ") + m.expr(1)
	case 1:
		return m.pick(append([]string{"n"}, m.ints...)...) + m.pick("%2 == 0", " > 1", " < 1")
	case 2:
		return "!(" + m.atom() + " < 0.1) " + m.pick("&&", "||") + " n > 0"
	}
	return m.atom() + " > 0"
}

func (m *maker) block(size int, first ...string) {
	m.b.WriteString("{\n" + strings.Join(first, "\n"))
	f, c, i := len(m.floats), len(m.consts), len(m.ints)
	m.depth++
	for range 1 + m.n(size) {
		m.statement()
	}
	m.depth--
	for _, name := range m.floats[f:] { // everything is used
		fmt.Fprintf(&m.b, "a += 0.1 * %s\n", name)
	}
	m.floats, m.consts, m.ints = m.floats[:f], m.consts[:c], m.ints[:i]
	m.b.WriteString("}\n")
}

func (m *maker) statement() {
	if m.left--; m.left < 0 {
		fmt.Fprintf(&m.b, "a = %s\n", m.bounded())
		return
	}
	index := m.pick(append([]string{"0", "1", "2"}, m.ints...)...)
	kind := m.n(16)
	if m.depth > 3 && kind >= 8 {
		kind %= 8
	}
	switch kind {
	case 0:
		v := m.fresh("v")
		fmt.Fprintf(&m.b, "%s := %s\n", v, m.bounded())
		m.floats = append(m.floats, v)
	case 1, 2:
		fmt.Fprintf(&m.b, "%s = %s\n", m.pick(m.floats...), m.bounded())
	case 3:
		fmt.Fprintf(&m.b, "%s %s 0.3*%s\n", m.pick(m.floats...), m.pick("+=", "-="), m.bounded())
	case 4:
		fmt.Fprintf(&m.b, "%s %s 1.1+0.3*%s\n", m.pick(m.floats...), m.pick("*=", "/="), m.bounded())
	case 5:
		fmt.Fprintf(&m.b, "s[%s] = %s\n", index, m.bounded())
	case 6:
		fmt.Fprintf(&m.b, "s[%s] %s %s\n", index, m.pick("+=", "-=", "*="), m.bounded())
	case 7:
		fmt.Fprintf(&m.b, "%s, s[%s] = s[%s], 0.5*%s\n", m.pick(m.floats...), index, index, m.bounded())
	case 8, 9:
		fmt.Fprintf(&m.b, "if %s ", m.condition())
		m.block(2)
		for m.n(3) == 0 {
			m.unline()
			fmt.Fprintf(&m.b, " else if %s ", m.condition())
			m.block(2)
		}
		if m.n(1) == 0 {
			m.unline()
			m.b.WriteString(" else ")
			m.block(2)
		}
	case 10:
		i := m.fresh("i")
		label := m.label()
		fmt.Fprintf(&m.b, "for %s ", m.pick(i+" := 0; "+i+" < 3; "+i+"++", i+" := range x", i+" := 2; "+i+" >= 0; "+i+"--", i+" := range 3", i+" := 1; "+i+" <= 2; "+i+"++"))
		m.inLoop(func() { m.ints = append(m.ints, i); m.block(3, label, "a += 0.01 * float64("+i+")\n") })
		m.ints, m.labels = m.ints[:len(m.ints)-1], m.labels[:len(m.labels)-1]
	case 11:
		i, v := m.fresh("i"), m.fresh("v")
		label := m.label()
		fmt.Fprintf(&m.b, "for %s, %s := range %s ", i, v, m.pick("x", "s", "x[:2]"))
		m.inLoop(func() {
			m.ints, m.consts = append(m.ints, i), append(m.consts, v)
			m.block(3, label, "a += 0.01 * "+v+" * float64("+i+")\n")
		})
		m.labels = m.labels[:len(m.labels)-1]
		m.ints, m.consts = m.ints[:len(m.ints)-1], m.consts[:len(m.consts)-1]
	case 12:
		k := m.fresh("k")
		fmt.Fprintf(&m.b, "%s := 3\nfor %s > 0 && %s < 9 ", k, k, m.atom())
		m.inLoop(func() { m.block(3, k+"--\n") })
	case 13:
		fmt.Fprintf(&m.b, "if %s {\nreturn %s\n}\n", m.condition(), m.expr(2))
	case 14, 15:
		if m.loop {
			fmt.Fprintf(&m.b, "if %s {\n%s = %s\n%s\n}\n", m.condition(), m.pick(m.floats...), m.bounded(), m.pick("break", "continue")+m.pick(append([]string{""}, m.labels...)...))
			if m.n(1) == 0 {
				m.unline()
				m.b.WriteString(" else ")
				m.block(1)
			}
			return
		}
		fmt.Fprintf(&m.b, "switch n {\ncase 0:\na = %s\ncase 1, 2:\nb -= %s\ndefault:\ns[0] = %s\n}\n", m.bounded(), m.bounded(), m.bounded())
	case 16:
		m.b.WriteString(m.pick("n = (n + 1) % 4\n", "copy(s, x[1:])\n", "clear(s)\n"))
	}
}

// label writes a label, and returns a statement that uses it.
func (m *maker) label() string {
	name := m.fresh("loop")
	m.labels = append(m.labels, " "+name)
	fmt.Fprintf(&m.b, "%s:\n", name)
	return "if a > 90 {\nbreak " + name + "\n}"
}

// unline takes back the end of the line, for else.
func (m *maker) unline() {
	text := strings.TrimSuffix(m.b.String(), "\n")
	m.b.Reset()
	m.b.WriteString(text)
}

func (m *maker) inLoop(body func()) {
	old := m.loop
	m.loop = true
	body()
	m.loop = old
}

// randomFunction draws a function of that name.
func randomFunction(t *rapid.T, name string) string {
	m := &maker{t: t, floats: []string{"a", "b"}, ints: []string{}, left: 25}
	fmt.Fprintf(&m.b, "func %s(x []float64) float64 {\na, b := x[0], 0.5\ns := make([]float64, 3)\nn := 1\n", name)
	for range 2 + m.n(5) {
		m.statement()
	}
	m.b.WriteString("return a*b + s[0] - s[1]*s[2] + float64(n)")
	for _, v := range m.floats[2:] {
		m.b.WriteString(" + " + v)
	}
	m.b.WriteString("\n}\n")
	return m.b.String()
}

const randomHead = "package main\n\nimport \"math\"\n\nfunc helper(u, v float64) float64 {\nif u < v {\nreturn u * v\n}\nreturn math.Sin(u) - v\n}\n\n"

// TestRandom: generated code of random programs agrees with dual numbers and the tape on
// the generic form, or the program is refused. Values are those of the program to the bit.
func TestRandom(t *testing.T) {
	n := *randomPrograms
	if testing.Short() {
		n = min(n, 5)
	}
	gen := rapid.Custom(func(t *rapid.T) string { return randomFunction(t, "NAME") })
	var text strings.Builder
	text.WriteString(randomHead)
	var requests []Request
	for i := range n {
		name := fmt.Sprintf("f%d", i)
		text.WriteString(strings.ReplaceAll(gen.Example(*randomFrom+i), "NAME", name) + "\n")
		requests = append(requests, Request{Func: name})
	}
	p, err := Parse("main.go", text.String())
	if err != nil {
		t.Fatal(err)
	}
	code, err := p.Generate(Reverse|Forward|Generic, requests...)
	if err != nil {
		t.Fatalf("%v\n%s", err, text.String())
	}
	var table strings.Builder
	for _, r := range requests {
		f := r.Func
		fmt.Fprintf(&table, "{%q, %s, %sGrad, %sJVP, %sGeneric[dual.Number], %sGeneric[reverse.Var]},\n", f, f, f, f, f, f)
	}
	out := runVirtual(t, map[string]string{"main.go": text.String(), "main_adgen.go": string(code), "judge.go": strings.Replace(judge, "TABLE", table.String(), 1)})
	if want := fmt.Sprintf("%d programs\n", n); out != want {
		t.Errorf("%s", out)
		os.WriteFile(filepath.Join(os.TempDir(), "adgen_random.go"), []byte(text.String()), 0o666)
	}
}

// runVirtual runs a command of this module whose files are not on the disk of the module.
func runVirtual(t *testing.T, files map[string]string) string {
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
	overlay, _ := json.Marshal(map[string]any{"Replace": replace})
	path := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(path, overlay, 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "run", "-overlay", path, "./"+here).CombinedOutput()
	if err != nil {
		t.Fatalf("go run: %v\n%.4000s", err, out)
	}
	return string(out)
}

const judge = `package main

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/reverse"
)

var programs = []struct {
	name string
	f    func(x []float64) float64
	grad func(g, x []float64) float64
	jvp  func(x, v []float64) (float64, float64)
	dual func(x []dual.Number) dual.Number
	tape func(x []reverse.Var) reverse.Var
}{
TABLE}

func main() {
	for _, p := range programs {
		for _, x := range [][]float64{{0.3, -0.7, 1.1}, {-1.2, 0.4, 0.05}, {2, 2, -0.5}} {
			y, g := p.f(x), []float64{7, 7, 7}
			if got := p.grad(g, x); got != y && (got == got || y == y) {
				fmt.Printf("%s at %v: value %v, want %v\n", p.name, x, got, y)
			}
			d, r := dual.Gradient(p.dual, x), reverse.Gradient(p.tape, x)
			scale := 1.0
			for i := range d {
				scale = math.Max(scale, math.Abs(d[i]))
			}
			var dots [3]float64
			for i := range dots {
				v := make([]float64, 3)
				v[i] = 1
				_, dots[i] = p.jvp(x, v)
			}
			for i := range d {
				if !(math.Abs(g[i]-d[i]) <= 1e-11*scale) || !(math.Abs(g[i]-r[i]) <= 1e-11*scale) || !(math.Abs(dots[i]-d[i]) <= 1e-11*scale) {
					fmt.Printf("%s at %v: gradient %v, JVP %v, dual %v, reverse %v\n", p.name, x, g, dots, d, r)
					break
				}
			}
		}
	}
	fmt.Printf("%d programs\n", len(programs))
}
`

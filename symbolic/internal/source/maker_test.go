package source

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// A maker writes a random function of the subset. Values stay small: what is assigned goes
// through bounded functions. All lists have three elements.
type maker struct {
	t       *rapid.T
	b       *strings.Builder
	prefix  string // of the names of all functions of a program
	names   int
	scope          // what can be named
	calls   []call // functions of the package
	sums    []string
	depth   int
	loop    bool
	inCase  bool     // a break leaves a switch
	fixed   bool     // calls are refused here
	labels  []string // of the loops around
	left    int      // statements that may still be written
	named   string   // the result, if it has a name
	returns string   // what every return adds, of accumulators
}

// A scope has the names of a block.
type scope struct {
	floats  []string // that can be assigned
	consts  []string // that can be read only
	ints    []string // that are within 0 and 2, and are read only
	states  []string // that are within 0 and 2, and can be assigned
	flags   []string
	lists   []string // that can be read
	written []string // that can be written
}

// A call is a function of the package: of a slice, if it is one, and numbers.
type call struct {
	name string
	list bool
}

// newMaker returns a maker of a function over some names.
func newMaker(t *rapid.T, b *strings.Builder, prefix string, calls []call, known scope) *maker {
	return &maker{t: t, b: b, prefix: prefix, calls: calls, scope: known, left: 25}
}

func (m *maker) pick(list ...string) string { return rapid.SampledFrom(list).Draw(m.t, "pick") }
func (m *maker) n(max int) int              { return rapid.IntRange(0, max).Draw(m.t, "n") }
func (m *maker) fresh(like string) string   { m.names++; return fmt.Sprintf("%s%d", like, m.names) }

func (m *maker) writef(format string, args ...any) { fmt.Fprintf(m.b, format, args...) }

// counted returns names that are within 0 and 2.
func (m *maker) counted() []string {
	return append(append([]string{"0", "1", "2"}, m.ints...), m.states...)
}

// index is an integer within 0 and 2.
func (m *maker) index() string {
	i := m.pick(m.counted()...)
	switch m.n(7) {
	case 0:
		return "2-" + i
	case 1:
		return "(" + i + "+" + m.pick(m.counted()...) + ")%3"
	case 2:
		return i + "*" + m.pick(m.counted()...) + "%3"
	}
	return i
}

func (m *maker) atom() string {
	switch m.n(5) {
	case 0:
		return m.pick("0.5", "2", "-1", "0.3", "1.5", "1.0/3", "math.Pi", "1e-3")
	case 1, 2:
		if len(m.lists) > 0 {
			return m.pick(m.lists...) + "[" + m.index() + "]"
		}
	}
	return m.pick(append(m.consts, m.floats...)...)
}

// within are expressions of an operand that is within -1 and 1, and of one that is not.
var within = strings.Split(`math.Exp(%s) math.Exp2(%s) math.Expm1(%s) math.Sinh(%s) math.Cosh(%s) math.Log(1.5+%s) math.Log2(1.5+%s) math.Log10(2+%s) math.Log1p(0.5*%s)`+
	` math.Sqrt(1.5+%s) math.Cbrt(2+%s) math.Tan(0.5*%s) math.Asin(0.5*%s) math.Acos(0.5*%s) math.Atanh(0.5*%s) math.Acosh(2.5+%s) math.Gamma(2+%s)`, " ")

var anywhere = strings.Split(`math.Sin(%s) math.Cos(%s) math.Tanh(%s) math.Atan(%s) math.Erf(%s) math.Erfc(%s) math.Asinh(%s) math.Abs(%s) math.Floor(%s) math.Ceil(%s)`+
	` math.Trunc(%s) math.Round(%s) math.RoundToEven(%s) math.Mod(%s,1.7) float64(%s) (+(%s)) (-(%s)) math.Exp(-math.Abs(%s)) 1/(2+math.Cos(%s))`, " ")

func (m *maker) expr(depth int) string {
	if depth == 0 {
		return m.atom()
	}
	a := m.expr(depth - 1)
	switch m.n(14) {
	case 0, 1, 2:
		return "(" + a + m.pick(" + ", " - ") + m.expr(depth-1) + ")"
	case 3, 4:
		return a + "*" + m.expr(depth-1)
	case 5:
		return a + "/(2 + math.Cos(" + m.expr(depth-1) + "))"
	case 6, 7:
		return strings.Replace(m.pick(anywhere...), "%s", a, 1)
	case 8, 9:
		return strings.Replace(m.pick(within...), "%s", m.pick("math.Sin", "math.Cos", "math.Tanh")+"("+a+")", 1)
	case 10:
		return m.pick("max", "min", "math.Max", "math.Min", "math.Hypot", "math.Atan2", "math.Copysign") + "(" + a + ", 0.25+" + m.expr(depth-1) + ")"
	case 11:
		return "math.Pow(1.2+math.Sin(" + a + "), " + m.pick("2", "3", "0.5", "-1", m.atom()) + ")"
	case 12:
		return m.pick("max", "min") + "(" + a + ", " + m.atom() + ", 0.4)"
	case 13:
		return m.called(a)
	}
	return a
}

// called is a call of a function of the package.
func (m *maker) called(a string) string {
	if len(m.calls) == 0 || m.fixed && m.n(19) > 0 {
		return "(" + a + ")*0.9"
	}
	c := rapid.SampledFrom(m.calls).Draw(m.t, "call")
	if !c.list {
		return c.name + "(" + a + ", " + m.atom() + ")"
	}
	if len(m.lists) == 0 {
		return "(" + a + ")*1.1"
	}
	return c.name + "(" + m.pick(noArrays(m.lists)...) + ", " + a + ")"
}

// noArrays leaves arrays out of a list of names.
func noArrays(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name[0] == 'w' })
}

func (m *maker) bounded() string {
	return "math." + m.pick("Sin", "Tanh", "Atan") + "(" + m.expr(m.n(3)) + ")"
}

func (m *maker) condition() string {
	switch m.n(5) {
	case 0:
		return m.atom() + m.pick(" < ", " > ", " <= ", " >= ", " != ") + m.expr(1)
	case 1:
		return m.pick(append(m.counted()[3:], "3")...) + m.pick("%2 == 0", " > 1", " < 1")
	case 2:
		return "!(" + m.atom() + " < 0.1) " + m.pick("&&", "||") + " " + m.pick(m.counted()...) + " > 0"
	case 3:
		if len(m.flags) > 0 {
			return m.pick("", "!") + m.pick(m.flags...)
		}
	}
	return m.atom() + m.pick(" > 0", " < 0.5")
}

// quiet is a condition without calls.
func (m *maker) quiet() string {
	old := m.fixed
	m.fixed = true
	defer func() { m.fixed = old }()
	return m.condition()
}

// block writes a block that begins with some lines.
func (m *maker) block(size int, first ...string) {
	m.writef("{\n%s", strings.Join(first, "\n"))
	old := m.scope
	m.depth++
	for range 1 + m.n(size) {
		m.statement()
	}
	m.depth--
	for _, name := range m.floats[len(old.floats):] { // everything is used
		m.writef("%s += 0.1 * %s\n", m.floats[0], name)
	}
	m.scope = old
	m.writef("}\n")
}

// unline takes back the end of the line, for else.
func (m *maker) unline() {
	text := strings.TrimSuffix(m.b.String(), "\n")
	m.b.Reset()
	m.b.WriteString(text)
}

// inLoop writes the body of a loop, in which some names are known.
func (m *maker) inLoop(ints, consts []string, body func()) {
	old, loop, inCase := m.scope, m.loop, m.inCase
	m.loop, m.inCase = true, false
	m.ints = append(m.ints[:len(m.ints):len(m.ints)], ints...)
	m.consts = append(m.consts[:len(m.consts):len(m.consts)], consts...)
	body()
	m.scope, m.loop, m.inCase = old, loop, inCase
}

// result writes a return.
func (m *maker) result() {
	if m.named != "" && m.n(1) == 0 {
		m.writef("%s += %s\nreturn\n", m.named, m.expr(1)+m.returns)
		return
	}
	m.writef("return %s%s\n", m.expr(2), m.returns)
}

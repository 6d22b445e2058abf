package source

import (
	"fmt"
	"strings"
)

// statement writes a random statement.
func (m *maker) statement() {
	if m.left--; m.left < 0 {
		m.writef("%s = %s\n", m.floats[0], m.bounded())
		return
	}
	kinds := []func(*maker){
		(*maker).declares, (*maker).declares, (*maker).assigns, (*maker).assigns, (*maker).assigns, (*maker).updates, (*maker).updates,
		(*maker).element, (*maker).element, (*maker).element, (*maker).swaps, (*maker).integer, (*maker).accumulates,
	}
	if m.depth <= 3 {
		kinds = append(kinds, (*maker).lists1, (*maker).branches, (*maker).branches, (*maker).branches, (*maker).counts, (*maker).counts, (*maker).ranges, (*maker).ranges,
			(*maker).while, (*maker).returning, (*maker).jumps, (*maker).jumps, (*maker).switches, (*maker).nests, (*maker).maximum, (*maker).poisons, (*maker).guards, (*maker).sorts)
	}
	kinds[m.n(len(kinds)-1)](m)
}

// declares writes a new variable.
func (m *maker) declares() {
	v := m.fresh("v")
	switch m.n(7) {
	case 0:
		m.writef("var %s float64\n", v)
	case 1:
		m.writef("var %s float64 = %s\n", v, m.bounded())
	case 2:
		u := m.fresh("v")
		m.writef("%s, %s := %s, %s\n_ = %s\n", u, v, m.bounded(), m.bounded(), u)
		m.floats = append(m.floats, u)
	case 3:
		c := m.fresh("c")
		m.writef("%s, %s := math.Sincos(%s)\n_ = %s\n", v, c, m.expr(1), c)
		m.floats = append(m.floats, c)
	case 4:
		m.writef("%s, _ := math.Lgamma(1.7+math.Sin(%s))\n", v, m.expr(1))
	case 5:
		f := m.fresh("up")
		m.writef("%s := %s%%2 == 1\n_ = %s\n%s := %s\n", f, m.pick(m.counted()...), f, v, m.bounded())
		m.flags = append(m.flags[:len(m.flags):len(m.flags)], f)
	default:
		m.writef("%s := %s\n", v, m.bounded())
	}
	m.floats = append(m.floats[:len(m.floats):len(m.floats)], v)
}

func (m *maker) assigns() { m.writef("%s = %s\n", m.pick(m.floats...), m.bounded()) }

func (m *maker) updates() {
	v := m.pick(m.floats...)
	switch m.n(4) {
	case 0, 1:
		m.writef("%s %s 0.3*%s\n", v, m.pick("+=", "-="), m.bounded())
	case 2:
		m.writef("%s %s 1.1+0.3*%s\n", v, m.pick("*=", "/="), m.bounded())
	case 3:
		m.writef("%s = math.Sin(%s)%s%s\n", v, v, m.pick("+", "-", "*"), m.bounded())
	case 4:
		m.writef("%s = %s\n", v, m.atom())
	}
}

// element writes an assignment to an element.
func (m *maker) element() {
	if len(m.written) == 0 {
		m.assigns()
		return
	}
	at := m.pick(m.written...) + "[" + m.index() + "]"
	switch m.n(5) {
	case 0, 1:
		m.writef("%s = %s\n", at, m.bounded())
	case 2:
		m.writef("%s %s %s\n", at, m.pick("+=", "-=", "*="), m.bounded())
	case 3:
		m.writef("%s /= 1.5 + 0.5*%s\n", at, m.bounded())
	case 4:
		m.writef("%s = %s*%s\n", at, at, m.bounded())
	case 5:
		m.writef("%s = %s\n", at, m.atom())
	}
}

// swaps writes an assignment to two places at once.
func (m *maker) swaps() {
	places := append([]string(nil), m.floats...)
	for _, l := range m.written {
		places = append(places, l+"["+m.pick("0", "1", "2")+"]", l+"["+m.index()+"]")
	}
	a, b := m.pick(places...), m.pick(places...)
	if m.n(1) == 0 {
		m.writef("%s, %s = %s, %s\n", a, b, b, a)
	} else {
		m.writef("%s, %s = %s, 0.5*%s\n", a, b, b, m.bounded())
	}
}

// integer writes what changes integers and flags.
func (m *maker) integer() {
	switch {
	case len(m.flags) > 0 && m.n(2) == 0:
		f := m.pick(m.flags...)
		m.writef("%s = %s\n", f, m.pick("!"+f, m.pick(m.counted()...)+" > 0"))
	case len(m.states) > 0:
		k := m.pick(m.states...)
		m.writef("%s = %s\n", k, m.pick("("+k+" + 1) % 3", m.index(), "2 - "+k))
	default:
		k := m.fresh("k")
		m.writef("%s := %s\n_ = %s\n", k, m.index(), k)
		m.states = append(m.states[:len(m.states):len(m.states)], k)
	}
}

// accumulates adds to a variable that only returns read.
func (m *maker) accumulates() {
	if len(m.sums) == 0 {
		m.updates()
		return
	}
	m.writef("%s %s %s\n", m.pick(m.sums...), m.pick("+=", "-="), m.expr(m.n(2)))
}

// lists1 writes a new list, or what changes a whole one.
func (m *maker) lists1() {
	if len(noArrays(m.written)) == 0 {
		m.declares()
		return
	}
	q, from := m.fresh("q"), m.lists[0]
	switch m.n(7) {
	case 0:
		m.writef("%s := make([]float64, 3)\n", q)
	case 1:
		m.writef("%s := []float64{%s, %s, %s}\n", q, m.bounded(), m.atom(), m.atom())
	case 2:
		m.writef("var %s [3]float64\n", "w"+q)
		q = "w" + q
	case 3:
		m.writef("%s := append([]float64(nil), %s...)\n", q, from)
	case 4:
		m.writef("%s := %s[0:%s]\n_ = %s\n", q, m.pick(from, m.pick(noArrays(m.lists)...)), m.pick("3", "len("+from+")"), q)
		m.lists = append(m.lists[:len(m.lists):len(m.lists)], q)
		return
	case 5:
		m.writef("copy(%s, %s)\n", m.pick(noArrays(m.written)...), m.pick(from, from+"[1:]", m.pick(noArrays(m.lists)...)))
		return
	case 6:
		m.writef("clear(%s)\n", m.pick(noArrays(m.written)...))
		return
	case 7:
		m.writef("%s := %s[%s:]\n_ = %s\nif len(%s) > 1 {\n%s += %s[1]\n}\n", q, from, m.index(), q, q, m.floats[0], q)
		return
	}
	m.writef("_ = %s\n", q)
	m.lists = append(m.lists[:len(m.lists):len(m.lists)], q)
	m.written = append(m.written[:len(m.written):len(m.written)], q)
}

func (m *maker) branches() {
	if m.n(4) == 0 {
		v := m.fresh("v")
		m.writef("if %s := %s; %s > %s ", v, m.bounded(), v, m.atom())
		old := m.scope
		m.consts = append(m.consts[:len(m.consts):len(m.consts)], v)
		defer func() { m.scope = old }()
	} else {
		m.writef("if %s ", m.condition())
	}
	m.block(2)
	for m.n(3) == 0 {
		m.unline()
		m.writef(" else if %s ", m.quiet())
		m.block(2)
	}
	if m.n(1) == 0 {
		m.unline()
		m.writef(" else ")
		m.block(2)
	}
}

// counts writes a loop with a counter, which may run no time at all.
func (m *maker) counts() {
	i := m.fresh("i")
	k := m.pick(m.counted()...)
	label := m.label()
	forms := []string{"I := 0; I < 3; I++", "I := 2; I >= 0; I--", "I := range 3", "I := 1; I <= 2; I++", "I := range K", "I := 0; I < K; I++", "I := K; I > 0; I--", "I := K; I <= 2; I++",
		"I := 2; I < K; I++", "I := 0; I < 3; I += 2", "I := range len(L)", "I := range L", "I := 0; I < len(L); I++"}
	list := "[]int{1, 2, 3}"
	if len(m.lists) > 0 {
		list = m.pick(m.lists...)
	} else {
		forms = forms[:10]
	}
	m.writef("for %s ", strings.NewReplacer("I", i, "K", k, "L", list).Replace(m.pick(forms...)))
	m.inLoop([]string{i}, nil, func() {
		m.block(3, label, m.floats[0]+" += 0.01 * float64("+i+")\n")
	})
	m.labels = m.labels[:len(m.labels)-1]
}

func (m *maker) ranges() {
	if len(m.lists) == 0 {
		m.counts()
		return
	}
	i, v := m.fresh("i"), m.fresh("v")
	label := m.label()
	m.writef("for %s, %s := range %s ", i, v, m.pick(m.lists[0]+"[:2]", m.pick(m.lists...), m.pick(m.lists...)))
	m.inLoop([]string{i}, []string{v}, func() {
		m.block(3, label, m.floats[0]+" += 0.01 * "+v+" * float64("+i+")\n")
	})
	m.labels = m.labels[:len(m.labels)-1]
}

// while writes a loop without a counter.
func (m *maker) while() {
	k := m.fresh("k")
	m.writef("%s := %d\n", k, m.n(4))
	switch m.n(3) {
	case 0:
		m.writef("for ")
		m.inLoop(nil, nil, func() { m.block(3, fmt.Sprintf("if %s--; %s < 0 {\nbreak\n}\n", k, k)) })
	case 1:
		m.writef("for ; %s < 5; %s++ ", k, k)
		m.inLoop(nil, nil, func() { m.block(3, fmt.Sprintf("if %s {\n%s++\n}\n", m.quiet(), k)) })
	default:
		m.writef("for %s > 0 && %s < 9 ", k, m.atom())
		m.inLoop(nil, nil, func() { m.block(3, k+"--\n") })
	}
}

func (m *maker) returning() {
	m.writef("if %s {\n", m.condition())
	m.result()
	m.writef("}\n")
}

// jumps writes a break or continue on a condition.
func (m *maker) jumps() {
	var jumps []string
	if m.loop {
		jumps = append(jumps, m.pick("break", "continue")+m.pick(append([]string{""}, m.labels...)...))
	}
	if m.inCase {
		jumps = append(jumps, "break")
	}
	if jumps == nil {
		m.branches()
		return
	}
	jump := m.pick(jumps...)
	m.writef("if %s {\n%s = %s\n%s\n}\n", m.condition(), m.pick(m.floats...), m.bounded(), jump)
	if m.n(1) == 0 {
		m.unline()
		m.writef(" else ")
		m.block(1)
	}
}

func (m *maker) switches() {
	old := m.inCase
	m.inCase = true
	defer func() { m.inCase = old }()
	body := func() {
		saved, n := m.scope, len(m.floats)
		m.depth++
		for range 1 + m.n(1) {
			m.statement()
		}
		m.depth--
		for _, v := range m.floats[n:] {
			m.writef("_ = %s\n", v)
		}
		m.scope = saved
	}
	onward := func() { // to the next case, or the end
		body()
		if m.n(2) == 0 {
			m.writef("fallthrough\n")
		}
	}
	switch m.n(2) {
	case 0:
		m.writef("switch %s {\ncase 0:\n", m.pick(m.counted()...))
		onward()
		m.writef("case 1, 2:\n")
		onward()
		m.writef("default:\n")
	case 1:
		m.writef("switch {\ncase %s:\n", m.condition())
		onward()
		m.writef("case %s, %s:\n", m.quiet(), m.quiet())
	case 2:
		v := m.fresh("v")
		m.writef("switch %s := %s; {\ncase %s > 0.2:\n", v, m.bounded(), v)
		onward()
		m.writef("case %s < %s:\n", v, m.atom())
	}
	body()
	m.writef("}\n")
}

// nests writes a block with a variable that hides another.
func (m *maker) nests() {
	v := m.pick(m.floats...)
	if v == m.named { // return would not know it
		v = m.floats[0]
	}
	m.writef("{\n%s := %s\n", v, m.bounded())
	m.block(2)
	m.writef("_ = %s\n", v)
	if w := m.pick(m.floats...); w != v {
		m.writef("%s += 0.2 * %s\n", w, v)
	}
	m.writef("}\n")
}

// poisons writes a number that is infinite or none, or has such a slope, and which nothing
// that is returned depends on.
func (m *maker) poisons() {
	v, e := m.fresh("v"), m.pick(m.floats...)+"*"+m.expr(1)
	m.writef("%s := %s\n", v, strings.ReplaceAll(m.pick("math.Sqrt(E - E)", "math.Log(E - E)", "1 / (E - E)", "math.Asin(2 + E*E)", "math.Pow(E-E, 0.3)", "math.Cbrt(E-E)"), "E", "("+e+")"))
	switch m.n(4) {
	case 0:
		m.writef("%s = %s\n", v, m.bounded())
	case 1:
		m.writef("if %s {\n%s = %s\n} else {\n%s = %s\n}\n", m.condition(), v, m.bounded(), v, m.bounded())
	case 2:
		m.writef("if %s >= 0 {\n%s = %s\n}\n", m.pick(m.counted()...), v, m.bounded())
	case 3:
		m.writef("for range 1 + %s {\n%s = %s\n}\n", m.pick(m.counted()...), v, m.bounded())
	case 4:
		w := m.fresh("v")
		m.writef("%s := %s\nif %s > 1e9 {\n%s *= %s\n}\n_ = %s\n", w, m.bounded(), w, w, v, v)
		v = w
	}
	m.floats = append(m.floats[:len(m.floats):len(m.floats)], v)
}

// guards writes a panic that does not happen.
func (m *maker) guards() {
	m.writef("if %s > 1e9 {\npanic(\"far\")\n}\n", m.pick(m.floats...))
}

// sorts writes a loop that exchanges elements as their numbers tell.
func (m *maker) sorts() {
	if len(m.written) == 0 {
		m.branches()
		return
	}
	l, i, j := m.pick(m.written...), m.fresh("i"), m.fresh("j")
	m.writef("for %[2]s := range %[1]s {\nfor %[3]s := 0; %[3]s < len(%[1]s)-1-%[2]s; %[3]s++ {\nif %[1]s[%[3]s] > %[1]s[%[3]s+1] {\n%[1]s[%[3]s], %[1]s[%[3]s+1] = %[1]s[%[3]s+1], %[1]s[%[3]s]\n}\n}\n}\n", l, i, j)
}

// maximum writes a search for the largest element.
func (m *maker) maximum() {
	if len(m.lists) == 0 {
		m.branches()
		return
	}
	best, at, i, v := m.fresh("v"), m.fresh("k"), m.fresh("i"), m.fresh("v")
	m.writef("%s, %s := %s, 0\nfor %s, %s := range %s {\nif %s > %s {\n%s, %s = %s, %s\n}\n}\n", best, at, m.pick("math.Inf(-1)", "-9.0", m.atom()+"-0.5+0.5"), i, v, m.pick(m.lists...), v, best, best, at, v, i)
	m.writef("%s = math.Sin(%s)\n_ = %s\n", best, best, at)
	m.floats = append(m.floats[:len(m.floats):len(m.floats)], best)
	m.states = append(m.states[:len(m.states):len(m.states)], at)
}

// label writes a label, and returns a statement that uses it.
func (m *maker) label() string {
	name := m.fresh("loop")
	m.labels = append(m.labels[:len(m.labels):len(m.labels)], " "+name)
	m.writef("%s:\n", name)
	return "if " + m.floats[0] + " > 90 {\nbreak " + name + "\n}"
}

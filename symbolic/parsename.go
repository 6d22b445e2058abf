package symbolic

import (
	"math"
	"slices"
	"strings"

	"github.com/quartet-ad/ad"
)

// word takes a name where an operand may begin: a call, a constant or a variable.
func (p *parser) word(t token, offset int) (more bool, next int, err *ParseError) {
	after, err := lex(p.text, offset)
	if err != nil {
		return false, 0, err
	}
	o := operator{kind: 'f', name: t.text, args: len(p.operands), place: t.offset, open: after.offset}
	if after.kind == '(' {
		p.pending = append(p.pending, o)
		return true, after.offset + 1, nil
	}
	if after.kind == '^' || after.kind == raised {
		if o, next, found, err := p.powerOfCall(o, after); found || err != nil {
			p.pending = append(p.pending, o)
			return true, next, err
		}
	}
	e := p.named(t.text)
	at := Written{Name: "variable", Var: e}
	if c, ok := e.number(); ok {
		at = Written{Name: "number", Value: c}
	}
	p.finish(e, t.offset, p.write(at))
	if _, ok := known[t.text]; ok && at.Name == "variable" && !slices.Contains(p.vars, e) {
		p.operands[len(p.operands)-1].function = span{int32(t.offset), int32(offset)}
	}
	return false, offset, nil
}

// powerOfCall reads sin^2( and sin²(, where sin is a function: the name o has been
// read, and the token after it.
func (p *parser) powerOfCall(o operator, after token) (_ operator, next int, found bool, err *ParseError) {
	if _, ok := p.function(o.name); !ok {
		return o, 0, false, nil
	}
	power, sign := after, 1.0
	lexNext := func() (ok bool) {
		power, err = lex(p.text, power.offset+len(power.text))
		return err == nil
	}
	if after.kind == '^' {
		if !lexNext() {
			return o, 0, false, err
		}
		if power.kind == '-' {
			if sign = -1; !lexNext() {
				return o, 0, false, err
			}
		}
		if power.kind != numeral {
			return o, 0, false, nil
		}
	}
	o.power, o.powers = sign*power.value, true
	at := power.offset + len(power.text)
	open, err := lex(p.text, at)
	if err != nil || open.kind != '(' {
		return o, 0, false, err
	}
	if o.power < 0 {
		return o, 0, false, failure(after.offset, "a negative power of %s may mean its inverse or 1 divided by it; write %s or 1/%s(...)",
			plain(o.name), inverseOf(o.name), plain(o.name))
	}
	if err := p.charge(1, after.offset); err != nil {
		return o, 0, false, err
	}
	o.open = open.offset
	return o, open.offset + 1, true, nil
}

// inverseOf returns a call of the inverse of a function, if it has one by name.
func inverseOf(name string) string {
	for _, inverse := range []string{"a" + name, strings.TrimPrefix(name, "a")} {
		if _, ok := known[inverse]; ok && inverse != name {
			return inverse + "(...)"
		}
	}
	return "the inverse"
}

// constants are the names that are numbers unless a variable of that name is asked
// for.
var constants = map[string]float64{"NaN": math.NaN(), "Inf": math.Inf(1), "pi": math.Pi, "π": math.Pi}

// named returns the number or variable of a name.
func (p *parser) named(name string) Expr {
	name = canonicalName(name)
	for _, v := range p.vars {
		if v.node().name == name {
			return v
		}
	}
	if c, ok := constants[name]; ok {
		return number(c)
	}
	return build(key{kind: variable, name: name})
}

// function returns the function of that name.
func (p *parser) function(name string) (function, bool) {
	if f, ok := p.own[name]; ok {
		return f, true
	}
	if f, ok := known[name]; ok {
		return f, true
	}
	return entryFunction(canonicalName(name))
}

// call applies a function to its arguments, those above o.args.
func (p *parser) call(o operator) *ParseError {
	f, ok := p.function(o.name)
	args := p.operands[o.args:]
	if !ok {
		return failure(o.place, "there is no function %s%s", plain(o.name), p.hintFunction(o, len(args)))
	}
	if len(args) < f.least || len(args) > f.most && f.most >= 0 {
		return failure(o.place, "%s takes %s, not %d%s", plain(o.name), f.arity(), len(args), hintArguments(o.name, len(args)))
	}
	if err := p.charge(len(args)*f.each, o.place); err != nil {
		return err
	}
	list := make([]Expr, len(args))
	for i, a := range args {
		list[i] = a.Expr
	}
	e, problem := f.apply(list)
	if problem != "" {
		return failure(f.culprit(list, args, o.place), "%s: %s", plain(o.name), problem)
	}
	at := p.write(Written{Name: usualName(o.name)}, args...)
	if o.powers {
		power := number(o.power)
		c := p.write(Written{Name: "number", Value: o.power})
		at = p.write(Written{Name: "pow"}, operand{at: int32(at)}, operand{at: int32(c)})
		e = ad.Pow(e, power)
	}
	p.operands = p.operands[:o.args]
	p.finish(e, o.place, at)
	return nil
}

// culprit returns the place of the first argument that should be a number and is not,
// or else of the call.
func (f function) culprit(list []Expr, args []operand, place int) int {
	if f.apply != nil && len(args) == 3 {
		for i := 1; i < len(list); i++ {
			if _, ok := list[i].number(); !ok {
				return int(args[i].place)
			}
		}
	}
	return place
}

// spoils reports whether a name right behind a number may belong to it: an exponent that
// lacks digits, digits apart, or hexadecimal ones.
func (p *parser) spoils(t token) bool {
	if t.offset != p.last.offset+len(p.last.text) {
		return false
	}
	return t.text == "e" || t.text == "E" || t.text[0] == '_' || p.isHexadecimal(t)
}

func (p *parser) isHexadecimal(t token) bool {
	return p.last.text == "0" && len(t.text) > 1 && (t.text[0] == 'x' || t.text[0] == 'X') && (isDigit(t.text[1]) || 'A' <= t.text[1] && t.text[1] <= 'F')
}

// mustNotApply refuses a factor after the name of a function or a power of it: sin^2 x.
func (p *parser) mustNotApply(t token) *ParseError {
	for p.top().precedence() >= 4 {
		p.reduce()
	}
	before := p.operands[len(p.operands)-1]
	if before.function == (span{}) {
		return nil
	}
	name := p.piece(before.function)
	argument := "..."
	if t.kind == word {
		argument = beginningOf(t.text)
	}
	power := strings.TrimSpace(p.text[before.function.to : p.last.offset+len(p.last.text)])
	if power == "" || power[0] == ')' {
		return failure(t.offset, "unexpected %s after the function %s; write %s(%s), or * for a product", quoted(t.text), name, name, argument)
	}
	return failure(t.offset, "unexpected %s after a power of the function %s; write %s(%s)%s, or * for a product",
		quoted(t.text), name, name, argument, beginningOf(power))
}

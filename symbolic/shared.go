package symbolic

import "strconv"

// A Definition gives a part of a formula a name.
type Definition struct {
	Name  Expr // a variable
	Value Expr
}

// String returns "t_1 = exp(x)", with the value as Infix has it.
func (d Definition) String() string { return d.Name.Infix() + " = " + d.Value.Infix() }

// Unicode returns "t₁ = exp(x)" for a terminal.
func (d Definition) Unicode() string { return d.Name.Unicode() + " = " + d.Value.Unicode() }

// LaTeX returns the definition as an equation.
func (d Definition) LaTeX() string { return d.Name.LaTeX() + " = " + d.Value.LaTeX() }

// Shared gives names to what occurs more than once in expressions, other than numbers
// and variables: t_1, t_2, …, or u_1, … where a variable has such a name. It returns the
// definitions, each in terms of those before it, and the expressions in terms of all of
// them. Subst of the definitions, from the last to the first, gives back the
// expressions.
//
// Cost: in proportion to the distinct nodes.
func Shared(e ...Expr) (defs []Definition, in []Expr) {
	p := compile(e...)
	uses := p.uses()
	letter := freeLetter(p)
	v := make([]Expr, len(p.steps))
	for i, s := range p.steps {
		v[i] = rebuild(s, p, v)
		inner := s.kind
		if inner == neg {
			inner = s.args[0].kind
		}
		if uses[i] > 1 && inner != constant && inner != variable {
			name := Var(letter + "_" + strconv.Itoa(len(defs)+1))
			defs = append(defs, Definition{name, v[i]})
			v[i] = name
		}
	}
	return defs, pick(v, p.roots)
}

// freeLetter returns a letter that no variable of a program begins with, followed by an
// underscore.
func freeLetter(p *program) string {
	taken := make(map[string]bool)
	for _, s := range p.steps {
		for i := range s.name {
			if s.name[i] == '_' {
				taken[s.name[:i]] = true
				break
			}
		}
	}
	for letter := "t"; ; letter += "t" {
		for _, l := range []string{letter, "u" + letter[1:], "v" + letter[1:]} {
			if !taken[l] {
				return l
			}
		}
	}
}

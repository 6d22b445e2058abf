package symbolic

// Written is an operation as a text writes it, before expressions simplify or share what is
// alike: x*1 is a product, and sin(x)*sin(x) has two sines.
type Written struct {
	// Name is number, variable, add, sub, mul, div, pow, neg, abs, sqrt or cbrt, or what
	// Parse knows the function by that is called; ln is log.
	Name string

	Args  []int   // the operations that it is applied to: earlier ones
	Value float64 // of a number
	Var   Expr    // a variable
}

// signs are the names of infix operators.
var signs = map[rune]string{'+': "add", '-': "sub", '*': "mul", '/': "div", '^': "pow"}

// ParseWritten is Parse, and also returns the operations that the text writes, each after
// those that it is applied to. The last one is the text itself.
func ParseWritten(text string, vars ...Expr) (Expr, []Written, error) {
	for _, v := range vars {
		mustBeVariable("ParseWritten", v)
	}
	var list []Written
	e, err := parseInto(&list, text, nil, vars...)
	if err != nil {
		return Expr{}, nil, err
	}
	return e, list, nil
}

// write notes an operation, and returns which one it is.
func (p *parser) write(w Written, args ...operand) int {
	if p.written == nil {
		return 0
	}
	for _, a := range args {
		w.Args = append(w.Args, int(a.at))
	}
	*p.written = append(*p.written, w)
	return len(*p.written) - 1
}

// usualName returns the name of a function that is known by several.
func usualName(name string) string {
	if usual, ok := aliases[name]; ok {
		return usual
	}
	return canonicalName(name)
}

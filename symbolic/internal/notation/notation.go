// Package notation is how a formula is laid out on paper: sums, quotients, powers and
// roots, whatever language they are written in. The printers of this package write it
// as text, for terminals, in LaTeX and in MathML. It knows no expression.
package notation

// A Form is a formula or a part of one.
type Form struct {
	Kind Kind
	Text string  // the digits of a Number, the name of a Name or Call, the index of a Root that is not 2
	Args []*Form // the parts
}

// Kind says what a Form is, and what its parts are.
type Kind int

const (
	Number   Kind = iota // not negative, in the form of strconv: 2, 0.5, 1e-05, NaN
	Name                 // of a variable or constant
	Sum                  // terms; one that is Neg is taken off
	Product              // factors
	Quotient             // numerator and denominator
	Power                // base and exponent
	Root                 // radicand
	Neg                  // what is taken negative
	Call                 // arguments
	Abs                  // argument
	Cases                // condition, value where it is positive, ..., value otherwise
)

// New returns a Form.
func New(kind Kind, text string, args ...*Form) *Form { return &Form{kind, text, args} }

// Strengths of binding.
const (
	sum = iota
	product
	power
	atom
)

func (f *Form) strength() int {
	switch f.Kind {
	case Sum, Neg:
		return sum
	case Product, Quotient:
		return product
	case Power:
		return power
	}
	return atom
}

// term returns a term of a sum without its sign.
func term(f *Form) (sign byte, _ *Form) {
	if f.Kind == Neg {
		return '-', f.Args[0]
	}
	return '+', f
}

// mantissa takes the digits of a number apart: 2.5e-07 is 2.5 and -7.
func mantissa(digits string) (m, exponent string) {
	for i := range digits {
		if digits[i] != 'e' {
			continue
		}
		m, exponent = digits[:i], digits[i+1:]
		sign := ""
		if exponent[0] == '-' {
			sign = "-"
		}
		for len(exponent) > 1 && (exponent[0] == '-' || exponent[0] == '+' || exponent[0] == '0') {
			exponent = exponent[1:]
		}
		return m, sign + exponent
	}
	return digits, ""
}

// raisedCall reports whether a power of f is written after the name: sin²(x).
func raisedCall(f *Form) bool {
	switch f.Kind {
	case Call:
		switch f.Text {
		case "sin", "cos", "tan", "sec", "sinh", "cosh", "tanh", "sech", "log", "cot", "csc":
			return true
		}
	}
	return false
}

// subscripted takes a name apart where it has a subscript: x_1 and x1 are x and 1.
func subscripted(name string) (base, sub string) {
	for i, c := range name {
		if c == '_' && i > 0 && i < len(name)-1 {
			return name[:i], name[i+1:]
		}
	}
	i := len(name)
	for i > 0 && '0' <= name[i-1] && name[i-1] <= '9' {
		i--
	}
	if i > 0 && i < len(name) && name[i-1] != '_' {
		return name[:i], name[i:]
	}
	return name, ""
}

// lines returns about how many lines of text a formula is high.
func (f *Form) lines() int {
	all, most := 0, 1
	for _, a := range f.Args {
		n := a.lines()
		all, most = all+n, max(most, n)
	}
	switch f.Kind {
	case Quotient:
		return all
	case Cases:
		return max(most, all/2)
	}
	return most
}

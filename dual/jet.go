package dual

import (
	"math"

	"github.com/quartet-ad/ad"
)

// Jet is a truncated Taylor series over float64: a JetOf[ad.Real] whose value can be
// looked at. Its zero value is the constant 0.
type Jet struct {
	s JetOf[ad.Real]

	// A Jet of several variables is a series, of one of them, of Jets of those of a
	// deeper level; s is not used.
	deep  *JetOf[Jet]
	level int
}

// outermost returns x and y as series of the outermost variable of both, or ok = false
// if neither is of several variables.
func outermost(x, y Jet) (u, v JetOf[Jet], level int, ok bool) {
	if x.deep == nil && y.deep == nil {
		return u, v, 0, false
	}
	level = x.level
	if level == 0 || y.level != 0 && y.level < level {
		level = y.level
	}
	return x.at(level), y.at(level), level, true
}

// at returns x as a series of the variable of a level.
func (x Jet) at(level int) JetOf[Jet] {
	if x.deep != nil && x.level == level {
		return *x.deep
	}
	return JetOf[Jet]{}.Lift(x)
}

func deepJet(x JetOf[Jet], level int) Jet { return Jet{deep: &x, level: level} }

func (x Jet) tag() tag {
	if x.deep != nil {
		return x.deep.tag
	}
	return x.s.tag
}

// Coef returns the coefficient of tᵏ, which is 0 beyond the order. Inside of Partial t is
// the variable of the input that was listed first, and other variables are 0.
//
// Coef panics if k is negative.
func (x Jet) Coef(k int) float64 {
	if k < 0 {
		orderOf("Jet.Coef", k)
	}
	if x.deep != nil {
		return x.deep.Coef(k).Coef(0)
	}
	return float64(x.s.Coef(k))
}

// Derivative returns the k-th derivative at t = 0: coefficient k times k!, and 0 beyond the
// order.
//
// Derivative panics if k is negative or above 170.
func (x Jet) Derivative(k int) float64 {
	return x.Coef(factorialOrder("Jet.Derivative", k)) * factorial(k)
}

// Order returns the order that x is truncated at, 0 for a constant.
func (x Jet) Order() int {
	if x.deep != nil {
		return x.deep.Order()
	}
	return x.s.Order()
}

// IsConst reports whether x is a constant: whether nothing that is being differentiated
// went into it.
func (x Jet) IsConst() bool { return x.tag() == 0 }

// String returns the coefficients as "1+2t+3t²".
func (x Jet) String() string { return x.text("%v") }

// text returns the coefficients, each under a directive of fmt.
func (x Jet) text(each string) string {
	if x.deep != nil {
		return "(" + x.deep.text(each) + ")"
	}
	return x.s.text(each)
}

// Add returns x + y.
func (x Jet) Add(y Jet) Jet {
	if u, v, level, ok := outermost(x, y); ok {
		return deepJet(u.Add(v), level)
	}
	return Jet{s: x.s.Add(y.s)}
}

// Sub returns x - y.
func (x Jet) Sub(y Jet) Jet {
	if u, v, level, ok := outermost(x, y); ok {
		return deepJet(u.Sub(v), level)
	}
	return Jet{s: x.s.Sub(y.s)}
}

// Neg returns -x.
func (x Jet) Neg() Jet {
	if x.deep != nil {
		return deepJet(x.deep.Neg(), x.level)
	}
	return Jet{s: x.s.Neg()}
}

// Mul returns x * y.
func (x Jet) Mul(y Jet) Jet {
	if u, v, level, ok := outermost(x, y); ok {
		return deepJet(u.Mul(v), level)
	}
	return Jet{s: x.s.Mul(y.s)}
}

// Div returns x / y.
func (x Jet) Div(y Jet) Jet {
	if u, v, level, ok := outermost(x, y); ok {
		return deepJet(u.Div(v), level)
	}
	return Jet{s: x.s.Div(y.s)}
}

// IfPos returns a where the value of x is positive, b where it is zero or negative, and
// NaN where it is NaN.
func (x Jet) IfPos(a, b Jet) Jet {
	switch c := x.Float(); {
	case c > 0:
		return a
	case c <= 0:
		return b
	}
	nan := Jet{}.Const(math.NaN())
	if u, v, level, ok := outermost(a, b); ok {
		return deepJet(JetOf[Jet]{}.Lift(nan).IfPos(u, v), level)
	}
	return Jet{s: nan.s.IfPos(a.s, b.s)}
}

// Const returns the constant c.
func (Jet) Const(c float64) Jet { return Jet{s: JetOf[ad.Real]{}.Const(c)} }

// Apply returns the elementary function op of x. It panics if op is a user's own and x of
// an order above 2.
func (x Jet) Apply(op ad.Op) Jet {
	if x.deep != nil {
		return deepJet(x.deep.Apply(op), x.level)
	}
	return Jet{s: x.s.Apply(op)}
}

// Apply2 returns the elementary function op of x and y. It panics if op is a user's own
// and x or y of an order above 2.
func (x Jet) Apply2(op ad.Op2, y Jet) Jet {
	if u, v, level, ok := outermost(x, y); ok {
		return deepJet(u.Apply2(op, v), level)
	}
	return Jet{s: x.s.Apply2(op, y.s)}
}

// ApplyN returns the sum-like function op of x and y.
func (Jet) ApplyN(op ad.OpN, x, y []Jet) Jet { return ad.FoldN(op, x, y) }

// Float returns the value without its derivatives: a stop-gradient. See ad.Ordered.
func (x Jet) Float() float64 { return x.Coef(0) }

// Less reports whether the value of x is less than that of y.
func (x Jet) Less(y Jet) bool { return x.Float() < y.Float() }

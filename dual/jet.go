package dual

import "github.com/quartet-ad/ad"

// Jet is a truncated Taylor series over float64: a JetOf[ad.Real] whose value can be
// looked at. Its zero value is the constant 0.
type Jet struct{ s JetOf[ad.Real] }

// Coef returns the coefficient of tᵏ, which is 0 beyond the order.
func (x Jet) Coef(k int) float64 { return float64(x.s.Coef(k)) }

// Derivative returns the k-th derivative at t = 0: coefficient k times k!.
func (x Jet) Derivative(k int) float64 { return float64(x.s.Derivative(k)) }

// Order returns the order that x is truncated at, 0 for a constant.
func (x Jet) Order() int { return x.s.order }

// IsConst reports whether x is a constant: whether nothing that is being differentiated
// went into it.
func (x Jet) IsConst() bool { return x.s.IsConst() }

// String returns the coefficients as "1+2t+3t²".
func (x Jet) String() string { return x.s.String() }

// Add returns x + y.
func (x Jet) Add(y Jet) Jet { return Jet{x.s.Add(y.s)} }

// Sub returns x - y.
func (x Jet) Sub(y Jet) Jet { return Jet{x.s.Sub(y.s)} }

// Neg returns -x.
func (x Jet) Neg() Jet { return Jet{x.s.Neg()} }

// Mul returns x * y.
func (x Jet) Mul(y Jet) Jet { return Jet{x.s.Mul(y.s)} }

// Div returns x / y.
func (x Jet) Div(y Jet) Jet { return Jet{x.s.Div(y.s)} }

// IfPos returns a where the value of x is positive, b where it is zero or negative, and
// NaN where it is NaN.
func (x Jet) IfPos(a, b Jet) Jet { return Jet{x.s.IfPos(a.s, b.s)} }

// Const returns the constant c.
func (Jet) Const(c float64) Jet { return Jet{JetOf[ad.Real]{}.Const(c)} }

// Apply returns the elementary function op of x. It panics if op is a user's own and x of
// an order above 2.
func (x Jet) Apply(op ad.Op) Jet { return Jet{x.s.Apply(op)} }

// Apply2 returns the elementary function op of x and y. It panics if op is a user's own
// and x or y of an order above 2.
func (x Jet) Apply2(op ad.Op2, y Jet) Jet { return Jet{x.s.Apply2(op, y.s)} }

// ApplyN returns the sum-like function op of x and y.
func (Jet) ApplyN(op ad.OpN, x, y []Jet) Jet { return ad.FoldN(op, x, y) }

// Float returns the value without its derivatives: a stop-gradient. See ad.Ordered.
func (x Jet) Float() float64 { return float64(x.s.Coef(0)) }

// Less reports whether the value of x is less than that of y.
func (x Jet) Less(y Jet) bool { return x.Float() < y.Float() }

package ad

// Scalar is a number that a differentiable function can be written over.
//
// The method set is self-bounded: a type that satisfies Scalar[T] takes and
// returns values of its own type. dual.Number and dual.Hyper, reverse.Var,
// symbolic.Expr and Real (plain float64) satisfy it, so that a function
//
//	func f[T ad.Scalar[T]](x []T) T
//
// runs forwards, backwards, on paper and by differences. There is no way back
// to float64: what type-checks over Scalar also runs on symbols. A function
// that must look at values takes Ordered instead.
//
// The zero value of every number type is the constant 0.
type Scalar[T Scalar[T]] interface {
	// Add returns the sum of the receiver and y.
	Add(y T) T

	// Sub returns the receiver minus y.
	Sub(y T) T

	// Mul returns the product of the receiver and y.
	Mul(y T) T

	// Div returns the receiver divided by y.
	Div(y T) T

	// Neg returns the negated receiver.
	Neg() T

	// IfPos returns a where the receiver is positive, b where it is zero or
	// negative, and NaN where it is NaN. Its derivative is that of the branch
	// taken; the other branch contributes nothing, not even where its slope
	// is infinite, and the receiver itself contributes nothing.
	IfPos(a, b T) T

	// Const returns the constant c. The receiver is not read.
	Const(c float64) T

	// Apply returns the elementary function op of the receiver.
	Apply(op Op) T

	// Apply2 returns the elementary function op of the receiver and y.
	Apply2(op Op2, y T) T

	// ApplyN returns the sum-like function op of x, or of x and y. The
	// receiver is not read. A type that has nothing better to offer returns
	// FoldN(op, x, y).
	ApplyN(op OpN, x, y []T) T
}

// Ordered is a Scalar whose value can be looked at, for functions whose control
// flow depends on values: sorting, pivoting, stopping a loop. symbolic.Expr does
// not satisfy it.
type Ordered[T Ordered[T]] interface {
	Scalar[T]

	// Float returns the value without its derivative. It is a stop-gradient:
	// whatever is computed from it is a constant, and a derivative that should
	// have flowed through it is lost.
	Float() float64

	// Less reports whether the receiver's value is less than y's. It is what
	// control flow should use.
	Less(y T) bool
}

// Const returns the constant c as a number of type T.
func Const[T Scalar[T]](c float64) T {
	var zero T
	return zero.Const(c)
}

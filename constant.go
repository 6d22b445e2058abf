package ad

// Consts returns constants as numbers of type T.
func Consts[T Scalar[T]](c []float64) []T {
	x := make([]T, len(c))
	for i, c := range c {
		x[i] = Const[T](c)
	}
	return x
}

// Scale returns c * x for a constant c.
func Scale[T Scalar[T]](x T, c float64) T { return x.Mul(x.Const(c)) }

// Shift returns x + c for a constant c.
func Shift[T Scalar[T]](x T, c float64) T { return x.Add(x.Const(c)) }

// Poly returns the polynomial c[0] + c[1]*x + c[2]*x² + … by Horner's rule, 0 without
// coefficients.
func Poly[T Scalar[T]](x T, c ...float64) T {
	if len(c) == 0 {
		return Const[T](0)
	}
	y := x.Const(c[len(c)-1])
	for i := len(c) - 2; i >= 0; i-- {
		y = Shift(y.Mul(x), c[i])
	}
	return y
}

package dual

import (
	"github.com/quartet-ad/ad"
	"pgregory.net/rapid"
)

// Kinds of operations of a random function. Those after the first few cancel, have poles or
// are of values, so that derivatives found in another order may differ by more than rounding.
const (
	calm = 10
	wild = 20
)

// drawn draws a random function of some kinds of operations, with two results.
func drawn[T ad.Ordered[T]](t *rapid.T, kinds int) func(x []T) []T {
	return program[T](rapid.SliceOfN(rapid.IntRange(0, 1<<20), 1, 40).Draw(t, "code"), kinds)
}

// program is the function of a code.
func program[T ad.Ordered[T]](code []int, kinds int) func(x []T) []T {
	c := ad.Const[T]
	return func(x []T) []T {
		z := append(append([]T{}, x...), c(0.5), c(-1))
		for _, bits := range code {
			a, b := z[bits/32%len(z)], z[bits/1024%len(z)]
			switch bits % kinds {
			case 0:
				a = a.Add(b)
			case 1:
				a = a.Sub(b)
			case 2:
				a = a.Mul(b)
			case 3:
				a = a.Div(ad.Shift(b.Mul(b), 1))
			case 4:
				a = ad.Tanh(a).Neg()
			case 5:
				a = ad.Hypot(a, b)
			case 6:
				a = a.IfPos(b, c(2))
			case 7:
				a = ad.Sum(z[len(z)/2:])
			case 8:
				a = ad.Scale(ad.Abs(a), 3)
			case 9:
				a = ad.Sqrt(a) // NaN for some
			case 10:
				a = a.Div(b)
			case 11:
				a = ad.Dot(z[1:4], z[len(z)-3:])
			case 12:
				a = ad.Cos(a).Mul(ad.Sin(a))
			case 13:
				a = ad.Norm2(z[len(z)-2:])
			case 14:
				if a.Less(b) {
					a = b
				}
			case 15:
				a = ad.SumSq(z[len(z)-4:])
			case 16:
				a = ad.Exp(a)
			case 17:
				a = ad.Scale(b, float64(int(4*min(max(a.Float(), -9), 9))))
			case 18:
				if !c(0.3).Less(a) { // also where a is NaN
					a = c(3)
				}
			case 19:
				a = z[len(x)]
			}
			z = append(z, a)
		}
		return z[len(z)-2:]
	}
}

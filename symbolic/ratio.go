package symbolic

import "math"

// A ratio is a number p/q: q is positive and, unless it is 1, both are whole. So
// coefficients such as 1/3 stay exact.
type ratio struct{ p, q float64 }

const exactly = 1 << 53 // whole numbers below it are exact

func whole(c float64) bool { return c == math.Trunc(c) && math.Abs(c) < exactly }

// ratioOf returns c, as a quotient if it has few binary digits or is a short fraction.
func ratioOf(c float64) ratio {
	if c != c || math.IsInf(c, 0) || whole(c) {
		return ratio{c, 1}
	}
	for q := 2.0; q <= 16; q *= 2 {
		if whole(c * q) {
			return ratio{c * q, q}
		}
	}
	if a, b, ok := rational(c, false); ok {
		return ratio{a, b}
	}
	return ratio{c, 1}
}

func (a ratio) value() float64 { return a.p / a.q }

func (a ratio) isWhole() bool { return a.q == 1 && whole(a.p) }

// lowest returns p/q in lowest terms, or rounded if it is not exact.
func lowest(p, q float64) ratio {
	if q == 1 {
		return ratio{p, 1}
	}
	if !whole(p) || !whole(q) || q == 0 {
		return ratio{p / q, 1}
	}
	if q < 0 {
		p, q = -p, -q
	}
	a, b := math.Abs(p), q
	for b != 0 {
		a, b = b, math.Mod(a, b)
	}
	if a == 0 {
		a = 1
	}
	return ratio{p / a, q / a}
}

func (a ratio) times(b ratio) ratio { return lowest(a.p*b.p, a.q*b.q).orElse(a.p*b.p, a.q*b.q) }

func (a ratio) over(b ratio) ratio { return lowest(a.p*b.q, a.q*b.p).orElse(a.p*b.q, a.q*b.p) }

func (a ratio) plus(b ratio) ratio {
	if a.q == b.q {
		return lowest(a.p+b.p, a.q).orElse(a.p+b.p, a.q)
	}
	return lowest(a.p*b.q+b.p*a.q, a.q*b.q).orElse(a.p*b.q+b.p*a.q, a.q*b.q)
}

// orElse keeps a whole denominator below a number that is not whole: 0.1*x/3.
func (a ratio) orElse(p, q float64) ratio {
	if a.q == 1 && !whole(p) && whole(q) && q > 1 && p/q == p/q {
		return ratio{p, q}
	}
	return a
}

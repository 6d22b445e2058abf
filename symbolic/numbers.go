package symbolic

import (
	"math"
	"strconv"
	"sync"

	"github.com/quartet-ad/ad/symbolic/internal/notation"
)

// namedNumbers are numbers that a person writes as a formula.
var namedNumbers = sync.OnceValue(func() map[float64]*notation.Form {
	m := make(map[float64]*notation.Form)
	pi := notation.New(notation.Name, "pi")
	whole := func(c float64) *notation.Form { return notation.New(notation.Number, digitsOf(c)) }
	over := func(a, b *notation.Form) *notation.Form { return notation.New(notation.Quotient, "", a, b) }
	root := func(a *notation.Form) *notation.Form { return notation.New(notation.Root, "", a) }
	log := func(a float64) *notation.Form { return notation.New(notation.Call, "log", whole(a)) }
	m[math.Pi] = pi
	for _, k := range []float64{2, 3, 4, 6, 8} {
		m[k*math.Pi] = notation.New(notation.Product, "", whole(k), pi)
		m[math.Pi/k] = over(pi, whole(k))
		m[1/(k*math.Pi)] = over(whole(1), notation.New(notation.Product, "", whole(k), pi))
		m[k/math.Pi] = over(whole(k), pi)
	}
	m[1/math.Pi] = over(whole(1), pi)
	m[math.Sqrt(math.Pi)] = root(pi)
	m[2/math.Sqrt(math.Pi)] = over(whole(2), root(pi))
	m[1/math.Sqrt(math.Pi)] = over(whole(1), root(pi))
	m[math.Sqrt(2*math.Pi)] = root(notation.New(notation.Product, "", whole(2), pi))
	m[1/math.Sqrt(2*math.Pi)] = over(whole(1), root(notation.New(notation.Product, "", whole(2), pi)))
	m[math.Sqrt(2/math.Pi)] = root(over(whole(2), pi))
	m[2*math.Sqrt(2/math.Pi)] = notation.New(notation.Product, "", whole(2), root(over(whole(2), pi)))
	for _, k := range []float64{2, 3, 5} {
		m[math.Sqrt(k)] = root(whole(k))
		m[1/math.Sqrt(k)] = over(whole(1), root(whole(k)))
	}
	for _, k := range []float64{2, 3, 5, 10} {
		m[math.Log(k)] = log(k)
		m[1/math.Log(k)] = over(whole(1), log(k))
	}
	m[math.Log2E], m[math.Log10E] = over(whole(1), log(2)), over(whole(1), log(10))
	return m
})

// named returns a number as a formula, nil if it is just a number.
func named(c float64) *notation.Form { return namedNumbers()[c] }

// nearlyNamed returns the number with a name within two roundings of c, or c.
func nearlyNamed(c float64) float64 {
	for _, to := range []float64{c, math.Inf(1), math.Inf(-1)} {
		near := c
		for range 3 {
			if named(near) != nil {
				return near
			}
			near = math.Nextafter(near, to)
		}
	}
	return c
}

// rational returns c = a/b in lowest terms, if a person writes it so: where its digits
// have no end, like those of 2/3, and with halves, also for b = 2 and 4. It is exact, a/b,
// rounded, is c; or next to c where b is below 100, since 1-1/3 is not quite 2/3.
func rational(c float64, halves bool) (a, b float64, ok bool) {
	if c == math.Trunc(c) || c != c || math.Abs(c) > 1e9 {
		return c, 1, false
	}
	if halves && math.Abs(c) < 100 && 4*c == math.Trunc(4*c) {
		if 2*c == math.Trunc(2*c) {
			return 2 * c, 2, true
		}
		return 4 * c, 4, true
	}
	if digits := strconv.FormatFloat(math.Abs(c), 'e', -1, 64); len(digits) < 14 {
		return c, 1, false
	}
	// The continued fraction of c.
	x := math.Abs(c)
	p0, q0, p1, q1 := 0.0, 1.0, 1.0, 0.0
	for range 20 {
		k := math.Floor(x)
		p0, q0, p1, q1 = p1, q1, k*p1+p0, k*q1+q0
		if p1*q1 > 1e8 {
			break
		}
		if p1/q1 == math.Abs(c) || q1 < 100 && math.Nextafter(p1/q1, math.Abs(c)) == math.Abs(c) {
			return math.Copysign(p1, c), q1, true
		}
		x = 1 / (x - k)
	}
	return c, 1, false
}

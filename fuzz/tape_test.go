package fuzz

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/reverse"
	"gonum.org/v1/gonum/mat"
)

// FuzzTape drives the tapes of package reverse through what a user may do right
// and wrong, in any order: every result is what it was the first time, to the bit,
// and agrees with dual; every misuse panics with its message and spoils nothing that
// comes after.
func FuzzTape(f *testing.F) {
	for first := range byte(len(moves)) {
		for second := range byte(len(moves)) {
			f.Add([]byte{first, 0, second, 1, first, 1, second, 0}, Encode(program(2, st(mul, 0, 1), st(apply, 2).of(ad.OpSin), st(applyN, 0, 3, 2).many(ad.OpNorm2)), []float64{0.7, -1.3}))
		}
	}
	all := make([]byte, 2*len(moves))
	for i := range moves {
		all[2*i], all[2*i+1] = byte(i), byte(i)
	}
	f.Add(all, Encode(program(1, st(mul, 0, 0), st(apply, 1).of(ad.OpSqrt)), []float64{0}))
	f.Fuzz(func(t *testing.T, script, data []byte) {
		p, x := Decode(data)
		m := &machine{T: t, p: p, x: x, v: make([]float64, len(x)), seen: make(map[string][]float64)}
		for i := range m.v {
			m.v[i] = float64(1 - 2*i)
		}
		for d := NewDecoder(script[:min(len(script), 64)]); len(d.data) > 0; {
			moves[int(d.Byte())%len(moves)](m, int(d.Byte()))
		}
		m.derive("gradient")
		if d := dual.Gradient(over[dual.Number](p), x); !m.near(d) {
			t.Errorf("%v at %v: gradient %v by reverse, %v by dual", p, x, m.seen["gradient"], d)
		}
	})
}

// A machine is the state of a user's program that works with reverse.
type machine struct {
	*testing.T
	p    Program
	x, v []float64
	kept []reverse.Var        // Vars of derivatives that have ended
	seen map[string][]float64 // results, by operator
}

var operators = []string{"gradient", "derivatives", "Jacobian", "JVP", "VJP", "Hessian", "HVP"}

// derive applies an operator, and checks that the result is what it always was.
func (m *machine) derive(operator string) {
	f := over[reverse.Var](m.p)
	vector := func(x []reverse.Var) []reverse.Var { return []reverse.Var{f(x), x[0].Mul(f(x))} }
	var got []float64
	switch operator {
	case "gradient":
		got = reverse.Gradient(f, m.x)
	case "derivatives":
		for i := range m.x {
			got = append(got, reverse.Derivative(func(z reverse.Var) reverse.Var {
				x := make([]reverse.Var, len(m.x))
				for k, v := range m.x {
					x[k] = z.Const(v)
				}
				x[i] = z
				return f(x)
			}, m.x[i]))
		}
	case "Jacobian":
		got = mat.DenseCopyOf(reverse.Jacobian(vector, m.x)).RawMatrix().Data
	case "JVP":
		got = reverse.JVP(vector, m.x, m.v)
	case "VJP":
		got = reverse.VJP(vector, m.x, []float64{1, -0.5})
	case "Hessian":
		h := reverse.Hessian(f, m.x)
		for i := range m.x {
			got = append(got, mat.Row(nil, i, h)...)
		}
	case "HVP":
		got = reverse.HVP(f, m.x, m.v)
	}
	if want, ok := m.seen[operator]; !ok {
		m.seen[operator] = got
	} else if !slices.EqualFunc(got, want, func(a, b float64) bool { return a == b || a != a && b != b }) {
		m.Fatalf("%v at %v: %s %v, at first it was %v", m.p, m.x, operator, got, want)
	}
}

// near reports whether a gradient agrees with the one by reverse, as far as
// rounding lets it.
func (m *machine) near(want []float64) bool {
	for i, g := range m.seen["gradient"] {
		e := make([]float64, len(m.x))
		e[i] = 1
		r := compare.Roundings(m.p.Func(), m.x, e, e)[0]
		if d := g - want[i]; !r.Wild && d == d && !(max(d, -d) <= r.U+0x1p-1050) && r.U == r.U {
			return false
		}
	}
	return true
}

// panics runs f and fails unless it panics with a message that contains want.
func (m *machine) panics(want string, f func()) {
	m.Helper()
	defer func() {
		m.Helper()
		if got := recover(); got == nil || !strings.Contains(fmt.Sprint(got), want) {
			m.Fatalf("panic %v, want %q", got, want)
		}
	}()
	f()
}

const (
	outlived = "was kept past the end of its derivative"
	nested   = "nested captures"
	mine     = "the function's own panic"
)

// moves are what a user does, k choosing among variants.
var moves = []func(m *machine, k int){
	// Differentiates.
	func(m *machine, k int) { m.derive(operators[k%len(operators)]) },

	// Keeps an input, a result, or something between.
	func(m *machine, k int) {
		reverse.Gradient(func(x []reverse.Var) reverse.Var {
			y := Eval(m.p, x).Add(x[0])
			m.kept = append(m.kept, [...]reverse.Var{x[0], y, y.Mul(x[0])}[k%3])
			return y
		}, m.x)
	},

	// Uses what was kept, after its derivative.
	func(m *machine, k int) {
		if len(m.kept) == 0 {
			return
		}
		z := m.kept[k%len(m.kept)]
		m.panics(outlived, func() { use(z, z, k) })
		m.panics(outlived, func() { use(z, z.Const(2), k) })
	},

	// Uses it within another one, which may have the same tape.
	func(m *machine, k int) {
		if len(m.kept) == 0 {
			return
		}
		z := m.kept[k%len(m.kept)]
		m.panics(outlived, func() {
			reverse.Gradient(func(x []reverse.Var) reverse.Var { return use(x[0], z, k) }, m.x)
		})
		m.panics(outlived, func() {
			reverse.Gradient(func(x []reverse.Var) reverse.Var { return z }, m.x)
		})
	},

	// Differentiates inside of a function that is being differentiated, and lets
	// the inner function capture a variable of the outer one.
	func(m *machine, k int) {
		m.panics(nested, func() {
			reverse.Gradient(func(outer []reverse.Var) reverse.Var {
				reverse.Gradient(func(inner []reverse.Var) reverse.Var { return use(inner[0], outer[0], k) }, m.x)
				return outer[0]
			}, m.x)
		})
		m.panics(nested, func() {
			reverse.Gradient(func(outer []reverse.Var) reverse.Var {
				reverse.HVP(func(inner []reverse.Var) reverse.Var { return outer[0].Neg() }, m.x, m.v)
				return outer[0]
			}, m.x)
		})
	},

	// Differentiates inside of a function without a capture, which is allowed.
	func(m *machine, k int) {
		reverse.Gradient(func(outer []reverse.Var) reverse.Var {
			m.derive(operators[k%len(operators)])
			return Eval(m.p, outer)
		}, m.x)
	},

	// Panics in a function, before or after recording, in any operator.
	func(m *machine, k int) {
		f := func(x []reverse.Var) reverse.Var {
			if k%2 == 0 {
				Eval(m.p, x)
			}
			panic(mine)
		}
		m.panics(mine, func() {
			switch k / 2 % 4 {
			case 0:
				reverse.Gradient(f, m.x)
			case 1:
				reverse.Hessian(f, m.x)
			case 2:
				reverse.HVP(f, m.x, m.v)
			default:
				reverse.Jacobian(func(x []reverse.Var) []reverse.Var { return []reverse.Var{f(x)} }, m.x)
			}
		})
	},

	// Gives arguments of the wrong length.
	func(m *machine, k int) {
		f := over[reverse.Var](m.p)
		long := make([]float64, len(m.x)+1+k%2)
		m.panics(fmt.Sprintf("dst has length %d, want %d", len(long), len(m.x)), func() { reverse.GradientTo(long, f, m.x) })
		m.panics(fmt.Sprintf("v has length %d, want %d", len(long), len(m.x)), func() { reverse.HVP(f, m.x, long) })
	},
}

// use joins two Vars in one of the ways there are.
func use(x, y reverse.Var, k int) reverse.Var {
	switch k % 6 {
	case 0:
		return x.Add(y)
	case 1:
		return x.Mul(y)
	case 2:
		return x.Div(y)
	case 3:
		return ad.Hypot(x, y)
	case 4:
		return ad.Sum([]reverse.Var{x, y})
	}
	return x.IfPos(y, y)
}

package source

// judge is a command that holds programs in all of their forms against each other. It prints a
// line for each that is wrong, and what it did.
const judge = `package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
)

type program struct {
	name string
	f    func(x []float64) float64
	grad func(g, x []float64) float64
	jvp  func(x, v []float64) (float64, float64)
	dual func(x []dual.Number) dual.Number
	tape func(x []reverse.Var) reverse.Var
	hvp  func(g, h, x, v []float64) (float64, float64)
}

var programs = []program{
TABLE}

// The last point has ties, and numbers at kinks.
var points = [][]float64{{0.37, -0.71, 1.13}, {-1.21, 0.43, 0.057}, {2, 2, -0.5}}

var differences, seconds int

func main() {
	for _, p := range programs {
		for i, x := range points {
			if wrong := p.check(x, i < 2); wrong != nil {
				fmt.Printf("%s at %v: %s\n", p.name, x, strings.Join(wrong, "; "))
				break
			}
		}
	}
	fmt.Printf("%d programs, %d differences, %d second derivatives\n", len(programs), differences, seconds)
}

// check returns what is wrong with a program, by which checks.
func (p program) check(x []float64, generic bool) (wrong []string) {
	say := func(ok bool, format string, args ...any) {
		if !ok {
			wrong = append(wrong, fmt.Sprintf(format, args...))
		}
	}
	y, nan := p.f(x), math.NaN()
	g := []float64{nan, nan, nan}
	got := p.grad(g, x)
	say(same(got, y), "value of the gradient %v, want %v", got, y)
	d, r := dual.Gradient(p.dual, x), reverse.Gradient(p.tape, x)
	scale := 1.0
	for i := range d {
		scale = max(scale, math.Abs(d[i]))
	}
	say(within(g, d, 1e-11*scale), "gradient %v, by dual %v", g, d)
	say(within(g, r, 1e-11*scale), "gradient %v, by reverse %v", g, r)
	for _, v := range [][]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0.3, -1, 0.7}} {
		got, dot := p.jvp(x, v)
		say(same(got, y), "value of the JVP %v, want %v", got, y)
		want, other := dots(d, v), dots(g, v)
		say(within([]float64{dot}, []float64{want}, 1e-11*scale), "JVP along %v %v, by dual %v", v, dot, want)
		say(within([]float64{dot}, []float64{other}, 1e-11*scale), "JVP along %v %v, by gradient %v", v, dot, other)
	}
	if near, ok := p.slopes(x, scale); ok && generic {
		differences++
		say(within(g, near, 1e-5*scale), "gradient %v, by differences %v", g, near)
	}
	if p.hvp == nil {
		return wrong
	}
	seconds++
	v, h := []float64{0.3, -1, 0.7}, make([]float64, 3)
	got, dot := p.hvp(g, h, x, v)
	want := reverse.HVP(p.tape, x, v)
	size := scale
	for i := range want {
		size = max(size, math.Abs(want[i]))
	}
	say(same(got, y), "value of the HVP %v, want %v", got, y)
	say(within(g, d, 1e-11*scale), "gradient of the HVP %v, by dual %v", g, d)
	say(within([]float64{dot}, []float64{dots(d, v)}, 1e-11*scale), "derivative of the HVP %v, by dual %v", dot, d)
	say(within(h, want, 1e-11*size), "HVP %v, by reverse %v", h, want)
	return wrong
}

func dots(a, b []float64) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }

// slopes returns the gradient by differences, and whether the function is smooth around x, as
// far as differences of three sizes tell.
func (p program) slopes(x []float64, scale float64) (g []float64, smooth bool) {
	const h = 0x1p-14
	g = make([]float64, 3)
	for i := range x {
		at := func(h float64) float64 {
			v := append([]float64(nil), x...)
			v[i] += h
			return p.f(v)
		}
		y := at(0)
		wide, narrow := (at(h)-at(-h))/(2*h), (at(h/2)-at(-h/2))/h
		bend, less := (at(h)-y)-(y-at(-h)), (at(h/2)-y)-(y-at(-h/2)) // less is a half at a kink, else a quarter
		if !(math.Abs(wide-narrow) <= 1e-6*scale) || !(math.Abs(bend-4*less) <= 0.1*math.Abs(bend)+1e-6*scale*h) {
			return nil, false
		}
		g[i] = (4*narrow - wide) / 3
	}
	return g, true
}

func within(got, want []float64, tolerance float64) bool {
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= tolerance) {
			return false
		}
	}
	return true
}

// same reports whether values agree: to the bit where nothing is fused.
func same(got, want float64) bool {
	if optest.Fused() {
		return math.Abs(got-want) <= 1e-12*(1+math.Abs(want))
	}
	return math.Float64bits(got) == math.Float64bits(want)
}
`

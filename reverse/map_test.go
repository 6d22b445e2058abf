package reverse

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// bump is a function of three numbers with two results.
func bump(x []Var) []Var {
	y := ad.Exp(x[0].Mul(x[1]).Neg()).Mul(x[2])
	return []Var{x[0].Sub(x[1]).IfPos(y, y.Mul(x[0])), ad.Sin(x[2]).Add(x[0].Mul(x[0]))}
}

// A mapping is a use of Map or MapRows, and the same over scalars, point by point.
type mapping struct {
	name   string
	f      *Func
	rows   bool
	shapes [][]int
	result []int
}

// point returns the inputs of point k of all, as indices into the operands' elements in
// a row.
func (m mapping) point(k int) []int {
	var in []int
	base := 0
	for _, s := range m.shapes {
		length, lead := 1, s
		if m.rows {
			length, lead = s[len(s)-1], s[:len(s)-1]
		}
		outer := m.result
		if !m.f.single {
			outer = outer[:len(outer)-1]
		}
		at, rest := 0, k
		stride := 1
		for i := len(outer) - 1; i >= 0; i-- {
			index := rest % outer[i]
			rest /= outer[i]
			if j := i - len(outer) + len(lead); j >= 0 {
				if lead[j] > 1 {
					at += index * stride
				}
				stride *= lead[j]
			}
		}
		for i := range length {
			in = append(in, base+at*length+i)
		}
		base += layout.Size(s)
	}
	return in
}

// TestMap holds Map and MapRows, through broadcasting, against the same function of every
// point over scalars: values, gradient, JVP and HVP.
func TestMap(t *testing.T) {
	both := Record(bump, 3)
	one := Record(func(x []Var) Var { return bump(x)[0] }, 3)
	branching := Record(func(x []Var) Var {
		if x[0].Less(x[1]) {
			return x[2].Mul(x[0])
		}
		return ad.Cos(x[1]).Mul(x[0])
	}, 3)
	unfit := Record(func(x []Var) Var { return x[0].Mul(x[1]).Mul(x[0].Const(x[2].Float())) }, 3)
	for _, m := range []mapping{
		{"elements", one, false, [][]int{{4}, {4}, {4}}, []int{4}},
		{"two results", both, false, [][]int{{2, 3}, {3}, {2, 1}}, []int{2, 3, 2}},
		{"shared", both, false, [][]int{{70}, {1}, {}}, []int{70, 2}},
		{"all shared", one, false, [][]int{{1}, {1}, {1}}, []int{1}},
		{"none", both, false, [][]int{{0, 2}, {2}, {1}}, []int{0, 2, 2}},
		{"branches", branching, false, [][]int{{30}, {1}, {30}}, []int{30}},
		{"unfit", unfit, false, [][]int{{3}, {1}, {3}}, []int{3}},
		{"rows", both, true, [][]int{{5, 3}}, []int{5, 2}},
		{"rows and a vector", both, true, [][]int{{4, 2}, {1}}, []int{4, 2}},
		{"rows of a table", one, true, [][]int{{2, 3, 1}, {3, 1}, {2, 1, 1}}, []int{2, 3}},
		{"a row", one, true, [][]int{{1}, {2}}, []int{}},
	} {
		size := 0
		for _, s := range m.shapes {
			size += layout.Size(s)
		}
		x, v := make([]float64, size), make([]float64, size)
		for i := range x {
			x[i], v[i] = 0.25*float64(i%7)-0.5, float64(i%3)-0.75
		}
		scalar := func(p []Var) []Var {
			var out []Var
			points := layout.Size(m.result)
			if !m.f.single {
				points /= m.result[len(m.result)-1]
			}
			for k := range points {
				var in []Var
				for _, i := range m.point(k) {
					in = append(in, p[i])
				}
				out = append(out, m.f.f(in)...)
			}
			return out
		}
		w := weightsAt(layout.Size(m.result))
		tape := NewTape()
		for range 2 {
			tape.Reset()
			g := make([]float64, size)
			var arrays []Array
			var vs [][]float64
			at := 0
			for _, s := range m.shapes {
				n := layout.Size(s)
				arrays = append(arrays, tape.Param(x[at:at+n], g[at:at+n], s...))
				vs = append(vs, v[at:at+n])
				at += n
			}
			apply := m.f.Map
			if m.rows {
				apply = m.f.MapRows
			}
			z := apply(arrays...)
			if !slices.Equal(z.Shape(), m.result) {
				t.Fatalf("%s: shape %v, want %v", m.name, z.Shape(), m.result)
			}
			if size == 0 || layout.Size(m.result) == 0 {
				continue
			}
			optest.Equal(t, m.name+": values", z.Values(), JVPTo(make([]float64, len(w)), scalar, x, v), rounding)
			z.BackwardFrom(w)
			optest.Equal(t, m.name+": gradient", g, VJP(scalar, x, w), rounding)
			optest.Equal(t, m.name+": JVP", z.JVP(arrays, vs), JVP(scalar, x, v), rounding)
			optest.Equal(t, m.name+": HVP", slices.Concat(z.HVP(w, arrays, vs)...), HVP(func(p []Var) Var {
				sum := Var{}
				for i, y := range scalar(p) {
					sum = sum.Add(y.Mul(Var{value: w[i]}))
				}
				return sum
			}, x, v), rounding)
		}
	}
}

// TestMapConstants: constants among the operands have no gradient, and of constants alone
// Map is one.
func TestMapConstants(t *testing.T) {
	f := func(x []Var) Var { return x[0].Mul(x[1]).Add(x[1]) }
	tape, g := NewTape(), make([]float64, 3)
	y := Map(f, tape.Param([]float64{1, 2, 3}, g), Array{}.Const(2))
	y.Sum().Backward()
	optest.Equal(t, "values", y.Values(), []float64{4, 6, 8}, rounding)
	optest.Equal(t, "gradient", g, []float64{2, 2, 2}, rounding)
	clear(g)
	Map(f, tape.Const([]float64{1, 2, 3}, 3), tape.Param([]float64{1, 2, 3}, g)).Sum().Backward()
	optest.Equal(t, "gradient", g, []float64{2, 3, 4}, rounding)
	if y := Map(f, Array{}.Const(3), Array{}.Const(2)); y.Value() != 8 || len(y.Shape()) != 0 {
		t.Errorf("of constants: %v", y)
	}
}

func TestMapPanics(t *testing.T) {
	f := Record(bump, 3)
	tape := NewTape()
	a, b := tape.Const(make([]float64, 6), 2, 3), tape.Const(make([]float64, 4), 4)
	for _, c := range []struct {
		want string
		f    func()
	}{
		{"reverse: Map of 2 arrays by a function of 3 inputs", func() { f.Map(a, b) }},
		{"reverse: Map of 0 arrays by a function of 0 inputs", func() { Map(bump) }},
		{"reverse: Map of shapes [2 3] and [4]", func() { f.Map(a, b, a) }},
		{"reverse: MapRows of 4 elements in a row by a function of 3 inputs", func() { f.MapRows(b) }},
		{"reverse: MapRows of 0 elements in a row by a function of 0 inputs", func() { MapRows(bump) }},
		{"reverse: MapRows of an array without an axis", func() { MapRows(bump, Array{}.Const(1)) }},
		{"reverse: Map of constants by a function of several results; use Tape.Const", func() { f.Map(Array{}, Array{}, Array{}) }},
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.Contains(got, c.want) {
					t.Errorf("panic %q, want %q", got, c.want)
				}
			}()
			c.f()
		}()
	}
}

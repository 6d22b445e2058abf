package reverse

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// A twin is an operation on arrays and the same over scalars.
type twin struct {
	name   string
	shapes [][]int
	array  func(x []Array) Array
	scalar func(x [][]Var) []Var
}

// unflat returns the places of the i-th element of a shape, flat the other way.
func unflat(shape []int, i int) []int {
	at := make([]int, len(shape))
	for k := len(shape) - 1; k >= 0; k-- {
		at[k], i = i%shape[k], i/shape[k]
	}
	return at
}

func flat(shape, at []int) int {
	i := 0
	for k, d := range shape {
		i = i*d + at[k]
	}
	return i
}

// moved is a scalar operation whose element of the shape is the one of x that from
// says, or 0 where it says nil.
func moved(in, out []int, from func(at []int) []int) func(x [][]Var) []Var {
	return func(x [][]Var) []Var {
		y := make([]Var, layout.Size(out))
		for i := range y {
			if at := from(unflat(out, i)); at != nil {
				y[i] = x[0][flat(in, at)]
			}
		}
		return y
	}
}

// lines are the lists of elements of a shape along an axis, by the places along the
// others.
func lines[T any](shape []int, axes []int, x []T) (lines [][]T) {
	of := map[string]int{}
	for i, v := range x {
		at := unflat(shape, i)
		for _, a := range axes {
			at[(a+len(at))%len(at)] = 0
		}
		key := fmt.Sprint(at)
		k, ok := of[key]
		if !ok {
			k = len(lines)
			of[key] = k
			lines = append(lines, nil)
		}
		lines[k] = append(lines[k], v)
	}
	return lines
}

// folded applies f to the lines along axes.
func folded(shape, axes []int, f func(x []Var) Var) func(x [][]Var) []Var {
	if len(axes) == 0 {
		for i := range shape {
			axes = append(axes, i)
		}
	}
	return func(x [][]Var) (y []Var) {
		for _, line := range lines(shape, axes, x[0]) {
			y = append(y, f(line))
		}
		return y
	}
}

// mapped replaces the lines along an axis by those that f makes of them.
func mapped(shape []int, axis int, f func(x []Var) []Var) func(x [][]Var) []Var {
	return func(x [][]Var) []Var {
		places := make([]int, len(x[0]))
		for i := range places {
			places[i] = i
		}
		y := make([]Var, len(x[0]))
		into := lines(shape, []int{axis}, places)
		for k, line := range lines(shape, []int{axis}, x[0]) {
			for i, v := range f(line) {
				y[into[k][i]] = v
			}
		}
		return y
	}
}

func cumSum(x []Var) []Var {
	y := slices.Clone(x)
	for i := 1; i < len(y); i++ {
		y[i] = y[i-1].Add(x[i])
	}
	return y
}

func twins() (all []twin) {
	add := func(name string, shapes [][]int, array func(x []Array) Array, scalar func(x [][]Var) []Var) {
		all = append(all, twin{name, shapes, array, scalar})
	}
	shape := []int{2, 3, 4}
	for _, axes := range [][]int{{}, {0}, {1}, {2}, {-1}, {0, 2}, {1, 2}, {0, 1}, {2, 0, 1}} {
		fold := func(name string, f func(x Array, axes ...int) Array, scalar func([]Var) Var) {
			add(fmt.Sprint(name, axes), [][]int{shape}, func(x []Array) Array { return f(x[0], axes...) }, folded(shape, axes, scalar))
		}
		fold("Prod", Array.Prod, ad.Prod[Var])
		fold("LogSumExp", Array.LogSumExp, ad.LogSumExp[Var])
		fold("Norm2", Array.Norm2, ad.Norm2[Var])
		fold("Variance", func(x Array, axes ...int) Array { return x.Variance(0.5, axes...) }, func(x []Var) Var { return ad.Variance(x, 0.5) })
	}
	for axis := -1; axis < 3; axis++ {
		along := func(name string, f func(Array, int) Array, scalar func([]Var) []Var) {
			k := (axis + 3) % 3
			add(fmt.Sprint(name, axis), [][]int{shape}, func(x []Array) Array { return f(x[0], axis) }, mapped(shape, k, scalar))
		}
		along("CumSum", Array.CumSum, cumSum)
		along("Softmax", Array.Softmax, ad.Softmax[Var])
		along("LogSoftmax", Array.LogSoftmax, ad.LogSoftmax[Var])
	}
	add("Reshape", [][]int{shape}, func(x []Array) Array { return x[0].Reshape(4, -1) }, func(x [][]Var) []Var { return x[0] })
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		out := []int{shape[order[0]], shape[order[1]], shape[order[2]]}
		add(fmt.Sprint("Transpose", order), [][]int{shape}, func(x []Array) Array { return x[0].Transpose(order...) }, moved(shape, out, func(at []int) []int {
			from := make([]int, 3)
			for i, k := range order {
				from[k] = at[i]
			}
			return from
		}))
	}
	add("Transpose of 40×50", [][]int{{40, 50}}, func(x []Array) Array { return x[0].Transpose() },
		moved([]int{40, 50}, []int{50, 40}, func(at []int) []int { return []int{at[1], at[0]} }))
	add("Slice", [][]int{{5, 4, 6}}, func(x []Array) Array {
		return x[0].Slice(Range{1, -1, 2}, Range{Step: -1}, Range{-5, 5, -2})
	}, moved([]int{5, 4, 6}, []int{2, 4, 2}, func(at []int) []int {
		return []int{1 + 2*at[0], 3 - at[1], 4 - 2*at[2]}
	}))
	add("Pad", [][]int{shape}, func(x []Array) Array { return x[0].Pad(0, [2]int{1, 0}, [2]int{-1, 2}, [2]int{2, -1}) },
		moved(shape, []int{3, 4, 5}, func(at []int) []int {
			from := []int{at[0] - 1, at[1] + 1, at[2] - 2}
			for k, i := range from {
				if i < 0 || i >= shape[k] {
					return nil
				}
			}
			return from
		}))
	add("BroadcastTo", [][]int{{3, 1, 2}}, func(x []Array) Array { return x[0].BroadcastTo(2, 3, 4, 2) },
		moved([]int{3, 1, 2}, []int{2, 3, 4, 2}, func(at []int) []int { return []int{at[1], 0, at[3]} }))
	add("BroadcastTo, last", [][]int{{3, 1}}, func(x []Array) Array { return x[0].BroadcastTo(3, 4) },
		moved([]int{3, 1}, []int{3, 4}, func(at []int) []int { return []int{at[0], 0} }))
	rows := []int{2, 0, 2, 1, 1, 1}
	add("Take", [][]int{{4, 3, 2}}, func(x []Array) Array { return x[0].Take(1, rows) },
		moved([]int{4, 3, 2}, []int{4, 6, 2}, func(at []int) []int { return []int{at[0], rows[at[1]], at[2]} }))
	picks := []int{2, 0, 1, 1, 0, 0, 2, 2}
	add("Gather", [][]int{{2, 3, 2}}, func(x []Array) Array { return x[0].Gather(-2, picks) },
		moved([]int{2, 3, 2}, []int{2, 2, 2}, func(at []int) []int { return []int{at[0], picks[flat([]int{2, 2, 2}, at)], at[2]} }))
	add("IndexAdd", [][]int{{2, 3, 2}, {2, 6, 2}}, func(x []Array) Array { return x[0].IndexAdd(1, rows, x[1]) }, func(x [][]Var) []Var {
		y := slices.Clone(x[0])
		for i, v := range x[1] {
			at := unflat([]int{2, 6, 2}, i)
			k := flat([]int{2, 3, 2}, []int{at[0], rows[at[1]], at[2]})
			y[k] = y[k].Add(v)
		}
		return y
	})
	add("ScatterAdd", [][]int{{2, 3, 2}, {2, 2, 2}}, func(x []Array) Array { return x[0].ScatterAdd(1, picks, x[1]) }, func(x [][]Var) []Var {
		y := slices.Clone(x[0])
		for i, v := range x[1] {
			at := unflat([]int{2, 2, 2}, i)
			k := flat([]int{2, 3, 2}, []int{at[0], picks[i], at[2]})
			y[k] = y[k].Add(v)
		}
		return y
	})
	add("Outer", [][]int{{3}, {4}}, func(x []Array) Array { return x[0].Outer(x[1]) }, func(x [][]Var) (y []Var) {
		for _, a := range x[0] {
			for _, b := range x[1] {
				y = append(y, a.Mul(b))
			}
		}
		return y
	})
	for axis := range 3 {
		join := func(name string, shapes [][]int, f func(axis int, x ...Array) Array, out []int, of func(at []int) (int, []int)) {
			add(fmt.Sprint(name, axis), shapes, func(x []Array) Array { return f(axis, x...) }, func(x [][]Var) (y []Var) {
				for i := range layout.Size(out) {
					k, at := of(unflat(out, i))
					y = append(y, x[k][flat(shapes[k], at)])
				}
				return y
			})
		}
		second, both := slices.Clone(shape), slices.Clone(shape)
		second[axis], both[axis] = 2, shape[axis]+2
		join("Concat", [][]int{shape, second}, Concat, both, func(at []int) (int, []int) {
			if at[axis] < shape[axis] {
				return 0, at
			}
			at[axis] -= shape[axis]
			return 1, at
		})
		small := []int{2, 3}
		join("StackAlong", [][]int{small, small, small, small}, StackAlong, slices.Insert(slices.Clone(small), axis, 4), func(at []int) (int, []int) {
			k := at[axis]
			return k, slices.Delete(at, axis, axis+1)
		})
	}
	cond := []bool{true, false, false, true, true, false}
	add("Where", [][]int{{2, 3}, {3}}, func(x []Array) Array { return Where(cond, x[0], x[1]) }, func(x [][]Var) (y []Var) {
		for i, c := range cond {
			if c {
				y = append(y, x[0][i])
			} else {
				y = append(y, x[1][i%3])
			}
		}
		return y
	})
	for axis := range 2 {
		clamp := func(x []Array) Array { return ad.Clamp(ad.Max(x[0], ad.Min(x[1], x[0].Scale(2))), -0.5, 1) }
		add(fmt.Sprint("Clamp", axis), [][]int{{2, 3}, {3}}, clamp, func(x [][]Var) (y []Var) {
			for i, v := range x[0] {
				y = append(y, ad.Clamp(ad.Max(v, ad.Min(x[1][i%3], v.Add(v))), -0.5, 1))
			}
			return y
		})
	}
	return append(all, entropyTwins()...)
}

// TestTwins holds every operation against the same over scalars: value, gradient,
// JVP and HVP, with all operands parameters and with each alone, on one tape. The
// square of the result is taken, so that linear operations have second derivatives.
func TestTwins(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	tape := NewTape()
	all := twins()
	if len(all) != 36+12+1+6+1+2+2+4+1+6+1+2+24 {
		t.Errorf("%d operations", len(all))
	}
	for _, tw := range all {
		var x, v [][]float64
		for _, s := range tw.shapes {
			xs, vs := make([]float64, layout.Size(s)), make([]float64, layout.Size(s))
			for i := range xs {
				xs[i], vs[i] = r.NormFloat64(), r.NormFloat64()
			}
			x, v = append(x, xs), append(v, vs)
		}
		tw.hold(t, tape, x, v)
	}
}

func (tw twin) hold(t *testing.T, tape *Tape, x, v [][]float64) {
	t.Helper()
	for only := -1; only < len(x); only++ {
		if only >= 0 && len(x) == 1 {
			continue
		}
		tape.Reset()
		var in, params []Array
		var point []float64
		var directions [][]float64
		for i, xs := range x {
			if only < 0 || only == i {
				in = append(in, tape.Param(xs, make([]float64, len(xs)), tw.shapes[i]...))
				params, directions = append(params, in[i]), append(directions, v[i])
				point = append(point, xs...)
			} else {
				in = append(in, tape.Const(xs, tw.shapes[i]...))
			}
		}
		scalar := func(p []Var) []Var {
			var in [][]Var
			for i, xs := range x {
				vars := make([]Var, len(xs))
				for k, c := range xs {
					vars[k] = Var{value: c}
				}
				if only < 0 || only == i {
					vars, p = p[:len(xs)], p[len(xs):]
				}
				in = append(in, vars)
			}
			y := tw.scalar(in)
			for i, z := range y {
				y[i] = z.Mul(z)
			}
			return y
		}
		y := tw.array(in)
		y = y.Mul(y)
		var want, w []float64
		VJPTo(make([]float64, len(point)), func(p []Var) []Var {
			want, w = nil, nil
			z := scalar(p)
			for i, v := range z {
				want, w = append(want, v.value), append(w, 1+0.5*float64(i%7))
			}
			return z
		}, point, make([]float64, y.Size()))
		weighted := func(p []Var) (sum Var) {
			for i, v := range scalar(p) {
				sum = sum.Add(v.Mul(Var{value: w[i]}))
			}
			return sum
		}
		direction := slices.Concat(directions...)
		optest.Within(t, tw.name+": value", y.Values(), want, 1e-11)
		y.BackwardFrom(w)
		var grad []float64
		for _, p := range params {
			grad = append(grad, p.Grad()...)
		}
		optest.Within(t, tw.name+": gradient", grad, Gradient(weighted, point), 1e-11)
		optest.Within(t, tw.name+": JVP", y.JVP(params, directions), JVP(scalar, point, direction), 1e-11)
		optest.Within(t, tw.name+": HVP", slices.Concat(y.HVP(w, params, directions)...), HVP(weighted, point, direction), 1e-11)
	}
}

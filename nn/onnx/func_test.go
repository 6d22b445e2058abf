package onnx

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse"
)

// near reports whether two numbers agree to a relative error.
func near(got, want, tolerance float64) bool {
	if math.IsNaN(want) || math.IsInf(want, 0) {
		return got == want || math.IsNaN(got) && math.IsNaN(want)
	}
	return math.Abs(got-want) <= tolerance*max(math.Abs(want), 1e-3)
}

// holds holds the model of a function and its derivatives against the recording, at points.
func holds(t *testing.T, name string, f *reverse.Func, points [][]float64, tolerance float64) {
	t.Helper()
	var b bytes.Buffer
	if err := WriteGradient(&b, f); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	m := read(t, b.Bytes())
	x := &tensor{[]int{len(points), f.Inputs()}, slices.Concat(points...)}
	out := evaluate(t, m, x)
	want := [2][]float64{}
	for _, p := range points {
		want[0] = append(want[0], f.Eval(p)...)
		want[1] = append(want[1], f.Jacobian(p).RawMatrix().Data...)
	}
	for k := range want {
		if len(out[k].v) != len(want[k]) {
			t.Fatalf("%s: output %s has shape %v, want %d numbers", name, m.outputs[k], out[k].shape, len(want[k]))
		}
		for i, v := range want[k] {
			if !near(out[k].v[i], v, tolerance) {
				t.Errorf("%s: %s[%d] is %v, want %v, at %v", name, m.outputs[k], i, out[k].v[i], v, points)
			}
		}
	}
}

// between returns points of a box.
func between(rng *rand.Rand, n int, lo, hi []float64) [][]float64 {
	points := make([][]float64, n)
	for i := range points {
		for k := range lo {
			points[i] = append(points[i], lo[k]+(hi[k]-lo[k])*rng.Float64())
		}
	}
	return points
}

// A function of the tests, and points where it is held.
type function struct {
	name   string
	f      *reverse.Func
	points [][]float64
}

// functions are those of package ad, each for itself, and some that are made of them.
func functions() []function {
	rng := rand.New(rand.NewPCG(1, 2))
	var list []function
	for _, row := range rule.Functions {
		if slices.Contains(unsaid, row.Name) {
			continue
		}
		op := ad.NewOp((*ad.Func)(row))
		f := reverse.Record(func(x []reverse.Var) reverse.Var { return x[0].Apply(op) }, 1)
		points := between(rng, 20, []float64{row.Lo}, []float64{row.Hi})
		for _, k := range row.Kinks {
			points = append(points, []float64{k.At})
		}
		list = append(list, function{row.Name, f, append(points, []float64{math.NaN()})})
	}
	for _, row := range rule.Functions2 {
		op := ad.NewOp2((*ad.Func2)(row))
		f := reverse.Record(func(x []reverse.Var) reverse.Var { return x[0].Apply2(op, x[1]) }, 2)
		points := between(rng, 20, row.Lo[:], row.Hi[:])
		list = append(list, function{row.Name, f, append(points, []float64{0, 1}, []float64{2, 2}, []float64{math.NaN(), 1})})
	}
	whole := func(name string, n int, f func(x []reverse.Var) []reverse.Var, more ...[]float64) {
		lo, hi := slices.Repeat([]float64{-2}, n), slices.Repeat([]float64{2}, n)
		list = append(list, function{name, reverse.Record(f, n), append(between(rng, 10, lo, hi), more...)})
	}
	one := func(f func(x []reverse.Var) reverse.Var) func(x []reverse.Var) []reverse.Var {
		return func(x []reverse.Var) []reverse.Var { return []reverse.Var{f(x)} }
	}
	whole("logsumexp", 5, one(ad.LogSumExp[reverse.Var]), []float64{1, 1, 1, 1, 1}, []float64{1000, -1000, 999, 0, 0})
	whole("norm2", 5, one(ad.Norm2[reverse.Var]), []float64{0, 3, 0, -4, 0})
	whole("softmax", 4, ad.Softmax[reverse.Var], []float64{1, 1, 1, 1}, []float64{800, 0, -800, 1})
	whole("logsoftmax", 4, ad.LogSoftmax[reverse.Var])
	whole("rosenbrock", 6, one(rosenbrock[reverse.Var]), []float64{1, 1, 1, 1, 1, 1})
	whole("branch", 2, one(func(x []reverse.Var) reverse.Var { // the other branch has an infinite slope
		return x[0].IfPos(ad.Sqrt(x[0]).Mul(x[1]), ad.Exp(x[1]))
	}), []float64{0, 1}, []float64{-1, 1})
	whole("constant", 2, func(x []reverse.Var) []reverse.Var { return []reverse.Var{x[0].Const(3), x[1], x[0].Mul(x[1])} })
	return list
}

func rosenbrock[T ad.Scalar[T]](x []T) T {
	sum := ad.Const[T](0)
	for i := range len(x) - 1 {
		a, b := x[i+1].Sub(ad.Square(x[i])), ad.Const[T](1).Sub(x[i])
		sum = sum.Add(ad.Const[T](100).Mul(ad.Square(a))).Add(ad.Square(b))
	}
	return sum
}

// unsaid are the functions that no operators of ONNX make up.
var unsaid = []string{"gamma", "lgamma", "digamma"}

// TestFunctions holds the models of functions and of their derivatives against the recordings.
func TestFunctions(t *testing.T) {
	for _, f := range functions() {
		holds(t, f.name, f.f, f.points, 1e-11)
	}
}

// TestWriteFuncErrors: what cannot be written is an error that says why.
func TestWriteFuncErrors(t *testing.T) {
	own := ad.NewOp(&ad.Func{Name: "triple", Value: func(x float64) float64 { return 3 * x }, Slope: func(_, _ float64) float64 { return 3 }, Text: "3"})
	for _, c := range []struct {
		f    func(x []reverse.Var) []reverse.Var
		n    int
		want string
	}{
		{func(x []reverse.Var) []reverse.Var { return x }, 0, "onnx: WriteFunc: a function of 0 inputs and 0 results"},
		{func(x []reverse.Var) []reverse.Var { return []reverse.Var{ad.Lgamma(x[0])} }, 1, "onnx: WriteFunc: the function lgamma cannot be said in ONNX"},
		{func(x []reverse.Var) []reverse.Var { return []reverse.Var{x[0].Const(x[0].Float())} }, 1,
			"onnx: WriteFunc: reverse: a recorded function cannot be replayed: it took the Float of a variable"},
		{func(x []reverse.Var) []reverse.Var {
			if x[0].Less(x[1]) {
				return x[:1]
			}
			return x[1:]
		}, 2, "onnx: WriteFunc: the function takes one of several paths by 1 comparisons: write it with IfPos, Max and the like"},
		{func(x []reverse.Var) []reverse.Var { return []reverse.Var{x[0].Apply(own)} }, 1,
			`onnx: WriteFunc: compare.Formula: operation 1: symbolic: line 1, column 1: there is no function triple; write triple*(...) for a product`},
	} {
		err := WriteFunc(new(bytes.Buffer), reverse.Record(c.f, c.n))
		if err == nil || err.Error() != c.want {
			t.Errorf("got %v\nwant %s", err, c.want)
		}
	}
}

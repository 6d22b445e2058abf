package reverse

import (
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
)

// exactly compares every entry; NaN equals NaN.
func exactly(t *testing.T, what string, got, want []float64) {
	t.Helper()
	same := func(a, b float64) bool { return a == b || a != a && b != b }
	if !slices.EqualFunc(got, want, same) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// derivatives returns value, gradient of the sum, and HVP along v.
func derivatives(x, v []float64, f func(x Array) Array) (y, g, h []float64) {
	tape := NewTape()
	p := tape.Param(x, make([]float64, len(x)), len(x))
	z := f(p)
	w := make([]float64, z.Size())
	for i := range w {
		w[i] = 1
	}
	z.BackwardFrom(w)
	return z.Values(), p.Grad(), z.HVP(w, []Array{p}, [][]float64{v})[0]
}

func TestProdOfZeros(t *testing.T) {
	prod := func(x Array) Array { return x.Prod() }
	v := []float64{1, 10, 100}
	for _, test := range []struct{ x, y, g, h []float64 }{
		{[]float64{2, 3, 5}, []float64{30}, []float64{15, 10, 6}, []float64{350, 205, 23}},
		{[]float64{0, 3, 5}, []float64{0}, []float64{15, 0, 0}, []float64{350, 5, 3}},
		{[]float64{0, 0, 5}, []float64{0}, []float64{0, 0, 0}, []float64{50, 5, 0}},
		{[]float64{0, 0, 0}, []float64{0}, []float64{0, 0, 0}, []float64{0, 0, 0}},
		{[]float64{1e200, 1e-200, 1e200}, []float64{1e200}, []float64{1, inf, 1}, nil},
	} {
		y, g, h := derivatives(test.x, v, prod)
		close11(t, "Prod", append(y, g...), append(test.y, test.g...))
		if test.h != nil {
			exactly(t, "HVP", h, test.h)
		}
	}
}

func TestNorm2Edges(t *testing.T) {
	for _, test := range []struct{ x, y, g []float64 }{
		{[]float64{0, 0}, []float64{0}, []float64{0, 0}},
		{[]float64{3e-200, 4e-200}, []float64{5e-200}, []float64{0.6, 0.8}},
		{[]float64{3e300, -4e300}, []float64{5e300}, []float64{0.6, -0.8}},
		{[]float64{0, -0x1p-1074}, []float64{0x1p-1074}, []float64{0, -1}},
		{[]float64{inf, 1}, []float64{inf}, Gradient(ad.Norm2[Var], []float64{inf, 1})},
		{[]float64{nan, 1}, []float64{nan}, []float64{nan, nan}},
	} {
		y, g, _ := derivatives(test.x, []float64{1, 1}, func(x Array) Array { return x.Norm2() })
		close11(t, "Norm2", y, test.y)
		close11(t, "gradient", g, test.g)
	}
}

func TestSoftmaxEdges(t *testing.T) {
	for _, test := range []struct{ x, soft, log, sum []float64 }{
		{[]float64{1e308, -1e308}, []float64{1, 0}, []float64{0, -inf}, []float64{1e308}},
		{[]float64{-inf, 3}, []float64{0, 1}, []float64{-inf, 0}, []float64{3}},
		{[]float64{-inf, -inf}, []float64{nan, nan}, []float64{nan, nan}, []float64{-inf}},
		{[]float64{inf, 0}, []float64{nan, nan}, []float64{nan, nan}, []float64{inf}},
		{[]float64{nan, 0}, []float64{nan, nan}, []float64{nan, nan}, []float64{nan}},
		{[]float64{7}, []float64{1}, []float64{0}, []float64{7}},
		{[]float64{50, 0}, []float64{1, math.Exp(-50)}, []float64{-math.Exp(-50), -50}, []float64{50}},
		{nil, nil, nil, []float64{-inf}},
	} {
		for _, along := range [][2]int{{1, len(test.x)}, {len(test.x), 1}} { // last axis or not
			axis := 1
			if along[0] > 1 {
				axis = 0
			}
			x := NewTape().Param(test.x, nil, along[0], along[1])
			if len(test.x) > 0 {
				exactly(t, "Softmax", x.Softmax(axis).Values(), test.soft)
				exactly(t, "LogSoftmax", x.LogSoftmax(axis).Values(), test.log)
			}
			exactly(t, "LogSumExp", x.LogSumExp().Values(), test.sum)
		}
	}
	// An element of -Inf does not move, and neither does a sum of nothing else.
	_, g, h := derivatives([]float64{-inf, 1}, []float64{1, 1}, func(x Array) Array { return x.Softmax(0).Slice(Range{1, 2, 1}) })
	exactly(t, "Softmax", append(g, h...), []float64{0, 0, 0, 0})
	_, g, h = derivatives([]float64{-inf, -inf}, []float64{1, 1}, func(x Array) Array { return x.LogSumExp() })
	exactly(t, "LogSumExp", append(g, h...), []float64{0, 0, 0, 0})
	_, g, _ = derivatives([]float64{inf, 1}, []float64{1, 1}, func(x Array) Array { return x.LogSumExp() })
	exactly(t, "LogSumExp", g, []float64{nan, 0})
}

// TestSoftmaxNearOne: no digits are lost where one probability is close to 1; those
// of the scalar functions are as good.
func TestSoftmaxNearOne(t *testing.T) {
	x, v := []float64{1, 45, 3, -2}, []float64{0.5, -1, 2, 0.25}
	hold := func(name string, f func(x Array) Array, scalar func(x []Var) Var) {
		y, g, h := derivatives(x, v, f)
		fine(t, name, y, []float64{scalar([]Var{{value: x[0]}, {value: x[1]}, {value: x[2]}, {value: x[3]}}).value})
		fine(t, name+": gradient", g, Gradient(scalar, x))
		fine(t, name+": HVP", h, HVP(scalar, x, v))
	}
	hold("Softmax", func(x Array) Array { return x.Softmax(0).Slice(Range{1, 2, 1}) }, func(x []Var) Var { return ad.Softmax(x)[1] })
	hold("LogSoftmax", func(x Array) Array { return x.LogSoftmax(0).Slice(Range{1, 2, 1}) }, func(x []Var) Var { return ad.LogSoftmax(x)[1] })
	hold("CrossEntropy", func(x Array) Array { return x.CrossEntropy(0, []int{1}, CrossEntropyOptions{}) }, func(x []Var) Var { return ad.LogSoftmax(x)[1].Neg() })
	hold("CrossEntropyTo", func(x Array) Array {
		return x.CrossEntropyTo(0, constBeside(x, []float64{0, 1, 0, 0}), CrossEntropyOptions{})
	}, func(x []Var) Var { return ad.LogSoftmax(x)[1].Neg() })
}

// constBeside returns a constant on the tape of x.
func constBeside(x Array, value []float64) Array {
	t := x.a.tape
	return t.wrap(t.leaf(value, []int{len(value)}))
}

// fine compares to 1e-14 of every entry.
func fine(t *testing.T, what string, got, want []float64) {
	t.Helper()
	for i, w := range want {
		if !(math.Abs(got[i]-w) <= 1e-14*math.Abs(w)) {
			t.Errorf("%s: %v, want %v", what, got, want)
			return
		}
	}
}

func TestCrossEntropyEdges(t *testing.T) {
	for _, test := range []struct {
		x       []float64
		label   int
		o       CrossEntropyOptions
		y, g, h []float64
	}{
		{[]float64{1e308, -1e308}, 0, CrossEntropyOptions{}, []float64{0}, []float64{0, 0}, []float64{0, 0}},
		{[]float64{1000, 0}, 1, CrossEntropyOptions{}, []float64{1000}, []float64{1, -1}, []float64{0, 0}},
		{[]float64{-inf, 0}, 1, CrossEntropyOptions{}, []float64{0}, []float64{0, 0}, []float64{0, 0}},
		{[]float64{-inf, 0}, 0, CrossEntropyOptions{}, []float64{inf}, []float64{-1, 1}, []float64{0, 0}},
		{[]float64{-inf, 0}, 1, CrossEntropyOptions{Smoothing: 0.5}, []float64{inf}, []float64{-0.25, 0.25}, []float64{0, 0}},
		{[]float64{-inf, 0}, 1, CrossEntropyOptions{Smoothing: 0.5, Weights: []float64{0, 1}}, []float64{0}, []float64{0, 0}, []float64{0, 0}},
		{[]float64{-inf, 0}, 0, CrossEntropyOptions{Reduction: ReduceSum, Weights: []float64{0, 1}}, []float64{0}, []float64{0, 0}, []float64{0, 0}},
		{[]float64{inf, 0}, 1, CrossEntropyOptions{}, []float64{nan}, []float64{nan, nan}, []float64{nan, nan}},
		{[]float64{5, nan}, 1, CrossEntropyOptions{Ignore: []int{1}, Reduction: ReduceSum}, []float64{0}, []float64{0, 0}, []float64{0, 0}},
		{[]float64{5, 0}, 1, CrossEntropyOptions{Ignore: []int{1}}, []float64{nan}, []float64{0, 0}, []float64{0, 0}},
		{[]float64{5, nan}, 1, CrossEntropyOptions{Weights: []float64{1, 0}}, []float64{nan}, []float64{0, 0}, []float64{0, 0}},
		{[]float64{3}, 0, CrossEntropyOptions{}, []float64{0}, []float64{0}, []float64{0}},
	} {
		f := func(x Array) Array { return x.CrossEntropy(0, []int{test.label}, test.o) }
		y, g, h := derivatives(test.x, make([]float64, len(test.x)), f)
		exactly(t, "value", y, test.y)
		exactly(t, "gradient", g, test.g)
		if test.g[0] == test.g[0] {
			exactly(t, "HVP", h, test.h)
		}
	}
	// A target of 0 against a probability of 0.
	tape := NewTape()
	x, target := tape.Param([]float64{-inf, 0}, nil), tape.Param([]float64{0, 1}, nil)
	z := x.CrossEntropyTo(0, target, CrossEntropyOptions{})
	z.Backward()
	exactly(t, "CrossEntropyTo", append(z.Values(), x.Grad()...), []float64{0, 0, 0})
	exactly(t, "gradient of targets", target.Grad(), []float64{inf, 0})
}

// TestEmptyShapes: operations take arrays of no elements.
func TestEmptyShapes(t *testing.T) {
	tape := NewTape()
	x := tape.Param(nil, nil, 0, 3)
	y := tape.Param(nil, nil, 2, 0)
	for _, test := range []struct {
		name  string
		z     Array
		shape []int
		value []float64
	}{
		{"Prod", y.Prod(1), []int{2}, []float64{1, 1}},
		{"LogSumExp", y.LogSumExp(1), []int{2}, []float64{-inf, -inf}},
		{"Norm2", y.Norm2(1), []int{2}, []float64{0, 0}},
		{"Variance", y.Variance(0, 1), []int{2}, []float64{nan, nan}},
		{"Prod of rows", x.Prod(1), []int{0}, nil},
		{"Softmax", y.Softmax(1), []int{2, 0}, nil},
		{"LogSoftmax", x.LogSoftmax(1), []int{0, 3}, nil},
		{"CumSum", y.CumSum(0), []int{2, 0}, nil},
		{"Reshape", x.Reshape(3, 0, 5), []int{3, 0, 5}, nil},
		{"Transpose", x.Transpose(), []int{3, 0}, nil},
		{"Slice", x.Slice(Range{}, Range{Start: 3}), []int{0, 0}, nil},
		{"Pad", x.Pad(7, [2]int{1, 0}), []int{1, 3}, []float64{7, 7, 7}},
		{"Concat", Concat(0, x, tape.Const([]float64{1, 2, 3}, 1, 3), x), []int{1, 3}, []float64{1, 2, 3}},
		{"StackAlong", StackAlong(1, x, x), []int{0, 2, 3}, nil},
		{"BroadcastTo", x.BroadcastTo(4, 0, 3), []int{4, 0, 3}, nil},
		{"Take", x.Take(1, []int{2, 2}), []int{0, 2}, nil},
		{"Take of none", tape.Const([]float64{1}, 1).Take(0, nil), []int{0}, nil},
		{"Gather", x.Gather(1, nil), []int{0, 0}, nil},
		{"ScatterAdd", x.ScatterAdd(1, nil, x), []int{0, 3}, nil},
		{"IndexAdd", y.IndexAdd(1, nil, y), []int{2, 0}, nil},
		{"CrossEntropy", x.CrossEntropy(1, nil, CrossEntropyOptions{}), nil, []float64{nan}},
		{"CrossEntropyTo", y.CrossEntropyTo(1, y, CrossEntropyOptions{Reduction: ReduceNone}), []int{2}, []float64{0, 0}},
		{"OneHot", tape.OneHot(nil, 3), []int{0, 3}, nil},
		{"OneHot", tape.OneHot([]int{2, 0}, 3), []int{2, 3}, []float64{0, 0, 1, 1, 0, 0}},
		{"Outer", tape.Const(nil, 0).Outer(tape.Const([]float64{1, 2})), []int{0, 2}, nil},
	} {
		if !slices.Equal(test.z.Shape(), test.shape) {
			t.Errorf("%s: shape %v, want %v", test.name, test.z.Shape(), test.shape)
		}
		exactly(t, test.name, test.z.Values(), test.value)
		w := make([]float64, test.z.Size())
		test.z.BackwardFrom(w)
		test.z.HVP(w, []Array{x, y}, [][]float64{{}, {}})
	}
}

// TestVarianceCorrection: where nothing is left to divide by.
func TestVarianceCorrection(t *testing.T) {
	tape := NewTape()
	x := tape.Const([]float64{1, 2, 3, 5, 5, 5}, 2, 3)
	exactly(t, "Variance", x.Variance(1, 1).Values(), []float64{1, 0})
	exactly(t, "Variance", x.Variance(3, 1).Values(), []float64{inf, nan})
	exactly(t, "Variance", x.Variance(9, 1).Values(), []float64{inf, nan})
}

func TestConstantsWithoutTape(t *testing.T) {
	c := Array{c: 3}
	for _, z := range []Array{c.Prod(), c.LogSumExp(), c.Norm2(), c.Reshape(), c.Transpose(), c.Slice(), c.Pad(0), c.BroadcastTo(), Where([]bool{true}, c, Array{}), Where([]bool{false}, Array{}, c)} {
		if z.Value() != 3 || z.a != nil {
			t.Errorf("%v, want 3", z)
		}
	}
	if v := c.Variance(0).Value(); v != 0 {
		t.Errorf("Variance %v", v)
	}
	tape := NewTape()
	x := tape.Param([]float64{2}, nil, []int{}...).Reshape()
	z := StackAlong(0, x, c)
	z.BackwardFrom([]float64{1, 1})
	exactly(t, "StackAlong", append(z.Values(), x.Grad()...), []float64{2, 3, 1})
}

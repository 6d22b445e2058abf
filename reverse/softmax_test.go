package reverse

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
)

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

// constBeside returns a constant on the tape of x.
func constBeside(x Array, value []float64) Array {
	t := x.a.tape
	return t.wrap(t.leaf(value, []int{len(value)}))
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
				optest.Equal(t, "Softmax", x.Softmax(axis).Values(), test.soft)
				optest.Equal(t, "LogSoftmax", x.LogSoftmax(axis).Values(), test.log)
			}
			optest.Equal(t, "LogSumExp", x.LogSumExp().Values(), test.sum)
		}
	}
	// An element of -Inf does not move, and neither does a sum of nothing else.
	_, g, h := derivatives([]float64{-inf, 1}, []float64{1, 1}, func(x Array) Array { return x.Softmax(0).Slice(Range{1, 2, 1}) })
	optest.Equal(t, "Softmax", append(g, h...), []float64{0, 0, 0, 0})
	_, g, h = derivatives([]float64{-inf, -inf}, []float64{1, 1}, func(x Array) Array { return x.LogSumExp() })
	optest.Equal(t, "LogSumExp", append(g, h...), []float64{0, 0, 0, 0})
	_, g, _ = derivatives([]float64{inf, 1}, []float64{1, 1}, func(x Array) Array { return x.LogSumExp() })
	optest.Equal(t, "LogSumExp", g, []float64{nan, 0})
}

// TestSoftmaxNearOne: no digits are lost where one probability is close to 1; those
// of the scalar functions are as good.
func TestSoftmaxNearOne(t *testing.T) {
	x, v := []float64{1, 45, 3, -2}, []float64{0.5, -1, 2, 0.25}
	hold := func(name string, f func(x Array) Array, scalar func(x []Var) Var) {
		y, g, h := derivatives(x, v, f)
		optest.Equal(t, name, y, []float64{scalar([]Var{{value: x[0]}, {value: x[1]}, {value: x[2]}, {value: x[3]}}).value}, cmpopts.EquateApprox(1e-14, 0))
		optest.Equal(t, name+": gradient", g, Gradient(scalar, x), cmpopts.EquateApprox(1e-14, 0))
		optest.Equal(t, name+": HVP", h, HVP(scalar, x, v), cmpopts.EquateApprox(1e-14, 0))
	}
	hold("Softmax", func(x Array) Array { return x.Softmax(0).Slice(Range{1, 2, 1}) }, func(x []Var) Var { return ad.Softmax(x)[1] })
	hold("LogSoftmax", func(x Array) Array { return x.LogSoftmax(0).Slice(Range{1, 2, 1}) }, func(x []Var) Var { return ad.LogSoftmax(x)[1] })
	hold("CrossEntropy", func(x Array) Array { return x.CrossEntropy(0, []int{1}, CrossEntropyOptions{}) }, func(x []Var) Var { return ad.LogSoftmax(x)[1].Neg() })
	hold("CrossEntropyTo", func(x Array) Array {
		return x.CrossEntropyTo(0, constBeside(x, []float64{0, 1, 0, 0}), CrossEntropyOptions{})
	}, func(x []Var) Var { return ad.LogSoftmax(x)[1].Neg() })
}

package reverse

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
)

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
		{"CrossEntropy", x.CrossEntropy(1, nil, CrossEntropyOptions{}), []int{0}, nil},
		{"CrossEntropyTo", y.CrossEntropyTo(1, y, CrossEntropyOptions{}), []int{2}, []float64{0, 0}},
		{"OneHot", tape.OneHot(nil, 3), []int{0, 3}, nil},
		{"OneHot", tape.OneHot([]int{2, 0}, 3), []int{2, 3}, []float64{0, 0, 1, 1, 0, 0}},
		{"Outer", tape.Const(nil, 0).Outer(tape.Const([]float64{1, 2})), []int{0, 2}, nil},
	} {
		if !slices.Equal(test.z.Shape(), test.shape) {
			t.Errorf("%s: shape %v, want %v", test.name, test.z.Shape(), test.shape)
		}
		optest.Equal(t, test.name, test.z.Values(), test.value)
		w := make([]float64, test.z.Size())
		test.z.BackwardFrom(w)
		test.z.HVP(w, []Array{x, y}, [][]float64{{}, {}})
	}
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
	optest.Equal(t, "StackAlong", append(z.Values(), x.Grad()...), []float64{2, 3, 1})
}

// TestShapePanics holds the messages of misuse, and that none is computed: no node
// is recorded.
func TestShapePanics(t *testing.T) {
	tape := NewTape()
	x, y := tape.Param(make([]float64, 12), nil, 3, 4), tape.Param(make([]float64, 30), nil, 5, 6)
	c := Array{c: 1}
	none := CrossEntropyOptions{}
	for _, test := range []struct {
		f    func()
		want string
	}{
		{func() { x.Prod(2) }, "reverse: Prod along axis 2 of shape [3 4]"},
		{func() { x.Norm2(0, -2) }, "reverse: Norm2 along an axis twice: [0 -2]"},
		{func() { x.LogSumExp(-3) }, "reverse: LogSumExp along axis -3 of shape [3 4]"},
		{func() { x.Variance(1, 5) }, "reverse: Variance along axis 5 of shape [3 4]"},
		{func() { x.CumSum(2) }, "reverse: CumSum along axis 2 of shape [3 4]"},
		{func() { c.CumSum(0) }, "reverse: CumSum along axis 0 of shape []"},
		{func() { x.Reshape(5, -1) }, "reverse: Reshape of shape [3 4] to [5 -1]"},
		{func() { x.Reshape(-1, -1) }, "reverse: a negative length in the shape [1 -1]"},
		{func() { x.Reshape(3, 5) }, "reverse: Reshape of shape [3 4] to [3 5]"},
		{func() { x.Reshape(0, -1) }, "reverse: Reshape of shape [3 4] to [0 -1]"},
		{func() { c.Reshape(1) }, "reverse: Reshape of a constant without a tape to shape [1]; use Tape.Const"},
		{func() { x.Transpose(0) }, "reverse: Transpose of shape [3 4] to axes [0]"},
		{func() { x.Transpose(0, 0) }, "reverse: Transpose to an axis twice: [0 0]"},
		{func() { x.Transpose(0, 2) }, "reverse: Transpose along axis 2 of shape [3 4]"},
		{func() { x.BroadcastTo(4) }, "reverse: BroadcastTo of shapes [3 4] and [4]"},
		{func() { x.BroadcastTo(2, 3, 5) }, "reverse: BroadcastTo of shapes [3 4] and [2 3 5]"},
		{func() { x.Slice(Range{0, 4, 1}) }, "reverse: Slice from 0 to 4 along axis 0 of shape [3 4]"},
		{func() { x.Slice(Range{}, Range{3, 2, 1}) }, "reverse: Slice from 3 to 2 along axis 1 of shape [3 4]"},
		{func() { x.Slice(Range{}, Range{}, Range{}) }, "reverse: Slice of 3 ranges of shape [3 4]"},
		{func() { x.Pad(0, [2]int{-2, -2}) }, "reverse: Pad by [-2 -2] along axis 0 of shape [3 4]"},
		{func() { x.Pad(0, [2]int{-4, 2}) }, "reverse: Pad by [-4 2] along axis 0 of shape [3 4]"},
		{func() { x.Pad(0, [2]int{}, [2]int{}, [2]int{}) }, "reverse: Pad of 3 axes of shape [3 4]"},
		{func() { Concat(0) }, "reverse: Concat of no arrays"},
		{func() { Concat(0, x, y) }, "reverse: Concat of shapes [3 4] and [5 6]"},
		{func() { Concat(2, x, x) }, "reverse: Concat along axis 2 of shape [3 4]"},
		{func() { Concat(0, x, c) }, "reverse: Concat of shapes [3 4] and []"},
		{func() { StackAlong(0, x, y) }, "reverse: StackAlong of shapes [3 4] and [5 6]"},
		{func() { StackAlong(0, c, c) }, "reverse: StackAlong of a constant without a tape to shape [2]; use Tape.Const"},
		{func() { x.Take(0, []int{0, 3}) }, "reverse: Take of index 3 along axis 0 of shape [3 4]"},
		{func() { x.Take(0, []int{-1}) }, "reverse: Take of index -1 along axis 0 of shape [3 4]"},
		{func() { x.Gather(1, []int{1, 2, 3, 0}) }, "reverse: Gather of 4 indices along axis 1 of shape [3 4]"},
		{func() { x.Gather(1, []int{1, 2, 4}) }, "reverse: Gather of index 4 along axis 1 of shape [3 4]"},
		{func() { x.IndexAdd(0, []int{1}, y) }, "reverse: IndexAdd of shapes [3 4] and [5 6]"},
		{func() { x.IndexAdd(0, []int{1}, x) }, "reverse: IndexAdd of 1 indices along axis 0 of shape [3 4]"},
		{func() { x.ScatterAdd(0, []int{1}, y) }, "reverse: ScatterAdd of shapes [3 4] and [5 6]"},
		{func() { x.ScatterAdd(0, []int{1}, x) }, "reverse: ScatterAdd of 1 indices with shape [3 4]"},
		{func() { tape.OneHot([]int{4}, 4) }, "reverse: OneHot of label 4 with 4 classes"},
		{func() { x.Outer(y) }, "reverse: Outer of shapes [3 4] and [5 6]"},
		{func() { Where([]bool{true}, x, y) }, "reverse: Where of shapes [3 4] and [5 6]"},
		{func() { Where([]bool{true}, x, x) }, "reverse: Where of 1 conditions with shapes [3 4] and [3 4]"},
		{func() { x.Softmax(2) }, "reverse: Softmax along axis 2 of shape [3 4]"},
		{func() { x.LogSoftmax(-3) }, "reverse: LogSoftmax along axis -3 of shape [3 4]"},
		{func() { x.CrossEntropy(2, nil, none) }, "reverse: CrossEntropy along axis 2 of shape [3 4]"},
		{func() { x.CrossEntropy(1, []int{1}, none) }, "reverse: CrossEntropy of 1 labels along axis 1 of shape [3 4], which has 3 rows"},
		{func() { x.CrossEntropy(1, []int{1, 4, 0}, none) }, "reverse: CrossEntropy with label 4 of 4 classes, in row 1"},
		{func() { x.CrossEntropy(1, nil, CrossEntropyOptions{Weights: make([]float64, 3)}) }, "reverse: CrossEntropy with 3 weights for 4 classes"},
		{func() { x.CrossEntropy(1, nil, CrossEntropyOptions{Smoothing: 2}) }, "reverse: CrossEntropy with a smoothing of 2, not between 0 and 1"},
		{func() { x.CrossEntropyTo(1, y, none) }, "reverse: CrossEntropyTo of shapes [3 4] and [5 6]"},
	} {
		nodes := x.a.tape.nodesUsed
		func() {
			defer func() {
				if got := recover(); got != test.want {
					t.Errorf("panic %q, want %q", got, test.want)
				}
			}()
			test.f()
		}()
		if x.a.tape.nodesUsed != nodes {
			t.Errorf("%q recorded a node", test.want)
		}
	}
}

// TestShapesSteadyState: a step of the same shape allocates nothing, forward and
// backward.
func TestShapesSteadyState(t *testing.T) {
	tape := NewTape()
	xs, gx := make([]float64, 24), make([]float64, 24)
	for i := range xs {
		xs[i] = float64(i%5) - 1.5
	}
	labels, rows, picks := []int{0, 1, 2, 0, 1, 2, 0, 1}, []int{1, 1, 2}, []int{0, 1, 2, 0, 1, 2, 0, 1}
	cond := make([]bool, 24)
	for name, f := range map[string]func(x Array) Array{
		"Prod":         func(x Array) Array { return x.Prod(1) },
		"LogSumExp":    func(x Array) Array { return x.LogSumExp(0, 2) },
		"Norm2":        func(x Array) Array { return x.Norm2(2) },
		"Variance":     func(x Array) Array { return x.Variance(1, 0) },
		"CumSum":       func(x Array) Array { return x.CumSum(1) },
		"Reshape":      func(x Array) Array { return x.Reshape(4, -1) },
		"Transpose":    func(x Array) Array { return x.Transpose(2, 0, 1) },
		"BroadcastTo":  func(x Array) Array { return x.BroadcastTo(5, 2, 3, 4) },
		"Slice":        func(x Array) Array { return x.Slice(Range{}, Range{1, 3, 1}) },
		"Pad":          func(x Array) Array { return x.Pad(1, [2]int{1, 1}) },
		"Concat":       func(x Array) Array { return Concat(1, x, x) },
		"StackAlong":   func(x Array) Array { return StackAlong(1, x, x) },
		"Take":         func(x Array) Array { return x.Take(1, rows) },
		"Gather":       func(x Array) Array { return x.Gather(1, picks) },
		"IndexAdd":     func(x Array) Array { return x.IndexAdd(1, rows, x) },
		"ScatterAdd":   func(x Array) Array { return x.ScatterAdd(1, picks, x.Slice(Range{}, Range{0, 1, 1})) },
		"Outer":        func(x Array) Array { return x.Reshape(-1).Outer(x.Reshape(-1)) },
		"OneHot":       func(x Array) Array { return x.Mul(tape.OneHot(labels[:3], 4)) },
		"Where":        func(x Array) Array { return Where(cond, x, x) },
		"Softmax":      func(x Array) Array { return x.Softmax(1) },
		"LogSoftmax":   func(x Array) Array { return x.LogSoftmax(2) },
		"CrossEntropy": func(x Array) Array { return x.CrossEntropy(1, labels, CrossEntropyOptions{Smoothing: 0.1}) },
		"CrossEntropyTo": func(x Array) Array {
			return x.CrossEntropyTo(1, x, CrossEntropyOptions{})
		},
	} {
		var w []float64
		step := func() {
			tape.Reset()
			z := f(tape.Param(xs, gx, 2, 3, 4))
			if w == nil {
				w = make([]float64, z.Size())
			}
			z.BackwardFrom(w)
		}
		step()
		if n := memtest.Allocations(20, step); n != 0 {
			t.Errorf("%s: %v allocations in a step", name, n)
		}
	}
}

// The lengths of a shape whose product wraps round do not pass for a small one.
func TestShapeOverflows(t *testing.T) {
	tape := NewTape()
	const half = math.MaxInt/2 + 1
	optest.Panics(t, fmt.Sprintf("reverse: too many elements in the shape [%d %[1]d]", half), func() {
		tape.Const(nil, half, half)
	})
	optest.Panics(t, fmt.Sprintf("reverse: too many elements in the shape [1 %d 4]", half), func() {
		tape.Const(nil).Reshape(-1, half, 4)
	})
	optest.Panics(t, fmt.Sprintf("reverse: too many elements in the shape [%d 2]", math.MaxInt), func() {
		tape.Const(make([]float64, 1), 1).BroadcastTo(math.MaxInt, 2)
	})
	if n := tape.Const(nil, 0, 1<<20).Size(); n != 0 {
		t.Errorf("%d elements, want 0", n)
	}
}

// More axes than there may be are named, whichever operation comes first.
func TestTooManyAxes(t *testing.T) {
	tape := NewTape()
	shape := make([]int, 17)
	for i := range shape {
		shape[i] = 1
	}
	optest.Panics(t, "reverse: an array of 17 axes; there may be 16", func() { tape.Const([]float64{1}, shape...) })
	optest.Panics(t, "reverse: an array of 17 axes; there may be 16", func() { tape.Const([]float64{1}).Reshape(shape...) })
}

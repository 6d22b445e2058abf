package reverse

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse/internal/layout"
	"pgregory.net/rapid"
)

// normalize is normalization over scalars: set says which numbers are normalized
// together, and affine which weight and bias one has. Statistics that are given
// are mean and variance.
func normalize(x, w, b []Var, epsilon float64, set, affine func(i int) int, mean, variance []float64) []Var {
	members := map[int][]Var{}
	for i, v := range x {
		members[set(i)] = append(members[set(i)], v)
	}
	means, variances := map[int]Var{}, map[int]Var{}
	for s, m := range members {
		if mean != nil {
			means[s], variances[s] = Var{value: mean[s]}, Var{value: variance[s]}
			continue
		}
		n, sum, squares := Var{value: float64(len(m))}, Var{}, Var{}
		for _, v := range m {
			sum = sum.Add(v)
		}
		means[s] = sum.Div(n)
		for _, v := range m {
			squares = squares.Add(ad.Square(v.Sub(means[s])))
		}
		variances[s] = squares.Div(n)
	}
	y := make([]Var, len(x))
	for i, v := range x {
		s := set(i)
		y[i] = v.Sub(means[s]).Div(ad.Sqrt(variances[s].Add(Var{value: epsilon})))
		if w != nil {
			y[i] = y[i].Mul(w[affine(i)])
		}
		if b != nil {
			y[i] = y[i].Add(b[affine(i)])
		}
	}
	return y
}

// TestNormAgrees holds random normalizations against scalars.
func TestNormAgrees(t *testing.T) {
	const epsilon = 0.1
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) }
		groups := draw("groups", 1, 3)
		channels := groups * draw("channels", 1, 3)
		xs := []int{draw("images", 1, 3), channels}
		for range draw("axes", 0, 2) {
			xs = append(xs, draw("length", 1, 3))
		}
		size := layout.Size(xs[2:])
		kind := draw("kind", 0, 3)
		axes := draw("last", 1, len(xs))
		set, affine := func(i int) int { return i / size % channels }, func(i int) int { return i / size % channels }
		weights := []int{channels}
		mean, variance := []float64(nil), []float64(nil)
		var norm func(x, w, b Array) Array
		switch kind {
		case 0:
			norm = func(x, w, b Array) Array {
				y, _, _ := x.BatchNorm(w, b, epsilon)
				return y
			}
		case 1:
			for c := range channels {
				mean, variance = append(mean, 0.3*float64(c)), append(variance, 0.5+float64(c))
			}
			norm = func(x, w, b Array) Array { return x.BatchNormWith(mean, variance, w, b, epsilon) }
		case 2:
			weights = slices.Clone(xs[len(xs)-axes:])
			length := layout.Size(weights)
			set, affine = func(i int) int { return i / length }, func(i int) int { return i % length }
			norm = func(x, w, b Array) Array { return x.LayerNorm(axes, w, b, epsilon) }
		default:
			set = func(i int) int { return i / (channels / groups * size) }
			norm = func(x, w, b Array) Array { return x.GroupNorm(groups, w, b, epsilon) }
		}
		shapes := [][]int{xs}
		weight, bias := rapid.Bool().Draw(t, "weight"), rapid.Bool().Draw(t, "bias")
		if weight {
			shapes = append(shapes, weights)
		}
		if bias {
			shapes = append(shapes, weights)
		}
		agrees(t, "normalization", rand.New(rand.NewPCG(9, 9)), shapes, func(x []Array) Array {
			w, b := Array{}, Array{}
			if weight {
				w = x[1]
			}
			if bias {
				b = x[len(x)-1]
			}
			return norm(x[0], w, b)
		}, func(x [][]Var) []Var {
			var w, b []Var
			if weight {
				w = x[1]
			}
			if bias {
				b = x[len(x)-1]
			}
			return normalize(x[0], w, b, epsilon, set, affine, mean, variance)
		})
	})
}

func TestBatchNormStatistics(t *testing.T) {
	tape := NewTape()
	x := tape.Const([]float64{1, 10, 3, 10, 5, 10}, 3, 2)
	y, mean, variance := x.BatchNorm(Array{}, tape.Const([]float64{1, 2}), 1e-5)
	optest.Equal(t, "mean", mean, []float64{3, 10}, rounding)
	optest.Equal(t, "variance", variance, []float64{8. / 3, 0}, rounding)
	optest.Equal(t, "value", y.Values(), []float64{1 - 2/math.Sqrt(8./3+1e-5), 2, 1, 2, 1 + 2/math.Sqrt(8./3+1e-5), 2}, rounding)

	// Far from 0, variances keep their digits.
	x = tape.Const([]float64{1e8 + 1, 1e8 + 2, 1e8 + 3, 1e8 + 4}, 4, 1)
	if _, mean, variance = x.BatchNorm(Array{}, Array{}, 0); mean[0] != 1e8+2.5 || variance[0] != 1.25 {
		t.Errorf("mean %v, variance %v", mean, variance)
	}
}

// TestLayerNormOfTwo: of two numbers, what is left of a gradient when its mean and
// its part along h are taken away is epsilon/(variance+epsilon) of it. It is right
// to a few units in the last place of what is taken away. The values are of
// arithmetic in 50 digits, at golden cases layer_norm/1 and layer_norm/100.
func TestLayerNormOfTwo(t *testing.T) {
	for _, c := range []struct{ x, weight, seed, want []float64 }{
		{[]float64{1.6267, -1.1247}, []float64{1.8634, 1.943}, []float64{-1.2042, -0.7036},
			[]float64{-1.6838429298001816657e-06, 1.6838429298001816657e-06}},
		{[]float64{0.6834, -2.5868}, []float64{1.5784, 0.7856}, []float64{0.362, 1.0919},
			[]float64{-3.2759076085910092656e-07, 3.2759076085910092656e-07}},
	} {
		tape := NewTape()
		x := tape.Param(c.x, nil, 1, 2)
		x.LayerNorm(1, tape.Const(c.weight), Array{}, 1e-5).BackwardFrom(c.seed)
		optest.Equal(t, "gradient", x.Grad(), c.want, cmpopts.EquateApprox(0, 4*0x1p-53*math.Abs(c.seed[0]*c.weight[0])))
	}
}

func TestNormPanics(t *testing.T) {
	tape := NewTape()
	zeros := func(shape ...int) Array { return tape.Const(make([]float64, layout.Size(shape)), shape...) }
	x := zeros(2, 4, 3)
	for _, c := range []struct {
		want string
		f    func()
	}{
		{"BatchNorm of shape [2 4 3] with weights of shape [3] and a bias of shape []", func() { x.BatchNorm(zeros(3), Array{}, 0) }},
		{"BatchNorm of shape [2 4 3] with weights of shape [] and a bias of shape [4 1]", func() { x.BatchNorm(Array{}, zeros(4, 1), 0) }},
		{"BatchNorm of shape [5]", func() { zeros(5).BatchNorm(Array{}, Array{}, 0) }},
		{"BatchNorm of shape []", func() { Array{}.BatchNorm(Array{}, Array{}, 0) }},
		{"BatchNormWith of shape [2 4 3] with 4 means and 3 variances", func() { x.BatchNormWith(make([]float64, 4), make([]float64, 3), Array{}, Array{}, 0) }},
		{"LayerNorm of the last 4 axes of shape [2 4 3]", func() { x.LayerNorm(4, Array{}, Array{}, 0) }},
		{"LayerNorm of the last 1 axes of shape []", func() { Array{}.LayerNorm(1, Array{}, Array{}, 0) }},
		{"LayerNorm of shape [2 4 3] with weights of shape [3] and a bias of shape []", func() { x.LayerNorm(2, zeros(3), Array{}, 0) }},
		{"GroupNorm of shape [2 4 3] in 3 groups", func() { x.GroupNorm(3, Array{}, Array{}, 0) }},
		{"GroupNorm of shape [2 4 3] with weights of shape [2] and a bias of shape []", func() { x.GroupNorm(2, zeros(2), Array{}, 0) }},
	} {
		optest.Panics(t, "reverse: "+c.want, c.f)
	}
}

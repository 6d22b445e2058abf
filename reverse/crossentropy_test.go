package reverse

import (
	"fmt"
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// entropyTwins are cross-entropies along every axis, with every option.
func entropyTwins() (all []twin) {
	shape := []int{2, 3, 4}
	weights := [][]float64{nil, {0.5, 2, 1.5, 0}}
	for axis := range 3 {
		for k := range 4 {
			K := shape[axis]
			o := CrossEntropyOptions{Smoothing: []float64{0, 0.2}[k/2]}
			if w := weights[k%2]; w != nil {
				o.Weights, o.Ignore = w[:K], []int{-1, 0}
			}
			labels := make([]int, layout.Size(shape)/K)
			for i := range labels {
				labels[i] = []int{1, 0, K - 1}[i%3]
			}
			if o.Ignore != nil {
				labels[1] = -1
			}
			all = append(all, twin{fmt.Sprintf("CrossEntropy along %d %v", axis, o), [][]int{shape}, func(x []Array) Array {
				return x[0].CrossEntropy(axis, labels, o)
			}, func(x [][]Var) (losses []Var) {
				for i, line := range lines(shape, []int{axis}, x[0]) {
					loss, y := Var{}, labels[i]
					if !slices.Contains(o.Ignore, y) {
						c := make([]Var, K)
						for k := range c {
							c[k] = Var{value: o.Smoothing / float64(K) * weightOf(o, k)}
						}
						c[y] = c[y].Add(Var{value: (1 - o.Smoothing) * weightOf(o, y)})
						loss = ad.Dot(c, ad.LogSoftmax(line)).Neg()
					}
					losses = append(losses, loss)
				}
				return losses
			}}, twin{fmt.Sprintf("CrossEntropyTo along %d %v", axis, o), [][]int{shape, shape}, func(x []Array) Array {
				return x[0].CrossEntropyTo(axis, x[1], o)
			}, func(x [][]Var) (losses []Var) {
				targets := lines(shape, []int{axis}, x[1])
				for i, line := range lines(shape, []int{axis}, x[0]) {
					c := slices.Clone(targets[i])
					for k := range c {
						c[k] = c[k].Mul(Var{value: 1 - o.Smoothing}).Add(Var{value: o.Smoothing / float64(K)}).Mul(Var{value: weightOf(o, k)})
					}
					losses = append(losses, ad.Dot(c, ad.LogSoftmax(line)).Neg())
				}
				return losses
			}})
		}
	}
	return all
}

func weightOf(o CrossEntropyOptions, k int) float64 {
	if o.Weights == nil {
		return 1
	}
	return o.Weights[k]
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
		{[]float64{-inf, 0}, 0, CrossEntropyOptions{Weights: []float64{0, 1}}, []float64{0}, []float64{0, 0}, []float64{0, 0}},
		{[]float64{inf, 0}, 1, CrossEntropyOptions{}, []float64{nan}, []float64{nan, nan}, []float64{nan, nan}},
		{[]float64{5, nan}, 1, CrossEntropyOptions{Ignore: []int{1}}, []float64{0}, []float64{0, 0}, []float64{0, 0}},
		{[]float64{5, 0}, 1, CrossEntropyOptions{Ignore: []int{1}}, []float64{0}, []float64{0, 0}, []float64{0, 0}},
		{[]float64{5, nan}, 1, CrossEntropyOptions{Weights: []float64{1, 0}}, []float64{0}, []float64{0, 0}, []float64{0, 0}},
		{[]float64{3}, 0, CrossEntropyOptions{}, []float64{0}, []float64{0}, []float64{0}},
	} {
		f := func(x Array) Array { return x.CrossEntropy(0, []int{test.label}, test.o) }
		y, g, h := derivatives(test.x, make([]float64, len(test.x)), f)
		optest.Equal(t, "value", y, test.y)
		optest.Equal(t, "gradient", g, test.g)
		if test.g[0] == test.g[0] {
			optest.Equal(t, "HVP", h, test.h)
		}
	}
	// A target of 0 against a probability of 0.
	tape := NewTape()
	x, target := tape.Param([]float64{-inf, 0}, nil), tape.Param([]float64{0, 1}, nil)
	z := x.CrossEntropyTo(0, target, CrossEntropyOptions{})
	z.Backward()
	optest.Equal(t, "CrossEntropyTo", append(z.Values(), x.Grad()...), []float64{0, 0, 0})
	optest.Equal(t, "gradient of targets", target.Grad(), []float64{inf, 0})
}

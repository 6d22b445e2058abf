package nn_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn"
	"pgregory.net/rapid"
)

// graded returns parameters of the gradients, each shared: the last is the first again.
func graded(grads ...[]float64) []*nn.Param {
	var params []*nn.Param
	for _, g := range grads {
		p := nn.NewParam("p", len(g))
		copy(p.Grad, g)
		params = append(params, p)
	}
	return append(params, &nn.Param{Name: "frozen", Value: []float64{1e9}, Shape: []int{1}}, params[0])
}

func TestClipValue(t *testing.T) {
	params := graded([]float64{-5, 0.5, math.Inf(1)}, []float64{math.NaN(), 2})
	nn.ClipValue(params, 2)
	optest.Equal(t, "finite limits", params[0].Grad, []float64{-2, 0.5, 2})
	optest.Equal(t, "NaN", params[1].Grad, []float64{math.NaN(), 2})
}

func TestClipNorm(t *testing.T) {
	params := graded([]float64{3, 4}, []float64{0.3, 0.4}, []float64{0, 0}, []float64{math.Inf(1), 1}, []float64{3e200, 4e200})
	nn.ClipNorm(params, 2)
	for i, want := range [][]float64{{1.2, 1.6}, {0.3, 0.4}, {0, 0}, {math.Inf(1), 1}, {1.2, 1.6}} {
		optest.Equal(t, fmt.Sprint("gradient ", i), params[i].Grad, want, optest.ULP(4))
	}
}

func TestClipGlobalNorm(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	tests := []struct {
		a, b []float64
		norm float64
	}{
		{[]float64{2, 3}, []float64{6}, 7},
		{[]float64{0, 0}, []float64{0}, 0},
		{nil, nil, 0},
		{[]float64{0.2, 0.3}, []float64{0.6}, 0.7},
		{[]float64{2e200, 3e200}, []float64{6e200}, 7e200},
		{[]float64{2e-200, 3e-200}, []float64{6e-200}, 7e-200},
		{[]float64{1.5e308}, []float64{0}, 1.5e308},
		{[]float64{1, inf}, []float64{2}, inf},
		{[]float64{1.7e308}, []float64{1.7e308}, inf}, // the norm itself overflows
		{[]float64{1, 2}, []float64{nan}, nan},
		{[]float64{-inf, 2}, []float64{nan}, nan},
	}
	for _, test := range tests {
		params := graded(test.a, test.b)
		norm := nn.ClipGlobalNorm(params, 1)
		optest.Equal(t, fmt.Sprintf("norm of %v, %v", test.a, test.b), norm, test.norm, optest.ULP(4))
		want := slices.Concat(test.a, test.b)
		if test.norm > 1 && !math.IsInf(test.norm, 0) {
			for i := range want {
				want[i] /= test.norm
			}
		}
		got := slices.Concat(params[0].Grad, params[1].Grad)
		optest.Equal(t, fmt.Sprintf("%v, %v clipped", test.a, test.b), got, want, optest.ULP(4))
	}
}

// TestClipGlobalNormProperty: the norm afterwards is the limit or what it was, the direction stays.
func TestClipGlobalNormProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 1, 40).Draw(t, "g")
		limit := rapid.Float64Range(1e-3, 1e3).Draw(t, "limit")
		k := rapid.IntRange(1, len(g)).Draw(t, "k")
		params := graded(g[:k], g[k:])
		before := nn.ClipGlobalNorm(params, limit)
		after := nn.ClipGlobalNorm(params, math.Inf(1))
		if want := min(before, limit); math.Abs(after-want) > 1e-14*want {
			t.Fatalf("norm %v from %v, want %v", after, before, want)
		}
		for i, x := range slices.Concat(params[0].Grad, params[1].Grad) {
			if want := g[i] * min(1, limit/before); before > 0 && math.Abs(x-want) > 1e-15*math.Abs(want) {
				t.Fatalf("element %d is %v, want %v", i, x, want)
			}
		}
	})
}

func TestClipAllocatesNothing(t *testing.T) {
	params := graded(make([]float64, 100), make([]float64, 30))
	if n := memtest.Allocations(50, func() {
		params[0].Grad[0] = 100
		nn.ClipGlobalNorm(params, 10)
		nn.ClipNorm(params, 5)
		nn.ClipValue(params, 1)
		nn.DecayWeights(params, 0.1)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestClipMisuse(t *testing.T) {
	for want, f := range map[string]func(){
		"nn: ClipValue to -1":                  func() { nn.ClipValue(nil, -1) },
		"nn: ClipNorm to 0":                    func() { nn.ClipNorm(nil, 0) },
		"nn: ClipGlobalNorm to NaN":            func() { nn.ClipGlobalNorm(nil, math.NaN()) },
		"nn: DecayWeights by a factor of 1.25": func() { nn.DecayWeights(nil, 1.25) },
	} {
		if got := panicOf(f); got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}
}

// panicOf returns the message that f panics with.
func panicOf(f func()) (message string) {
	defer func() { message, _ = recover().(string) }()
	f()
	return ""
}

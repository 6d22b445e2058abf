package optim_test

import (
	"slices"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// TestDescentEquations holds steps of SGD against the notes' equations 3 to 6, written out: the
// batch is all that differs, and equation 5 is equation 4 on average.
func TestDescentEquations(t *testing.T) {
	const rate, features = 0.1, 2
	xs := [][]float64{{1, 2}, {-0.5, 1}, {3, -1}, {0.25, 0.75}, {-2, -1}}
	ys := []float64{1, -2, 0.5, 4, 3}
	start := []float64{0.3, -0.7}
	all := []int{0, 1, 2, 3, 4}

	// step returns where a step from start on the samples gets to, and sum whether the loss
	// is their sum instead of their mean.
	tape := reverse.NewTape()
	step := func(samples []int, sum bool) []float64 {
		theta := nn.NewParam("theta", features, 1)
		copy(theta.Value, start)
		var x, y []float64
		for _, i := range samples {
			x, y = append(x, xs[i]...), append(y, ys[i])
		}
		tape.Reset()
		in := tape.Const(x, len(samples), features)
		d := tape.Const(y, len(samples), 1).Sub(in.MatMul(theta.On(in)))
		loss := d.Mul(d).Mean()
		if sum {
			loss = d.Mul(d).Sum()
		}
		loss.Backward()
		(&optim.SGD{Rate: rate}).Step([]*nn.Param{theta})
		return theta.Value
	}
	// equation returns θ + λ/|B| Σ 2(y - θx)x over the samples B.
	equation := func(samples []int) []float64 {
		theta := slices.Clone(start)
		for _, i := range samples {
			d := ys[i] - start[0]*xs[i][0] - start[1]*xs[i][1]
			for j := range theta {
				theta[j] += rate / float64(len(samples)) * 2 * d * xs[i][j]
			}
		}
		return theta
	}
	for name, batch := range map[string][]int{"equation 4": all, "equation 5": {2}, "equation 6": {1, 3, 4}} {
		if got, want := step(batch, false), equation(batch); farthest(got, want) > 1e-14 {
			t.Errorf("%s: step to %v, want %v", name, got, want)
		}
	}
	average := make([]float64, features)
	for _, i := range all {
		for j, x := range step([]int{i}, false) {
			average[j] += x / float64(len(all))
		}
	}
	if want := equation(all); farthest(average, want) > 1e-14 {
		t.Errorf("steps of one sample go to %v on average, want %v", average, want)
	}
	// Equation 2 as printed is a sum, and its step N times that of equation 4.
	long, right := step(all, true), equation(all)
	for j := range long {
		if got, want := long[j]-start[j], float64(len(all))*(right[j]-start[j]); farthest([]float64{got}, []float64{want}) > 1e-13 {
			t.Errorf("step of the sum is %v long, want %v", got, want)
		}
	}
}

package vision_test

import (
	"slices"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// TestLeNetSizes checks the numbers of parameters that the comments say.
func TestLeNetSizes(t *testing.T) {
	for i, want := range []int{61706, 13706} {
		got := 0
		for _, p := range networks[i].make(newRand(1)).Params() {
			got += len(p.Value)
		}
		if got != want {
			t.Errorf("%s has %d parameters, want %d", networks[i].name, got, want)
		}
	}
}

// TestLeNetOverfits checks that both classifiers learn labels of noise by heart.
func TestLeNetOverfits(t *testing.T) {
	for name, n := range map[string]network{"LeNet": networks[0], "LeNet8": networks[1]} {
		const samples = 10
		shape := slices.Concat([]int{samples}, n.in[1:])
		net, tape, opt := n.make(newRand(1)), reverse.NewTape(), optim.NewAdam(0.005)
		x, labels := normal(samples*n.in[2]*n.in[3], newRand(2)), newRand(3).Perm(samples)
		var loss reverse.Array
		for range 40 {
			tape.Reset()
			loss = nn.CrossEntropy(net.Forward(tape.Const(x, shape...)), labels)
			loss.Backward()
			opt.Step(net.Params())
		}
		if l := loss.Values()[0]; !(l < 0.01) {
			t.Errorf("%s: loss %v", name, l)
		}
	}
}

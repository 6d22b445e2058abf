package compare_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// crooked is x·w with a derivative that forgets the second element of w.
type crooked struct{ weight *nn.Param }

var crookedProduct = &reverse.Custom{
	Name: "crooked",
	Value: func(c *reverse.Call) {
		for i, x := range c.X[0] {
			c.Y[i] = x * c.X[1][i]
		}
	},
	JVP: func(c *reverse.Call, dst []float64, v [][]float64) {
		for i := range dst {
			if v[0] != nil {
				dst[i] += v[0][i] * c.X[1][i]
			}
			if v[1] != nil {
				dst[i] += v[1][i] * c.X[0][i]
			}
		}
	},
	VJP: func(c *reverse.Call, dst [][]float64, w []float64) {
		for i, d := range w {
			if dst[0] != nil {
				dst[0][i] += d * c.X[1][i]
			}
			if dst[1] != nil && i != 1 {
				dst[1][i] += d * c.X[0][i]
			}
		}
	},
	Curve: func(*reverse.Call, [][]float64, []float64, [][]float64, []float64) {},
}

func (l crooked) Forward(x reverse.Array) reverse.Array {
	return crookedProduct.Of(x, l.weight.On(x))
}
func (l crooked) Params() []*nn.Param { return []*nn.Param{l.weight} }

func TestCheckLayer(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	x := []float64{0.3, -1.2, 0.8, 2.1, -0.4, 0.6}
	net := nn.Sequential{nn.NewLinear(3, 4, rng), nn.Tanh{}, nn.NewLayerNorm(4), nn.NewLinear(4, 2, rng)}
	before := append([]float64(nil), net.Params()[0].Value...)
	if err := compare.CheckLayer(net, x, 2, 3); err != nil {
		t.Error(err)
	}
	for i, v := range net.Params()[0].Value {
		if v != before[i] {
			t.Errorf("weight %d was %v and is %v", i, before[i], v)
		}
	}
	if net.Params()[0].Grad == nil {
		t.Error("the gradients are gone")
	}

	wrong := crooked{nn.NewParam("weight", 3)}
	copy(wrong.weight.Value, []float64{1, 2, 3})
	err := compare.CheckLayer(wrong, x[:3], 3)
	if err == nil || !strings.Contains(err.Error(), "VJP is wrong at element 1 of operand 1") {
		t.Errorf("the error is %v", err)
	}
	dropout := nn.NewDropout(0.5, rng)
	if err := compare.CheckLayer(dropout, x, 2, 3); err == nil || !strings.Contains(err.Error(), "does not repeat itself") {
		t.Errorf("the error is %v", err)
	}
	nn.SetTraining(dropout, false)
	if err := compare.CheckLayer(dropout, x, 2, 3); err != nil {
		t.Error(err)
	}
}

func ExampleCheckLayer() {
	// A layer of one's own: x²·w, of which reverse finds the derivatives.
	w := nn.NewParam("w", 3)
	copy(w.Value, []float64{1, -2, 0.5})
	fmt.Println(compare.CheckLayer(scaledSquare{w}, []float64{0.3, -1.2, 0.8}, 1, 3))
	// Output: <nil>
}

type scaledSquare struct{ w *nn.Param }

func (l scaledSquare) Forward(x reverse.Array) reverse.Array { return ad.Square(x).Mul(l.w.On(x)) }
func (l scaledSquare) Params() []*nn.Param                   { return []*nn.Param{l.w} }

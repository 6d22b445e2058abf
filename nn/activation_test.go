package nn

import (
	"math"
	"slices"
	"testing"
)

// TestLeakyReLU is equation 11 of the notes, which they call ReLU: with a slope it is not
// that of equation 10, and with one above 1, which the notes allow, it is no longer the
// greater of x and Slope·x.
func TestLeakyReLU(t *testing.T) {
	x := []float64{-2, -0.5, 0, 3}
	y := forward(LeakyReLU{Slope: 0.1}, x, 4)
	for i, v := range x {
		if want := max(v, 0) + 0.1*min(v, 0); math.Abs(y[i]-want) > 1e-16 {
			t.Errorf("at %v: %v, want %v", v, y[i], want)
		}
	}
	if steep := forward(LeakyReLU{Slope: 1.5}, []float64{-2}, 1); steep[0] != -3 || steep[0] == max(-2, 1.5*-2) {
		t.Errorf("%v at -2 with the slope 1.5, want -3", steep)
	}
	if relu := forward(ReLU{}, x, 4); relu[0] != 0 || relu[0] == y[0] {
		t.Errorf("ReLU %v and LeakyReLU %v at -2", relu[0], y[0])
	}
}

// TestActivationDefaults: constructors carry what is usual.
func TestActivationDefaults(t *testing.T) {
	for _, c := range [][2]Layer{
		{NewLeakyReLU(), LeakyReLU{Slope: 0.01}},
		{NewELU(), ELU{Alpha: 1}},
		{NewCELU(), CELU{Alpha: 1}},
		{NewSoftplus(), Softplus{Beta: 1}},
		{NewHardShrink(), HardShrink{Lambda: 0.5}},
		{NewSoftShrink(), SoftShrink{Lambda: 0.5}},
		{NewHardTanh(), HardTanh{Lo: -1, Hi: 1}},
		{NewSoftmax(), Softmax{Axis: -1}},
		{NewLogSoftmax(), LogSoftmax{Axis: -1}},
		{NewGLU(), GLU{Axis: -1}},
	} {
		if c[0] != c[1] {
			t.Errorf("usual is %#v, want %#v", c[0], c[1])
		}
	}
}

// TestActivationFieldsOfZero: a field is taken as it is, also if it is 0.
func TestActivationFieldsOfZero(t *testing.T) {
	x := []float64{-3, -0.4, 0, 0.2, 0.7, 9}
	relu := []float64{0, 0, 0, 0.2, 0.7, 9}
	for _, c := range []struct {
		l    Layer
		want []float64 // of x in the shape [2, 3]
	}{
		{LeakyReLU{}, relu},
		{ELU{}, relu},
		{HardShrink{}, x},
		{SoftShrink{}, x},
		{HardTanh{}, make([]float64, 6)},
		{GLU{}, []float64{x[0] * sigmoid(x[3]), x[1] * sigmoid(x[4]), x[2] * sigmoid(x[5])}},
		{Softmax{}, []float64{1 - sigmoid(3.2), 1 - sigmoid(1.1), 1 - sigmoid(9), sigmoid(3.2), sigmoid(1.1), sigmoid(9)}},
		{LogSoftmax{}, []float64{math.Log(1 - sigmoid(3.2)), math.Log(1 - sigmoid(1.1)), math.Log(1 - sigmoid(9)),
			math.Log(sigmoid(3.2)), math.Log(sigmoid(1.1)), math.Log(sigmoid(9))}},
	} {
		got := forward(c.l, x, 2, 3)
		if !slices.EqualFunc(got, c.want, func(a, b float64) bool { return math.Abs(a-b) <= 1e-12 }) {
			t.Errorf("%#v: %v, want %v", c.l, got, c.want)
		}
	}
	for l, want := range map[Layer]string{
		CELU{}:          "nn: CELU of Alpha 0, by which it divides; NewCELU sets the usual one",
		Softplus{}:      "nn: Softplus of Beta 0, by which it divides; NewSoftplus sets the usual one",
		GLU{Axis: 2}:    "nn: GLU wants an even length along axis 2, got [2 2]",
		HardTanh{Lo: 1}: "ad: HardTanh between 1 and 0",
	} {
		func() {
			defer func() {
				if got := recover(); got != want {
					t.Errorf("%#v: panic %v, want %q", l, got, want)
				}
			}()
			forward(l, x[:4], 2, 2)
		}()
	}
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

package kernel

import "fmt"

// An Activation is a function of a layer.
type Activation uint8

const (
	Identity Activation = iota
	Rectify             // ReLU
	Squash              // Tanh
	Logistic            // Sigmoid
)

// Activate writes f(x + bias) to dst, for every row of len(bias) entries: a row
// is still in the first cache when f comes to it.
//
// Activate panics if len(x) is not a multiple of len(bias).
func Activate(dst, x, bias []float64, f Activation) {
	length("Activate", "x", len(x), len(dst))
	whole("Activate", len(x), len(bias))
	if f > Logistic {
		panic(fmt.Sprintf("kernel: no activation %d", f))
	}
	of := [...]unary{Rectify: use.relu, Squash: use.tanh, Logistic: use.sigmoid}[f]
	for i, n := 0, len(bias); i < len(x); i += n {
		use.add(n, &dst[i], &x[i], &bias[0])
		if of != nil {
			of(n, &dst[i], &dst[i])
		}
	}
}

// SigmoidSlope writes the slope of the sigmoid at x to dst, within 4 ULP where
// it is small too.
func SigmoidSlope(dst, x []float64) { use.sigmoidSlope.on("SigmoidSlope", dst, x) }

// TanhSlope writes the slope of the hyperbolic tangent at x to dst, within 4 ULP
// where it is small too.
func TanhSlope(dst, x []float64) { use.tanhSlope.on("TanhSlope", dst, x) }

package compare

import (
	"fmt"
	"strings"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// CheckLayer checks the derivatives of a layer, of one's own perhaps, at an input x of
// the shape: as CheckCustom does those of an operation, with x as operand 0 and the
// parameters after it, in the order of Params. It returns nil, or an error that says
// what is wrong and where.
//
// The layer is checked as it is set: one that draws random numbers in training, such as
// nn.Dropout, does not repeat itself, and is to be checked after SetTraining(l, false).
// Parameters are what they were in the end; running statistics move in training. Where
// the result depends on a parameter by rounding alone, as on a bias that a normalization
// takes away again, differences may be said to diverge.
//
// Cost: some hundred forward passes, and some more for every element of x and of the
// parameters.
//
// CheckLayer panics if the shape has another number of elements than x, or none, and
// where the layer does.
func CheckLayer(l nn.Layer, x []float64, shape ...int) error {
	if len(x) == 0 || sizeOf(shape) != len(x) {
		panic(fmt.Sprintf("compare: CheckLayer at %d elements in the shape %v", len(x), shape))
	}
	params := l.Params()
	c := &customCheck{name: strings.TrimPrefix(fmt.Sprintf("%T", l), "*"), curved: true}
	c.operand(x, shape)
	for _, p := range params {
		c.operand(p.Value, p.Shape)
		defer func(value, grad []float64) { p.Value, p.Grad = value, grad }(p.Value, p.Grad)
	}
	c.of = func(x []reverse.Array) reverse.Array {
		for i, p := range params { // the tape has them already, and hands them back
			p.Value, p.Grad = x[i+1].Values(), nil
		}
		return l.Forward(x[0])
	}
	return c.run()
}

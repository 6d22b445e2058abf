package reverse

import (
	"fmt"
	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// BatchNorm returns x, of shape [images, channels, …], with every channel
// normalized over all images, times its weight, plus its bias:
//
//	(x - mean) / √(variance + epsilon) · weight + bias
//
// It returns the means and variances of the channels too, for running averages.
// Variances are those of the numbers at hand, their mean square distance from the
// mean; an estimate of those that they are a sample of is n/(n-1) times as much, for
// n numbers. The slices belong to the tape, and are void after its next Reset. The
// derivative is not taken through them.
//
// The weights and the bias have the shape [channels]; Array{} in place of one means
// 1 and 0.
//
// Source: Ioffe and Szegedy, Batch Normalization (2015).
//
// Of this and the other normalizations: squares that would overflow or underflow are
// those of scaled numbers, so that what is normalized may be of any size.
//
// BatchNorm panics if the shapes do not fit.
func (x Array) BatchNorm(weight, bias Array, epsilon float64) (y Array, mean, variance []float64) {
	t, n := x.channelNorm("BatchNorm", weight, bias)
	o, out := t.norm("BatchNorm", n, x, weight, bias)
	o.measure(x.a.data[primal], epsilon)
	o.apply(out)
	return t.wrap(out.out), o.mean, o.variance
}

// BatchNormWith returns what BatchNorm does with given means and variances, one for
// every channel, as a trained network uses them. They are constants, and are copied.
//
// BatchNormWith panics if the shapes do not fit.
func (x Array) BatchNormWith(mean, variance []float64, weight, bias Array, epsilon float64) Array {
	const name = "BatchNormWith"
	t, n := x.channelNorm(name, weight, bias)
	if len(mean) != n.sets || len(variance) != n.sets {
		panic(fmt.Sprintf("reverse: %s of shape %v with %d means and %d variances", name, x.Shape(), len(mean), len(variance)))
	}
	o, out := t.norm(name, n, x, weight, bias)
	o.fixed = true
	copy(o.center, mean)
	for s, v := range variance {
		o.factor[s], o.scale[s] = 1, 1/math.Sqrt(v+epsilon)
	}
	o.apply(out)
	return t.wrap(out.out)
}

// LayerNorm returns x with its last axes, as many as are asked for, normalized
// together, times weights, plus biases, which have the shape of these axes. Array{} in place of
// one means 1 and 0.
//
//	(x - mean) / √(variance + epsilon) · weight + bias
//
// Source: Ba, Kiros and Hinton, Layer Normalization (2016).
//
// LayerNorm panics if the shapes do not fit.
func (x Array) LayerNorm(axes int, weight, bias Array, epsilon float64) Array {
	const name = "LayerNorm"
	t, shape := tapeOf(x, weight, bias), x.Shape()
	if axes < 1 || axes > len(shape) {
		panic(fmt.Sprintf("reverse: %s of the last %d axes of shape %v", name, axes, shape))
	}
	last := shape[len(shape)-axes:]
	checkAffine(name, x, weight, bias, last)
	length := layout.Size(last)
	o, out := t.norm(name, normalization{
		sets: layout.Size(shape[:len(shape)-axes]), runs: 1, length: length, setStep: length, step: 1,
		weights: length, cycle: 1, elementwise: true,
	}, x, weight, bias)
	o.measure(x.a.data[primal], epsilon)
	o.apply(out)
	return t.wrap(out.out)
}

// GroupNorm returns x, of shape [images, channels, …], with the channels of every
// image normalized in groups of as many, times each channel's weight, plus its bias,
// of shape [channels]. Array{} in place of one means 1 and 0. As many groups as
// channels is instance normalization.
//
//	(x - mean) / √(variance + epsilon) · weight + bias
//
// Source: Wu and He, Group Normalization (2018).
//
// GroupNorm panics if the shapes do not fit, or the channels do not divide.
func (x Array) GroupNorm(groups int, weight, bias Array, epsilon float64) Array {
	const name = "GroupNorm"
	t, n := x.channelNorm(name, weight, bias)
	shape := x.Shape()
	channels := shape[1]
	if groups < 1 || channels%groups != 0 {
		panic(fmt.Sprintf("reverse: %s of shape %v in %d groups", name, shape, groups))
	}
	size, per := layout.Size(shape[2:]), channels/groups
	n = normalization{
		sets: shape[0] * groups, runs: per, length: size, setStep: per * size, runStep: size, step: 1,
		weights: channels, cycle: groups, weightSet: per, weightRun: 1,
	}
	if size == 1 {
		n.runs, n.length, n.weightRun, n.elementwise = 1, per, 0, true
	}
	o, out := t.norm(name, n, x, weight, bias)
	o.measure(x.a.data[primal], epsilon)
	o.apply(out)
	return t.wrap(out.out)
}

// channelNorm checks the operands of a normalization with one weight for every
// channel, and returns the geometry of one of every channel.
func (x Array) channelNorm(name string, weight, bias Array) (*tape, normalization) {
	t, shape := tapeOf(x, weight, bias), x.Shape()
	if len(shape) < 2 {
		panic(fmt.Sprintf("reverse: %s of shape %v", name, shape))
	}
	checkAffine(name, x, weight, bias, shape[1:2])
	channels, size := shape[1], layout.Size(shape[2:])
	n := normalization{
		sets: channels, runs: shape[0], length: size, setStep: size, runStep: channels * size, step: 1,
		weights: channels, cycle: channels, weightSet: 1,
	}
	if size == 1 {
		n.runs, n.length, n.step = 1, shape[0], channels
	}
	return t, n
}

// checkAffine panics if weights or biases, where there are any, have another shape.
func checkAffine(name string, x, weight, bias Array, want []int) {
	if weight != (Array{}) && !slices.Equal(weight.Shape(), want) || bias != (Array{}) && !slices.Equal(bias.Shape(), want) {
		panic(fmt.Sprintf("reverse: %s of shape %v with weights of shape %v and a bias of shape %v",
			name, x.Shape(), weight.Shape(), bias.Shape()))
	}
}

// norm records a normalization of x, whose statistics are still to be set.
func (t *tape) norm(name string, geometry normalization, x, weight, bias Array) (*normOp, *node) {
	out := t.newArray(x.a.shape)
	o := newNode[normOp](t, out, x.a)
	n := t.nodes[t.nodesUsed-1]
	o.take(&geometry)
	o.label, o.fixed, o.weight, o.bias = name, false, 0, 0
	for _, a := range [...]struct {
		array Array
		index *int
	}{{weight, &o.weight}, {bias, &o.bias}} {
		if a.array != (Array{}) {
			*a.index = len(n.in)
			n.in = append(n.in, a.array.a)
			out.active = out.active || a.array.a.active
		}
	}
	o.zeros = zeroed(o.zeros, o.weights)
	o.ones = zeroed(o.ones, o.weights)
	for i := range o.ones {
		o.ones[i] = 1
	}
	o.mean = zeroed(o.mean, o.sets)
	o.variance = zeroed(o.variance, o.sets)
	o.factor = zeroed(o.factor, o.sets)
	o.center = zeroed(o.center, o.sets)
	o.scale = zeroed(o.scale, o.sets)
	return o, n
}

// measure sets the means and variances of the sets, and what the distance from the
// mean is multiplied with.
func (o *normOp) measure(xs []float64, epsilon float64) {
	for s := range o.sets {
		o.factor[s] = 1
		o.center[s], o.variance[s] = o.moments(s, xs)
		o.mean[s] = o.center[s]
		if v := o.variance[s] + epsilon; ordinary(v) {
			o.scale[s] = 1 / math.Sqrt(v)
		} else {
			o.measureScaled(s, xs, epsilon)
		}
	}
}

// ordinary reports whether a sum of squares has lost nothing to overflow or underflow.
func ordinary(squares float64) bool { return 0x1p-900 < squares && squares < 0x1p1000 }

// moments returns the mean and the variance of a set, scaled by its factor.
func (o *normOp) moments(s int, xs []float64) (mean, variance float64) {
	o.each(s, func(at, _ int) { mean += kernel.Sum(o.loadScaled(0, s, xs, at)) })
	mean /= o.count()
	o.each(s, func(at, _ int) { variance += sumSquares(o.loadScaled(0, s, xs, at), mean) })
	return mean, variance / o.count()
}

// measureScaled does so for a set whose squares overflow or underflow, with all numbers
// scaled by a power of two: the mean square distance is that of numbers below 1, and
// epsilon is scaled by its square.
func (o *normOp) measureScaled(s int, xs []float64, epsilon float64) {
	largest := 0.0
	o.each(s, func(at, _ int) { largest = max(largest, farthest(o.load(0, xs, at))) })
	if f := downTo1(largest); f > 0 {
		o.factor[s] = f
		o.center[s], o.variance[s] = o.moments(s, xs)
	}
	f := o.factor[s]
	o.scale[s] = 1 / math.Hypot(math.Sqrt(o.variance[s]), math.Sqrt(epsilon)*f)
	o.mean[s] = o.center[s] / f
	o.variance[s] = o.variance[s] / f / f
}

// downTo1 returns a power of two that brings a number to the order of 1, and 0 if the
// number is 0 or not finite.
func downTo1(x float64) float64 {
	if x == 0 || x-x != 0 {
		return 0
	}
	_, e := math.Frexp(x)
	return math.Ldexp(1, min(-e, 1000))
}

// farthest returns the largest distance from 0, NaN if there is a NaN.
func farthest(x []float64) float64 {
	m := 0.0
	for _, v := range x {
		m = max(m, math.Abs(v))
	}
	return m
}

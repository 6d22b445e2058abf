package nn

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse"
)

// BatchNorm normalizes every channel. In training it uses the mean and variance of the batch, and
// afterwards running averages of them (Ioffe and Szegedy 2015, algorithms 1 and 2; equations 14 to
// 16 of the notes, corrected):
//
//	y = (x - mean) / √(variance + Epsilon) · weight + bias
//
// A step of training moves the running averages by Momentum toward the batch's mean,
// and toward n/(n-1) times its variance, for n elements of a channel.
type BatchNorm struct {
	Weight, Bias   *Param // [channels], nil for 1 and 0
	Mean, Variance *Param // [channels], running averages, without Grad
	Momentum       float64
	Epsilon        float64
	rank           [2]int // of x: the least and the greatest
	training       bool
}

// NewBatchNorm1D returns a BatchNorm for x of shape [batch, channels] or [batch, channels, length],
// in training. Its weights and running variances are 1, with the usual Momentum of 0.1 and Epsilon
// of 1e-5.
func NewBatchNorm1D(channels int) *BatchNorm { return newBatchNorm(channels, 2, 3) }

// NewBatchNorm2D is NewBatchNorm1D for x of shape [images, channels, height, width].
func NewBatchNorm2D(channels int) *BatchNorm { return newBatchNorm(channels, 4, 4) }

func newBatchNorm(channels, least, greatest int) *BatchNorm {
	l := &BatchNorm{
		Weight: NewParam("weight", channels), Bias: NewParam("bias", channels),
		Mean: newBuffer("running_mean", channels), Variance: newBuffer("running_var", channels),
		Momentum: 0.1, Epsilon: 1e-5, rank: [2]int{least, greatest}, training: true,
	}
	initialize(nil, Constant(1), l.Weight, l.Variance)
	return l
}

// Forward returns x normalized, in its shape. In training every call moves the running averages,
// even a call that reverse.Array.Checkpoint repeats.
//
// Cost: linear in the elements.
//
// Forward panics if x has another rank or number of channels, and in training if a channel has
// fewer than two elements: there is no variance to learn from.
func (l *BatchNorm) Forward(x reverse.Array) reverse.Array {
	s := x.Shape()
	if len(s) < l.rank[0] || len(s) > l.rank[1] {
		l.wants(x)
	}
	if s[1] != len(l.Mean.Value) {
		l.wants(x)
	}
	weight, bias := optional(l.Weight, x), optional(l.Bias, x)
	if !l.training {
		return x.BatchNormWith(l.Mean.Value, l.Variance.Value, weight, bias, l.Epsilon)
	}
	channels := len(l.Mean.Value)
	n := float64(x.Size()) / float64(max(1, channels))
	if n < 2 && x.Size() > 0 {
		panic(fmt.Sprintf("nn: %v in training wants two elements or more in a channel, got %v", l, s))
	}
	y, mean, variance := x.BatchNorm(weight, bias, l.Epsilon)
	if x.Size() == 0 {
		return y // nothing to learn from
	}
	keep := 1 - l.Momentum
	for c := range channels {
		l.Mean.Value[c] = keep*l.Mean.Value[c] + l.Momentum*mean[c]
		l.Variance.Value[c] = keep*l.Variance.Value[c] + l.Momentum*(variance[c]*n/(n-1))
	}
	return y
}

// wants panics because of the shape of x.
func (l *BatchNorm) wants(x reverse.Array) {
	shape := "[images %d height width]"
	if l.rank[0] == 2 {
		shape = "[batch %d] or [batch %[1]d length]"
	}
	wants(l, fmt.Sprintf(shape, len(l.Mean.Value)), x)
}

// Params returns the weight and the bias.
func (l *BatchNorm) Params() []*Param { return present(l.Weight, l.Bias) }

// SetTraining chooses between the statistics of the batch and the running averages.
func (l *BatchNorm) SetTraining(on bool) { l.training = on }

// Training reports whether the statistics of the batch are used.
func (l *BatchNorm) Training() bool { return l.training }

// Buffers returns the running averages.
func (l *BatchNorm) Buffers() []*Param { return []*Param{l.Mean, l.Variance} }

// LayerNorm normalizes every sample over its last axes (Ba et al. 2016):
//
//	y = (x - mean) / √(variance + Epsilon) · weight + bias
type LayerNorm struct {
	Weight, Bias *Param // of the shape of the last axes
	Epsilon      float64
}

// NewLayerNorm returns a LayerNorm over the last axes, which have the shape. Its weights are 1,
// with the usual Epsilon of 1e-5.
//
// NewLayerNorm panics if there is no axis.
func NewLayerNorm(shape ...int) *LayerNorm {
	if len(shape) == 0 {
		panic("nn: NewLayerNorm over no axis")
	}
	l := &LayerNorm{NewParam("weight", shape...), NewParam("bias", shape...), 1e-5}
	initialize(nil, Constant(1), l.Weight)
	return l
}

// Forward returns x normalized, in its shape, which ends with that of the weights.
//
// Cost: linear in the elements.
func (l *LayerNorm) Forward(x reverse.Array) reverse.Array {
	weight := l.Weight.On(x)
	if !endsWith(x, l.Weight.Shape...) {
		wants(l, fmt.Sprintf("last axes of %v", l.Weight.Shape), x)
	}
	return x.LayerNorm(len(l.Weight.Shape), weight, l.Bias.On(x), l.Epsilon)
}

// Params returns the weight and the bias.
func (l *LayerNorm) Params() []*Param { return []*Param{l.Weight, l.Bias} }

// GroupNorm normalizes groups of channels of every sample together (Wu and He 2018).
type GroupNorm struct {
	Groups       int
	Weight, Bias *Param // [channels], nil for 1 and 0
	Epsilon      float64
}

// NewGroupNorm returns a GroupNorm with weights of 1 and the usual Epsilon of 1e-5.
//
// NewGroupNorm panics if the number of channels is no multiple of the number of groups.
func NewGroupNorm(groups, channels int) *GroupNorm {
	if groups < 1 || channels%groups != 0 {
		panic(fmt.Sprintf("nn: NewGroupNorm of %d channels in %d groups", channels, groups))
	}
	l := &GroupNorm{groups, NewParam("weight", channels), NewParam("bias", channels), 1e-5}
	initialize(nil, Constant(1), l.Weight)
	return l
}

// Forward returns x normalized, in its shape [batch, channels, …].
//
// Cost: linear in the elements.
func (l *GroupNorm) Forward(x reverse.Array) reverse.Array {
	if l.Weight != nil && (x.Rank() < 2 || x.Shape()[1] != len(l.Weight.Value)) {
		wants(l, fmt.Sprintf("[batch %d …]", len(l.Weight.Value)), x)
	}
	return x.GroupNorm(l.Groups, optional(l.Weight, x), optional(l.Bias, x), l.Epsilon)
}

// Params returns the weight and the bias.
func (l *GroupNorm) Params() []*Param { return present(l.Weight, l.Bias) }

package nn

import (
	"fmt"
	"math"
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// ClassOptions are the options of losses of labels, and of CrossEntropyTo. The zero value is the
// mean over rows.
type ClassOptions struct {
	// Reduction of the losses of rows. The mean of CrossEntropy and NLL divides by the sum of
	// the weights of the labels that are not ignored; the mean of the others divides by the
	// number of those rows. If all are ignored, the mean is NaN, as in PyTorch, and its gradient
	// is 0: such a batch asks for no step.
	Reduction Reduction

	Weights []float64 // of the classes, 1 if nil; must not change before the next Reset
	Ignore  []int     // labels whose rows are left out: their loss is 0

	// Smoothing is the share of every target that is spread evenly over all classes. Only
	// CrossEntropy and CrossEntropyTo have it.
	Smoothing float64
}

// CrossEntropy returns the cross-entropy of labels with the softmax of the logits x. It is equation
// 21 of the notes, in a form for logits of any size:
//
//	(1-s)·w[y]·(-log p[y]) + s/K · Σ w[k]·(-log p[k])
//
// for the label y, class weights w, smoothing s and K classes. x has the shape [samples, classes,
// …], or [classes] for one sample. There is one label for every row of classes, in the order of the
// other axes. Labels are not copied and must not change before the next Reset. Special cases are
// those of reverse.Array.CrossEntropy.
//
// Cost: one fused node for the losses, and two of one number for their mean.
//
// CrossEntropy panics as reverse.Array.CrossEntropy does, or if x has no axes.
func CrossEntropy(x reverse.Array, labels []int, o ...ClassOptions) reverse.Array {
	const name = "CrossEntropy"
	options := given(name, o)
	losses := x.CrossEntropy(classAxis(name, x), labels, options.entropy())
	return options.reduce(name, losses, options.total(labels))
}

// CrossEntropyTo returns the cross-entropy of target distributions with the softmax of the logits
// x. Both have the same shape, that of the logits of CrossEntropy. The loss of a row is
//
//	Σ w[k] · ((1-s)·target[k] + s/K) · (-log p[k])
//
// The mean divides by the number of rows. A target of 0 adds nothing, even against a probability of
// 0. The option Ignore does not apply.
//
// Cost: one fused node, linear in the elements.
//
// CrossEntropyTo panics as reverse.Array.CrossEntropyTo does, or if x has no axes.
func CrossEntropyTo(x, target reverse.Array, o ...ClassOptions) reverse.Array {
	const name = "CrossEntropyTo"
	checkEqual(name, x, target)
	options := given(name, o)
	losses := x.CrossEntropyTo(classAxis(name, x), target, options.entropy())
	return options.reduce(name, losses, float64(losses.Size()))
}

// entropy returns the options that package reverse has.
func (o ClassOptions) entropy() reverse.CrossEntropyOptions {
	return reverse.CrossEntropyOptions{Weights: o.Weights, Smoothing: o.Smoothing, Ignore: o.Ignore}
}

// total returns the sum of the weights of the labels that are not ignored.
func (o ClassOptions) total(labels []int) float64 {
	sum := 0.0
	for _, y := range labels {
		switch {
		case slices.Contains(o.Ignore, y):
		case o.Weights == nil:
			sum++
		default:
			sum += o.Weights[y]
		}
	}
	return sum
}

// reduce reduces losses of rows; their mean divides by total.
func (o ClassOptions) reduce(name string, losses reverse.Array, total float64) reverse.Array {
	switch {
	case o.Reduction == ReduceMean && total == 0:
		return losses.Sum().Scale(0).Add(losses.Const(math.NaN()))
	case o.Reduction == ReduceMean:
		return losses.Sum().Scale(1 / total)
	}
	return o.Reduction.of(name, losses)
}

// NLL returns the negative log-likelihood of labels, -w[y]·logp[y] for the label y and class
// weights w. The log-probabilities have the shape of the logits of CrossEntropy. A weight of 0 adds
// nothing, even against -Inf.
//
// Cost: linear in the elements.
//
// NLL panics if the number of labels is not that of rows, if a label that is not ignored is no
// class, if the number of weights is not that of classes, or if there is a Smoothing.
func NLL(logp reverse.Array, labels []int, o ...ClassOptions) reverse.Array {
	const name = "NLL"
	l := newLabeled(name, logp, labels, given(name, o))
	return l.reduce(name, times(l.weights, l.picked(logp)).Neg(), l.total(labels))
}

// FocalSoftmax returns the focal loss of labels and logits, which have the shape of those of
// CrossEntropy (Lin et al., arXiv:1708.02002, for many classes):
//
//	-w[y] · (1-p[y])^gamma · log p[y]
//
// with the softmax p, the label y and class weights w. Gradients are finite at all finite logits,
// even for gamma below 1. A gamma of 0 gives the cross-entropy.
//
// Cost: linear in the elements.
//
// FocalSoftmax panics as NLL does, or if gamma is negative.
func FocalSoftmax(x reverse.Array, labels []int, gamma float64, o ...ClassOptions) reverse.Array {
	const name = "FocalSoftmax"
	checkParameter(name, "gamma", gamma, true)
	l := newLabeled(name, x, labels, given(name, o))
	loss := x.CrossEntropy(l.axis, labels, reverse.CrossEntropyOptions{Ignore: l.Ignore})
	miss := ad.Expm1(loss.Neg()).Neg() // 1 - p[y], of all digits
	return l.reduce(name, times(l.weights, focus(miss, loss, gamma)), l.rows)
}

// MultiMargin returns the hinge loss of many classes,
//
//	w[y] · Σ max(0, margin - x[y] + x[j]) / K
//
// over the classes j other than the label y, of K, with class weights w (Weston and
// Watkins, Support Vector Machines for Multi-Class Pattern Recognition, 1999). Scores x
// lie as the logits of CrossEntropy do.
//
// Cost: linear in the elements.
//
// MultiMargin panics as NLL does.
func MultiMargin(x reverse.Array, labels []int, margin float64, o ...ClassOptions) reverse.Array {
	const name = "MultiMargin"
	l := newLabeled(name, x, labels, given(name, o))
	right := x.Gather(l.axis, l.index)
	excess := ad.ReLU(x.Sub(right).Add(x.Const(margin)))
	excess = l.oneHot(x).IfPos(reverse.Array{}, excess)
	loss := excess.Sum(l.axis).Scale(1 / float64(x.Shape()[l.axis]))
	return l.reduce(name, times(l.weights, loss), l.rows)
}

// classAxis returns the axis that classes lie along.
func classAxis(name string, x reverse.Array) int {
	if x.Rank() == 0 {
		panic(fmt.Sprintf("nn: %s of shape %v, which has no classes", name, x.Shape()))
	}
	return min(1, x.Rank()-1)
}

// labeled are the labels of the rows of x, checked.
type labeled struct {
	ClassOptions
	axis    int
	index   []int         // labels, 0 for those that are ignored
	weights reverse.Array // of the rows, 0 for those that are ignored
	rows    float64       // the number of those that are not
}

func newLabeled(name string, x reverse.Array, labels []int, o ClassOptions) labeled {
	l := labeled{ClassOptions: o, axis: classAxis(name, x), index: slices.Clone(labels)}
	shape := x.Shape()
	classes := shape[l.axis]
	var rest []int
	rest = append(append(rest, shape[:l.axis]...), shape[l.axis+1:]...)
	rows := 1
	for _, d := range rest {
		rows *= d
	}
	switch {
	case len(labels) != rows:
		panic(fmt.Sprintf("nn: %s of %d labels along axis %d of shape %v, which has %d rows", name, len(labels), l.axis, shape, rows))
	case o.Weights != nil && len(o.Weights) != classes:
		panic(fmt.Sprintf("nn: %s with %d weights for %d classes", name, len(o.Weights), classes))
	case o.Smoothing != 0:
		panic(fmt.Sprintf("nn: %s with a smoothing of %v; CrossEntropy has one", name, o.Smoothing))
	}
	weights := make([]float64, rows)
	for i, y := range labels {
		if slices.Contains(o.Ignore, y) {
			l.index[i] = 0
			continue
		}
		if y < 0 || y >= classes {
			panic(fmt.Sprintf("nn: %s with label %d of %d classes, in row %d", name, y, classes, i))
		}
		weights[i] = 1
		if o.Weights != nil {
			weights[i] = o.Weights[y]
		}
		l.rows++
	}
	l.weights = x.Tape().Const(weights, rest...)
	return l
}

// picked returns the elements of x at the labels, in the shape of the rows.
func (l labeled) picked(x reverse.Array) reverse.Array {
	return x.Gather(l.axis, l.index).Reshape(l.weights.Shape()...)
}

// oneHot returns an array of the shape of x that is 1 at the labels and 0 elsewhere.
func (l labeled) oneHot(x reverse.Array) reverse.Array {
	hot := make([]float64, x.Size())
	classes := x.Shape()[l.axis]
	inner := 1
	for _, d := range x.Shape()[l.axis+1:] {
		inner *= d
	}
	for i, y := range l.index {
		hot[(i/inner*classes+y)*inner+i%inner] = 1
	}
	return x.Tape().Const(hot, x.Shape()...)
}

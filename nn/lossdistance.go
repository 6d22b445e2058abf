package nn

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// CosineSimilarity returns the cosines a·b / (|a||b|) of the angles between vectors along an axis,
// in the shape of a without that axis. a and b have the same shape, and -1 is the last axis. It is
// no loss; CosineEmbedding is made of it.
//
// Vectors of any length have a cosine. That of a zero vector is 0, and its slopes are those of
// a·b / (1e-8·|b|), as in PyTorch, which treats all vectors shorter than 1e-8 that way.
//
// Cost: linear in the elements.
//
// CosineSimilarity panics if the shapes differ or the axis is out of range.
func CosineSimilarity(a, b reverse.Array, axis int) reverse.Array {
	const name = "CosineSimilarity"
	checkEqual(name, a, b)
	checkAxis(name, a, axis)
	m, n := a.Norm2(axis), b.Norm2(axis)
	if common(m) && common(n) {
		return a.Mul(b).Sum(axis).Div(m.Mul(n))
	}
	return direction(a, m, axis).Mul(direction(b, n, axis)).Sum(axis)
}

// common reports whether products of norms may be squared.
func common(norms reverse.Array) bool {
	for _, v := range norms.Values() {
		if !(v >= 1e-60 && v <= 1e60) {
			return false
		}
	}
	return true
}

// direction returns vectors along an axis over their norms, which takes longer than to
// divide their products, and is right for all.
func direction(a, norm reverse.Array, axis int) reverse.Array {
	const shortest = 1e-8 // of a vector of 0
	var kept [16]int
	shape := kept[:copy(kept[:], a.Shape())]
	shape[(axis+len(shape))%len(shape)] = 1
	norm = norm.Reshape(shape...)
	return a.Div(norm.IfPos(norm, a.Const(shortest)))
}

// CosineEmbedding returns the mean of 1 - cos where the target is positive, and of max(0, cos -
// margin) elsewhere. cos is the cosine of the angle between vectors along the last axis of a and b,
// of the same shape […, features]. The target, 1 or -1, has the shape […].
//
// Cost: linear in the elements.
//
// CosineEmbedding panics if the shapes do not fit.
func CosineEmbedding(a, b, target reverse.Array, margin float64, o ...LossOptions) reverse.Array {
	const name = "CosineEmbedding"
	checkEqual(name, a, b)
	checkAxis(name, a, -1)
	cos := CosineSimilarity(a, b, -1)
	checkTarget(name, cos, target)
	apart := ad.ReLU(cos.Sub(a.Const(margin)))
	return given(name, o).reduce(name, target.IfPos(oneLess(cos), apart))
}

// Triplet returns the mean of max(0, |anchor-positive| - |anchor-negative| + margin), with
// Euclidean distances between vectors along the last axis. All three have the same shape […,
// features]. At a distance of 0 the slopes are 0.
//
// Source: Schroff et al., FaceNet, 2015, with distances that are not squared.
//
// Cost: linear in the elements.
//
// Triplet panics if the shapes differ or have no axes.
func Triplet(anchor, positive, negative reverse.Array, margin float64, o ...LossOptions) reverse.Array {
	const name = "Triplet"
	checkEqual(name, anchor, positive)
	checkEqual(name, anchor, negative)
	checkAxis(name, anchor, -1)
	far := anchor.Sub(positive).Norm2(-1).Sub(anchor.Sub(negative).Norm2(-1))
	return given(name, o).reduce(name, ad.ReLU(far.Add(anchor.Const(margin))))
}

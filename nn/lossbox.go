package nn

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// BoxOptions are the options of losses of boxes. The zero value is the mean over boxes.
type BoxOptions struct {
	Reduction Reduction
	Weights   reverse.Array // see LossOptions

	// Epsilon is added to divisors, as some implementations do, with 1e-7. In IoU and GIoU that
	// is an area, in DIoU a squared length, so one Epsilon fits boxes of one size. At 0 nothing is
	// added, and a loss does not depend on the unit of length.
	Epsilon float64

	// ThroughAlpha differentiates through the factor α of CIoULoss. As published, α is a constant
	// for the gradient.
	ThroughAlpha bool
}

func (o BoxOptions) reduce(name string, losses reverse.Array) reverse.Array {
	return LossOptions{o.Reduction, o.Weights}.reduce(name, losses)
}

// IoULoss returns 1 - I/U, with the areas of the intersection and of the union of boxes.
//
// As for all losses of boxes, p and target have the same shape […, 4], and a box is x1, y1, x2, y2
// with x1 <= x2 and y1 <= y2. There is a loss for each pair of boxes. Edges in the same place share
// the derivative. The losses do not depend on the unit of length: no area overflows or underflows.
// Equal boxes have the loss 0 and the gradient 0. Boxes without width or height have finite losses
// and gradients:
//
//	the IoU of two such boxes is 1 if they are equal and else 0, with slopes 0
//	a quotient by the size of the least box around both is 0 if that box has no size
//
// Cost: linear in the number of boxes.
//
// IoULoss panics if the shapes differ, the last axis is not of length 4 or the epsilon
// is negative.
func IoULoss(p, target reverse.Array, o ...BoxOptions) reverse.Array {
	b := newBoxes("IoULoss", p, target, o)
	return b.reduce(b.name, oneLess(b.iou))
}

// IoULogLoss returns -log(I/U) of boxes (Yu et al., UnitBox, 2016). Boxes that do not meet have the
// loss +Inf, with gradient 0. For shapes see IoULoss.
//
// Cost: linear in the number of boxes.
//
// IoULogLoss panics as IoULoss does.
func IoULogLoss(p, target reverse.Array, o ...BoxOptions) reverse.Array {
	const small = 1e-280 // I/U may have underflown below
	b := newBoxes("IoULogLoss", p, target, o)
	apart := ad.Log(b.inner).Sum(-1).Sub(ad.Log(b.union))
	apart = b.inner.Min(-1).IfPos(apart, p.Const(math.Inf(-1)))
	return b.reduce(b.name, b.iou.Sub(p.Const(small)).IfPos(ad.Log(b.iou), apart).Neg())
}

// GIoULoss returns 1 - GIoU of boxes (Rezatofighi et al., arXiv:1902.09630),
//
//	1 - IoU + (C - U)/C
//
// with the area C of the least box around both.
//
// Cost: linear in the number of boxes.
//
// GIoULoss panics as IoULoss does.
func GIoULoss(p, target reverse.Array, o ...BoxOptions) reverse.Array {
	b := newBoxes("GIoULoss", p, target, o)
	c := b.hull().Prod(-1)
	return b.reduce(b.name, oneLess(b.iou).Add(quotient(c.Sub(b.area), c.Add(b.areaEpsilon), reverse.Array{})))
}

// DIoULoss returns 1 - DIoU of boxes (Zheng et al., arXiv:1911.08287),
//
//	1 - IoU + ρ²/c²
//
// with the distance ρ of the centers and the diagonal c of the least box around both.
//
// Cost: linear in the number of boxes.
//
// DIoULoss panics as IoULoss does.
func DIoULoss(p, target reverse.Array, o ...BoxOptions) reverse.Array {
	b := newBoxes("DIoULoss", p, target, o)
	return b.reduce(b.name, b.diou())
}

// CIoULoss returns 1 - CIoU of boxes (Zheng et al., arXiv:1911.08287),
//
//	1 - IoU + ρ²/c² + α·v
//
// which is DIoULoss and, of the aspect ratios,
//
//	v = 4/π² · (atan(w/h of the target) - atan(w/h of p))²        α = v / (1 - IoU + v)
//
// For the gradient α is a constant, unless o.ThroughAlpha. The angle of a box without height is
// π/2, and that of a point 0, with slope 0.
//
// Cost: linear in the number of boxes.
//
// CIoULoss panics as IoULoss does.
func CIoULoss(p, target reverse.Array, o ...BoxOptions) reverse.Array {
	b := newBoxes("CIoULoss", p, target, o)
	v := angle(target).Sub(angle(p)).SumSq(-1).Scale(4 / (math.Pi * math.Pi))
	alpha := quotient(v, oneLess(b.iou).Add(v).Add(p.Const(b.Epsilon)), reverse.Array{})
	if !b.ThroughAlpha {
		alpha = detached(alpha)
	}
	return b.reduce(b.name, b.diou().Add(alpha.Mul(v)))
}

// angle returns the angles whose tangents are the width over the height of boxes.
func angle(b reverse.Array) reverse.Array {
	w, h := along(b, 2, 3).Sub(along(b, 0, 1)), along(b, 3, 4).Sub(along(b, 1, 2))
	return ad.Max(ad.Abs(w), ad.Abs(h)).IfPos(ad.Atan2(w, h), reverse.Array{})
}

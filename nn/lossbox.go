package nn

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// BoxOptions are those of losses of boxes. The zero value is the mean over boxes.
type BoxOptions struct {
	Reduction Reduction
	Weights   reverse.Array // see LossOptions

	// Epsilon is added to what is divided by, so that boxes without area have finite
	// losses; 0 means 1e-7.
	Epsilon float64

	// ThroughAlpha differentiates through the factor α of CIoULoss, which as published
	// is a constant for the gradient.
	ThroughAlpha bool
}

func (o BoxOptions) reduce(name string, losses reverse.Array) reverse.Array {
	return LossOptions{o.Reduction, o.Weights}.reduce(name, losses)
}

// IoULoss returns 1 less the intersection over the union of boxes, I/(U + ε).
//
// Of all losses of boxes: boxes are x1, y1, x2, y2 with x1 <= x2 and y1 <= y2, and lie
// along the last axis of p and target, which are of the same shape. Ties of their edges
// share the derivative. Boxes without width or height have finite losses and gradients.
//
// IoULoss panics if the shapes differ or the last axis is not of length 4.
func IoULoss(p, target reverse.Array, o ...BoxOptions) reverse.Array {
	b := newBoxes("IoULoss", p, target, o)
	return b.reduce(b.name, oneLess(b.iou))
}

// IoULogLoss returns -log(I/(U + ε)) of boxes (Yu et al., UnitBox, 2016). That of boxes
// that do not meet is +Inf, with gradient 0.
//
// IoULogLoss panics as IoULoss does.
func IoULogLoss(p, target reverse.Array, o ...BoxOptions) reverse.Array {
	b := newBoxes("IoULogLoss", p, target, o)
	return b.reduce(b.name, b.iou.IfPos(ad.Log(b.iou), p.Const(math.Inf(-1))).Neg())
}

// GIoULoss returns 1 - GIoU of boxes (Rezatofighi et al., arXiv:1902.09630),
//
//	1 - IoU + (C - U)/(C + ε)
//
// with the area C of the least box around both.
//
// GIoULoss panics as IoULoss does.
func GIoULoss(p, target reverse.Array, o ...BoxOptions) reverse.Array {
	b := newBoxes("GIoULoss", p, target, o)
	c := b.hull().Prod(-1)
	return b.reduce(b.name, oneLess(b.iou).Add(c.Sub(b.union).Div(c.Add(b.epsilon))))
}

// DIoULoss returns 1 - DIoU of boxes (Zheng et al., arXiv:1911.08287),
//
//	1 - IoU + ρ²/(c² + ε)
//
// with the distance ρ of the centres and the diagonal c of the least box around both.
//
// DIoULoss panics as IoULoss does.
func DIoULoss(p, target reverse.Array, o ...BoxOptions) reverse.Array {
	b := newBoxes("DIoULoss", p, target, o)
	return b.reduce(b.name, b.diou())
}

// CIoULoss returns 1 - CIoU of boxes (Zheng et al., arXiv:1911.08287),
//
//	1 - IoU + ρ²/(c² + ε) + α·v
//
// which is DIoULoss and, of the aspect ratios,
//
//	v = 4/π² · (atan(w/h of the target) - atan(w/h of p))²        α = v / (1 - IoU + v + ε)
//
// α is a constant for the gradient, unless o.ThroughAlpha. The angle of a box without
// height is π/2, and that of a point 0, with slope 0.
//
// CIoULoss panics as IoULoss does.
func CIoULoss(p, target reverse.Array, o ...BoxOptions) reverse.Array {
	b := newBoxes("CIoULoss", p, target, o)
	v := angle(b.sides[1]).Sub(angle(b.sides[0])).SumSq(-1).Scale(4 / (math.Pi * math.Pi))
	alpha := v.Div(oneLess(b.iou).Add(v).Add(b.epsilon))
	if !b.ThroughAlpha {
		alpha = detached(alpha)
	}
	return b.reduce(b.name, b.diou().Add(alpha.Mul(v)))
}

// angle returns the angles whose tangents are width over height.
func angle(sides reverse.Array) reverse.Array {
	w, h := along(sides, 0, 1), along(sides, 1, 2)
	return ad.Max(ad.Abs(w), ad.Abs(h)).IfPos(ad.Atan2(w, h), reverse.Array{})
}

// boxes are pairs of boxes, each two corners.
type boxes struct {
	BoxOptions
	name       string
	low, high  [2]reverse.Array // corners of p and of the target
	sides      [2]reverse.Array // widths and heights
	union, iou reverse.Array
	epsilon    reverse.Array
}

func newBoxes(name string, p, target reverse.Array, o []BoxOptions) boxes {
	checkEqual(name, p, target)
	checkBoxes(name, p)
	b := boxes{BoxOptions: given(name, o), name: name}
	if b.Epsilon == 0 {
		b.Epsilon = 1e-7
	}
	checkParameter(name, "epsilon", b.Epsilon, false)
	b.epsilon = p.Const(b.Epsilon)
	for i, x := range [...]reverse.Array{p, target} {
		b.low[i], b.high[i] = along(x, 0, 2), along(x, 2, 4)
		b.sides[i] = b.high[i].Sub(b.low[i])
	}
	inner := ad.ReLU(ad.Min(b.high[0], b.high[1]).Sub(ad.Max(b.low[0], b.low[1]))).Prod(-1)
	b.union = b.sides[0].Prod(-1).Add(b.sides[1].Prod(-1)).Sub(inner)
	b.iou = inner.Div(b.union.Add(b.epsilon))
	return b
}

// hull returns the sides of the least boxes around both.
func (b boxes) hull() reverse.Array {
	return ad.Max(b.high[0], b.high[1]).Sub(ad.Min(b.low[0], b.low[1]))
}

func (b boxes) diou() reverse.Array {
	between := b.low[0].Add(b.high[0]).Sub(b.low[1].Add(b.high[1])).SumSq(-1).Scale(0.25)
	return oneLess(b.iou).Add(between.Div(b.hull().SumSq(-1).Add(b.epsilon)))
}

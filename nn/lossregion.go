package nn

import (
	"fmt"
	"math"
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// RegionOptions are the options of losses of overlap. The zero value is the mean over samples.
type RegionOptions struct {
	Reduction Reduction // of the losses of samples
	Batch     bool      // treat all samples as one region, with one loss
}

// DiceLoss returns 1 less the soft Dice coefficient of probabilities p and a mask,
//
//	1 - (2·Σ p·t + smooth) / (Σ p + Σ t + smooth)
//
// for every sample. p and mask have the same shape, [samples, …], or [n] for one sample. Where both
// are empty, the loss is 0 with smoothing, and NaN with gradient 0 without.
//
// Source: Sudre et al., arXiv:1707.03237.
//
// Cost: linear in the elements.
//
// DiceLoss panics if the shapes differ or smooth is negative.
func DiceLoss(p, mask reverse.Array, smooth float64, o ...RegionOptions) reverse.Array {
	const name = "DiceLoss"
	return given(name, o).tversky(name, p, mask, 0.5, 0.5, smooth/2).reduce()
}

// DiceSquaredLoss returns DiceLoss with squares below, as V-Net has it (Milletari et
// al., arXiv:1606.04797):
//
//	1 - (2·Σ p·t + smooth) / (Σ p² + Σ t² + smooth)
//
// Cost: linear in the elements.
//
// DiceSquaredLoss panics as DiceLoss does.
func DiceSquaredLoss(p, mask reverse.Array, smooth float64, o ...RegionOptions) reverse.Array {
	const name = "DiceSquaredLoss"
	r := given(name, o).check(name, p, mask, smooth)
	axes := r.axes(p)
	below := p.SumSq(axes...).Add(mask.SumSq(axes...)).Add(p.Const(smooth))
	r.losses = share(p.Sub(mask).SumSq(axes...), below)
	return r.reduce()
}

// JaccardLoss returns 1 less the soft Jaccard index, the intersection over the union,
//
//	1 - (Σ p·t + smooth) / (Σ p + Σ t - Σ p·t + smooth)
//
// for every sample, as DiceLoss does.
//
// Cost: linear in the elements.
//
// JaccardLoss panics as DiceLoss does.
func JaccardLoss(p, mask reverse.Array, smooth float64, o ...RegionOptions) reverse.Array {
	const name = "JaccardLoss"
	return given(name, o).tversky(name, p, mask, 1, 1, smooth).reduce()
}

// TverskyLoss returns 1 less the soft Tversky index (Salehi et al., arXiv:1706.05721),
//
//	1 - (TP + smooth) / (TP + alpha·FP + beta·FN + smooth)
//
// for every sample, as DiceLoss does, of TP = Σ p·t, FP = Σ p·(1-t) and FN = Σ (1-p)·t.
// With ½ and ½ it is Dice, with 1 and 1 Jaccard.
//
// Cost: linear in the elements.
//
// TverskyLoss panics as DiceLoss does, or if alpha or beta is negative.
func TverskyLoss(p, mask reverse.Array, alpha, beta, smooth float64, o ...RegionOptions) reverse.Array {
	const name = "TverskyLoss"
	return given(name, o).tversky(name, p, mask, alpha, beta, smooth).reduce()
}

// FocalTverskyLoss returns TverskyLoss to the power of gamma, sample by sample (Abraham
// and Khan, arXiv:1810.07842, who write 1/γ for it, and have 3/4). Where the loss is 0
// its slope is 0.
//
// Cost: linear in the elements.
//
// FocalTverskyLoss panics as TverskyLoss does, or if gamma is not positive.
func FocalTverskyLoss(p, mask reverse.Array, alpha, beta, gamma, smooth float64, o ...RegionOptions) reverse.Array {
	const name = "FocalTverskyLoss"
	checkParameter(name, "gamma", gamma, false)
	r := given(name, o).tversky(name, p, mask, alpha, beta, smooth)
	r.losses = r.losses.IfPos(ad.PowReal(r.losses, gamma), reverse.Array{})
	return r.reduce()
}

// GeneralizedDiceLoss returns DiceLoss over classes that are weighted by the squares of
// their sizes (Sudre et al., arXiv:1707.03237), small ones most:
//
//	1 - (2·Σ w·p·t + smooth) / (Σ w·(p + t) + smooth)
//
// for every sample, each a place of the first axis; classes lie along axis 1. The
// weights are relative to the smallest class of the sample, w = (least Σt / Σt)², which
// without smoothing changes nothing; a class that is absent has weight 1, as the
// smallest has.
//
// Cost: linear in the elements.
//
// GeneralizedDiceLoss panics as DiceLoss does, or if there are less than two axes.
func GeneralizedDiceLoss(p, mask reverse.Array, smooth float64, o ...RegionOptions) reverse.Array {
	const name = "GeneralizedDiceLoss"
	r := given(name, o).check(name, p, mask, smooth)
	if p.Rank() < 2 {
		panic(fmt.Sprintf("nn: %s of shapes %v and %v, without an axis of classes", name, p.Shape(), mask.Shape()))
	}
	axes := places[1 : p.Rank()-1]
	if r.Batch {
		axes = batchPlaces[:p.Rank()-1]
	}
	sum := func(x reverse.Array) reverse.Array {
		if len(axes) == 0 {
			return x
		}
		return x.Sum(axes...)
	}
	size := sum(mask)
	kept := append(append([]int(nil), size.Shape()[:size.Rank()-1]...), 1)
	least := size.IfPos(size, p.Const(math.Inf(1))).Min(-1).Reshape(kept...)
	weight := size.IfPos(ad.Square(least.Div(size)), p.Const(1))
	both := weight.Mul(sum(p).Add(size)).Sum(-1)
	shared := weight.Mul(sum(p.Mul(mask))).Sum(-1)
	r.losses = share(both.Sub(shared.Scale(2)), both.Add(p.Const(smooth)))
	return r.reduce()
}

// regions are the losses of regions.
type regions struct {
	RegionOptions
	name   string
	losses reverse.Array
}

func (o RegionOptions) check(name string, p, mask reverse.Array, smooth float64) regions {
	checkEqual(name, p, mask)
	checkParameter(name, "smooth", smooth, true)
	return regions{RegionOptions: o, name: name}
}

// axes are those that a region lies along.
func (r regions) axes(p reverse.Array) []int {
	if r.Batch || p.Rank() < 2 {
		return nil
	}
	return places[:p.Rank()-1]
}

// places are the axes but the first; batchPlaces those but axis 1.
var (
	places      = []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
	batchPlaces = []int{0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
)

// tversky is (α·FP + β·FN) / (TP + α·FP + β·FN + smooth), which is never negative.
func (o RegionOptions) tversky(name string, p, mask reverse.Array, alpha, beta, smooth float64) regions {
	r := o.check(name, p, mask, smooth)
	checkParameter(name, "alpha", alpha, true)
	checkParameter(name, "beta", beta, true)
	axes := r.axes(p)
	hit := p.Mul(mask)
	wrong := p.Sub(hit).Sum(axes...).Scale(alpha).Add(mask.Sub(hit).Sum(axes...).Scale(beta))
	r.losses = share(wrong, hit.Sum(axes...).Add(wrong).Add(p.Const(smooth)))
	return r
}

// share returns x/y, and NaN, with slopes 0, where y is 0.
func share(x, y reverse.Array) reverse.Array {
	if slices.Contains(y.Values(), 0) {
		return ad.Abs(y).IfPos(x.Div(y), x.Const(math.NaN()))
	}
	return x.Div(y)
}

func (r regions) reduce() reverse.Array { return r.Reduction.of(r.name, r.losses) }

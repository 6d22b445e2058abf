package notes

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// lossAt returns a loss of one array of numbers, and its gradient.
func lossAt(tape *reverse.Tape, x []float64, shape []int, f func(x reverse.Array) reverse.Array) (value float64, gradient []float64) {
	tape.Reset()
	in := tape.Param(x, nil, shape...)
	loss := f(in)
	loss.Backward()
	return loss.Value(), in.Grad()
}

func losses(s *sheet) {
	tape := reverse.NewTape()
	s.p("Training makes one number small. Which number, is a choice: it says how much each kind of mistake costs, and so what gradients push against.")
	s.eq(20, "θ̂ = argmin (1/N) ‖Y − Xθ‖²")
	s.misprint(20, "it squares a vector, which gives no number, and has no mean, though it is named after one.")
	s.p("Squares punish large errors most: one wrong sample pulls as hard as many. Other losses of a difference d grow more slowly.")
	value := newPlot(axes{x0: -3, x1: 3, y0: 0, y1: 4, title: "Losses of a difference", xTitle: "d"})
	slope := newPlot(axes{x0: -3, x1: 3, y0: -4, y1: 4, title: "Their slopes, by the tape", xTitle: "d"})
	for k, l := range []struct {
		name string
		f    func(x, y reverse.Array) reverse.Array
	}{
		{"squared", func(x, y reverse.Array) reverse.Array { return nn.MSE(x, y) }},
		{"absolute", func(x, y reverse.Array) reverse.Array { return nn.MAE(x, y) }},
		{"Huber", func(x, y reverse.Array) reverse.Array { return nn.Huber(x, y, 1) }},
		{"log cosh", func(x, y reverse.Array) reverse.Array { return nn.LogCosh(x, y) }},
	} {
		class := []string{"k1", "k2", "k3", "k4"}[k]
		of := func(d float64) (float64, []float64) {
			return lossAt(tape, []float64{d}, []int{1}, func(x reverse.Array) reverse.Array { return l.f(x, x.Tape().Const([]float64{0}, 1)) })
		}
		value.curve(class, func(d float64) float64 { v, _ := of(d); return v })
		slope.curve(class, func(d float64) float64 { _, g := of(d); return g[0] })
		value.key(class, l.name)
	}
	s.figure("The slope is how hard a sample pulls. That of the absolute error jumps at 0; Huber's and log cosh are squares near 0 and lines far out.", value.done("Four losses, all 0 at 0."), slope.done("Four slopes; that of the square is a line, the others level off at ±1."))

	s.h("Cross entropy")
	s.eq(21, "CE(p̃; p) = −Σ p̃(y) log p(y) over all y")
	s.eq(22, "(1/N) Σᵢ [−yᵢ log pᵢ − (1 − yᵢ) log(1 − pᵢ)]")
	s.p("The cross entropy is the mean number of nats that it takes to be told the truth p̃ by someone who believes p. If p̃ is the samples themselves, the least cross entropy is the greatest likelihood. It is computed from logits: logsumexp(z) less the logit of the class, and max(z, 0) − zy + log(1 + exp(−|z|)) for two classes.")
	s.misprint(22, "it is set equal to equation 21, but is that of one sample with a one-hot target. The mean over samples is missing.")
	printed := func(z float64) float64 { return -math.Log(float64(ad.Sigmoid(ad.Real(z)))) }
	stable := func(z float64) (float64, []float64) {
		return lossAt(tape, []float64{z}, []int{1}, func(x reverse.Array) reverse.Array {
			return nn.BCEWithLogits(x, x.Tape().Const([]float64{1}, 1))
		})
	}
	var rows [][]string
	for _, z := range []float64{-800, -5, 0, 5, 40} {
		v, g := stable(z)
		rows = append(rows, []string{num(z), num(math.Abs(printed(z))), num(v), num(g[0])})
	}
	s.table("−log σ(z) for a sample of class 1: from the probability, and from the logit", []string{"logit z", "from the probability", "from the logit", "slope σ(z) − 1"}, rows)

	s.h("Focal loss")
	s.eq(0, "FL = −αₜ (1 − pₜ)ᵞ log pₜ")
	s.p("A detector sees a thousand easy pieces of background for each object. The focal loss turns down what is already right, by a power of 1 − pₜ, the probability that was missed. With γ = 0 it is the cross entropy.")
	focal := newPlot(axes{x0: -4, x1: 4, y0: 0, y1: 4, title: "Focal loss of class 1", xTitle: "logit"})
	pull := newPlot(axes{x0: -4, x1: 4, y0: -1.4, y1: 0.2, title: "Its slope", xTitle: "logit"})
	var easy [][]string
	for k, gamma := range []float64{0, 1, 2, 5} {
		class := []string{"k1", "k2", "k3", "k4"}[k]
		of := func(z float64) (float64, []float64) {
			return lossAt(tape, []float64{z}, []int{1}, func(x reverse.Array) reverse.Array {
				return nn.FocalSigmoid(x, x.Tape().Const([]float64{1}, 1), -1, gamma)
			})
		}
		focal.curve(class, func(z float64) float64 { v, _ := of(z); return v })
		pull.curve(class, func(z float64) float64 { _, g := of(z); return g[0] })
		focal.key(class, "γ = "+num(gamma))
		a, _ := of(math.Log(9))
		b, _ := of(-math.Log(9))
		easy = append(easy, []string{num(gamma), num(a), num(b), num(b / a)})
	}
	s.figure("The larger γ, the less a sample pulls that is right already.", focal.done("Four curves that fall with the logit."), pull.done("Four slopes; with a large γ they vanish for right samples."))
	s.table("An easy sample, p = 0.9, and a hard one, p = 0.1", []string{"γ", "easy", "hard", "hard by easy"}, easy)

	s.h("Overlap of boxes: IoU and its family")
	s.eq(0, "IoU = |A ∩ B| / |A ∪ B|,   GIoU = IoU − (|C| − |A ∪ B|)/|C|,   DIoU = IoU − ρ²/c²,   CIoU = DIoU − αv")
	s.p("C is the smallest box around both, ρ the distance of their centers, c the diagonal of C, and v compares the ratios of the sides, v = (4/π²)(atan(w/h) − atan(w′/h′))². The losses are 1 less the value. Boxes that do not touch all have an IoU of 0, whose slope is 0: nothing tells the prediction where to go. The others still do.")
	iou := newPlot(axes{x0: 0, x1: 4, y0: 0, y1: 2, title: "Losses of a box, 2 wide, moved aside", xTitle: "by"})
	iouSlope := newPlot(axes{x0: 0, x1: 4, y0: -0.1, y1: 1, title: "Slope in the move", xTitle: "by"})
	for k, l := range []struct {
		name string
		f    func(p, target reverse.Array, o ...nn.BoxOptions) reverse.Array
	}{{"IoU", nn.IoULoss}, {"GIoU", nn.GIoULoss}, {"DIoU", nn.DIoULoss}, {"CIoU", nn.CIoULoss}} {
		class := []string{"k1", "k2", "k3", "d4"}[k]
		of := func(by float64) (float64, float64) {
			v, g := lossAt(tape, []float64{by, 0, by + 2, 2}, []int{1, 4}, func(x reverse.Array) reverse.Array {
				return l.f(x, x.Tape().Const([]float64{0, 0, 2, 2}, 1, 4))
			})
			return v, g[0] + g[2]
		}
		if class == "d4" {
			xs := span(0.2, 3.8, 18)
			var values, slopes []float64
			for _, x := range xs {
				v, g := of(x)
				values, slopes = append(values, v), append(slopes, g)
			}
			iou.dots(class, 3, xs, values)
			iouSlope.dots(class, 3, xs, slopes)
		} else {
			iou.curve(class, func(by float64) float64 { v, _ := of(by); return v })
			iouSlope.curve(class, func(by float64) float64 { _, g := of(by); return g })
		}
		iou.key(class, l.name)
	}
	s.figure("A square box of 2 by 2 that moves away from its place. From 2 on it no longer overlaps with it. CIoU equals DIoU here, since the shapes are the same.", iou.done("The IoU loss stays at 1 from 2 on; the others rise further."), iouSlope.done("The slope of the IoU loss is 0 from 2 on."))

	s.h("Overlap of regions: Dice")
	s.eq(0, "Dice loss = 1 − (2 Σ p g + s)/(Σ p + Σ g + s)")
	s.p("For masks, p is the probability of each pixel and g is 1 inside of the object. The loss does not care how much background there is; the mean cross entropy of a small object on a large picture does. V-Net squares p and g below, which is another loss.")
	region := newPlot(axes{x0: 0, x1: 1, y0: 0, y1: 1, title: "A mask of 4 in 64 pixels", xTitle: "probability given to the object"})
	mask := make([]float64, 64)
	for i := range 4 {
		mask[i] = 1
	}
	for k, l := range []struct {
		name string
		f    func(p, m reverse.Array) reverse.Array
	}{
		{"Dice", func(p, m reverse.Array) reverse.Array { return nn.DiceLoss(p, m, 0) }},
		{"squared", func(p, m reverse.Array) reverse.Array { return nn.DiceSquaredLoss(p, m, 0) }},
		{"cross entropy", func(p, m reverse.Array) reverse.Array { return nn.BCE(p, m) }},
	} {
		class := []string{"k1", "k2", "k3"}[k]
		region.curve(class, func(q float64) float64 {
			p := make([]float64, 64)
			for i := range p {
				p[i] = 0.01
				if mask[i] == 1 {
					p[i] = max(q, 1e-6)
				}
			}
			v, _ := lossAt(tape, p, []int{1, 64}, func(x reverse.Array) reverse.Array { return l.f(x, x.Tape().Const(mask, 1, 64)) })
			return v
		})
		region.key(class, l.name)
	}
	s.figure("The four pixels of the object get the probability below, the other sixty 0.01. The cross entropy is small over most of the range; Dice is not until the object is found.", region.done("Dice losses fall evenly from 1; the mean cross entropy is below 0.2 almost everywhere."))
	s.sources("Lin and others, Focal loss for dense object detection (2017), arXiv:1708.02002.", "Rezatofighi and others, Generalized intersection over union (2019), arXiv:1902.09630.", "Zheng and others, Distance-IoU loss (2020), arXiv:1911.08287.",
		"Milletari, Navab and Ahmadi, V-Net (2016), arXiv:1606.04797.", "Sudre and others, Generalised Dice overlap (2017), arXiv:1707.03237.", "Huber, Robust estimation of a location parameter (1964).")
}

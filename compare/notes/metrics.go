package notes

import (
	"fmt"
	"html/template"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// confusion returns the matrix of counts, rows being the true classes.
func confusion(rows ...[]int) *metric.ConfusionMatrix {
	c := metric.NewConfusionMatrix(len(rows))
	for truth, row := range rows {
		for predicted, n := range row {
			for range n {
				c.Add([]int{truth}, []int{predicted})
			}
		}
	}
	return c
}

// eights trains a single unit to tell an eight from the other digits, for a few steps only, and
// returns the logits of samples that it has not seen.
func eights() (positive []bool, logits []float64) {
	train, test := data.Digits().Split(seeded(96), 0.7)
	labels := func(set *data.Set) (y []float64) {
		for i := range set.Len() {
			if set.Label(i) == 8 {
				y = append(y, 1)
			} else {
				y = append(y, 0)
			}
		}
		return y
	}
	unit := nn.NewLinear(64, 1, seeded(97))
	opt := optim.NewAdam(0.02)
	b, y := train.Batch(), labels(train)
	tape := reverse.NewTape()
	for range 60 {
		tape.Reset()
		nn.BCEWithLogits(unit.Forward(tape.Const(b.X, len(y), 64)), tape.Const(y, len(y), 1)).Backward()
		opt.Step(unit.Params())
	}
	for _, v := range labels(test) {
		positive = append(positive, v == 1)
	}
	return positive, nn.Predict(unit, test.Batch().X, test.Len(), 64)
}

// drawMatrix draws a confusion matrix, darker where there is more.
func drawMatrix(title string, c *metric.ConfusionMatrix) template.HTML {
	const size = 62
	d := &drawing{w: 260, h: 270}
	d.text("ti", 4, 14, "start", title)
	d.text("mu", 52, 36, "start", "predicted class")
	d.add(`<text class="mu" transform="translate(18 %d) rotate(-90)" text-anchor="middle">true class</text>`, 58+size*3/2)
	for i := range c.Classes() {
		d.text("mu", 52+size*(float64(i)+0.5), 52, "middle", fmt.Sprint(i))
		d.text("mu", 40, 58+size*(float64(i)+0.55), "end", fmt.Sprint(i))
		for j := range c.Classes() {
			n := c.At(i, j)
			x, y := 52+size*float64(j), 58+size*float64(i)
			d.add(`<rect class="cell" x="%.0f" y="%.0f" width="%d" height="%d"/><rect x="%.0f" y="%.0f" width="%d" height="%d" fill="var(--focus)" fill-opacity="%.2f"/>`, x, y, size, size, x, y, size, size, 0.45*float64(n)/float64(c.Support(i)))
			d.text("", x+size/2, y+size/2+4, "middle", fmt.Sprint(n))
		}
	}
	return d.done(title)
}

func metrics(s *sheet) {
	s.p("A loss is for the optimizer. People ask other questions: how many of the alarms were real, and how many of the real ones were found? For a class there are four counts: true and false positives, true and false negatives. (The headings of the Reviews say Matrics; Metrics is meant.)")
	s.eq(28, "precision = TP/(TP + FP)")
	s.eq(29, "recall = TP/(TP + FN)")
	s.eq(30, "F1 = 2/(1/precision + 1/recall) = TP/(TP + (FN + FP)/2)")
	c := confusion([]int{21, 2, 7}, []int{10, 11, 9}, []int{3, 1, 26})
	perfect := confusion([]int{30, 0, 0}, []int{0, 30, 0}, []int{0, 0, 30})
	n := c.Class(0)
	printed := 2 * float64(n.TP) / (float64(n.TP) + float64(n.FN+n.FP)/2)
	s.misprint(30, "the second form has 2TP above. With class 0 of the matrix below (TP %d, FP %d, FN %d) it gives %s, above 1, the most there is; the first form gives %s.", n.TP, n.FP, n.FN, fix(printed, 4), fix(n.F1().Value, 5))
	s.p("Where nothing was predicted, or nothing was there, a fraction is 0/0. Package metric returns no number then, but a reason: the precision of no predictions is “%s”.", metric.Counts{FN: 3}.Precision())

	s.h("Confusion matrices")
	s.eq(33, "C = [21 2 7; 10 11 9; 3 1 26]")
	s.eq(34, "C = [30 0 0; 0 30 0; 0 0 30]")
	s.p("Every sample is counted in the row of its true class and the column of the class that was predicted; the Reviews do not name the axes. What is right stands on the diagonal.")
	s.figure("The example, and the perfect classifier.", drawMatrix("Equation 33", c), drawMatrix("Equation 34", perfect))
	var rows [][]string
	for k := range 3 {
		m := c.Class(k)
		rows = append(rows, []string{fmt.Sprint(k), fmt.Sprint(m.TP), fmt.Sprint(m.FP), fmt.Sprint(m.FN), m.Precision().String(), m.Recall().String(), m.F1().String(), m.IoU().String()})
	}
	s.table("Class by class, from equation 33", []string{"class", "TP", "FP", "FN", "precision", "recall", "F1", "IoU"}, rows)
	s.table("Over all classes", []string{"", "equation 33", "equation 34"}, [][]string{
		{"accuracy", c.Accuracy().String(), perfect.Accuracy().String()},
		{"macro F1", c.Macro(metric.Counts.F1, metric.Refuse).String(), perfect.Macro(metric.Counts.F1, metric.Refuse).String()},
		{"mean IoU", c.MeanIoU().String(), perfect.MeanIoU().String()},
		{"Matthews correlation", c.MCC().String(), perfect.MCC().String()},
	})

	s.h("A threshold is a choice")
	s.eq(31, "TPR = TP/(TP + FN)")
	s.eq(32, "FPR = FP/(TN + FP)")
	positive, logits := eights()
	curve := metric.Sweep(positive, logits)
	count := 0
	for _, p := range positive {
		if p {
			count++
		}
	}
	s.p("A classifier gives scores. Which score is enough is decided afterwards, and every threshold has its own counts. The example is one unit, trained for 60 steps to tell an 8 from other digits, on %d new samples with %d eights.", len(positive), count)
	var fpr, tpr, precision, recall, f1, threshold []float64
	for k, p := range curve {
		fpr, tpr = append(fpr, p.FalsePositiveRate().Value), append(tpr, p.Recall().Value)
		if k > 0 {
			recall, precision = append(recall, p.Recall().Value), append(precision, p.Precision().Value)
			threshold, f1 = append(threshold, p.Threshold), append(f1, p.F1().Value)
		}
	}
	roc := newPlot(axes{w: 350, h: 320, x0: 0, x1: 1, y0: 0, y1: 1, title: "ROC: true against false positives", xTitle: "FPR"})
	roc.line("k4", []float64{0, 1}, []float64{0, 1})
	roc.line("k1", fpr, tpr)
	roc.text(0.6, 0.3, 0, 0, "start", "area "+curve.AUC().String())
	pr := newPlot(axes{w: 350, h: 320, x0: 0, x1: 1, y0: 0, y1: 1.02, title: "Precision against recall", xTitle: "recall"})
	pr.line("k1", recall, precision)
	best := append([]float64(nil), precision...)
	for i := len(best) - 2; i >= 0; i-- {
		best[i] = max(best[i], best[i+1])
	}
	pr.line("k2", recall, best)
	pr.key("k1", "measured")
	pr.key("k2", "interpolated")
	by := newPlot(axes{w: 350, h: 320, x0: -5, x1: 0.5, y0: 0, y1: 1.02, title: "By threshold", xTitle: "logit"})
	by.line("k1", threshold, precision)
	by.line("k2", threshold, recall)
	by.line("k3", threshold, f1)
	by.key("k1", "precision")
	by.key("k2", "recall")
	by.key("k3", "F1")
	s.figure("The area under the ROC curve is the probability that an eight scores higher than another digit. The ROC looks better than the other curve, as always where positives are rare: a few false alarms among many negatives are a small rate, and yet a large part of all alarms.",
		roc.done("The ROC curve rises steeply."), pr.done("Precision falls with recall."), by.done("Precision rises with the threshold, recall falls, F1 has its maximum in between."))
	rows = nil
	for _, how := range []struct {
		name string
		how  metric.Interpolation
	}{{"step sum", metric.Step}, {"all points, interpolated: VOC from 2010", metric.AllPoint}, {"11 points: VOC 2007", metric.ElevenPoint}, {"101 points: COCO", metric.HundredOnePoint}} {
		rows = append(rows, []string{how.name, curve.AveragePrecision(how.how).String()})
	}
	s.p("Average precision is the area under the precision-recall curve. The Reviews do not say by which rule, and there are four in use. They give different numbers, so a result needs the name of its rule.")
	s.table("The average precision of the curve above", []string{"rule", "AP"}, rows)
	s.sources("van Rijsbergen, Information retrieval (1979).", "Fawcett, An introduction to ROC analysis (2006).", "Everingham and others, The Pascal visual object classes challenge (2010).", "Lin and others, Microsoft COCO (2014), arXiv:1405.0312.", "Davis and Goadrich, The relationship between precision-recall and ROC curves (2006).")
}

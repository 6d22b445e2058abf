package metric

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"pgregory.net/rapid"
)

// TestMisprint30: the second form of equation 30 as printed,
// 2TP / (TP + (FN+FP)/2), is twice the F1 score that the first form defines,
// and above 1.
func TestMisprint30(t *testing.T) {
	n := Counts{TP: 21, FP: 13, FN: 9}
	tp, fp, fn := 21.0, 13.0, 9.0
	first := 2 / (1/n.Precision().Value + 1/n.Recall().Value)
	optest.Equal(t, "result", []float64{n.F1().Value, first}, []float64{0.65625, 0.65625}, near)
	if printed := 2 * tp / (tp + (fn+fp)/2); printed != 1.3125 {
		t.Errorf("the misprint gives %v, not 1.3125", printed)
	}
}

func TestCountsProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.IntRange(0, 20)
		n := Counts{TP: count.Draw(t, "TP"), FP: count.Draw(t, "FP"), FN: count.Draw(t, "FN"), TN: count.Draw(t, "TN")}
		p, r, f, iou := n.Precision(), n.Recall(), n.F1(), n.IoU()
		for name, s := range map[string]Score{
			"precision": p, "recall": r, "F1": f, "IoU": iou, "specificity": n.Specificity(), "FPR": n.FalsePositiveRate(),
			"accuracy": n.Accuracy(), "F2": n.FBeta(2),
		} {
			inUnit(t, name, s)
		}
		same(t, "F1 and FBeta(1)", f, n.FBeta(1))
		if n.TP > 0 {
			same(t, "F1 and the harmonic mean", f, Score{Value: 2 / (1/p.Value + 1/r.Value), Defined: true})
			if f.Value < min(p.Value, r.Value)-eps || f.Value > max(p.Value, r.Value)+eps {
				t.Fatalf("F1 %v is not between precision %v and recall %v", f, p, r)
			}
		}
		if iou.Defined {
			same(t, "Dice and IoU", n.Dice(), Score{Value: 2 * iou.Value / (1 + iou.Value), Defined: true})
		}
		if s, fpr := n.Specificity(), n.FalsePositiveRate(); s.Defined && math.Abs(s.Value+fpr.Value-1) > eps {
			t.Fatalf("specificity %v, false positive rate %v", s, fpr)
		}
	})
}

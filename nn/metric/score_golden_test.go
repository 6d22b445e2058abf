package metric

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/optest"
)

// TestGolden compares all metrics with values that scikit-learn and plain
// Python computed: counts, orders and curves exactly, others to 1e-12.
func TestGolden(t *testing.T) {
	cases, err := golden.Load("metrics")
	if err != nil {
		t.Fatal(err)
	}
	ran := map[string]int{}
	for _, c := range cases {
		run, ok := goldenTests[c.Op]
		if !ok {
			t.Errorf("%s: no test of %q", c.ID, c.Op)
			continue
		}
		t.Run(c.ID, func(t *testing.T) { run(t, goldenCase{c}) })
		ran[c.Op]++
	}
	total := 0
	for op := range goldenTests {
		if ran[op] == 0 {
			t.Errorf("%s: no case", op)
		}
		total += ran[op]
	}
	if total != 270 || len(goldenTests) != 28 {
		t.Errorf("%d cases of %d metrics, want 270 of 28", total, len(goldenTests))
	}
}

type goldenCase struct{ golden.Case }

func (c goldenCase) ints(name string) []int {
	var n []int
	for _, x := range c.Inputs[name].Floats() {
		n = append(n, int(x))
	}
	return n
}

func (c goldenCase) positive() []bool {
	var p []bool
	for _, label := range c.ints("label") {
		p = append(p, label == 1)
	}
	return p
}

func (c goldenCase) floats(name string) []float64 { return c.Inputs[name].Floats() }

func (c goldenCase) boxes(name string) []Box {
	x := c.floats(name)
	var boxes []Box
	for ; len(x) > 0; x = x[4:] {
		boxes = append(boxes, Box{x[0], x[1], x[2], x[3]})
	}
	return boxes
}

func (c goldenCase) number(name string) float64 { return c.Params[name].(float64) }

func (c goldenCase) text(name string) string { return c.Params[name].(string) }

func (c goldenCase) matrix() *ConfusionMatrix {
	m := NewConfusionMatrix(int(c.number("classes")))
	if ignore, ok := c.Params["ignore"].(float64); ok {
		m.AddExcept(int(ignore), c.ints("label"), c.ints("pred"))
	} else {
		m.Add(c.ints("label"), c.ints("pred"))
	}
	return m
}

func (c goldenCase) interpolation() Interpolation {
	return map[string]Interpolation{
		"step": Step, "all_point": AllPoint, "11_point": ElevenPoint, "101_point": HundredOnePoint,
	}[c.text("interpolation")]
}

func (c goldenCase) detections() (objects []Object, detections []Detection, how Matching) {
	image, boxes := c.ints("gt_image"), c.boxes("gt_boxes")
	for i, b := range boxes {
		objects = append(objects, Object{Image: image[i], Box: b})
	}
	image, boxes = c.ints("det_image"), c.boxes("det_boxes")
	for i, s := range c.floats("det_score") {
		detections = append(detections, Detection{Image: image[i], Box: boxes[i], Score: s})
	}
	return objects, detections, map[string]Matching{"coco": COCO, "voc": VOC}[c.text("matching")]
}

// near lets numbers be equal to 1e-12 of them, and NaN equal NaN.
var near = cmp.Options{cmpopts.EquateApprox(1e-12, 0), cmpopts.EquateNaNs()}

func nearScore(t *testing.T, c goldenCase, got Score) {
	t.Helper()
	optest.Equal(t, "result", []float64{got.Or(math.NaN())}, c.Value.Floats(), near)
}

// averaged tests a metric of counts in the average that a case asks for.
func averaged(metric func(goldenCase) func(Counts) Score) func(*testing.T, goldenCase) {
	return func(t *testing.T, c goldenCase) {
		m, metric, zero := c.matrix(), metric(c), c.number("zero_division")
		switch c.text("average") {
		case "none":
			var got []float64
			for _, s := range m.Each(metric) {
				got = append(got, s.Or(zero))
			}
			optest.Equal(t, "result", got, c.Value.Floats(), near)
		case "micro":
			nearScore(t, c, metric(m.Micro()))
		case "macro":
			nearScore(t, c, m.Macro(metric, AsZero))
		case "weighted":
			nearScore(t, c, m.Weighted(metric, AsZero))
		default:
			t.Fatalf("no average %q", c.text("average"))
		}
	}
}

func always(metric func(Counts) Score) func(goldenCase) func(Counts) Score {
	return func(goldenCase) func(Counts) Score { return metric }
}

func perClass(metric func(Counts) Score) func(*testing.T, goldenCase) {
	return func(t *testing.T, c goldenCase) {
		var got []float64
		for _, s := range c.matrix().Each(metric) {
			got = append(got, s.Value)
		}
		optest.Equal(t, "result", got, c.Value.Floats(), near)
	}
}

func ofMatrix(metric func(*ConfusionMatrix) Score, otherwise float64) func(*testing.T, goldenCase) {
	return func(t *testing.T, c goldenCase) {
		optest.Equal(t, "result", []float64{metric(c.matrix()).Or(otherwise)}, c.Value.Floats(), near)
	}
}

func ofProbability(metric func([]bool, []float64) Score) func(*testing.T, goldenCase) {
	return func(t *testing.T, c goldenCase) { nearScore(t, c, metric(c.positive(), c.floats("p"))) }
}

func ofValues(metric func(truth, predicted []float64) Score) func(*testing.T, goldenCase) {
	return func(t *testing.T, c goldenCase) { nearScore(t, c, metric(c.floats("target"), c.floats("pred"))) }
}

var nan = math.NaN()

var goldenTests = map[string]func(*testing.T, goldenCase){
	"precision": averaged(always(Counts.Precision)),
	"recall":    averaged(always(Counts.Recall)),
	"f1":        averaged(always(Counts.F1)),
	"fbeta": averaged(func(c goldenCase) func(Counts) Score {
		return func(n Counts) Score { return n.FBeta(c.number("beta")) }
	}),
	"mcc":            ofMatrix((*ConfusionMatrix).MCC, 0), // scikit-learn's 0 where it is 0/0
	"accuracy":       ofMatrix((*ConfusionMatrix).Accuracy, nan),
	"cohen_kappa":    ofMatrix((*ConfusionMatrix).Kappa, nan),
	"pixel_accuracy": ofMatrix((*ConfusionMatrix).Accuracy, nan),
	"mean_iou":       ofMatrix((*ConfusionMatrix).MeanIoU, nan),
	"mean_dice":      ofMatrix((*ConfusionMatrix).MeanDice, nan),
	"iou_per_class":  perClass(Counts.IoU),
	"dice_per_class": perClass(Counts.Dice),
	"confusion_matrix": func(t *testing.T, c goldenCase) {
		m := c.matrix()
		var got []float64
		for i := range m.Classes() {
			for j := range m.Classes() {
				got = append(got, float64(m.At(i, j)))
			}
		}
		optest.Equal(t, "result", got, c.Value.Floats())
	},

	"roc_curve": func(t *testing.T, c goldenCase) {
		var threshold, fpr, tpr []float64
		for _, p := range Sweep(c.positive(), c.floats("score")) {
			threshold = append(threshold, p.Threshold)
			fpr = append(fpr, p.FalsePositiveRate().Value)
			tpr = append(tpr, p.Recall().Value)
		}
		optest.Equal(t, "result", threshold, c.Value.Parts["thresholds"].Floats())
		optest.Equal(t, "result", fpr, c.Value.Parts["fpr"].Floats())
		optest.Equal(t, "result", tpr, c.Value.Parts["tpr"].Floats())
	},
	"pr_curve": func(t *testing.T, c goldenCase) {
		var threshold, precision, recall []float64
		for _, p := range Sweep(c.positive(), c.floats("score"))[1:] {
			threshold = append(threshold, p.Threshold)
			precision = append(precision, p.Precision().Value)
			recall = append(recall, p.Recall().Value)
		}
		optest.Equal(t, "result", threshold, c.Value.Parts["thresholds"].Floats())
		optest.Equal(t, "result", precision, c.Value.Parts["precision"].Floats())
		optest.Equal(t, "result", recall, c.Value.Parts["recall"].Floats())
	},
	"roc_auc": func(t *testing.T, c goldenCase) {
		nearScore(t, c, Sweep(c.positive(), c.floats("score")).AUC())
	},
	"average_precision": func(t *testing.T, c goldenCase) {
		nearScore(t, c, Sweep(c.positive(), c.floats("score")).AveragePrecision(c.interpolation()))
	},
	"log_loss": ofProbability(LogLoss),
	"brier":    ofProbability(Brier),
	"top_k_accuracy": func(t *testing.T, c goldenCase) {
		nearScore(t, c, TopK(c.ints("label"), c.floats("score"), int(c.number("k"))))
	},

	"mse":  ofValues(MSE),
	"rmse": ofValues(RMSE),
	"mae":  ofValues(MAE),
	"r2":   ofValues(R2),

	"box_iou": func(t *testing.T, c goldenCase) {
		optest.Equal(t, "result", IoUMatrix(c.boxes("a"), c.boxes("b")), c.Value.Floats(), near)
	},
	"nms": func(t *testing.T, c goldenCase) {
		var got []float64
		for _, i := range NMS(c.boxes("boxes"), c.floats("score"), c.number("iou_threshold")) {
			got = append(got, float64(i))
		}
		optest.Equal(t, "result", got, c.Value.Floats())
	},
	"detection_ap": func(t *testing.T, c goldenCase) {
		objects, detections, how := c.detections()
		curve := SweepDetections(objects, detections, c.number("iou"), how)
		nearScore(t, c, curve.AveragePrecision(c.interpolation()))
	},
	"detection_map_50_95": func(t *testing.T, c goldenCase) {
		objects, detections, how := c.detections()
		nearScore(t, c, MeanAP(objects, detections, COCOThresholds(), how, c.interpolation()))
		var ious []float64
		for _, iou := range c.Params["ious"].([]any) {
			ious = append(ious, iou.(float64))
		}
		optest.Equal(t, "result", COCOThresholds(), ious)
	},
}

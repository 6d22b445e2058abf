package metric_test

import (
	"fmt"

	"github.com/quartet-ad/ad/nn/metric"
)

func ExampleConfusionMatrix() {
	c := metric.NewConfusionMatrix(3)
	c.Add([]int{0, 0, 1, 1}, []int{0, 0, 1, 0}) // a batch: labels, predictions
	c.Add([]int{1, 2, 2}, []int{1, 2, 0})
	fmt.Print(c)
	fmt.Println("accuracy", c.Accuracy())
	fmt.Println("macro F1", c.Macro(metric.Counts.F1, metric.Exclude))
	fmt.Println("F2 of class 1", c.Class(1).FBeta(2))
	fmt.Println("MCC", c.MCC())
	// Output:
	//   true\predicted  0  1  2
	//                0  2  0  0
	//                1  1  2  0
	//                2  1  0  1
	// accuracy 0.7143
	// macro F1 0.7111
	// F2 of class 1 0.7143
	// MCC 0.6347
}

func ExampleConfusionMatrix_Report() {
	c := metric.NewConfusionMatrix(3)
	c.Add([]int{0, 0, 0, 1, 1}, []int{0, 0, 1, 1, 0})
	fmt.Print(c.Report("cat", "dog", "bird"))
	fmt.Println("precision of bird:", c.Class(2).Precision())
	// Output:
	//      class  precision  recall      F1     IoU  support
	//        cat     0.6667  0.6667  0.6667  0.5000        3
	//        dog     0.5000  0.5000  0.5000  0.3333        2
	//       bird          -       -       -       -        0
	//      macro     0.5833  0.5833  0.5833  0.4167        5
	//   weighted     0.6000  0.6000  0.6000  0.4333        5
	//   accuracy                     0.6000                5
	// precision of bird: undefined: no positive predictions
}

func ExampleScore() {
	found := metric.Counts{FN: 3, TN: 7} // nothing was predicted
	p := found.Precision()
	fmt.Println(p)
	fmt.Println(p.Defined, p.Or(0))
	fmt.Println(found.Recall())
	// Output:
	// undefined: no positive predictions
	// false 0
	// 0.0000
}

func ExampleMean() {
	dice := []metric.Score{ // of three pictures
		metric.Counts{TP: 3, FP: 1}.Dice(),
		metric.Counts{TP: 4}.Dice(),
		metric.Counts{TN: 16}.Dice(), // nothing there, nothing found
	}
	fmt.Println(metric.Mean(dice, metric.Exclude))
	fmt.Println(metric.Mean(dice, metric.AsZero))
	fmt.Println(metric.Mean(dice, metric.AsOne))
	fmt.Println(metric.Mean(dice, metric.Refuse))
	// Output:
	// 0.9286
	// 0.6190
	// 0.9524
	// undefined: score 2: absent from labels and predictions
}

func ExampleSweep() {
	curve := metric.Sweep([]bool{false, false, true, true}, []float64{0.1, 0.4, 0.35, 0.8})
	for _, p := range curve {
		fmt.Printf("%5v  FPR %v  TPR %v  precision %v\n", p.Threshold, p.FalsePositiveRate(), p.Recall(), p.Precision())
	}
	fmt.Println("AUC", curve.AUC())
	// Output:
	//  +Inf  FPR 0.0000  TPR 0.0000  precision undefined: no positive predictions
	//   0.8  FPR 0.0000  TPR 0.5000  precision 1.0000
	//   0.4  FPR 0.5000  TPR 0.5000  precision 0.5000
	//  0.35  FPR 0.5000  TPR 1.0000  precision 0.6667
	//   0.1  FPR 1.0000  TPR 1.0000  precision 0.5000
	// AUC 0.7500
}

func ExampleCurve_AveragePrecision() {
	positive := []bool{true, false, true, false, false, true}
	curve := metric.Sweep(positive, []float64{0.9, 0.8, 0.7, 0.6, 0.5, 0.4})
	fmt.Println("steps    ", curve.AveragePrecision(metric.Step))
	fmt.Println("all point", curve.AveragePrecision(metric.AllPoint))
	fmt.Println("11 point ", curve.AveragePrecision(metric.ElevenPoint))
	fmt.Println("101 point", curve.AveragePrecision(metric.HundredOnePoint))
	// Output:
	// steps     0.7222
	// all point 0.7222
	// 11 point  0.7273
	// 101 point 0.7228
}

func ExampleConfusionMatrix_MeanIoU() {
	truth := []int{ // a label map of 3 by 4 pixels; 255 is not labeled
		0, 0, 1, 1,
		0, 0, 1, 1,
		0, 0, 255, 255,
	}
	predicted := []int{
		0, 0, 0, 1,
		0, 0, 1, 1,
		0, 1, 1, 1,
	}
	c := metric.NewConfusionMatrix(3) // class 2 is not in the picture
	c.AddExcept(255, truth, predicted)
	fmt.Println("pixel accuracy", c.Accuracy())
	fmt.Println("IoU", c.Each(metric.Counts.IoU))
	fmt.Println("mean IoU", c.MeanIoU())
	fmt.Println("mean Dice", c.MeanDice())
	// Output:
	// pixel accuracy 0.8000
	// IoU [0.7143 0.6000 undefined: absent from labels and predictions]
	// mean IoU 0.6571
	// mean Dice 0.7917
}

func ExampleHausdorff() {
	truth := []int{
		0, 1, 1, 0, 0,
		0, 1, 1, 0, 0,
	}
	predicted := []int{
		0, 1, 1, 0, 0,
		0, 1, 0, 0, 1, // one pixel is far off
	}
	fmt.Println(metric.Hausdorff(truth, predicted, 5, 1))
	// Output: 2.0000
}

func ExampleMeanAP() {
	objects := []metric.Object{
		{Image: 0, Class: 0, Box: metric.Box{X1: 0, Y1: 0, X2: 10, Y2: 10}},
		{Image: 0, Class: 1, Box: metric.Box{X1: 20, Y1: 0, X2: 30, Y2: 10}},
		{Image: 1, Class: 0, Box: metric.Box{X1: 5, Y1: 5, X2: 15, Y2: 25}},
	}
	detections := []metric.Detection{
		{Image: 0, Class: 0, Box: metric.Box{X1: 0, Y1: 0, X2: 10, Y2: 9}, Score: 0.9},
		{Image: 1, Class: 0, Box: metric.Box{X1: 40, Y1: 5, X2: 50, Y2: 9}, Score: 0.7},
		{Image: 1, Class: 0, Box: metric.Box{X1: 5, Y1: 5, X2: 15, Y2: 20}, Score: 0.6},
		{Image: 0, Class: 1, Box: metric.Box{X1: 20, Y1: 0, X2: 30, Y2: 10}, Score: 0.8},
	}
	for _, k := range metric.AveragePrecisions(objects, detections, []float64{0.5, 0.8}, metric.COCO, metric.AllPoint) {
		fmt.Println("class", k.Class, k.AP)
	}
	fmt.Println("VOC 2007 ", metric.MeanAP(objects, detections, []float64{0.5}, metric.VOC, metric.ElevenPoint))
	fmt.Println("0.50:0.95", metric.MeanAP(objects, detections, metric.COCOThresholds(), metric.COCO, metric.HundredOnePoint))
	// Output:
	// class 0 [0.8333 0.5000]
	// class 1 [1.0000 1.0000]
	// VOC 2007  0.9242
	// 0.50:0.95 0.8262
}

func ExampleNMS() {
	boxes := []metric.Box{
		{X1: 0, Y1: 0, X2: 10, Y2: 10},
		{X1: 1, Y1: 0, X2: 11, Y2: 10},
		{X1: 20, Y1: 0, X2: 30, Y2: 10},
	}
	score := []float64{0.8, 0.9, 0.5}
	fmt.Println(metric.NMS(boxes, score, 0.5))
	taken, scores := metric.SoftNMS(boxes, score, metric.LinearDecay(0.5), 0.1)
	fmt.Printf("%v %.4f\n", taken, scores)
	// Output:
	// [1 2]
	// [1 2 0] [0.9000 0.5000 0.1455]
}

func ExampleCalibrationError() {
	// A classifier that is right half as often as it believes.
	correct := []bool{true, false, true, false}
	confidence := []float64{1, 1, 1, 1}
	fmt.Println(metric.CalibrationError(correct, confidence, 10))
	// Output: 0.5000
}

func ExampleR2() {
	truth, predicted := []float64{1, 2, 3}, []float64{1.5, 2, 2.5}
	fmt.Println(metric.R2(truth, predicted), metric.RMSE(truth, predicted), metric.MAE(truth, predicted))
	fmt.Println(metric.R2([]float64{2, 2}, []float64{1, 3}))
	// Output:
	// 0.7500 0.4082 0.3333
	// undefined: all true values are equal
}

package notes_test

import (
	"fmt"

	"github.com/quartet-ad/ad/compare/notes"
	"github.com/quartet-ad/ad/nn/metric"
)

var (
	matrix33 = notes.Confusion([]int{21, 2, 7}, []int{10, 11, 9}, []int{3, 1, 26})
	matrix34 = notes.Confusion([]int{30, 0, 0}, []int{0, 30, 0}, []int{0, 0, 30})
)

// Equation 28 is the precision. It is not defined where nothing is predicted.
func Example_equation28() {
	fmt.Println(metric.Counts{TP: 21, FP: 13, FN: 9}.Precision())
	fmt.Println(metric.Counts{FN: 9}.Precision())
	// Output:
	// 0.6176
	// undefined: no positive predictions
}

// Equation 29 is the recall. It is not defined where there is nothing to find.
func Example_equation29() {
	fmt.Println(metric.Counts{TP: 21, FP: 13, FN: 9}.Recall())
	fmt.Println(metric.Counts{FP: 13}.Recall().Defined)
	// Output:
	// 0.7000
	// false
}

// Equation 30 is F1, the harmonic mean of the two. Its second form is printed twice too large: on class
// 0 of equation 33 it is above 1, the greatest value there is.
func Example_equation30() {
	n := matrix33.Class(0)
	p, r := n.Precision().Value, n.Recall().Value
	tp, wrong := float64(n.TP), float64(n.FP+n.FN)
	fmt.Printf("F1 %.5f, harmonic mean %.5f\n", n.F1().Value, 2/(1/p+1/r))
	fmt.Printf("printed 2TP/(TP+(FN+FP)/2) = %.4f, corrected TP/(TP+(FN+FP)/2) = %.5f\n", 2*tp/(tp+wrong/2), tp/(tp+wrong/2))
	// Output:
	// F1 0.65625, harmonic mean 0.65625
	// printed 2TP/(TP+(FN+FP)/2) = 1.3125, corrected TP/(TP+(FN+FP)/2) = 0.65625
}

// Equation 31 is the true positive rate: the recall by another name, for every threshold.
func Example_equation31() {
	for _, p := range metric.Sweep([]bool{true, true, false, true}, []float64{0.9, 0.8, 0.7, 0.6}) {
		fmt.Print(p.Recall(), " ")
	}
	// Output: 0.0000 0.3333 0.6667 0.6667 1.0000
}

// Equation 32 is the false positive rate. Both rates over all thresholds are the ROC curve.
func Example_equation32() {
	curve := metric.Sweep([]bool{true, true, false, true}, []float64{0.9, 0.8, 0.7, 0.6})
	for _, p := range curve {
		fmt.Print(p.FalsePositiveRate(), " ")
	}
	fmt.Println("area", curve.AUC())
	// Output: 0.0000 0.0000 0.0000 1.0000 1.0000 area 0.6667
}

// Equation 33 is a confusion matrix. Its axes are not named; rows are the true classes here.
func Example_equation33() {
	fmt.Print(matrix33)
	fmt.Println("accuracy", matrix33.Accuracy(), "macro F1", matrix33.Macro(metric.Counts.F1, metric.Refuse))
	fmt.Println("IoU", matrix33.Each(metric.Counts.IoU))
	// Output:
	//   true\predicted   0   1   2
	//                0  21   2   7
	//                1  10  11   9
	//                2   3   1  26
	// accuracy 0.6444 macro F1 0.6262
	// IoU [0.4884 0.3333 0.5652]
}

// Equation 34 is the confusion matrix of the perfect classifier.
func Example_equation34() {
	fmt.Println(matrix34.Accuracy(), matrix34.Macro(metric.Counts.F1, metric.Refuse), matrix34.Total())
	// Output: 1.0000 1.0000 90
}

// Average precision is named without a variant; four of them give four numbers.
func Example_averagePrecision() {
	positive := []bool{true, true, false, true, false, false, true, false}
	score := []float64{0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3}
	curve := metric.Sweep(positive, score)
	for _, how := range []metric.Interpolation{metric.Step, metric.AllPoint, metric.ElevenPoint, metric.HundredOnePoint} {
		fmt.Println(curve.AveragePrecision(how))
	}
	// Output:
	// 0.8304
	// 0.8304
	// 0.8377
	// 0.8320
}

package nn_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

func ExampleMSE() {
	tape := reverse.NewTape()
	x, y := tape.Param([]float64{1, 2, 4}, nil), tape.Const([]float64{1, 3, 1})
	loss := nn.MSE(x, y)
	loss.Backward()
	fmt.Printf("%.4f %.4f\n", loss.Value(), x.Grad())
	fmt.Println(nn.MSE(x, y, nn.LossOptions{Reduction: nn.ReduceNone}).Values())
	// Output:
	// 3.3333 [0.0000 -0.6667 2.0000]
	// [0 1 9]
}

// The second sample is not known: neither its features nor its target. A weight of 0 masks
// its loss, but the features have been multiplied with the weights of the layer by then, and
// 0·NaN is NaN. They are masked before.
func ExampleLossOptions_mask() {
	nan := math.NaN()
	features, targets := []float64{1, 2, nan, nan}, []float64{1, nan}
	known, each := []float64{1, 0}, []bool{true, true, false, false}
	layer := nn.NewLinear(2, 1, rand.New(rand.NewPCG(1, 2)))
	copy(layer.Weight.Value, []float64{1, 1})
	layer.Bias.Value[0] = 0
	gradient := func(mask func(x reverse.Array) reverse.Array) []float64 {
		tape := reverse.NewTape()
		x := mask(tape.Const(features, 2, 2))
		o := nn.LossOptions{Reduction: nn.ReduceSum, Weights: tape.Const(known, 2, 1)}
		clear(layer.Weight.Grad)
		nn.MSE(layer.Forward(x), tape.Const(targets, 2, 1), o).Backward()
		return layer.Weight.Grad
	}
	fmt.Println(gradient(func(x reverse.Array) reverse.Array { return x }))
	fmt.Println(gradient(func(x reverse.Array) reverse.Array { return reverse.Where(each, x, x.Const(0)) }))
	// Output:
	// [NaN NaN]
	// [4 8]
}

// No logit is too large, and the derivative keeps its digits where the prediction is
// right.
func ExampleBCEWithLogits() {
	tape := reverse.NewTape()
	x, y := tape.Param([]float64{40, -1000, 0}, nil), tape.Const([]float64{1, 1, 0})
	loss := nn.BCEWithLogits(x, y, nn.BinaryOptions{Reduction: nn.ReduceSum})
	loss.Backward()
	fmt.Printf("%.4f %.3g\n", loss.Value(), x.Grad())
	// Output:
	// 1000.6931 [-4.25e-18 -1 0.5]
}

func ExampleCrossEntropy() {
	tape := reverse.NewTape()
	x := tape.Param([]float64{2, 1, 0, 0, 0, 3, 1, 1, 1}, nil, 3, 3)
	loss := nn.CrossEntropy(x, []int{0, 2, -1}, nn.ClassOptions{Ignore: []int{-1}, Smoothing: 0.1})
	loss.Backward()
	fmt.Printf("%.4f\n", loss.Value())
	fmt.Printf("%.3f\n", x.Grad())
	// Output:
	// 0.4013
	// [-0.134 0.106 0.028 0.006 0.006 -0.012 0.000 0.000 0.000]
}

// Predictions that are right already count little: here the last one makes up almost all
// of the loss.
func ExampleFocalSigmoid() {
	tape := reverse.NewTape()
	x, y := tape.Const([]float64{4, -4, -1}), tape.Const([]float64{1, 0, 1})
	each := nn.LossOptions{Reduction: nn.ReduceNone}
	fmt.Printf("%.5f\n", nn.FocalSigmoid(x, y, 0.25, 2, each).Values())
	fmt.Printf("%.5f\n", nn.BCEWithLogits(x, y, nn.BinaryOptions{Reduction: nn.ReduceNone}).Values())
	// Output:
	// [0.00000 0.00000 0.17547]
	// [0.01815 0.01815 1.31326]
}

func ExampleFocalSoftmax() {
	tape := reverse.NewTape()
	x := tape.Param([]float64{1000, 0, 0, 1}, nil, 2, 2)
	loss := nn.FocalSoftmax(x, []int{0, 0}, 0.5) // (1-p)^½ has an infinite slope at the first
	loss.Backward()
	fmt.Printf("%.4f %.4f\n", loss.Value(), x.Grad())
	// Output:
	// 0.5614 [0.0000 0.0000 -0.3880 0.3880]
}

func ExampleDiceLoss() {
	tape := reverse.NewTape()
	p := tape.Param([]float64{0.9, 0.8, 0.1, 0.3}, nil, 1, 2, 2)
	mask := tape.Const([]float64{1, 1, 0, 0}, 1, 2, 2)
	loss := nn.DiceLoss(p, mask, 1)
	loss.Backward()
	fmt.Printf("%.4f %.3f\n", loss.Value(), p.Grad())
	// Output:
	// 0.1373 [-0.223 -0.223 0.169 0.169]
}

// Boxes that do not meet have a gradient still, which pulls them together.
func ExampleCIoULoss() {
	tape := reverse.NewTape()
	p := tape.Param([]float64{0, 0, 1, 1}, nil, 1, 4)
	target := tape.Const([]float64{2, 0, 4, 1}, 1, 4)
	loss := nn.CIoULoss(p, target)
	loss.Backward()
	fmt.Printf("%.4f %.3f\n", loss.Value(), p.Grad())
	iou := nn.IoULoss(p, target)
	fmt.Printf("%.4f\n", iou.Value())
	// Output:
	// 1.3693 [0.031 0.016 -0.152 -0.016]
	// 1.0000
}

func ExampleXYXYToCXCYWH() {
	b := reverse.NewTape().Const([]float64{10, 20, 30, 60}, 1, 4)
	fmt.Println(nn.XYXYToCXCYWH(b).Values())
	fmt.Println(nn.XYXYToXYWH(b).Values())
	// Output:
	// [20 40 20 40]
	// [10 20 20 40]
}

func ExampleL2() {
	w := reverse.NewTape().Param([]float64{3, -4}, nil)
	penalty := nn.L2(w, 0.01)
	penalty.Backward()
	fmt.Println(penalty.Value(), w.Grad())
	// Output:
	// 0.25 [0.06 -0.08]
}

func ExamplePenalty() {
	w := nn.NewParam("weight", 2)
	copy(w.Value, []float64{3, -4})
	tape := reverse.NewTape()
	loss := nn.MSE(w.On(tape.Const(nil)), tape.Const([]float64{1, 1}))
	loss = loss.Add(nn.Penalty(loss, []*nn.Param{w}, func(w reverse.Array) reverse.Array { return nn.L1(w, 0.5) }))
	loss.Backward()
	fmt.Println(loss.Value(), w.Grad)
	// Output:
	// 18 [2.5 -5.5]
}

func ExampleMaxNorm() {
	w := nn.NewParam("weight", 2, 2)
	copy(w.Value, []float64{3, 4, 0.1, 0.2})
	nn.MaxNorm([]*nn.Param{w}, 1)
	fmt.Println(w.Value, math.Hypot(w.Value[0], w.Value[1]))
	// Output:
	// [0.6000000000000001 0.8 0.1 0.2] 1
}

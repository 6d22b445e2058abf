package vision_test

import (
	"fmt"
	"math/rand/v2"
	"os"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

func ExampleNewLeNet() {
	net := vision.NewLeNet(10, rand.New(rand.NewPCG(1, 2)))
	if err := nn.Summary(os.Stdout, net, 1, 1, 28, 28); err != nil {
		panic(err)
	}
	// Output:
	// layer  type       shape         parameters
	//        input      [1 1 28 28]   0
	// 0      Conv2D     [1 6 28 28]   156
	// 1      ReLU       [1 6 28 28]   0
	// 2      MaxPool2D  [1 6 14 14]   0
	// 3      Conv2D     [1 16 10 10]  2416
	// 4      ReLU       [1 16 10 10]  0
	// 5      MaxPool2D  [1 16 5 5]    0
	// 6      Flatten    [1 400]       0
	// 7      Linear     [1 120]       48120
	// 8      ReLU       [1 120]       0
	// 9      Linear     [1 84]        10164
	// 10     ReLU       [1 84]        0
	// 11     Linear     [1 10]        850
	//        total                    61706
}

// The second object is smaller than the first and takes the cell that both reach. The third is
// too large for the fine level.
func ExampleGrid_Assign() {
	grid := vision.Grid{{Stride: 4, Height: 4, Width: 4}, {Stride: 8, Height: 2, Width: 2}}
	object := grid.Assign([]metric.Box{
		{X1: 0, Y1: 0, X2: 12, Y2: 8},
		{X1: 4, Y1: 4, X2: 8, Y2: 8},
		{X1: -4, Y1: 0, X2: 16, Y2: 16},
	})
	for _, level := range grid {
		for range level.Height {
			fmt.Println(object[:level.Width])
			object = object[level.Width:]
		}
	}
	// Output:
	// [0 0 0 -1]
	// [0 1 0 -1]
	// [-1 -1 -1 -1]
	// [-1 -1 -1 -1]
	// [2 2]
	// [2 2]
}

func ExamplePyramid() {
	rng := rand.New(rand.NewPCG(1, 2))
	pyramid := vision.NewPyramid(vision.NewBackbone(1, []int{16, 32, 64}, rng), 2, 32, rng)
	images := reverse.NewTape().Const(make([]float64, 48*48), 1, 1, 48, 48)
	for i, m := range pyramid.Features(images) {
		fmt.Printf("stride %d: %v\n", pyramid.Strides()[i], m.Shape())
	}
	// Output:
	// stride 4: [1 32 12 12]
	// stride 8: [1 32 6 6]
}

// Before it has learned anything, a detector gives every class in every cell a probability of
// about 0.01, and so it reports nothing.
func ExampleDetector() {
	detector := vision.NewDetector(3, rand.New(rand.NewPCG(1, 2)))
	tape := reverse.NewTape()
	images := tape.Const(make([]float64, 2*32*32), 2, 1, 32, 32)
	p := detector.Predict(images)
	fmt.Println(p.Grid, p.Logits.Shape(), p.Boxes.Shape())

	objects := []metric.Object{{Image: 1, Class: 2, Box: metric.Box{X1: 8, Y1: 8, X2: 18, Y2: 20}}}
	p.Loss(objects).Backward()
	fmt.Println("found:", detector.Detect(images))
	// Output:
	// [{4 8 8} {8 4 4}] [2 80 3] [2 80 4]
	// found: []
}

func ExampleUNet() {
	net := vision.NewUNet(4, rand.New(rand.NewPCG(1, 2)), vision.UNetOptions{Widths: []int{4, 8}})
	images := reverse.NewTape().Const(make([]float64, 2*16*16), 2, 1, 16, 16)
	logits := net.Forward(images)
	labels := net.Predict(images)
	fmt.Println(logits.Shape(), len(labels))
	// Output:
	// [2 4 16 16] 512
}

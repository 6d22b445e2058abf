package vision_test

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

// said is a prediction on two images of 16×12 pixels and two classes, of logits and corners.
func said(logits, corners []float64) vision.Prediction {
	tape := reverse.NewTape()
	return vision.Prediction{
		Grid: twoLevels, Height: 12, Width: 16,
		Logits: tape.Param(logits, nil, 2, 16, 2),
		Boxes:  tape.Param(corners, nil, 2, 16, 4),
	}
}

// silent returns logits and corners of a prediction that sees nothing.
func silent() (logits, corners []float64) {
	logits, corners = make([]float64, 2*16*2), make([]float64, 2*16*4)
	for i := range logits {
		logits[i] = math.Inf(-1)
	}
	return logits, corners
}

func TestDetections(t *testing.T) {
	logits, corners := silent()
	say := func(image, cell, class int, logit float64, b metric.Box) {
		c := 16*image + cell
		logits[2*c+class] = logit
		copy(corners[4*c:], []float64{b.X1, b.Y1, b.X2, b.Y2})
	}
	good := metric.Box{X1: 2, Y1: 2, X2: 10, Y2: 10}
	close := metric.Box{X1: 2, Y1: 2, X2: 10, Y2: 9}
	far := metric.Box{X1: 9, Y1: 9, X2: 12, Y2: 12}
	say(0, 0, 0, 1, close) // suppressed by the next
	say(0, 5, 0, 2, good)
	say(0, 6, 1, 0, close)                                                // of another class: stays
	say(0, 7, 0, 0.5, far)                                                // overlaps too little
	say(0, 15, 0, -5, good)                                               // too improbable
	say(1, 12, 1, math.Inf(1), metric.Box{X1: -3, Y1: -1, X2: 99, Y2: 5}) // is cut off
	say(1, 3, 0, 9, metric.Box{X1: 16.5, Y1: 1, X2: 20, Y2: 5})           // beyond the image
	sigmoid := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	want := []metric.Detection{
		{Image: 0, Class: 0, Box: good, Score: sigmoid(2)},
		{Image: 0, Class: 0, Box: far, Score: sigmoid(0.5)},
		{Image: 0, Class: 1, Box: close, Score: 0.5},
		{Image: 1, Class: 1, Box: metric.Box{X1: 0, Y1: 0, X2: 16, Y2: 5}, Score: 1},
	}
	got := said(logits, corners).Detections(0.3, 0.5)
	if !slices.EqualFunc(got, want, func(a, b metric.Detection) bool {
		d := math.Abs(a.Score - b.Score)
		a.Score = b.Score
		return a == b && d < 1e-15
	}) {
		t.Errorf("detections %v, want %v", got, want)
	}
	if got := said(logits, corners).Detections(0.3, 1); len(got) != 5 {
		t.Errorf("%d detections without suppression, want 5", len(got))
	}
	if got := said(logits, corners).Detections(0.5, 1); len(got) != 5 {
		t.Errorf("%d detections of a probability of 0.5 or more, want 5", len(got))
	}
	corners[4*20] = math.NaN()
	mustPanic(t, "vision: Detections with NaN in image 1", func() { said(logits, corners).Detections(0.3, 0.5) })
	corners[4*20], logits[3] = 0, math.NaN()
	mustPanic(t, "vision: Detections with NaN in image 0", func() { said(logits, corners).Detections(0.3, 0.5) })
}

// TestDetectionsProperties checks order, scores, edges and overlaps of the detections of random
// predictions.
func TestDetectionsProperties(t *testing.T) {
	pairs := 0
	rapid.Check(t, func(t *rapid.T) {
		rng := newRand(rapid.Uint64().Draw(t, "seed"))
		logits, corners := normal(2*16*2, rng), make([]float64, 2*16*4)
		for i := range 2 * 16 {
			x, y := 20*rng.Float64()-2, 16*rng.Float64()-2
			copy(corners[4*i:], []float64{x, y, x + 12*rng.Float64(), y + 12*rng.Float64()})
		}
		const score, overlap = 0.4, 0.3
		found := said(logits, corners).Detections(score, overlap)
		for i, d := range found {
			if d.Score < score || d.Box.X1 < 0 || d.Box.Y1 < 0 || d.Box.X2 > 16 || d.Box.Y2 > 12 || d.Box.Area() == 0 {
				t.Fatalf("detection %v", d)
			}
			for _, before := range found[:i] {
				if before.Image != d.Image || before.Class != d.Class {
					continue
				}
				pairs++
				if before.Score < d.Score || metric.IoU(before.Box, d.Box) > overlap {
					t.Fatalf("detection %v after %v", d, before)
				}
			}
		}
	})
	if pairs < 100 {
		t.Errorf("%d pairs checked", pairs)
	}
}

// TestLossOfTruth checks that the loss is 0 where every cell says just what its object is, and
// what it is where one thing is wrong.
func TestLossOfTruth(t *testing.T) {
	objects := []metric.Object{
		{Image: 1, Class: 1, Box: metric.Box{X1: 4, Y1: 4, X2: 8, Y2: 8}},   // cell 5
		{Image: 0, Class: 0, Box: metric.Box{X1: 0, Y1: 0, X2: 16, Y2: 4}},  // cells 0 to 3
		{Image: 0, Class: 1, Box: metric.Box{X1: -4, Y1: 0, X2: 16, Y2: 8}}, // cells 12 and 13
	}
	truth := func() (logits, corners []float64) {
		logits, corners = silent()
		for o, cells := range [][]int{{16 + 5}, {0, 1, 2, 3}, {12, 13}} {
			b := objects[o].Box
			for _, c := range cells {
				logits[2*c+objects[o].Class] = math.Inf(1)
				copy(corners[4*c:], []float64{b.X1, b.Y1, b.X2, b.Y2})
			}
		}
		return logits, corners
	}
	const cells = 7
	for _, c := range []struct {
		name string
		do   func(logits, corners []float64)
		want float64
	}{
		{"all right", func(logits, corners []float64) {}, 0},
		{"corners where nothing is", func(logits, corners []float64) { corners[4*20] = 1e9 }, 0},
		{"half a box", func(logits, corners []float64) { corners[4*21+2] = 6 }, 0.5 / cells},
		{"a missed cell", func(logits, corners []float64) { logits[2*21+1] = 0 }, 0.25 * 0.25 * math.Ln2 / cells},
		{"a false alarm", func(logits, corners []float64) { logits[2*21] = 0 }, 0.75 * 0.25 * math.Ln2 / cells},
	} {
		logits, corners := truth()
		c.do(logits, corners)
		if got := said(logits, corners).Loss(objects).Values()[0]; math.Abs(got-c.want) > 1e-7 {
			t.Errorf("%s: loss %v, want %v", c.name, got, c.want)
		}
	}
	logits, corners := silent()
	logits[6] = 0
	if got, want := said(logits, corners).Loss(nil).Values()[0], 0.75*0.25*math.Ln2; math.Abs(got-want) > 1e-15 {
		t.Errorf("loss without objects %v, want %v", got, want)
	}
}

func TestLossMisuse(t *testing.T) {
	logits, corners := silent()
	box := metric.Box{X2: 4, Y2: 4}
	for text, o := range map[string]metric.Object{
		"vision: Loss with object 0 of class 0 in image 2, of 2 classes and 2 images":                            {Image: 2, Box: box},
		"vision: Loss with object 0 of class 0 in image -1, of 2 classes and 2 images":                           {Image: -1, Box: box},
		"vision: Loss with object 0 of class 2 in image 1, of 2 classes and 2 images":                            {Image: 1, Class: 2, Box: box},
		"vision: Loss with object 0 of class 0 in image 0, whose box {0 0 0 0} is empty: X1 0 is not below X2 0": {},
		"vision: Loss with object 0 of class 1 in image 1, whose box {5 5 9 5} is empty: Y1 5 is not below Y2 5": {Image: 1, Class: 1, Box: metric.Box{X1: 5, Y1: 5, X2: 9, Y2: 5}},
		"vision: Loss with object 0 of class 0 in image 1, whose box {0 0 1 NaN} is not finite":                  {Image: 1, Box: metric.Box{X2: 1, Y2: math.NaN()}},
	} {
		mustPanic(t, text, func() { said(logits, corners).Loss([]metric.Object{o}) })
	}
}

// TestDetectorBoxes checks the corners that a Detector decodes: two strides to each side of the
// centers at first.
func TestDetectorBoxes(t *testing.T) {
	d := smallDetector(newRand(1))
	clear(d.Box.Weight.Value)
	p := d.Predict(reverse.NewTape().Const(make([]float64, 16*12), 1, 1, 12, 16))
	if !slices.Equal(p.Grid, twoLevels) || p.Height != 12 || p.Width != 16 {
		t.Fatalf("grid %v of images %d×%d", p.Grid, p.Height, p.Width)
	}
	centers, boxes := p.Grid.Centres(), p.Boxes.Values()
	for c := range p.Grid.Cells() {
		d := 8.0
		if c >= 12 {
			d = 16
		}
		for side, sign := range []float64{-1, -1, 1, 1} {
			if got, want := boxes[4*c+side], centers[2*c+side%2]+sign*d; math.Abs(got-want) > 1e-13 {
				t.Errorf("side %d of cell %d is %v, want %v", side, c, got, want)
			}
		}
	}
}

// TestPrior checks that a new Detector gives no class more than about 0.01.
func TestPrior(t *testing.T) {
	p := smallDetector(newRand(1)).Predict(reverse.NewTape().Const(normal(2*16*12, newRand(2)), 2, 1, 12, 16))
	for i, x := range p.Logits.Values() {
		if s := 1 / (1 + math.Exp(-x)); math.Abs(s-0.01) > 0.005 {
			t.Errorf("logit %d is %v, a probability of %v", i, x, s)
		}
	}
}

// TestModes checks that Detect and Predict work as after training, and leave what is kept and
// the mode as they were.
func TestModes(t *testing.T) {
	x := normal(2*16*16, newRand(2))
	on := func() reverse.Array { return reverse.NewTape().Const(x, 2, 1, 16, 16) }
	check := func(name string, net nn.Layer, find func() any) {
		before, inTraining := state(net), net.Forward(on()).Values()
		after := state(net)
		if reflect.DeepEqual(before, after) {
			t.Errorf("%s is not in training at first", name)
		}
		found := find()
		if !reflect.DeepEqual(state(net), after) {
			t.Errorf("%s changes what it keeps", name)
		}
		if !slices.Equal(net.Forward(on()).Values(), inTraining) {
			t.Errorf("%s does not put training back", name)
		}
		nn.SetTraining(net, false)
		// Another step of the running averages lies between the two.
		for _, p := range nn.State(net) {
			copy(p.Value, after[0])
			after = after[1:]
		}
		if !reflect.DeepEqual(find(), found) {
			t.Errorf("%s is another after training", name)
		}
		if slices.Equal(net.Forward(on()).Values(), inTraining) {
			t.Errorf("%s leaves after training", name)
		}
	}
	d, u := smallDetector(newRand(1)), smallUNet(newRand(1))
	d.Score = 0.009
	check("Detect", d, func() any { return d.Detect(on()) })
	check("Predict", u, func() any { return u.Predict(on()) })
	want := d.Predict(on()).Detections(0.009, 0.5)
	if got := d.Detect(on()); !slices.Equal(got, want) || len(want) < 2 {
		t.Errorf("detections %v, want %v", got, want)
	}
}

// state returns copies of all that a network keeps.
func state(net nn.Layer) (values [][]float64) {
	for _, p := range nn.State(net) {
		values = append(values, slices.Clone(p.Value))
	}
	return values
}

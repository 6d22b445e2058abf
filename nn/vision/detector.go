package vision

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/reverse"
)

// Detector finds objects of several classes in images. It has no anchors. Every cell of a feature
// pyramid predicts for each class whether it sees an object, and the distances of its own center
// from the four sides of the box of the object (Tian et al., FCOS, arXiv:2006.09214, without the
// branch for center-ness).
//
// A new Detector is in training:
//
//	tape.Reset()
//	loss := d.Predict(tape.Const(images, n, 1, h, w)).Loss(objects)
//	loss.Backward()
//	opt.Step(params)
//
// Afterwards it finds objects:
//
//	detections := d.Detect(tape.Const(images, n, 1, h, w))
type Detector struct {
	Classes int
	Pyramid *Pyramid
	Tower   nn.Sequential // what all levels and both heads share
	Class   *nn.Conv2D    // to the logits of the classes
	Box     *nn.Conv2D    // to the distances of the sides

	Score   float64 // Detect reports nothing below this probability: 0.05
	Overlap float64 // nor what overlaps with something better of its class by more than this IoU: 0.5
}

// DetectorOptions are the options of NewDetector. A field that is left out has the default that it
// names.
type DetectorOptions struct {
	Channels int   // of the images; 1
	Widths   []int // of the backbone; 16, 32, 64
	Levels   int   // of the pyramid; all maps of the backbone but the first, or the only one
	Width    int   // of the pyramid and the heads, a multiple of 8; 32
}

// NewDetector returns a Detector of classes 0 to classes-1. At first it sees no objects: the bias
// of its logits makes every probability 0.01, so that the many cells without an object do not
// dominate the first steps (Lin et al., arXiv:1708.02002, section 3.3).
//
// NewDetector panics if a number is not positive, if there are more levels than widths, or if the
// width of the heads is not a multiple of 8.
func NewDetector(classes int, rng *rand.Rand, o ...DetectorOptions) *Detector {
	const name = "NewDetector"
	checkPositive(name, "classes", classes)
	opts := option(name, o).orDefaults()
	if opts.Width < 1 || opts.Width%8 != 0 {
		panic(fmt.Sprintf("vision: %s with heads of width %d, which is no positive multiple of 8", name, opts.Width))
	}
	d := &Detector{
		Classes: classes,
		Pyramid: NewPyramid(NewBackbone(opts.Channels, opts.Widths, rng), opts.Levels, opts.Width, rng),
		Class:   same(opts.Width, classes, 3, 1, rng),
		Box:     same(opts.Width, 4, 3, 1, rng),
		Score:   0.05,
		Overlap: 0.5,
	}
	for range 2 {
		c := same(opts.Width, opts.Width, 3, 1, rng)
		d.Tower = append(d.Tower, c, nn.NewGroupNorm(opts.Width/8, opts.Width), nn.ReLU{})
	}
	const prior, strides = 0.01, 2
	nn.Normal(0, 0.01)(d.Class.Weight, rng)
	nn.Constant(math.Log(prior/(1-prior)))(d.Class.Bias, rng)
	nn.Normal(0, 0.01)(d.Box.Weight, rng)
	nn.Constant(math.Log(math.Expm1(strides)))(d.Box.Bias, rng) // Softplus of it is strides
	return d
}

func (o DetectorOptions) orDefaults() DetectorOptions {
	if o.Channels == 0 {
		o.Channels = 1
	}
	if o.Widths == nil {
		o.Widths = []int{16, 32, 64}
	}
	if o.Levels == 0 {
		o.Levels = max(1, len(o.Widths)-1)
	}
	if o.Width == 0 {
		o.Width = 32
	}
	return o
}

// Forward returns an array of shape [n, cells, classes+4] from images x of shape [n, channels, h,
// w]: for every cell the logits of the classes and the corners of its box, as Predict does.
func (d *Detector) Forward(x reverse.Array) reverse.Array {
	p := d.Predict(x)
	return reverse.Concat(-1, p.Logits, p.Boxes)
}

// Predict returns the predictions of all cells for images x of shape [n, channels, h, w].
//
// Predict panics if x has another shape.
func (d *Detector) Predict(x reverse.Array) Prediction {
	var p Prediction
	var logits, distances []reverse.Array
	strides := d.Pyramid.Strides()
	for i, m := range d.Pyramid.Features(x) {
		m = d.Tower.Forward(m)
		s := m.Shape()
		p.Grid = append(p.Grid, Level{strides[i], s[2], s[3]})
		logits = append(logits, cellwise(d.Class.Forward(m)))
		distances = append(distances, ad.Softplus(cellwise(d.Box.Forward(m))).Scale(float64(strides[i])))
	}
	s := x.Shape()
	p.Height, p.Width = s[2], s[3]
	p.Logits = reverse.Concat(1, logits...)
	p.Boxes = p.Grid.around(reverse.Concat(1, distances...))
	return p
}

// cellwise returns a map of the shape [n, channels, h, w] as [n, h·w, channels].
func cellwise(m reverse.Array) reverse.Array {
	s := m.Shape()
	return m.Reshape(s[0], s[1], s[2]*s[3]).Transpose(0, 2, 1)
}

// around returns the corners x1, y1, x2, y2 of boxes whose sides are so far to the left, top,
// right and bottom of the centers of the cells, for the shape [n, cells, 4].
func (g Grid) around(distances reverse.Array) reverse.Array {
	t, n := distances.Tape(), g.Cells()
	from := t.Scratch(4 * n)
	for i, c := 0, g.Centres(); i < n; i++ {
		copy(from[4*i:], c[2*i:2*i+2])
		copy(from[4*i+2:], c[2*i:2*i+2])
	}
	sign := t.Const([]float64{-1, -1, 1, 1})
	return distances.Mul(sign).Add(t.Const(from, n, 4))
}

// Detect returns the objects in images x of shape [n, channels, h, w], by Prediction.Detections
// with the Score and Overlap of the detector. It works as after training, even while the detector
// is in training.
//
// Cost: a forward pass, and that of Prediction.Detections.
//
// Detect panics if x has another shape, or if a prediction is NaN.
func (d *Detector) Detect(x reverse.Array) []metric.Detection {
	var p Prediction
	asAfterTraining(d, func() { p = d.Predict(x) })
	return p.Detections(d.Score, d.Overlap)
}

// Params returns the parameters of the layers, in their order.
func (d *Detector) Params() []*nn.Param { return nn.Sequential(d.Layers()).Params() }

// Layers returns the pyramid, the tower, and the convolutions to classes and to boxes.
func (d *Detector) Layers() []nn.Layer { return []nn.Layer{d.Pyramid, d.Tower, d.Class, d.Box} }

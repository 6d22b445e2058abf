package vision

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/reverse"
)

// Prediction holds the predictions of the cells of a Detector for a batch of images.
type Prediction struct {
	Grid          Grid
	Height, Width int           // of the images
	Logits        reverse.Array // [n, cells, classes]: of the probability that the cell sees an object of the class
	Boxes         reverse.Array // [n, cells, 4]: its corners x1, y1, x2, y2 in pixels
}

// Loss returns the loss of a prediction where the objects are those that are truly there. Their
// Image is the place in the batch. The loss is
//
//	FocalSigmoid of all logits, summed, over the number of cells with an object, or over 1 if there are none
//	+ the mean of GIoULoss of the boxes of cells with an object, 0 if there are none
//
// with the 0.25 and 2 of the focal loss that its paper has. Which cell has which object is up
// to Grid.Assign.
//
// Cost: a few elementary functions for every logit.
//
// Loss panics if an object is in no image, of no class, or if its box is empty, infinite or NaN.
func (p Prediction) Loss(objects []metric.Object) reverse.Array {
	cells, seen := p.assign(objects)
	t, s := p.Logits.Tape(), p.Logits.Shape()
	target := t.Scratch(p.Logits.Size())
	clear(target)
	corners := t.Scratch(4 * len(cells))
	for i, c := range cells {
		o := seen[i]
		target[c*s[2]+o.Class] = 1
		copy(corners[4*i:], []float64{o.Box.X1, o.Box.Y1, o.Box.X2, o.Box.Y2})
	}
	loss := nn.FocalSigmoid(p.Logits, t.Const(target, s...), 0.25, 2, nn.LossOptions{Reduction: nn.ReduceSum}).
		Scale(1 / float64(max(1, len(cells))))
	if len(cells) == 0 {
		return loss
	}
	found := p.Boxes.Reshape(s[0]*s[1], 4).Take(0, cells)
	return loss.Add(nn.GIoULoss(found, t.Const(corners, len(cells), 4)))
}

// assign returns the cells that have an object, counted through the batch, and the objects that
// they have.
func (p Prediction) assign(objects []metric.Object) (cells []int, theirs []metric.Object) {
	s := p.Logits.Shape()
	of := make([][]metric.Object, s[0])
	for i, o := range objects {
		if uint(o.Image) >= uint(s[0]) || uint(o.Class) >= uint(s[2]) {
			panic(fmt.Sprintf("vision: Loss with object %d of class %d in image %d, of %d classes and %d images", i, o.Class, o.Image, s[2], s[0]))
		}
		if what := fault(o.Box); what != "" {
			panic(fmt.Sprintf("vision: Loss with object %d of class %d in image %d, whose box %v %s", i, o.Class, o.Image, o.Box, what))
		}
		of[o.Image] = append(of[o.Image], o)
	}
	for image, objects := range of {
		boxes := make([]metric.Box, len(objects))
		for i, o := range objects {
			boxes[i] = o.Box
		}
		for c, k := range p.Grid.Assign(boxes) {
			if k >= 0 {
				cells = append(cells, image*s[1]+c)
				theirs = append(theirs, objects[k])
			}
		}
	}
	return cells, theirs
}

// Detections returns the boxes with at least the probability score. Boxes that overlap a better box
// of their class by an IoU of more than overlap are left out; see metric.NMS. Image is the position
// in the batch. Detections are ordered by image, then by class, then by falling score. Boxes are
// cut off at the edges of the image.
//
// Cost: a sigmoid for every logit, and metric.NMS for every class.
//
// Detections panics if a logit or a corner is NaN.
func (p Prediction) Detections(score, overlap float64) []metric.Detection {
	s := p.Logits.Shape()
	var all []metric.Detection
	for image := range s[0] {
		for class := range s[2] {
			boxes, scores := p.candidates(image, class, score)
			for _, i := range metric.NMS(boxes, scores, overlap) {
				all = append(all, metric.Detection{Image: image, Class: class, Box: boxes[i], Score: scores[i]})
			}
		}
	}
	return all
}

// candidates returns the boxes of a class in an image that have at least a score, and their scores.
func (p Prediction) candidates(image, class int, least float64) (boxes []metric.Box, scores []float64) {
	s, logits, corners := p.Logits.Shape(), p.Logits.Values(), p.Boxes.Values()
	w, h := float64(p.Width), float64(p.Height)
	for c := image * s[1]; c < (image+1)*s[1]; c++ {
		score, x := float64(ad.Sigmoid(ad.Real(logits[c*s[2]+class]))), corners[4*c:4*c+4]
		if m := max(score, x[0], x[1], x[2], x[3]); m != m {
			panic(fmt.Sprintf("vision: Detections with NaN in image %d, cell %d: score %v of class %d, box %v",
				image, c-image*s[1], score, class, x))
		}
		if score < least {
			continue
		}
		b := metric.Box{X1: max(0, x[0]), Y1: max(0, x[1]), X2: min(w, x[2]), Y2: min(h, x[3])}
		if b.X1 < b.X2 && b.Y1 < b.Y2 {
			boxes, scores = append(boxes, b), append(scores, score)
		}
	}
	return boxes, scores
}

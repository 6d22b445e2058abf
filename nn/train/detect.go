package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

// shown is the probability from which on a detection is drawn.
const shown = 0.3

func openDetect(_ context.Context, o *options, _ io.Writer) (*task, error) {
	d := vision.NewDetector(len(numerals), generator(o.seed, streamWeights))
	t := &task{network: "detector", model: d, figure: "mAP at IoU 0.5"}
	scenes := openScenes(o, t)
	t.loss = func(x reverse.Array, b data.Batch) reverse.Array {
		return d.Predict(x).Loss(scenes.of(t, b).objects(nil, b, 0))
	}
	// found returns the objects of a set and what is detected of them.
	found := func(s *data.Set) (objects []metric.Object, detections []metric.Detection) {
		first := 0
		t.each(s, func(b data.Batch, x reverse.Array) {
			objects = scenes[s].objects(objects, b, first)
			for _, f := range d.Detect(x) {
				f.Image += first
				detections = append(detections, f)
			}
			first += b.Len()
		})
		return objects, detections
	}
	t.score = func(s *data.Set) metric.Score {
		objects, detections := found(s)
		return metric.MeanAP(objects, detections, []float64{0.5}, metric.COCO, metric.AllPoint)
	}
	t.outcome = func() outcome {
		objects, detections := found(t.test)
		half := metric.MeanAP(objects, detections, []float64{0.5}, metric.COCO, metric.AllPoint)
		coco := metric.MeanAP(objects, detections, metric.COCOThresholds(), metric.COCO, metric.HundredOnePoint)
		var text strings.Builder
		fmt.Fprintf(&text, "class  AP at IoU 0.5\n")
		for _, c := range metric.AveragePrecisions(objects, detections, []float64{0.5}, metric.COCO, metric.AllPoint) {
			fmt.Fprintf(&text, "%5d  %v\n", c.Class, c.AP[0])
		}
		fmt.Fprintf(&text, " mean  %v at IoU 0.5, %v at IoU 0.50:0.95\n", half, coco)
		return outcome{
			Headline:     fmt.Sprintf("%d digits in %d test scenes are found with a mean average precision of %.3f", len(objects), t.test.Len(), half.Value),
			Text:         text.String(),
			Figures:      []figure{{"mAP at IoU 0.5", half.String()}, {"mAP at IoU 0.50:0.95", coco.String()}},
			Samples:      detected(scenes[t.test].scenes, objects, detections),
			AboutSamples: fmt.Sprintf("Test scenes with what is detected with a probability of %v or more: solid where class and place are right, dotted where not; what is missed is dashed.", shown),
			Wide:         true,
		}
	}
	return t, nil
}

// of returns the scenes that a batch is from: those to train on while the model is in training,
// else those to choose by.
func (sets trio) of(t *task, b data.Batch) *sceneSet {
	if t.choosing {
		return sets[t.valid]
	}
	return sets[t.train]
}

// detected draws scenes with their objects and detections.
func detected(scenes []data.Scene, objects []metric.Object, detections []metric.Detection) []sample {
	detections = slices.DeleteFunc(slices.Clone(detections), func(d metric.Detection) bool { return d.Score < shown })
	match := metric.Match(objects, detections, 0.5, metric.COCO)
	var samples []sample
	for image, scene := range scenes {
		var marks strings.Builder
		var seen []string
		v := sample{Caption: names(scene), Right: true}
		for i, d := range detections {
			if d.Image != image {
				continue
			}
			class := "hit"
			if match[i] < 0 {
				class, v.Right = "miss", false
			}
			mark(&marks, class, d.Box, numerals[d.Class])
			seen = append(seen, fmt.Sprintf("%s (%.2f)", numerals[d.Class], d.Score))
		}
		for i, o := range objects {
			if o.Image == image && !slices.Contains(match, i) {
				mark(&marks, "lost", o.Box, "")
				v.Right = false
			}
		}
		v.Detail = "found: " + strings.Join(seen, ", ")
		v.Picture = overlay(scene, marks.String())
		samples = pick(samples, v)
	}
	return samples
}

// mark draws a box with its class.
func mark(w io.Writer, class string, b metric.Box, name string) {
	fmt.Fprintf(w, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, class, 4*b.X1, 4*b.Y1, 4*(b.X2-b.X1), 4*(b.Y2-b.Y1))
	if name != "" {
		fmt.Fprintf(w, `<text class="of%s" x="%.1f" y="%.1f">%s</text>`, class, 4*b.X1+2, max(4*b.Y1-3, 11), name)
	}
}

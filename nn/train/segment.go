package main

import (
	"context"
	"fmt"
	"html/template"
	"image"
	"image/color"
	"io"
	"slices"

	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

func openSegment(_ context.Context, o *options, _ io.Writer) (*task, error) {
	classes := slices.Concat([]string{"paper"}, numerals)
	u := vision.NewUNet(len(classes), generator(o.seed, streamWeights), vision.UNetOptions{Widths: []int{8, 16, 32}})
	t := &task{network: "U-Net", model: u, figure: "mean IoU"}
	scenes := openScenes(o, t)
	var labels []int
	masks := func(s *sceneSet, b data.Batch) []int {
		labels = labels[:0]
		for _, number := range b.Labels {
			labels = append(labels, s.scenes[number].Mask...)
		}
		return labels
	}
	t.loss = func(x reverse.Array, b data.Batch) reverse.Array {
		return u.Loss(u.Forward(x), masks(scenes.of(t, b), b))
	}
	// confusion counts pixels, and tells each scene with what is made of it.
	confusion := func(s *data.Set, tell func(scene data.Scene, found []int)) *metric.ConfusionMatrix {
		c := metric.NewConfusionMatrix(len(classes))
		t.each(s, func(b data.Batch, x reverse.Array) {
			found := u.Predict(x)
			c.Add(masks(scenes[s], b), found)
			if tell != nil {
				for i, number := range b.Labels {
					tell(scenes[s].scenes[number], found[i*sceneSide*sceneSide:][:sceneSide*sceneSide])
				}
			}
		})
		return c
	}
	t.score = func(s *data.Set) metric.Score { return confusion(s, nil).MeanIoU() }
	t.outcome = func() outcome {
		var samples []sample
		c := confusion(t.test, func(scene data.Scene, found []int) { samples = pick(samples, segmented(scene, found)) })
		return outcome{
			Headline: fmt.Sprintf("The pixels of %d test scenes are told with a mean IoU of %.3f", t.test.Len(), c.MeanIoU().Value),
			Text:     c.Report(classes...),
			Figures: []figure{
				{"mean IoU on test data", c.MeanIoU().String()},
				{"pixel accuracy", c.Accuracy().String()},
				{"mean Dice", c.MeanDice().String()},
			},
			Confusion: c, Classes: classes,
			Samples: samples,
			AboutSamples: "Test scenes, and the pixels that are taken for ink: red where the class is wrong. " +
				"A scene counts as right if most pixels of each digit have its class.",
			Wide: true,
		}
	}
	return t, nil
}

// segmented draws a scene and the classes found of its pixels.
func segmented(scene data.Scene, found []int) sample {
	m := image.NewRGBA(image.Rect(0, 0, sceneSide, sceneSide))
	wrong := 0
	for i, k := range found {
		c := color.RGBA{0xff, 0xff, 0xff, 0xff}
		switch {
		case k != scene.Mask[i]:
			c = wrongPixel
			wrong++
		case k != 0:
			c = color.RGBA{0, 0, 0, 0xff}
		}
		m.SetRGBA(i%sceneSide, i/sceneSide, c)
	}
	v := sample{Caption: names(scene), Right: true, Detail: fmt.Sprintf("%.1f %% of pixels wrong", 100*float64(wrong)/float64(len(found)))}
	for _, o := range scene.Objects {
		right, all := 0, 0
		for y := int(o.Y1); y < int(o.Y2); y++ {
			for x := int(o.X1); x < int(o.X2); x++ {
				if i := y*sceneSide + x; scene.Mask[i] == 1+o.Class {
					all++
					if found[i] == scene.Mask[i] {
						right++
					}
				}
			}
		}
		v.Right = v.Right && 2*right > all
	}
	v.Picture = template.HTML(`<div class="duo">`) + grayPicture(scene.Image, []int{1, sceneSide, sceneSide}) +
		img(m, sceneSide, sceneSide) + `</div>`
	return v
}

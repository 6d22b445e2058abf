package notes

import (
	"fmt"
	"html/template"
	"math"

	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/vision"
)

// scene draws the image that the chapter is about: digits of the embedded set at random places.
func scene() data.Scene {
	return data.Scenes(seeded(93), data.Digits(), 1, data.SceneOptions{Least: 3, Most: 3, Smallest: 1.5, Largest: 2.4, Noise: 0.05})[0]
}

func boxOf(o data.Object) metric.Box { return metric.Box{X1: o.X1, Y1: o.Y1, X2: o.X2, Y2: o.Y2} }

const sceneScale = 6.8 // of an image of 48 pixels, so that it is as wide as a plot

// onScene draws on the scene.
func onScene(title string, sc data.Scene, draw func(d *drawing)) template.HTML {
	d := &drawing{w: 350, h: 352}
	d.text("ti", 4, 14, "start", title)
	d.pixels(4, 22, sceneScale, 48, sc.Image)
	d.add(`<rect class="gr" x="4" y="22" width="%.1f" height="%.1f"/>`, 48*sceneScale, 48*sceneScale)
	d.add(`<g class="onpic">`)
	draw(d)
	d.add(`</g>`)
	return d.done(title)
}

// tag writes above a box.
func (d *drawing) tag(b metric.Box, text string) {
	d.text("sm hal", 4+sceneScale*b.X1, 22+sceneScale*b.Y1-4, "start", text)
}

// anchors are boxes of three shapes around the middles of a grid of cells.
func anchors(stride, side float64) (list []metric.Box) {
	for y := stride / 2; y < 48; y += stride {
		for x := stride / 2; x < 48; x += stride {
			for _, ratio := range []float64{0.5, 1, 2} {
				w, h := side/math.Sqrt(ratio), side*math.Sqrt(ratio)
				list = append(list, metric.Box{X1: x - w/2, Y1: y - h/2, X2: x + w/2, Y2: y + h/2})
			}
		}
	}
	return list
}

func detection(s *sheet) {
	sc := scene()
	var truth []metric.Box
	for _, o := range sc.Objects {
		truth = append(truth, boxOf(o))
	}
	s.p("To find objects is to answer two questions for each: what is it, and which box is around it? Nobody knows before how many there are. A detector therefore answers at many places, and has to be told which answers count.")
	s.figure("A scene of package data: three handwritten digits, their boxes and their classes, which are what is to be found.",
		onScene("The truth", sc, func(d *drawing) {
			for i, o := range sc.Objects {
				d.box("k1", 4, 22, sceneScale, truth[i])
				d.tag(truth[i], fmt.Sprintf("a %d", o.Class))
			}
		}))

	s.h("IoU: how well do two boxes agree?")
	s.eq(0, "IoU(A, B) = |A ∩ B| / |A ∪ B|")
	var overlaps []template.HTML
	base := metric.Box{X1: 10, Y1: 10, X2: 60, Y2: 60}
	for _, b := range []metric.Box{{X1: 10, Y1: 10, X2: 60, Y2: 60}, {X1: 18, Y1: 14, X2: 68, Y2: 64}, {X1: 35, Y1: 10, X2: 85, Y2: 60}, {X1: 20, Y1: 20, X2: 50, Y2: 50}, {X1: 62, Y1: 40, X2: 92, Y2: 70}} {
		d := &drawing{w: 150, h: 110}
		d.text("ti", 4, 14, "start", "IoU "+fix(metric.IoU(base, b), 3))
		both := metric.Box{X1: max(base.X1, b.X1), Y1: max(base.Y1, b.Y1), X2: min(base.X2, b.X2), Y2: min(base.Y2, b.Y2)}
		if both.X1 < both.X2 && both.Y1 < both.Y2 {
			d.box("b1", 0, 22, 1.2, both)
		}
		d.box("k1", 0, 22, 1.2, base)
		d.box("k2", 0, 22, 1.2, b)
		overlaps = append(overlaps, d.done("Two boxes with an IoU of "+fix(metric.IoU(base, b), 3)))
	}
	s.figure("Solid and dashed boxes, and what they share. Half a width to the side already costs two thirds. Boxes apart have 0, however far.", overlaps...)

	s.h("Heads with anchors")
	s.p("A head reads answers from every place of a feature map. With anchors, each place has a few boxes of fixed shapes, and the head says how to move and stretch them. An anchor answers for an object if their IoU is large, here 0.4, or if it is that object's best; one with a small IoU is background; those in between are left out of the loss. (Ren and others 2015.)")
	list := anchors(8, 16)
	ious := metric.IoUMatrix(list, truth)
	used := make(map[int]int)
	for k := range truth {
		best := 0
		for i := range list {
			if ious[i*len(truth)+k] > ious[best*len(truth)+k] {
				best = i
			}
			if ious[i*len(truth)+k] >= 0.4 {
				used[i] = k
			}
		}
		used[best] = k
	}
	grid := vision.Grid{{Stride: 8, Height: 6, Width: 6}}
	cells := grid.Assign(truth)
	answering := 0
	s.figure("Left: of so many anchors few answer for an object (dashed); the dots are the middles of the cells. Right: a head without anchors, as in package vision. Every cell near the middle of an object answers for it (marked), and predicts how far its own center is from the four sides (Tian and others 2019).",
		onScene(fmt.Sprintf("%d of %d anchors", len(used), len(list)), sc, func(d *drawing) {
			for i := range list {
				if _, ok := used[i]; ok {
					d.box("k2", 4, 22, sceneScale, list[i])
				}
			}
			for y := 4.0; y < 48; y += 8 {
				for x := 4.0; x < 48; x += 8 {
					d.add(`<circle class="d3" cx="%.1f" cy="%.1f" r="2"/>`, 4+sceneScale*x, 22+sceneScale*y)
				}
			}
			for _, b := range truth {
				d.box("k1", 4, 22, sceneScale, b)
			}
		}),
		onScene("Cells that answer", sc, func(d *drawing) {
			for i, k := range cells {
				if k < 0 {
					continue
				}
				answering++
				x, y := float64(8*(i%6)), float64(8*(i/6))
				d.box("k3", 4, 22, sceneScale, metric.Box{X1: x + 0.4, Y1: y + 0.4, X2: x + 7.6, Y2: y + 7.6})
				b := truth[k]
				d.add(`<path class="k4" d="M%.1f %.1fH%.1fM%.1f %.1fV%.1f"/>`, 4+sceneScale*b.X1, 22+sceneScale*(y+4), 4+sceneScale*b.X2, 4+sceneScale*(x+4), 22+sceneScale*b.Y1, 22+sceneScale*b.Y2)
			}
			for _, b := range truth {
				d.box("k1", 4, 22, sceneScale, b)
			}
		}))
	s.p("Here %d of %d cells answer; the other %d are background. That is why the focal loss was made (chapter on losses): the easy background would drown the few that matter. The box is trained by an IoU loss, GIoU or a later one, since plain IoU has no slope for boxes that do not touch.", answering, len(cells), len(cells)-answering)

	s.h("Suppression: one box for one object")
	s.p("Neighboring cells find the same object, each with a box of its own. Non-maximum suppression keeps the best, drops what overlaps with it by more than a threshold, and goes on with the best of the rest.")
	rng := seeded(95)
	var found []metric.Box
	var scores []float64
	for k, b := range truth {
		for range 6 {
			w, h := b.X2-b.X1, b.Y2-b.Y1
			dx, dy, sx, sy := 0.14*w*rng.NormFloat64(), 0.14*h*rng.NormFloat64(), 0.1*w*rng.NormFloat64(), 0.1*h*rng.NormFloat64()
			c := metric.Box{X1: b.X1 + dx - sx, Y1: b.Y1 + dy - sy, X2: b.X2 + dx + sx, Y2: b.Y2 + dy + sy}
			found = append(found, c)
			scores = append(scores, math.Round(1000*metric.IoU(c, truth[k])*(0.85+0.1*rng.Float64()))/1000)
		}
	}
	left := metric.NMS(found, scores, 0.3)
	drawFound := func(title string, which []int) template.HTML {
		return onScene(title, sc, func(d *drawing) {
			for _, i := range which {
				d.box("k2", 4, 22, sceneScale, found[i])
			}
			for _, i := range which {
				if len(which) < 8 {
					d.tag(found[i], fix(scores[i], 2))
				}
			}
		})
	}
	all := make([]int, len(found))
	for i := range all {
		all[i] = i
	}
	s.figure("Candidates scattered at random around the truth, scored by how well they lie, and what is left at a threshold of 0.3.", drawFound(fmt.Sprintf("%d candidates", len(found)), all), drawFound(fmt.Sprintf("%d are left", len(left)), left))
	var rows [][]string
	for _, threshold := range []float64{0.1, 0.3, 0.5, 0.7, 0.9} {
		rows = append(rows, []string{num(threshold), fmt.Sprint(len(metric.NMS(found, scores, threshold)))})
	}
	s.table("What is left of the candidates, for three objects", []string{"threshold", "boxes left"}, rows)
	soft, _ := metric.SoftNMS(found, scores, metric.GaussianDecay(0.5), 0.4)
	s.p("Too low a threshold drops real neighbors, too high a one leaves doubles. Soft NMS lowers scores by the overlap in place of dropping boxes (Bodla and others 2017): with a Gaussian of 0.5, %d of these keep a score above 0.4.", len(soft))
	s.sources("Girshick and others, R-CNN (2014), arXiv:1311.2524.", "Ren and others, Faster R-CNN (2015), arXiv:1506.01497.", "Redmon and others, YOLO (2016), arXiv:1506.02640.", "Liu and others, SSD (2016), arXiv:1512.02325.", "Lin and others, RetinaNet and focal loss (2017), arXiv:1708.02002.", "Tian and others, FCOS (2019), arXiv:1904.01355 and arXiv:2006.09214.", "Bodla and others, Soft-NMS (2017), arXiv:1704.04503.", "Carion and others, DETR (2020), arXiv:2005.12872, which needs neither anchors nor suppression.")
}

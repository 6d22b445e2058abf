package notes

import (
	"fmt"
	"html/template"
	"image/color"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

// Colors of masks, the same in light and dark.
var (
	hit    = color.NRGBA{R: 0x1c, G: 0x8a, B: 0x4d, A: 0xb0}
	missed = color.NRGBA{R: 0x2d, G: 0x6f, B: 0xd0, A: 0xb0}
	alarm  = color.NRGBA{R: 0xd8, G: 0x3a, B: 0x3a, A: 0xb0}
)

// compareMasks draws which pixels of a mask were found, missed, and found in vain.
func compareMasks(title string, image []float64, truth, found []bool, width int, scale float64) template.HTML {
	rows := len(truth) / width
	d := &drawing{w: int(scale*float64(width)) + 8, h: int(scale*float64(rows)) + 44}
	d.text("ti", 4, 14, "start", title)
	var n metric.Counts
	for k := range truth {
		switch {
		case truth[k] && found[k]:
			n.TP++
		case truth[k]:
			n.FN++
		case found[k]:
			n.FP++
		default:
			n.TN++
		}
	}
	d.text("mu", 4, 30, "start", fmt.Sprintf("Dice %s, IoU %s", n.Dice(), n.IoU()))
	faint := make([]float64, len(truth))
	for k := range image {
		faint[k] = 0.6 * image[k]
	}
	d.pixels(4, 38, scale, width, faint)
	d.mask(4, 38, scale, width, func(k int) bool { return truth[k] && found[k] }, len(truth), hit)
	d.mask(4, 38, scale, width, func(k int) bool { return truth[k] && !found[k] }, len(truth), missed)
	d.mask(4, 38, scale, width, func(k int) bool { return !truth[k] && found[k] }, len(truth), alarm)
	d.add(`<rect class="gr" x="4" y="38" width="%.1f" height="%.1f"/>`, scale*float64(width), scale*float64(rows))
	return d.done(fmt.Sprintf("%s: Dice %s, IoU %s", title, n.Dice(), n.IoU()))
}

// square returns a mask of 24 by 24 pixels with a square of a size at a place.
func square(x, y, size int) []bool {
	m := make([]bool, 24*24)
	for i := range m {
		m[i] = i%24 >= x && i%24 < x+size && i/24 >= y && i/24 < y+size
	}
	return m
}

// A student is a small network that finds digits in scenes, and what it has learned after some steps.
type student struct {
	steps int
	loss  float64
	found []bool // in a scene that it has not seen
}

// masks trains three convolutions by the Dice loss on six scenes.
func masks(scenes []data.Scene, unseen data.Scene) (list []student) {
	rng := seeded(101)
	same := reverse.ConvOptions{Padding: [2]int{1, 1}}
	net := nn.Sequential{nn.NewConv2D(1, 6, 3, same, rng), nn.ReLU{}, nn.NewConv2D(6, 6, 3, same, rng), nn.ReLU{}, nn.NewConv2D(6, 1, 3, same, rng), nn.Sigmoid{}}
	var x, y []float64
	for _, sc := range scenes {
		x = append(x, sc.Image...)
		for _, c := range sc.Mask {
			if c > 0 {
				y = append(y, 1)
			} else {
				y = append(y, 0)
			}
		}
	}
	opt := optim.NewAdam(0.01)
	tape := reverse.NewTape()
	for step := 0; step <= 50; step++ {
		tape.Reset()
		loss := nn.DiceLoss(net.Forward(tape.Const(x, len(scenes), 1, 48, 48)), tape.Const(y, len(scenes), 1, 48, 48), 1)
		if step == 0 || step == 10 || step == 50 {
			s := student{steps: step, loss: loss.Value()}
			for _, p := range nn.Predict(net, unseen.Image, 1, 1, 48, 48) {
				s.found = append(s.found, p > 0.5)
			}
			list = append(list, s)
		}
		loss.Backward()
		opt.Step(net.Params())
	}
	return list
}

func segmentation(s *sheet) {
	s.p("Segmentation gives every pixel a class. The Reviews leave the section to its headings: backbone, neck, head, losses, metrics. The first three are those of detection, with a head whose result is as large as the image.")
	s.h("Dice and IoU: how well do two masks agree?")
	s.eq(0, "IoU = TP/(TP + FP + FN),   Dice = 2TP/(2TP + FP + FN) = 2·IoU/(1 + IoU)")
	s.p("Both count pixels, and leave out the background that both agree on. Dice is F1 by another name. Each is a function of the other, so they rank masks alike; a mean over pictures of one is not a function of the mean of the other.")
	truth := square(6, 6, 12)
	s.figure("A square of 12 by 12 pixels. Green: found; blue: missed; red: found in vain.",
		compareMasks("Exact", nil, truth, square(6, 6, 12), 24, 6.6), compareMasks("Moved by 2", nil, truth, square(8, 8, 12), 24, 6.6), compareMasks("Too large by 2", nil, truth, square(4, 4, 16), 24, 6.6),
		compareMasks("Too small by 2", nil, truth, square(8, 8, 8), 24, 6.6), compareMasks("Moved by 6", nil, truth, square(12, 12, 12), 24, 6.6))
	p := newPlot(axes{x0: 0, x1: 13, y0: 0, y1: 1.02, title: "A square of 12 pixels, moved", xTitle: "by, along both axes"})
	q := newPlot(axes{x0: 0, x1: 1, y0: 0, y1: 1.02, title: "Dice against IoU", xTitle: "IoU"})
	var by, dice, iou, accuracy []float64
	for move := 0; move <= 12; move++ {
		var n metric.Counts
		for y := range 40 { // on a picture of 40 by 40, so that the whole square stays on it
			for x := range 40 {
				in := x >= 6 && x < 18 && y >= 6 && y < 18
				out := x >= 6+move && x < 18+move && y >= 6+move && y < 18+move
				switch {
				case in && out:
					n.TP++
				case in:
					n.FN++
				case out:
					n.FP++
				default:
					n.TN++
				}
			}
		}
		by, dice, iou, accuracy = append(by, float64(move)), append(dice, n.Dice().Value), append(iou, n.IoU().Value), append(accuracy, n.Accuracy().Value)
	}
	p.line("k1", by, dice)
	p.line("k2", by, iou)
	p.line("k3", by, accuracy)
	p.key("k1", "Dice")
	p.key("k2", "IoU")
	p.key("k3", "accuracy")
	q.line("k4", []float64{0, 1}, []float64{0, 1})
	q.line("k1", iou, dice)
	q.dots("d1", 3, iou, dice)
	s.figure("On a picture of 40 by 40 pixels the accuracy stays high even when nothing was found: the background is always right. Dice is never below IoU.", p.done("Dice and IoU fall to 0, the accuracy hardly falls."), q.done("Dice lies above IoU between 0 and 1."))

	s.h("A network that learns masks")
	scenes := data.Scenes(seeded(102), data.Digits(), 6, data.SceneOptions{Noise: 0.15})
	unseen := data.Scenes(seeded(103), data.Digits(), 1, data.SceneOptions{Noise: 0.15, Least: 3, Most: 3})[0]
	wanted := make([]bool, len(unseen.Mask))
	for k, c := range unseen.Mask {
		wanted[k] = c > 0
	}
	var pictures []template.HTML
	var rows [][]string
	for _, st := range masks(scenes, unseen) {
		pictures = append(pictures, compareMasks(fmt.Sprintf("After %d steps", st.steps), unseen.Image, wanted, st.found, 48, 6.8))
		rows = append(rows, []string{fmt.Sprint(st.steps), fix(st.loss, 4)})
	}
	s.p("Three convolutions, trained by the Dice loss and Adam on six noisy scenes: which pixels belong to a digit? The pictures show a scene that it has not seen.")
	s.figure("Green: found; blue: missed; red: found in vain.", pictures...)
	s.table("The Dice loss on the six scenes", []string{"steps", "loss"}, rows)

	s.h("Down, up, and across: U-Net")
	s.p("To tell which digit a pixel belongs to needs a wide field; to draw its edge needs fine maps. A U-Net goes down as a backbone does, up again as a neck does, and hands every map across to the one of its size (Ronneberger and others 2015).")
	net := vision.NewUNet(11, seeded(104))
	shape := net.Forward(reverse.NewTape().Const(make([]float64, 48*48), 1, 1, 48, 48)).Shape()
	s.figure(fmt.Sprintf("The U-Net of package vision by sizes: from 48 by 48 down and up to %d scores for each pixel, a result of shape %v. It has %d parameters.", shape[1], shape, parameters(net)), unetPicture())
	s.p("Losses: the mean cross entropy of all pixels, the Dice loss where objects are small, or their sum. Distances between outlines (`metric.Hausdorff`) tell what overlap does not: how far off the worst pixel is.")
	s.sources("Long, Shelhamer and Darrell, Fully convolutional networks (2015), arXiv:1411.4038.", "Ronneberger, Fischer and Brox, U-Net (2015), arXiv:1505.04597.", "Milletari, Navab and Ahmadi, V-Net (2016), arXiv:1606.04797.", "Chen and others, DeepLab (2017), arXiv:1606.00915.", "He and others, Mask R-CNN (2017), arXiv:1703.06870.", "Maier-Hein and others, Metrics reloaded (2024), arXiv:2206.01653.")
}

// unetPicture draws the sizes of the default U-Net, and what is handed across.
func unetPicture() template.HTML {
	d := &drawing{w: 350, h: 230}
	widths := []int{16, 32, 64, 64}
	for k, w := range widths {
		size := 48 >> k
		y := 10 + 56*float64(k)
		x := 8 + 34*float64(k)
		right := 342 - 34*float64(k) - 62
		wide := 62.0
		if k == len(widths)-1 {
			wide = right + 62 - x // the bottom of the U
		}
		d.add(`<rect class="c-out" rx="4" x="%.0f" y="%.0f" width="%.0f" height="32"/>`, x, y, wide)
		d.text("sm", x+wide/2, y+20, "middle", fmt.Sprintf("%d×%d×%d", w, size, size))
		if k == len(widths)-1 {
			break
		}
		d.add(`<rect class="c-out" rx="4" x="%.0f" y="%.0f" width="62" height="32"/>`, right, y)
		d.text("sm", right+31, y+20, "middle", fmt.Sprintf("%d×%d×%d", w, size, size))
		d.arrow(x+66, y+16, right-4, y+16)
		d.arrow(x+48, y+34, x+48, y+54)
		d.add(`<path class="ax" d="M%.0f %.0fv-20m-4 5l4 -5l4 5"/>`, right+14, y+54)
	}
	return d.done("A U of maps: down on the left, up on the right, and across at every size.")
}

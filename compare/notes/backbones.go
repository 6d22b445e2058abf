package notes

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

// parameters counts the numbers that a layer learns.
func parameters(l nn.Layer) (n int) {
	for _, p := range l.Params() {
		n += len(p.Value)
	}
	return n
}

// field draws which pixels of an image a single result of a stack of 3×3 convolutions depends on: the
// gradient of that result, by the tape. It returns how wide the field is, too.
func field(title string, convolutions, stride int) (template.HTML, int) {
	const side = 33
	tape := reverse.NewTape()
	x := tape.Param(make([]float64, side*side), nil, 1, 1, side, side)
	y := x
	ones := []float64{1, 1, 1, 1, 1, 1, 1, 1, 1}
	for range convolutions {
		y = y.Conv2D(tape.Const(ones, 1, 1, 3, 3), reverse.Array{}, reverse.ConvOptions{Padding: [2]int{1, 1}, Stride: [2]int{stride, stride}})
	}
	seed := make([]float64, y.Size())
	seed[len(seed)/2] = 1
	y.BackwardFrom(seed)
	g := append([]float64(nil), x.Grad()...)
	wide, most := 0, 0.0
	for j := range side {
		if g[side/2*side+j] != 0 {
			wide++
		}
	}
	for _, v := range g {
		most = max(most, v)
	}
	for i := range g {
		if g[i] > 0 {
			g[i] = 0.25 + 0.75*g[i]/most
		}
	}
	d := &drawing{w: 160, h: 170}
	d.text("ti", 4, 14, "start", title)
	d.pixels(4, 22, 4.4, side, g)
	d.add(`<rect class="gr" x="4" y="22" width="145" height="145"/>`)
	return d.done(title + ": the pixels that one result depends on."), wide
}

// stack draws feature maps as squares to scale, with their channels as depth.
func stack(title string, shapes [][]int) template.HTML {
	d := &drawing{w: 350, h: 150}
	d.text("ti", 4, 14, "start", title)
	x := 4.0
	d.h = 72 + int(1.7*float64(shapes[0][2]))
	for _, shape := range shapes {
		c, side := shape[1], float64(shape[2])*1.7
		sheets := min(8, 1+int(math.Log2(float64(c))))
		for i := sheets - 1; i >= 0; i-- {
			d.add(`<rect class="c-out" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, x+3*float64(i), 48-3*float64(i), side, side)
		}
		d.text("sm", x, 64+side, "start", fmt.Sprintf("%d×%d×%d", c, shape[2], shape[3]))
		x += max(side+3*float64(sheets), 58) + 14
	}
	return d.done(title)
}

// fading returns the size of the gradient in the weights of each layer of a deep chain, with
// shortcuts or without.
func fading(shortcut bool) (sizes []float64) {
	rng := seeded(81)
	var net nn.Sequential
	var layers []*nn.Linear
	for range 24 {
		l := nn.NewLinear(24, 24, rng)
		layers = append(layers, l)
		if body := (nn.Sequential{l, nn.ReLU{}}); shortcut {
			net = append(net, &nn.Residual{Body: body})
		} else {
			net = append(net, body)
		}
	}
	x := make([]float64, 16*24)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	net.Forward(reverse.NewTape().Const(x, 16, 24)).Mean().Backward()
	for _, l := range layers {
		sizes = append(sizes, float64(ad.Norm2(reals(l.Weight.Grad...))))
	}
	return sizes
}

func backbones(s *sheet) {
	s.p("The Reviews name backbones and necks, and leave the sections empty. A backbone turns pixels into feature maps, step by step: at each step half as wide, and with more channels. Classifiers put one layer on its last map; detectors and segmenters use several maps.")
	image := make([]float64, 48*48)
	backbone := vision.NewBackbone(1, []int{16, 32, 64}, seeded(82))
	shapes := [][]int{{1, 1, 48, 48}}
	for _, m := range backbone.Features(reverse.NewTape().Const(image, 1, 1, 48, 48)) {
		shapes = append(shapes, m.Shape())
	}
	s.figure(fmt.Sprintf("The backbone of package vision on an image of 48 by 48: channels × height × width, measured. It has %d parameters.", parameters(backbone)), stack("Maps of a backbone", shapes))

	s.h("How far a result sees")
	s.p("A result of one 3×3 convolution depends on 3 by 3 pixels, one of two in a row on 5 by 5. Strides make the field grow by a factor in place of a sum, which is why backbones use them. The pictures are gradients: the tape says which pixels matter, and how much.")
	var pictures []template.HTML
	var rows [][]string
	for _, c := range []struct{ convolutions, stride int }{{1, 1}, {2, 1}, {4, 1}, {2, 2}, {3, 2}, {4, 2}} {
		title := fmt.Sprintf("%d × stride %d", c.convolutions, c.stride)
		picture, wide := field(title, c.convolutions, c.stride)
		pictures = append(pictures, picture)
		rows = append(rows, []string{title, fmt.Sprint(wide)})
	}
	s.figure("The pixels that one result in the middle depends on, in an image of 33 by 33, for weights of 1. Dark ones count more: they lie on more paths.", pictures...)
	s.table("The width of the field, counted in the gradient", []string{"3×3 convolutions", "pixels"}, rows)

	s.h("Depth, and shortcuts")
	s.p("Deeper networks can say more, and for a long time could not be trained: the gradient of early layers fades with every layer on its way. A residual block computes x + F(x). Backwards, the sum hands the gradient on as it is, beside what F makes of it (He and others 2015).")
	p := newPlot(axes{x0: 1, x1: 24, y0: 1e-12, y1: 1e3, logY: true, title: "Gradient in the weights, 24 layers", xTitle: "layer"})
	plain, residual := fading(false), fading(true)
	p.line("k1", span(1, 24, 23), plain)
	p.line("k2", span(1, 24, 23), residual)
	p.key("k1", "plain")
	p.key("k2", "with shortcuts")
	s.figure(fmt.Sprintf("At the start of training, the first of 24 plain layers gets a gradient of %s, with shortcuts one of %s.", num(plain[0]), num(residual[0])), p.done("Without shortcuts the gradient falls towards the first layer; with them it does not."))

	s.h("Networks that serve as backbones")
	s.table("A short history", []string{"network", "idea", "source"}, [][]string{
		{"LeNet", "convolution, pooling, twice; then layers of units", "LeCun and others 1998"},
		{"AlexNet", "the same, deeper, with ReLU and dropout", "Krizhevsky and others 2012"},
		{"VGG", "nothing but 3×3 kernels", "Simonyan and Zisserman 2014, arXiv:1409.1556"},
		{"Inception", "kernels of several sizes side by side", "Szegedy and others 2015, arXiv:1409.4842"},
		{"ResNet", "shortcuts around blocks", "He and others 2015, arXiv:1512.03385"},
		{"DenseNet", "every block sees all before it", "Huang and others 2017, arXiv:1608.06993"},
		{"MobileNet", "channels apart, then mixed: far fewer weights", "Howard and others 2017, arXiv:1704.04861"},
		{"EfficientNet", "width, depth and size grown together", "Tan and Le 2019, arXiv:1905.11946"},
		{"Vision transformer", "attention between patches", "Dosovitskiy and others 2020, arXiv:2010.11929"},
	})
	whole := nn.NewConv2D(64, 64, 3, reverse.ConvOptions{Padding: [2]int{1, 1}}, seeded(83))
	apart := nn.Sequential{nn.NewConv2D(64, 64, 3, reverse.ConvOptions{Padding: [2]int{1, 1}, Groups: 64}, seeded(84)), nn.NewConv2D(64, 64, 1, reverse.ConvOptions{}, seeded(85))}
	s.p("One number of that history, counted: a 3×3 convolution from 64 to 64 channels has %d parameters; with the channels apart and a 1×1 convolution to mix them it has %d.", parameters(whole), parameters(apart))
	var summary strings.Builder
	lenet := vision.NewLeNet(10, seeded(86))
	if err := nn.Summary(&summary, lenet, 1, 1, 28, 28); err != nil {
		panic(fmt.Sprintf("notes: %v", err)) // a Builder takes everything
	}
	rows = nil
	for k, line := range strings.Split(strings.TrimSpace(summary.String()), "\n") {
		if f := strings.Fields(line); k > 0 && len(f) >= 2 {
			rows = append(rows, []string{f[0], strings.Join(f[1:len(f)-1], " "), f[len(f)-1]})
		}
	}
	s.table("LeNet of package vision, on images of 28 by 28", []string{"path", "layer, and shape of its result", "parameters"}, rows)

	s.h("Necks")
	s.p("Fine maps know where things are, coarse ones what they are. A neck mixes them. A feature pyramid goes from the coarsest map down: it enlarges a map to the size of the next finer one and adds that to it (Lin and others 2017). PANet adds a way up again, BiFPN weights the sums.")
	pyramid := vision.NewPyramid(vision.NewBackbone(1, []int{16, 32, 64}, seeded(87)), 2, 32, seeded(88))
	shapes = nil
	for _, m := range pyramid.Features(reverse.NewTape().Const(image, 1, 1, 48, 48)) {
		shapes = append(shapes, m.Shape())
	}
	s.figure(fmt.Sprintf("The maps of a pyramid of two levels: all have %d channels. Strides: %v pixels.", shapes[0][1], pyramid.Strides()), stack("Maps of a neck", shapes))
	s.sources("He and others, Deep residual learning (2015), arXiv:1512.03385.", "Lin and others, Feature pyramid networks for object detection (2017), arXiv:1612.03144.", "Liu and others, Path aggregation network (2018), arXiv:1803.01534.", "Tan, Pang and Le, EfficientDet (2020), arXiv:1911.09070.", "Luo and others, Understanding the effective receptive field (2016), arXiv:1701.04128.")
}

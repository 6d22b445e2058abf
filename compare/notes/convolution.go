package notes

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/reverse"
)

// image5 is the small image of the chapter.
var image5 = []float64{
	1, 0, 2, 1, 0,
	0, 3, 1, 0, 2,
	2, 1, 0, 1, 1,
	0, 2, 1, 3, 0,
	1, 0, 1, 0, 2,
}

// conv slides a square kernel over a square image.
func conv(x, kernel []float64, o reverse.ConvOptions) (y []float64, side int) {
	n, k := int(math.Sqrt(float64(len(x)))), int(math.Sqrt(float64(len(kernel))))
	tape := reverse.NewTape()
	out := tape.Const(x, 1, 1, n, n).Conv2D(tape.Const(kernel, 1, 1, k, k), reverse.Array{}, o)
	return out.Values(), out.Shape()[3]
}

// slide draws a convolution: the image with its padding, the kernel, the result, and the window of
// one result.
func slide(title string, kernel []float64, o reverse.ConvOptions, row, column int) template.HTML {
	const size = 22
	y, side := conv(image5, kernel, o)
	pad, stride, apart := o.Padding[0], max(o.Stride[0], 1), max(o.Dilation[0], 1)
	wide := 5 + 2*pad
	k := int(math.Sqrt(float64(len(kernel))))
	reach := apart*(k-1) + 1
	d := &drawing{w: 350, h: 30 + size*max(wide, 7) + 6}
	d.text("ti", 4, 16, "start", title)
	padded := make([]float64, wide*wide)
	for i, v := range image5 {
		padded[(i/5+pad)*wide+i%5+pad] = v
	}
	inWindow := func(i, j int) bool {
		i, j = i-stride*row, j-stride*column
		return i >= 0 && j >= 0 && i < reach && j < reach && i%apart == 0 && j%apart == 0
	}
	d.cells(4, 30, size, wide, padded, func(i, j int) string {
		switch {
		case inWindow(i, j):
			return "c-on"
		case i < pad || j < pad || i >= wide-pad || j >= wide-pad:
			return "c-pad"
		}
		return ""
	})
	d.window(4, 30, size, stride*row, stride*column, reach, reach)
	left := 4 + size*float64(wide) + 12
	d.text("mu", left, 42, "start", "kernel")
	d.cells(left, 48, size, k, kernel, nil)
	right := left + size*float64(k) + 14
	d.text("mu", right, 42, "start", "result")
	d.cells(right, 48, min(size, (346-right)/float64(side)), side, y, func(i, j int) string {
		if i == row && j == column {
			return "c-out"
		}
		return ""
	})
	return d.done(title)
}

// pool draws an array, what pooling makes of it, and how a gradient of ones comes back.
func pool(title string, f func(reverse.Array) reverse.Array) template.HTML {
	x := []float64{1, 3, 2, 0, 4, 2, 1, 1, 0, 1, 5, 6, 2, 1, 7, 4}
	in := reverse.NewTape().Param(x, nil, 1, 1, 4, 4)
	y := f(in)
	y.Sum().Backward()
	const size = 24
	d := &drawing{w: 350, h: 150}
	d.text("ti", 4, 16, "start", title)
	quarter := func(i, j int) string {
		if (i/2+j/2)%2 == 0 {
			return "c-on"
		}
		return ""
	}
	d.text("mu", 4, 38, "start", "image")
	d.cells(4, 44, size, 4, x, quarter)
	d.text("mu", 128, 38, "start", "result")
	d.cells(128, 44, size, 2, y.Values(), func(i, j int) string { return quarter(2*i, 2*j) })
	d.text("mu", 204, 38, "start", "gradient of the sum")
	g := in.Grad()
	for k, v := range g {
		class := "cell"
		if v != 0 {
			class = "c-hot"
		}
		cx, cy := 204+size*float64(k%4), 44+size*float64(k/4)
		d.add(`<rect class="%s" x="%.0f" y="%.0f" width="24" height="24"/>`, class, cx, cy)
		d.text("sm", cx+12, cy+16, "middle", strings.Replace(num(v), "0.25", "¼", 1))
	}
	return d.done(title)
}

func convolution(s *sheet) {
	s.p("The Reviews leave these sections empty. A convolution slides a small window of weights over an image. The same few weights serve every place: what is learned in one corner is known in all of them.")
	s.h("Convolution")
	s.eq(0, "y[i, j] = Σ k[a, b] · x[i·s + a·d, j·s + b·d] over all a, b")
	s.p("s is the stride, d the dilation. The kernel is not turned around, as it is in the convolution of mathematics; since its weights are learned, that makes no difference.")
	edge := []float64{1, 0, -1, 1, 0, -1, 1, 0, -1}
	s.figure("An image of 5 by 5 and a kernel that finds edges. The marked result is the sum of the products in the marked window. Padding adds zeros around the image (dashed), so that the result may be as large as the image.",
		slide("Plain: 5 becomes 3", edge, reverse.ConvOptions{}, 0, 1), slide("Padding 1: 5 stays 5", edge, reverse.ConvOptions{Padding: [2]int{1, 1}}, 0, 0),
		slide("Stride 2: every other place", edge, reverse.ConvOptions{Stride: [2]int{2, 2}}, 1, 0), slide("Dilation 2: a wider net", []float64{1, -1, 1, -1}, reverse.ConvOptions{Dilation: [2]int{2, 2}}, 1, 1),
		slide("Padding 1 and stride 2", edge, reverse.ConvOptions{Padding: [2]int{1, 1}, Stride: [2]int{2, 2}}, 1, 1))
	s.eq(0, "size of the result = ⌊(n + 2p − d(k − 1) − 1)/s⌋ + 1")
	var rows [][]string
	for _, c := range []struct{ n, k, p, s, d int }{{5, 3, 0, 1, 1}, {5, 3, 1, 1, 1}, {5, 3, 0, 2, 1}, {28, 5, 2, 1, 1}, {28, 2, 0, 2, 1}, {48, 3, 1, 2, 1}, {48, 3, 2, 1, 2}} {
		_, side := conv(make([]float64, c.n*c.n), make([]float64, c.k*c.k), reverse.ConvOptions{Padding: [2]int{c.p, c.p}, Stride: [2]int{c.s, c.s}, Dilation: [2]int{c.d, c.d}})
		rows = append(rows, []string{fmt.Sprint(c.n), fmt.Sprint(c.k), fmt.Sprint(c.p), fmt.Sprint(c.s), fmt.Sprint(c.d), fmt.Sprint((c.n+2*c.p-c.d*(c.k-1)-1)/c.s + 1), fmt.Sprint(side)})
	}
	s.table("The formula, and the size of what the tape computes", []string{"image", "kernel", "padding", "stride", "dilation", "formula", "computed"}, rows)

	digits := data.Digits()
	x := digits.Sample(10)
	side := digits.Shape[2]
	d := &drawing{w: 350, h: 110}
	d.text("mu", 4, 12, "start", "digit")
	d.pixels(4, 18, 10, side, x)
	for k, c := range []struct {
		name   string
		kernel []float64
	}{{"left to right", edge}, {"top to bottom", []float64{1, 1, 1, 0, 0, 0, -1, -1, -1}}, {"blurred", []float64{0.11, 0.11, 0.11, 0.11, 0.11, 0.11, 0.11, 0.11, 0.11}}} {
		y, _ := conv(x, c.kernel, reverse.ConvOptions{Padding: [2]int{1, 1}})
		for i := range y {
			if y[i] = math.Abs(y[i]); k < 2 {
				y[i] /= 3
			}
		}
		left := float64(4 + 88*(k+1))
		d.text("mu", left, 12, "start", c.name)
		d.pixels(left, 18, 10, side, y)
	}
	s.figure("A handwritten digit, its edges in two directions, and blurred, each by one kernel of 3 by 3.", d.done("A digit and three filtered images of it."))

	s.h("The way back")
	s.p("A weight of the kernel has touched every place, so its derivative is a sum over all places. A pixel has been in up to nine windows, so its derivative is a sum over those: a convolution again, with the kernel turned around.")
	tape := reverse.NewTape()
	in := tape.Param(image5, nil, 1, 1, 5, 5)
	weights := tape.Param(edge, nil, 1, 1, 3, 3)
	in.Conv2D(weights, reverse.Array{}, reverse.ConvOptions{}).Sum().Backward()
	g := &drawing{w: 350, h: 160}
	g.text("mu", 4, 16, "start", "in the pixels")
	g.cells(4, 24, 24, 5, in.Grad(), func(int, int) string { return "c-hot" })
	g.text("mu", 160, 16, "start", "in the weights")
	g.cells(160, 24, 30, 3, weights.Grad(), func(int, int) string { return "c-hot" })
	s.figure("Gradients of the sum of the plain result. The pixel in the middle has met every weight, and those add up to 0.", g.done("Two arrays of gradients."))

	s.h("Pooling")
	s.p("Pooling makes maps smaller: the largest of every window, or the mean. Backwards, a maximum hands all of its gradient to the one that won, and a mean hands everyone the same share.")
	s.figure("Windows of 2 by 2, side by side.",
		pool("Maximum", func(x reverse.Array) reverse.Array {
			return x.MaxPool2D(reverse.PoolOptions{Kernel: [2]int{2, 2}})
		}),
		pool("Mean", func(x reverse.Array) reverse.Array { return x.AvgPool2D(reverse.PoolOptions{Kernel: [2]int{2, 2}}) }))
	s.h("The other way around: transposed convolution")
	t := reverse.NewTape()
	small := []float64{1, 2, 3, 0}
	y := t.Const(small, 1, 1, 2, 2).ConvTranspose2D(t.Const([]float64{1, 1, 1, 1, 2, 1, 1, 1, 1}, 1, 1, 3, 3), reverse.Array{}, reverse.ConvOptions{Stride: [2]int{2, 2}})
	u := &drawing{w: 350, h: 160}
	u.text("mu", 4, 16, "start", "small")
	u.cells(4, 24, 24, 2, small, nil)
	u.text("mu", 80, 16, "start", "stamp")
	u.cells(80, 24, 24, 3, []float64{1, 1, 1, 1, 2, 1, 1, 1, 1}, nil)
	u.text("mu", 180, 16, "start", "large")
	u.cells(180, 24, 24, 5, y.Values(), func(i, j int) string {
		if i == 2 || j == 2 {
			return "c-on"
		}
		return ""
	})
	s.figure("Every number stamps the kernel, times itself, onto a larger image, here two places apart. Where stamps overlap (marked) they add up.", u.done("Two by two numbers become five by five."))
	s.sources("LeCun and others, Gradient-based learning applied to document recognition (1998).", "Dumoulin and Visin, A guide to convolution arithmetic for deep learning (2016), arXiv:1603.07285.", "Yu and Koltun, Multi-scale context aggregation by dilated convolutions (2016), arXiv:1511.07122.", "Odena, Dumoulin and Olah, Deconvolution and checkerboard artifacts (2016).")
}

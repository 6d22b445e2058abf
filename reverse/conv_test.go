package reverse

import (
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse/internal/layout"
	"pgregory.net/rapid"
)

// convolve is Conv2D over scalars, as it is defined.
func convolve(x, w, b []Var, xs, ws []int, o ConvOptions) (y []Var) {
	o = o.withDefaults()
	length := func(i int) int {
		return (xs[2+i]+2*o.Padding[i]-o.Dilation[i]*(ws[2+i]-1)-1)/o.Stride[i] + 1
	}
	perGroup := ws[0] / o.Groups
	for image := range xs[0] {
		for out := range ws[0] {
			for oh := range length(0) {
				for ow := range length(1) {
					z := Var{}
					if b != nil {
						z = b[out]
					}
					for in := range ws[1] {
						for kh := range ws[2] {
							for kw := range ws[3] {
								i := oh*o.Stride[0] - o.Padding[0] + kh*o.Dilation[0]
								j := ow*o.Stride[1] - o.Padding[1] + kw*o.Dilation[1]
								if i >= 0 && i < xs[2] && j >= 0 && j < xs[3] {
									channel := out/perGroup*ws[1] + in
									z = z.Add(x[((image*xs[1]+channel)*xs[2]+i)*xs[3]+j].Mul(w[((out*ws[1]+in)*ws[2]+kh)*ws[3]+kw]))
								}
							}
						}
					}
					y = append(y, z)
				}
			}
		}
	}
	return y
}

// layOut is ConvTranspose2D over scalars, as it is defined.
func layOut(x, w, b []Var, xs, ws []int, o ConvOptions) []Var {
	o = o.withDefaults()
	var ys [2]int
	for i := range ys {
		ys[i] = (xs[2+i]-1)*o.Stride[i] - 2*o.Padding[i] + o.Dilation[i]*(ws[2+i]-1) + 1 + o.OutputPadding[i]
	}
	channels := ws[1] * o.Groups
	y := make([]Var, xs[0]*channels*ys[0]*ys[1])
	if b != nil {
		for i := range y {
			y[i] = b[i/(ys[0]*ys[1])%channels]
		}
	}
	for image := range xs[0] {
		for in := range xs[1] {
			for i := range xs[2] {
				for j := range xs[3] {
					for out := range ws[1] {
						for kh := range ws[2] {
							for kw := range ws[3] {
								oh, ow := i*o.Stride[0]-o.Padding[0]+kh*o.Dilation[0], j*o.Stride[1]-o.Padding[1]+kw*o.Dilation[1]
								if oh < 0 || oh >= ys[0] || ow < 0 || ow >= ys[1] {
									continue
								}
								channel := in/(xs[1]/o.Groups)*ws[1] + out
								z := &y[((image*channels+channel)*ys[0]+oh)*ys[1]+ow]
								*z = z.Add(x[((image*xs[1]+in)*xs[2]+i)*xs[3]+j].Mul(w[((in*ws[1]+out)*ws[2]+kh)*ws[3]+kw]))
							}
						}
					}
				}
			}
		}
	}
	return y
}

// TestConvAgrees holds random convolutions and their transposes against scalars.
func TestConvAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) }
		o := ConvOptions{Groups: draw("groups", 0, 3)}
		d := o.withDefaults()
		inner, outer, images := draw("inner", 1, 3), draw("outer", 1, 3), draw("images", 0, 2)
		xs := []int{images, inner * d.Groups}
		ws := []int{outer * d.Groups, inner}
		transposed := rapid.Bool().Draw(t, "transposed")
		if transposed {
			xs[1], ws[0] = outer*d.Groups, outer*d.Groups
		}
		for i := range 2 {
			k := draw("kernel", 1, 3)
			o.Stride[i], o.Padding[i], o.Dilation[i] = draw("stride", 0, 3), draw("padding", 0, 2), draw("dilation", 0, 2)
			d = o.withDefaults()
			low := max(1, d.Dilation[i]*(k-1)+1-2*d.Padding[i]) // the kernel fits
			if transposed {
				o.OutputPadding[i] = draw("output padding", 0, max(d.Stride[i], d.Dilation[i])-1)
				low = max(1, kernel.CeilDiv(2*d.Padding[i]-d.Dilation[i]*(k-1)-o.OutputPadding[i], d.Stride[i])+1)
			}
			xs, ws = append(xs, draw("length", low, low+3)), append(ws, k)
		}
		shapes := [][]int{xs, ws}
		if rapid.Bool().Draw(t, "bias") {
			channels := ws[0]
			if transposed {
				channels = ws[1] * d.Groups
			}
			shapes = append(shapes, []int{channels})
		}
		array := func(x []Array) Array {
			b := Array{}
			if len(x) == 3 {
				b = x[2]
			}
			if transposed {
				return x[0].ConvTranspose2D(x[1], b, o)
			}
			return x[0].Conv2D(x[1], b, o)
		}
		scalar := func(x [][]Var) []Var {
			var b []Var
			if len(x) == 3 {
				b = x[2]
			}
			if transposed {
				return layOut(x[0], x[1], b, xs, ws, o)
			}
			return convolve(x[0], x[1], b, xs, ws, o)
		}
		agrees(t, "convolution", rand.New(rand.NewPCG(1, 2)), shapes, array, scalar)
	})
}

// TestConvLarge takes convolutions that are not computed at once, with and without
// as many results as elements.
func TestConvLarge(t *testing.T) {
	for i, c := range []struct {
		xs, ws []int
		o      ConvOptions
	}{
		{[]int{1, 20, 33, 29}, []int{12, 20, 3, 3}, ConvOptions{Padding: [2]int{1, 1}}},
		{[]int{1, 20, 33, 31}, []int{12, 20, 3, 3}, ConvOptions{}},
		{[]int{1, 40, 41, 37}, []int{12, 40, 2, 5}, ConvOptions{Stride: [2]int{2, 1}, Padding: [2]int{1, 2}}},
	} {
		r := rand.New(rand.NewPCG(3, uint64(i)))
		tape := NewTape()
		numbers := func(shape []int) Array {
			v := make([]float64, layout.Size(shape))
			for i := range v {
				v[i] = r.NormFloat64()
			}
			return tape.Param(v, make([]float64, len(v)), shape...)
		}
		x, w := numbers(c.xs), numbers(c.ws)
		y := x.Conv2D(w, Array{}, c.o)
		scalars := func(a Array) (s []Var) {
			for _, v := range a.Values() {
				s = append(s, Var{value: v})
			}
			return s
		}
		var want []float64
		for _, v := range convolve(scalars(x), scalars(w), nil, c.xs, c.ws, c.o) {
			want = append(want, v.value)
		}
		about(t, "value", y.Values(), want)
		// A trilinear form has the same value from each of its three sides.
		seed := make([]float64, y.Size())
		for i := range seed {
			seed[i] = r.NormFloat64()
		}
		y.BackwardFrom(seed)
		form := dotOf(seed, y.Values())
		about(t, "gradients", []float64{dotOf(x.Grad(), x.Values()), dotOf(w.Grad(), w.Values())}, []float64{form, form})
	}
}

func dotOf(x, y []float64) (s float64) {
	for i, v := range x {
		s += v * y[i]
	}
	return s
}

func TestConv1D(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	o := ConvOptions{Stride: [2]int{2}, Padding: [2]int{2}, Dilation: [2]int{2}, Groups: 2}
	xs, ws := []int{2, 4, 9}, []int{6, 2, 3}
	flat := ConvOptions{Stride: [2]int{1, 2}, Padding: [2]int{0, 2}, Dilation: [2]int{1, 2}, Groups: 2}
	agrees(t, "Conv1D", r, [][]int{xs, ws, {6}},
		func(x []Array) Array { return x[0].Conv1D(x[1], x[2], o) },
		func(x [][]Var) []Var {
			return convolve(x[0], x[1], x[2], []int{2, 4, 1, 9}, []int{6, 2, 1, 3}, flat)
		})
}

func TestConvPanics(t *testing.T) {
	tape := NewTape()
	zeros := func(shape ...int) Array { return tape.Const(make([]float64, layout.Size(shape)), shape...) }
	x := zeros(1, 2, 3, 3)
	for _, c := range []struct {
		want string
		f    func()
	}{
		{"Conv2D of shapes [1 2 3 3] and [4 3 2 2]", func() { x.Conv2D(zeros(4, 3, 2, 2), Array{}, ConvOptions{}) }},
		{"Conv2D of shapes [1 2 3 3] and [4 2 5 2]", func() { x.Conv2D(zeros(4, 2, 5, 2), Array{}, ConvOptions{}) }},
		{"Conv2D of shapes [1 2 3 3] and [4 2 2]", func() { x.Conv2D(zeros(4, 2, 2), Array{}, ConvOptions{}) }},
		{"Conv2D of shapes [1 2 3 3] and [4 2 0 2]", func() { x.Conv2D(zeros(4, 2, 0, 2), Array{}, ConvOptions{}) }},
		{"Conv1D of shapes [1 2 3 3] and [4 2 2]", func() { x.Conv1D(zeros(4, 2, 2), Array{}, ConvOptions{}) }},
		{"Conv2D of shapes [] and [4 2 2]", func() { Array{}.Conv2D(zeros(4, 2, 2), Array{}, ConvOptions{}) }},
		{"Conv2D of shapes [1 2 3 3] and [4 2 2 2] with a bias of shape [5]", func() { x.Conv2D(zeros(4, 2, 2, 2), zeros(5), ConvOptions{}) }},
		{"Conv2D of shapes [1 2 3 3] and [4 2 2 2] with a bias of shape []", func() { x.Conv2D(zeros(4, 2, 2, 2), Array{c: 1}, ConvOptions{}) }},
		{"ConvTranspose2D of shapes [1 2 3 3] and [4 2 2 2]", func() { x.ConvTranspose2D(zeros(4, 2, 2, 2), Array{}, ConvOptions{}) }},
		{"Conv2D of shapes [1 2 3 3] and [3 1 2 2], Groups 2",
			func() { x.Conv2D(zeros(3, 1, 2, 2), Array{}, ConvOptions{Groups: 2}) }},
		{"Conv2D of shapes [1 2 3 3] and [2 2 2 2], Stride [-1 0]",
			func() { x.Conv2D(zeros(2, 2, 2, 2), Array{}, ConvOptions{Stride: [2]int{-1}}) }},
		{"ConvTranspose2D of shapes [1 2 3 3] and [2 1 1 1], Padding [2 0]",
			func() { x.ConvTranspose2D(zeros(2, 1, 1, 1), Array{}, ConvOptions{Padding: [2]int{2}}) }},
		{"ConvTranspose2D of shapes [1 2 3 3] and [2 1 1 1], Stride [2 0], OutputPadding [2 0]",
			func() {
				x.ConvTranspose2D(zeros(2, 1, 1, 1), Array{}, ConvOptions{Stride: [2]int{2}, OutputPadding: [2]int{2}})
			}},
	} {
		optest.Panics(t, "reverse: "+c.want, c.f)
	}
}

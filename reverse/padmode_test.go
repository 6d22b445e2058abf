package reverse

import (
	"fmt"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
)

// TestPadWith holds what stands beyond the ends, near and far, of one element and of several.
func TestPadWith(t *testing.T) {
	tape := NewTape()
	three := tape.Const([]float64{1, 2, 3})
	one := tape.Const([]float64{7}, 1)
	for _, c := range []struct {
		mode  PadMode
		x     Array
		width [2]int
		want  []float64
	}{
		{PadZeros, three, [2]int{1, 2}, []float64{0, 1, 2, 3, 0, 0}},
		{PadReflect, three, [2]int{2, 2}, []float64{3, 2, 1, 2, 3, 2, 1}},
		{PadReflect, three, [2]int{5, -1}, []float64{2, 1, 2, 3, 2, 1, 2}},
		{PadReflect, one, [2]int{1, 2}, []float64{7, 7, 7, 7}},
		{PadReplicate, three, [2]int{2, 4}, []float64{1, 1, 1, 2, 3, 3, 3, 3, 3}},
		{PadReplicate, three, [2]int{-2, 1}, []float64{3, 3}},
		{PadCircular, three, [2]int{4, 2}, []float64{3, 1, 2, 3, 1, 2, 3, 1, 2}},
		{PadCircular, three, [2]int{-1, -2}, []float64{}},
	} {
		optest.Equal(t, fmt.Sprint(c.mode, c.width), append([]float64{}, c.x.PadWith(c.mode, c.width).Values()...), c.want)
	}
	empty := tape.Const(nil, 0, 2)
	optest.Equal(t, "an empty batch", empty.PadWith(PadReflect, [2]int{}, [2]int{1, 1}).Shape(), []int{0, 4})
	optest.Panics(t, "reverse: PadWith reflect by [1 0] along axis 0 of shape [0 2]", func() { empty.PadWith(PadReflect, [2]int{1, 0}) })
	optest.Panics(t, "reverse: PadWith circular by [-4 1] along axis 0 of shape [3]", func() { three.PadWith(PadCircular, [2]int{-4, 1}) })
	optest.Panics(t, "reverse: PadWith PadMode(9) of 1 axes of shape [3]", func() { three.PadWith(9, [2]int{1, 1}) })
	optest.Panics(t, "reverse: PadWith replicate of 2 axes of shape [3]", func() { three.PadWith(PadReplicate, [2]int{}, [2]int{}) })
}

// TestConvolutionPadMode holds convolutions against those of what PadWith makes: value, gradient, JVP and HVP.
func TestConvolutionPadMode(t *testing.T) {
	tape := NewTape()
	x, w, b := tape.Param(waves(2*2*4*3, 1), nil, 2, 2, 4, 3), tape.Param(waves(3*2*3*2, 2), nil, 3, 2, 3, 2), tape.Param(waves(3, 3), nil)
	p := []Array{x, w, b}
	var v [][]float64
	for i, x := range p {
		v = append(v, waves(x.Size(), float64(i+4)))
	}
	for mode := PadZeros; mode <= PadCircular; mode++ {
		o := ConvOptions{Stride: [2]int{2, 1}, Padding: [2]int{2, 1}, PadMode: mode}
		got := x.Conv2D(w, b, o)
		o.Padding, o.PadMode = [2]int{}, PadZeros
		want := x.PadWith(mode, [2]int{}, [2]int{}, [2]int{2, 2}, [2]int{1, 1}).Conv2D(w, b, o)
		all := func(y Array) []float64 {
			u := waves(y.Size(), 9)
			y.BackwardFrom(u)
			z := append([]float64(nil), y.Values()...)
			for _, x := range p {
				z = append(z, x.Grad()...)
			}
			return append(append(z, y.JVP(p, v)...), concat(y.HVP(u, p, v))...)
		}
		optest.Equal(t, mode.String(), all(got), all(want), rounding)
	}
	line, short := tape.Const(waves(6, 1), 1, 1, 6), tape.Const([]float64{1, 0, 0}, 1, 1, 3)
	y := line.Conv1D(short, Array{}, ConvOptions{Padding: [2]int{1}, PadMode: PadCircular})
	optest.Equal(t, "Conv1D", y.Values()[0], line.Values()[5], rounding)
	for _, c := range []struct {
		want string
		f    func()
	}{
		{"reverse: ConvTranspose2D of shapes [2 2 4 3] and [2 3 3 2], PadMode reflect", func() {
			x.ConvTranspose2D(w.Reshape(2, 3, 3, 2), Array{}, ConvOptions{PadMode: PadReflect})
		}},
		{"reverse: Conv2D of shapes [2 2 4 3] and [3 2 3 2], PadMode PadMode(7)", func() { x.Conv2D(w, Array{}, ConvOptions{PadMode: 7}) }},
		{"reverse: Conv2D of shapes [2 2 4 3] and [3 2 3 2], PadMode reflect, Padding [-1 0]", func() {
			x.Conv2D(w, Array{}, ConvOptions{PadMode: PadReflect, Padding: [2]int{-1, 0}})
		}},
	} {
		optest.Panics(t, c.want, c.f)
	}
}

// TestPadModeSteadyState: a step of the same shape allocates nothing.
func TestPadModeSteadyState(t *testing.T) {
	tape, x, g, w := NewTape(), waves(2*4*3, 1), make([]float64, 2*4*3), waves(9, 2)
	step := func() {
		tape.Reset()
		images := tape.Param(x, g, 1, 2, 4, 3).Reshape(2, 1, 4, 3)
		o := ConvOptions{Padding: [2]int{1, 1}, PadMode: PadReflect}
		images.Conv2D(tape.Const(w, 1, 1, 3, 3), Array{}, o).Sum().Backward()
	}
	step()
	if n := memtest.Allocations(20, step); n != 0 {
		t.Errorf("%v allocations in a step", n)
	}
}

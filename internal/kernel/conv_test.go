package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
	"pgregory.net/rapid"
)

// terms calls f with the index of y, x and w of every product.
func (c *Conv) terms(f func(y, x, w int)) {
	d, r := &c.Down, &c.Right
	for n := range c.Images * c.Groups {
		for o := range c.Out {
			for i := range d.Results {
				for j := range r.Results {
					for ch := range c.In {
						for kd := range d.Kernel {
							for kr := range r.Kernel {
								h, w := i*d.Stride-d.Pad+kd*d.Dilation, j*r.Stride-r.Pad+kr*r.Dilation
								if h >= 0 && h < d.Image && w >= 0 && w < r.Image {
									f(((n*c.Out+o)*d.Results+i)*r.Results+j, ((n*c.In+ch)*d.Image+h)*r.Image+w,
										(((n%c.Groups*c.Out+o)*c.In+ch)*d.Kernel+kd)*r.Kernel+kr)
								}
							}
						}
					}
				}
			}
		}
	}
}

func (c *Conv) lengths() (y, x, w int) {
	n := c.Images * c.Groups
	return n * c.Out * c.area(), n * c.In * c.pixels(), c.Groups * c.Out * c.In * c.taps()
}

// exact fails unless all three products of integers are those of the definition.
func (c *Conv) exact(t interface{ Fatalf(string, ...any) }, r *rand.Rand) {
	ny, nx, nw := c.lengths()
	y, x, w, bias := integers(r, ny), integers(r, nx), integers(r, nw), integers(r, c.Groups*c.Out)
	wantX, wantW, form := slices.Clone(x), slices.Clone(w), make([]float64, ny)
	c.terms(func(i, j, k int) {
		form[i] += x[j] * w[k]
		wantX[j] += y[i] * w[k]
		wantW[k] += y[i] * x[j]
	})
	for _, p := range []Precision{Float64, Float32} {
		gotX, gotW := slices.Clone(x), slices.Clone(w)
		c.Input(p, gotX, y, w)
		c.Weight(p, gotW, y, x)
		compare := func(name string, got, want []float64) {
			for i := range got {
				if got[i] != want[i] {
					t.Fatalf("%+v, precision %d: %s[%d] is %g, want %g", *c, p, name, i, got[i], want[i])
				}
			}
		}
		compare("Input", gotX, wantX)
		compare("Weight", gotW, wantW)
		for _, add := range []bool{false, true} {
			for _, b := range [][]float64{nil, bias} {
				gotY, wantY := slices.Clone(y), slices.Clone(form)
				for i := range wantY {
					if add {
						wantY[i] += y[i]
					}
					if b != nil {
						wantY[i] += b[i/c.area()%len(b)]
					}
				}
				c.Forward(p, gotY, x, w, b, add)
				compare("Forward", gotY, wantY)
			}
		}
	}
}

// TestConv: all three products, for shapes of every kind.
func TestConv(t *testing.T) {
	shareMore(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	onAll(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			draw := func(name string, lo, hi int) int { return rapid.IntRange(lo, hi).Draw(t, name) }
			window := func(name string) Window {
				w := Window{
					Image: draw(name+" image", 0, 9), Kernel: draw(name+" kernel", 1, 4), Stride: draw(name+" stride", 1, 4),
					Pad: draw(name+" pad", 0, 9), Dilation: draw(name+" dilation", 1, 3),
				}
				w.Results = max(0, w.Fit()+draw(name+" more", -2, 2))
				return w
			}
			runtime.GOMAXPROCS(rapid.IntRange(1, 64).Draw(t, "processors"))
			c := Conv{draw("images", 0, 3), draw("groups", 1, 3), draw("in", 0, 5), draw("out", 0, 13), window("down"), window("right")}
			c.exact(t, rand.New(rand.NewPCG(5, rapid.Uint64().Draw(t, "seed"))))
		})
	})
}

// convs are shapes of layers: of several blocks of patches, shared among cores,
// of one dimension, with kernels of one entry.
var convs = []Conv{
	conv(2, 1, 3, 8, 40, 60, 3, 3, 1, 1, 1, 1, 1, 1),
	conv(1, 1, 40, 5, 50, 50, 5, 5, 1, 1, 2, 2, 1, 1),
	conv(3, 2, 3, 2, 1, 100, 1, 7, 1, 2, 0, 3, 1, 2),
	conv(3, 1, 16, 20, 20, 20, 1, 1, 1, 1, 0, 0, 1, 1),
	conv(5, 4, 2, 2, 15, 15, 3, 3, 2, 2, 1, 1, 1, 1),
	conv(4, 1, 1, 20, 28, 28, 5, 5, 1, 1, 0, 0, 1, 1),
	conv(3, 8, 1, 1, 20, 21, 3, 3, 1, 2, 1, 1, 1, 1),
	conv(1, 1, 9, 30, 13, 11, 3, 2, 3, 2, 1, 0, 1, 2),
	conv(1, 1, 6, 16, 14, 14, 5, 5, 1, 1, 0, 0, 1, 1),
	conv(1, 2, 5, 70, 20, 9, 7, 3, 2, 1, 0, 1, 1, 1),
	conv(1, 1, 8, 5, 64, 64, 3, 3, 1, 1, 0, 0, 1, 1), // fewer channels than cores
	conv(2, 3, 2, 7, 16, 16, 3, 3, 1, 1, 1, 1, 1, 1),
	conv(1, 1, 3, 1, 40, 3, 5, 1, 1, 1, 0, 0, 1, 1),
}

// conv returns a convolution of h×w images with kernels of kh×kw, with as many
// results as fit.
func conv(images, groups, in, out, h, w, kh, kw, strideH, strideW, padH, padW, dilationH, dilationW int) Conv {
	c := Conv{images, groups, in, out, Window{h, 0, kh, strideH, padH, dilationH}, Window{w, 0, kw, strideW, padW, dilationW}}
	c.Down.Results, c.Right.Results = c.Down.Fit(), c.Right.Fit()
	return c
}

func TestConvLayers(t *testing.T) {
	shareMore(t)
	onAll(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(5, 1))
		for _, c := range convs {
			c.exact(t, r)
		}
	})
}

// TestConvBits: the same bits on any number of processors.
func TestConvBits(t *testing.T) {
	shareMore(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	r := rand.New(rand.NewPCG(5, 2))
	for _, c := range convs {
		ny, nx, nw := c.lengths()
		y, x, w := random(r, ny), random(r, nx), random(r, nw)
		var want [][]float64
		for _, procs := range []int{1, 2, 3, 4, 8, 16, 33, 64} {
			runtime.GOMAXPROCS(procs)
			got := [][]float64{make([]float64, ny), make([]float64, nx), make([]float64, nw)}
			c.Forward(Float64, got[0], x, w, nil, false)
			c.Input(Float64, got[1], y, w)
			c.Weight(Float64, got[2], y, x)
			if want == nil {
				want = got
			}
			for i := range got {
				optest.Equal(t, fmt.Sprintf("%+v, product %d on %d processors", c, i, procs), got[i], want[i], optest.Bits())
			}
		}
	}
}

// TestConvInfinite: an infinite weight reaches the elements of x that it meets, and
// no other.
func TestConvInfinite(t *testing.T) {
	onAll(t, func(t *testing.T) {
		for _, c := range convs {
			ny, nx, nw := c.lengths()
			y, x, w := make([]float64, ny), make([]float64, nx), make([]float64, nw)
			for i := range y {
				y[i] = 1
			}
			w[nw/2] = math.Inf(1)
			want := make([]float64, nx)
			c.terms(func(i, j, k int) { want[j] += y[i] * w[k] })
			c.Input(Float64, x, y, w)
			optest.Equal(t, fmt.Sprintf("%+v", c), x, want, optest.Bits())
		}
	})
}

// TestConvManyProducts: 2³² products, of which nearly all are with padding, are not
// taken for none where an int has 32 bits.
func TestConvManyProducts(t *testing.T) {
	c := conv(1, 1, 1, 1, 1, 1, 256, 256, 1, 1, 255, 255, 1, 1)
	ny, nx, nw := c.lengths()
	y, x, w, dw := make([]float64, ny), []float64{3}, make([]float64, nw), make([]float64, nw)
	for i := range w {
		w[i] = float64(i)
	}
	c.Forward(Float64, y, x, w, nil, false)
	c.Weight(Float64, dw, y, x)
	for i := range y {
		want := float64(3 * (nw - 1 - i))
		if y[i] != want || dw[nw-1-i] != 3*want || nx != 1 {
			t.Fatalf("y[%d] is %g, want %g; the weight gets %g", i, y[i], want, dw[nw-1-i])
		}
	}
}

// TestConvSpecial: a NaN in x reaches the entries of y that it meets, though the
// weights are 0.
func TestConvSpecial(t *testing.T) {
	onAll(t, func(t *testing.T) {
		for _, c := range convs {
			ny, nx, nw := c.lengths()
			y, x, w := make([]float64, ny), make([]float64, nx), make([]float64, nw)
			at := nx / 2
			x[at] = math.NaN()
			c.Forward(Float64, y, x, w, nil, false)
			meets := make([]bool, ny)
			c.terms(func(i, j, _ int) { meets[i] = meets[i] || j == at })
			for i := range y {
				if math.IsNaN(y[i]) != meets[i] {
					t.Fatalf("%+v: y[%d] is %g", c, i, y[i])
				}
			}
		}
	})
}

func TestConvMisuse(t *testing.T) {
	c := convs[0]
	ny, nx, nw := c.lengths()
	y, x, w := make([]float64, ny), make([]float64, nx), make([]float64, nw)
	for name, f := range map[string]func(){
		"y": func() { c.Forward(Float64, y[1:], x, w, nil, false) },
		"x": func() { c.Input(Float64, x[1:], y, w) },
		"w": func() { c.Weight(Float64, w[1:], y, x) },
		"huge padding": func() {
			d := c
			d.Down.Pad = math.MaxInt / 2
			d.Forward(Float64, y, x, w, nil, false)
		},
		"stride": func() {
			d := c
			d.Down.Stride = 0
			d.Forward(Float64, y, x, w, nil, false)
		},
		"groups": func() {
			d := c
			d.Groups = 2
			d.Forward(Float64, y, x, w, nil, false)
		},
	} {
		if !panics(f) {
			t.Errorf("%s: no panic", name)
		}
	}
}

// TestConvMemory: memory does not grow with strides, dilation or padding.
func TestConvMemory(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 3))
	for _, c := range []Conv{
		conv(1, 1, 8, 8, 16, 16, 3, 3, 2048, 2048, 1, 1, 1, 1),
		conv(1, 1, 8, 8, 16, 16, 3, 3, 1<<28, 1<<28, 1, 1, 1, 1),
		conv(1, 1, 3, 2, 5, 6, 3, 3, 5000, 5000, 5000, 5000, 1, 1),
		conv(1, 1, 2, 2, 4, 4, 2, 2, 3000, 1, 3000, 0, 3000, 1),
		conv(2, 2, 2, 3, 7, 7, 2, 2, 1, 1, 0, 0, 6, 6),
		conv(1, 1, 1, 2, 2000, 10, 1000, 3, 1, 1, 0, 0, 1, 1),
	} {
		ny, nx, nw := c.lengths()
		y, x, w := make([]float64, ny), make([]float64, nx), make([]float64, nw)
		steps := func() {
			c.Forward(Float64, y, x, w, nil, false)
			c.Input(Float64, x, y, w)
			c.Weight(Float64, w, y, x)
		}
		if got, most := memtest.Allocated(steps), uint64(64*8*(ny+nx+nw)+1<<20); got > most {
			t.Errorf("%+v: %d bytes, want at most %d", c, got, most)
		}
		if ny*c.In*c.taps() < 1e6 {
			c.exact(t, r)
		}
	}
}

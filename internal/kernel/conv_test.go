package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"pgregory.net/rapid"
)

// terms calls f with the index of y, x and w of every product.
func (c *Conv) terms(f func(y, x, w int)) {
	oh, ow := c.OutSize()
	in, out := c.In/c.Groups, c.Out/c.Groups
	for n := range c.Images {
		for o := range c.Out {
			for i := range oh {
				for j := range ow {
					for ch := range in {
						for kh := range c.KH {
							for kw := range c.KW {
								h, w := i*c.StrideH-c.PadH+kh*c.DilationH, j*c.StrideW-c.PadW+kw*c.DilationW
								if h >= 0 && h < c.H && w >= 0 && w < c.W {
									f(((n*c.Out+o)*oh+i)*ow+j, ((n*c.In+o/out*in+ch)*c.H+h)*c.W+w, ((o*in+ch)*c.KH+kh)*c.KW+kw)
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
	oh, ow := c.OutSize()
	return c.Images * c.Out * oh * ow, c.Images * c.In * c.H * c.W, c.Out * (c.In / max(1, c.Groups)) * c.KH * c.KW
}

// exact fails unless all three products of integers are those of the definition.
func (c *Conv) exact(t interface{ Fatalf(string, ...any) }, r *rand.Rand) {
	ny, nx, nw := c.lengths()
	y, x, w := integers(r, ny), integers(r, nx), integers(r, nw)
	wantY, wantX, wantW := make([]float64, ny), append([]float64(nil), x...), append([]float64(nil), w...)
	c.terms(func(i, j, k int) {
		wantY[i] += x[j] * w[k]
		wantX[j] += y[i] * w[k]
		wantW[k] += y[i] * x[j]
	})
	for _, p := range []Precision{Float64, Float32} {
		gotY, gotX, gotW := append([]float64(nil), y...), append([]float64(nil), x...), append([]float64(nil), w...)
		c.Forward(p, gotY, x, w)
		c.Input(p, gotX, y, w)
		c.Weight(p, gotW, y, x)
		for _, a := range []struct {
			name      string
			got, want []float64
		}{{"Forward", gotY, wantY}, {"Input", gotX, wantX}, {"Weight", gotW, wantW}} {
			for i := range a.got {
				if a.got[i] != a.want[i] {
					t.Fatalf("%+v, precision %d: %s[%d] is %g, want %g", *c, p, a.name, i, a.got[i], a.want[i])
				}
			}
		}
	}
}

// TestConv: all three products, for shapes of every kind.
func TestConv(t *testing.T) {
	shareMore(t)
	onAll(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			draw := func(name string, lo, hi int) int { return rapid.IntRange(lo, hi).Draw(t, name) }
			groups := draw("groups", 1, 3)
			c := Conv{
				Images: draw("images", 0, 3), Groups: groups, In: groups * draw("in", 0, 3), Out: groups * draw("out", 0, 4),
				H: draw("h", 0, 9), W: draw("w", 0, 9), KH: draw("kh", 1, 4), KW: draw("kw", 1, 4),
				StrideH: draw("strideH", 1, 3), StrideW: draw("strideW", 1, 3),
				PadH: draw("padH", 0, 5), PadW: draw("padW", 0, 5), DilationH: draw("dilationH", 1, 3), DilationW: draw("dilationW", 1, 3),
			}
			c.exact(t, rand.New(rand.NewPCG(5, rapid.Uint64().Draw(t, "seed"))))
		})
	})
}

// convs are shapes of layers: of several blocks of patches, shared among cores,
// of one dimension, with kernels of one entry.
var convs = []Conv{
	{2, 1, 3, 8, 40, 60, 3, 3, 1, 1, 1, 1, 1, 1},
	{1, 1, 40, 5, 50, 50, 5, 5, 1, 1, 2, 2, 1, 1},
	{3, 2, 6, 4, 1, 100, 1, 7, 1, 2, 0, 3, 1, 2},
	{3, 1, 16, 20, 20, 20, 1, 1, 1, 1, 0, 0, 1, 1},
	{5, 4, 8, 8, 15, 15, 3, 3, 2, 2, 1, 1, 1, 1},
	{4, 1, 1, 20, 28, 28, 5, 5, 1, 1, 0, 0, 1, 1},
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
		for _, procs := range []int{1, 2, 3, 4} {
			runtime.GOMAXPROCS(procs)
			got := [][]float64{make([]float64, ny), make([]float64, nx), make([]float64, nw)}
			c.Forward(Float64, got[0], x, w)
			c.Input(Float64, got[1], y, w)
			c.Weight(Float64, got[2], y, x)
			if want == nil {
				want = got
			}
			for i := range got {
				same(t, fmt.Sprintf("%+v, product %d on %d processors", c, i, procs), got[i], want[i])
			}
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
			c.Forward(Float64, y, x, w)
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

func TestConvAllocations(t *testing.T) {
	shareMore(t)
	for _, c := range convs {
		ny, nx, nw := c.lengths()
		y, x, w := make([]float64, ny), make([]float64, nx), make([]float64, nw)
		if got := testing.AllocsPerRun(20, func() {
			c.Forward(Float64, y, x, w)
			c.Input(Float64, x, y, w)
			c.Weight(Float64, w, y, x)
		}); got != 0 {
			t.Errorf("%+v: %g allocations", c, got)
		}
	}
}

func TestConvMisuse(t *testing.T) {
	c := convs[0]
	ny, nx, nw := c.lengths()
	y, x, w := make([]float64, ny), make([]float64, nx), make([]float64, nw)
	for name, f := range map[string]func(){
		"y": func() { c.Forward(Float64, y[1:], x, w) },
		"x": func() { c.Input(Float64, x[1:], y, w) },
		"w": func() { c.Weight(Float64, w[1:], y, x) },
		"stride": func() {
			d := c
			d.StrideH = 0
			d.Forward(Float64, y, x, w)
		},
		"groups": func() {
			d := c
			d.Groups = 2
			d.Forward(Float64, y, x, w)
		},
	} {
		if !panics(f) {
			t.Errorf("%s: no panic", name)
		}
	}
}

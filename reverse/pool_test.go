package reverse

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"pgregory.net/rapid"
)

// pool is pooling over scalars: of every window, or bin if adaptive, the largest
// element or the average.
func pool(x []Var, xs []int, o PoolOptions, bins [2]int, largest bool) (y []Var) {
	var length [2]int
	for i := range 2 {
		o.Dilation[i] = orOne(o.Dilation[i])
		if o.Stride[i] == 0 {
			o.Stride[i] = o.Kernel[i]
		}
		length[i] = bins[i]
		for bins[i] == 0 {
			end := length[i]*o.Stride[i] - o.Padding[i] + o.Dilation[i]*(o.Kernel[i]-1) // the last element of the next window
			over := end - (xs[2+i] + o.Padding[i] - 1)
			// A window beyond the padding is there with o.Ceil: if not all of
			// the last step is beyond, and it begins early enough.
			if over > 0 && !(o.Ceil && over < o.Stride[i] && length[i]*o.Stride[i] < xs[2+i]+o.Padding[i]) {
				break
			}
			length[i]++
		}
	}
	within := func(axis, bin, place int) bool { // of a bin
		return bin*xs[2+axis]/bins[axis] <= place && place*bins[axis] < (bin+1)*xs[2+axis]
	}
	for plane := range xs[0] * xs[1] {
		for oh := range length[0] {
			for ow := range length[1] {
				best, sum, n := Var{value: math.Inf(-1)}, Var{}, 0
				take := func(i, j int) {
					if i >= 0 && i < xs[2] && j >= 0 && j < xs[3] {
						z := x[(plane*xs[2]+i)*xs[3]+j]
						if z.value > best.value {
							best = z
						}
						sum = sum.Add(z)
						n++
					} else if o.CountPadding && i < xs[2]+o.Padding[0] && j < xs[3]+o.Padding[1] {
						n++
					}
				}
				if bins[0] > 0 {
					for i := range xs[2] {
						for j := range xs[3] {
							if within(0, oh, i) && within(1, ow, j) {
								take(i, j)
							}
						}
					}
				} else {
					for kh := range o.Kernel[0] {
						for kw := range o.Kernel[1] {
							take(oh*o.Stride[0]-o.Padding[0]+kh*o.Dilation[0], ow*o.Stride[1]-o.Padding[1]+kw*o.Dilation[1])
						}
					}
				}
				if largest {
					y = append(y, best)
				} else {
					y = append(y, sum.Div(Var{value: float64(n)}))
				}
			}
		}
	}
	return y
}

// TestPoolAgrees holds random poolings against scalars.
func TestPoolAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) }
		xs := []int{draw("images", 0, 2), draw("channels", 1, 2)}
		largest, adaptive := rapid.Bool().Draw(t, "largest"), rapid.Bool().Draw(t, "adaptive")
		o := PoolOptions{Ceil: rapid.Bool().Draw(t, "ceil"), CountPadding: !adaptive && rapid.Bool().Draw(t, "count")}
		var bins [2]int
		for i := range 2 {
			low := 1
			if adaptive {
				bins[i] = draw("bins", 1, 5)
			} else {
				o.Kernel[i], o.Stride[i] = draw("kernel", 1, 4), draw("stride", 0, 4)
				o.Padding[i] = draw("padding", 0, o.Kernel[i]/2)
				if largest {
					o.Dilation[i] = draw("dilation", 0, 2)
				}
				low = max(1, orOne(o.Dilation[i])*(o.Kernel[i]-1)+1-2*o.Padding[i])
			}
			xs = append(xs, draw("length", low, low+5))
		}
		agrees(t, "pooling", rand.New(rand.NewPCG(5, 6)), [][]int{xs}, func(x []Array) Array {
			switch {
			case adaptive && largest:
				return x[0].AdaptiveMaxPool2D(bins[0], bins[1])
			case adaptive:
				return x[0].AdaptiveAvgPool2D(bins[0], bins[1])
			case largest:
				return x[0].MaxPool2D(o)
			default:
				return x[0].AvgPool2D(o)
			}
		}, func(x [][]Var) []Var { return pool(x[0], xs, o, bins, largest) })
	})
}

// TestPool1D holds pooling of sequences against that of images of one row.
func TestPool1D(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	xs, rows := []int{2, 3, 9}, []int{2, 3, 1, 9}
	o := PoolOptions{Kernel: [2]int{3}, Stride: [2]int{2}, Padding: [2]int{1}, Ceil: true}
	flat := PoolOptions{Kernel: [2]int{1, 3}, Stride: [2]int{1, 2}, Padding: [2]int{0, 1}, Ceil: true}
	for _, c := range []struct {
		name    string
		array   func(x Array) Array
		bins    [2]int
		largest bool
	}{
		{"MaxPool1D", func(x Array) Array { return x.MaxPool1D(o) }, [2]int{}, true},
		{"AvgPool1D", func(x Array) Array { return x.AvgPool1D(o) }, [2]int{}, false},
		{"AdaptiveMaxPool1D", func(x Array) Array { return x.AdaptiveMaxPool1D(4) }, [2]int{1, 4}, true},
		{"AdaptiveAvgPool1D", func(x Array) Array { return x.AdaptiveAvgPool1D(4) }, [2]int{1, 4}, false},
		{"GlobalAvgPool", func(x Array) Array { return x.GlobalAvgPool() }, [2]int{1, 1}, false},
	} {
		agrees(t, c.name, r, [][]int{xs}, func(x []Array) Array { return c.array(x[0]) },
			func(x [][]Var) []Var { return pool(x[0], rows, flat, c.bins, c.largest) })
	}
}

// TestMaxPoolTies holds which element the derivative goes to where several are the
// largest, and what becomes of NaN and -Inf.
func TestMaxPoolTies(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	tape := NewTape()
	x := tape.Param([]float64{
		1, 2, nan, 5, -inf, -inf,
		2, 2, nan, 7, -inf, -inf,
	}, nil, 1, 1, 2, 6)
	y := x.MaxPool2D(PoolOptions{Kernel: [2]int{2, 2}})
	v := y.Values()
	if v[0] != 2 || v[1] == v[1] || v[2] != -inf {
		t.Errorf("largest: %v", v)
	}
	y.BackwardFrom([]float64{1, 2, 3})
	optest.Equal(t, "gradient", x.Grad(), []float64{0, 1, 2, 0, 3, 0, 0, 0, 0, 0, 0, 0}, rounding)

	// A dilated window that steps over the only element has no largest.
	x = tape.Param([]float64{4}, nil, 1, 1, 1)
	y = x.MaxPool1D(PoolOptions{Kernel: [2]int{2}, Padding: [2]int{1}, Dilation: [2]int{2}})
	if v := y.Values(); len(v) != 1 || v[0] != -inf {
		t.Errorf("largest of nothing: %v", v)
	}
	y.BackwardFrom([]float64{1})
	optest.Equal(t, "gradient", x.Grad(), []float64{0}, rounding)
	optest.Equal(t, "JVP", y.JVP([]Array{x}, [][]float64{{1}}), []float64{0}, rounding)
}

func TestPoolPanics(t *testing.T) {
	tape := NewTape()
	x := tape.Const(make([]float64, 18), 1, 2, 3, 3)
	for _, c := range []struct {
		want string
		f    func()
	}{
		{"MaxPool2D of shape [1 2 3 3], Kernel [4 1]", func() { x.MaxPool2D(PoolOptions{Kernel: [2]int{4, 1}}) }},
		{"MaxPool2D of shape [1 2 3 3], Kernel [0 1]", func() { x.MaxPool2D(PoolOptions{Kernel: [2]int{0, 1}}) }},
		{"MaxPool1D of shape [1 2 3 3], Kernel [1 0]", func() { x.MaxPool1D(PoolOptions{Kernel: [2]int{1}}) }},
		{"AvgPool2D of shape [1 2 3 3], Kernel [2 2], Padding [0 2]", func() { x.AvgPool2D(PoolOptions{Kernel: [2]int{2, 2}, Padding: [2]int{0, 2}}) }},
		{"AvgPool2D of shape [1 2 3 3], Kernel [2 2], Dilation [2 0]", func() { x.AvgPool2D(PoolOptions{Kernel: [2]int{2, 2}, Dilation: [2]int{2}}) }},
		{"AvgPool1D of shape [], Kernel [2 0]", func() { Array{}.AvgPool1D(PoolOptions{Kernel: [2]int{2}}) }},
		{"AdaptiveAvgPool2D of shape [1 2 3 3] to [0 2]", func() { x.AdaptiveAvgPool2D(0, 2) }},
		{"AdaptiveMaxPool1D of shape [1 2 3 3] to [2]", func() { x.AdaptiveMaxPool1D(2) }},
		{"AdaptiveMaxPool2D of shape [] to [2 2]", func() { Array{}.AdaptiveMaxPool2D(2, 2) }},
		{"GlobalAvgPool of shape []", func() { Array{}.GlobalAvgPool() }},
	} {
		optest.Panics(t, "reverse: "+c.want, c.f)
	}
}

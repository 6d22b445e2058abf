package catalog

import (
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// Layers returns cases of every layer, cell and activation of package nn, with
// their textbook formulas. Parameters are operands like the input.
func Layers() []ArrayEntry {
	return arrayEntries(points, nnLayerCases[numeric.Real](), nnLayerCases[dual.Number](), nnLayerCases[dual.Hyper](),
		nnLayerCases[reverse.Var](), nnLayerCases[symbolic.Expr]())
}

func nnLayerCases[T ad.Scalar[T]]() []arrayCase[T] {
	return slices.Concat(nnActivations[T](), nnGated[T](), nnSpatial[T](), nnNormalized[T](), nnComposed[T](), nnCells[T](), nnAttention[T](), nnBilinear[T]())
}

// nnBilinear is the layer of pairs of vectors.
func nnBilinear[T ad.Scalar[T]]() []arrayCase[T] {
	return []arrayCase[T]{{"Bilinear", sizes([]int{2, 2}, []int{2, 3}, []int{2, 2, 3}, []int{2}), -1, 1,
		func(x []reverse.Array) reverse.Array {
			return (&nn.Bilinear{Weight: asParam(x[2]), Bias: asParam(x[3])}).Join(x[0], x[1])
		},
		func(x []grid[T]) grid[T] {
			return filled([]int{2, 2}, func(at []int) T {
				s := x[3].at(at[1])
				for i := range 2 {
					for j := range 3 {
						s = s.Add(x[0].at(at[0], i).Mul(x[2].at(at[1], i, j)).Mul(x[1].at(at[0], j)))
					}
				}
				return s
			})
		}}}
}

// asParam returns an operand as a parameter, which on its tape is that operand.
func asParam(x reverse.Array) *nn.Param {
	return &nn.Param{Name: "operand", Value: x.Values(), Grad: x.Grad(), Shape: slices.Clone(x.Shape())}
}

// asLayer is the layer that f makes of the operands but the first, of the first.
func asLayer(f func(p []*nn.Param) nn.Layer) func(x []reverse.Array) reverse.Array {
	return func(x []reverse.Array) reverse.Array {
		var p []*nn.Param
		for _, operand := range x[1:] {
			p = append(p, asParam(operand))
		}
		return f(p).Forward(x[0])
	}
}

// plainLayer is a layer without parameters.
func plainLayer(l nn.Layer) func(x []reverse.Array) reverse.Array {
	return asLayer(func([]*nn.Param) nn.Layer { return l })
}

// nnActivations are functions of single elements, with the usual parameters and others.
func nnActivations[T ad.Scalar[T]]() []arrayCase[T] {
	var cases []arrayCase[T]
	shape := []int{2, 3}
	unary := func(name string, l nn.Layer, f func(x T) T) {
		cases = append(cases, arrayCase[T]{name, sizes(shape), -4, 7, plainLayer(l),
			func(x []grid[T]) grid[T] { return mapped(shape, func(x []T) T { return f(x[0]) }, x[0]) }})
	}
	with := func(f func(x T, v float64) T, v float64) func(x T) T {
		return func(x T) T { return f(x, v) }
	}
	unary("ReLU", nn.ReLU{}, naiveReLU[T])
	unary("ReLU6", nn.ReLU6{}, naiveReLU6[T])
	unary("SELU", nn.SELU{}, naiveSELU[T])
	unary("Sigmoid", nn.Sigmoid{}, naiveSigmoid[T])
	unary("LogSigmoid", nn.LogSigmoid{}, naiveLogSigmoid[T])
	unary("Tanh", nn.Tanh{}, naiveTanh[T])
	unary("TanhShrink", nn.TanhShrink{}, naiveTanhShrink[T])
	unary("Softsign", nn.Softsign{}, naiveSoftsign[T])
	unary("SiLU", nn.SiLU{}, naiveSiLU[T])
	unary("GELU", nn.GELU{}, naiveGELU[T])
	unary("GELUTanh", nn.GELUTanh{}, naiveGELUTanh[T])
	unary("Mish", nn.Mish{}, naiveMish[T])
	unary("HardSigmoid", nn.HardSigmoid{}, naiveHardSigmoid[T])
	unary("HardSwish", nn.HardSwish{}, naiveHardSwish[T])
	unary("LeakyReLU", nn.NewLeakyReLU(), with(naiveLeakyReLU[T], 0.01))
	unary("LeakyReLU", nn.LeakyReLU{Slope: 1.5}, with(naiveLeakyReLU[T], 1.5))
	unary("ELU", nn.NewELU(), with(naiveELU[T], 1))
	unary("ELU", nn.ELU{Alpha: 0.5}, with(naiveELU[T], 0.5))
	unary("CELU", nn.NewCELU(), with(naiveCELU[T], 1))
	unary("CELU", nn.CELU{Alpha: 0.5}, with(naiveCELU[T], 0.5))
	unary("Softplus", nn.NewSoftplus(), with(naiveSoftplus[T], 1))
	unary("Softplus", nn.Softplus{Beta: 2}, with(naiveSoftplus[T], 2))
	unary("HardShrink", nn.NewHardShrink(), with(naiveHardShrink[T], 0.5))
	unary("HardShrink", nn.HardShrink{Lambda: 1.5}, with(naiveHardShrink[T], 1.5))
	unary("SoftShrink", nn.NewSoftShrink(), with(naiveSoftShrink[T], 0.5))
	unary("SoftShrink", nn.SoftShrink{Lambda: 1.5}, with(naiveSoftShrink[T], 1.5))
	unary("HardTanh", nn.NewHardTanh(), func(x T) T { return naiveHardTanh(x, -1, 1) })
	unary("HardTanh", nn.HardTanh{Lo: -2, Hi: 5}, func(x T) T { return naiveHardTanh(x, -2, 5) })
	unary("Func", nn.Func(func(x reverse.Array) reverse.Array { return x.Mul(x) }), func(x T) T { return x.Mul(x) })
	return cases
}

// nnGated are activations of several elements together, and those that learn.
func nnGated[T ad.Scalar[T]]() []arrayCase[T] {
	var cases []arrayCase[T]
	shape := []int{2, 3, 2}
	along := func(name string, l nn.Layer, axis int, f func(line []T) []T) {
		cases = append(cases, arrayCase[T]{name, sizes(shape), -2, 2, plainLayer(l),
			func(x []grid[T]) grid[T] { return x[0].along(axis, f) }})
	}
	along("Softmax", nn.NewSoftmax(), 2, naiveSoftmax[T])
	along("Softmax", nn.Softmax{Axis: 1}, 1, naiveSoftmax[T])
	along("LogSoftmax", nn.NewLogSoftmax(), 2, naiveLogSoftmax[T])
	along("LogSoftmax", nn.LogSoftmax{Axis: 1}, 1, naiveLogSoftmax[T])
	prelu := asLayer(func(p []*nn.Param) nn.Layer { return &nn.PReLU{Slope: p[0]} })
	for _, slopes := range []int{1, 3} {
		cases = append(cases, arrayCase[T]{"PReLU", sizes(shape, []int{slopes}), -2, 2, prelu,
			func(x []grid[T]) grid[T] {
				return filled(shape, func(i []int) T {
					v := x[0].at(i...)
					return v.IfPos(v, x[1].at(i[1]).Mul(v))
				})
			}})
	}
	gated := func(l nn.GLU, from, to []int, second func(i []int) []int) {
		cases = append(cases, arrayCase[T]{"GLU", sizes(from), -2, 2, plainLayer(l),
			func(x []grid[T]) grid[T] {
				return filled(to, func(i []int) T {
					return x[0].at(i...).Mul(naiveSigmoid(x[0].at(second(i)...)))
				})
			}})
	}
	gated(nn.NewGLU(), []int{2, 6}, []int{2, 3}, func(i []int) []int { return []int{i[0], i[1] + 3} })
	gated(nn.GLU{Axis: 1}, []int{2, 4, 1}, []int{2, 2, 1}, func(i []int) []int { return []int{i[0], i[1] + 2, 0} })
	return cases
}

// layerLike are the cases of an operation of package reverse, with a layer in its place.
func layerLike[T ad.Scalar[T]](name, operation string, of []arrayCase[T], layers ...func(p []*nn.Param) nn.Layer) []arrayCase[T] {
	var cases []arrayCase[T]
	for _, c := range of {
		if c.name == operation {
			c.name, c.array = name, asLayer(layers[len(cases)])
			cases = append(cases, c)
		}
	}
	return cases
}

// nnSpatial are convolutions, poolings and upsampling.
func nnSpatial[T ad.Scalar[T]]() []arrayCase[T] {
	var cases []arrayCase[T]
	windows := windowArrays[T]()
	add := func(name string, layers ...func(p []*nn.Param) nn.Layer) {
		cases = append(cases, layerLike(name, name, windows, layers...)...)
	}
	plain := func(l nn.Layer) func([]*nn.Param) nn.Layer { return func([]*nn.Param) nn.Layer { return l } }
	conv := reverse.ConvOptions{Stride: [2]int{2, 1}, Padding: [2]int{1, 0}, Dilation: [2]int{1, 2}}
	grouped := conv
	grouped.Groups = 2
	conv2 := func(o reverse.ConvOptions) func(p []*nn.Param) nn.Layer {
		return func(p []*nn.Param) nn.Layer { return &nn.Conv2D{Weight: p[0], Bias: p[1], ConvOptions: o} }
	}
	transposed := func(o reverse.ConvOptions) func(p []*nn.Param) nn.Layer {
		o.OutputPadding = [2]int{1, 0}
		return func(p []*nn.Param) nn.Layer {
			return &nn.ConvTranspose2D{Weight: p[0], Bias: p[1], ConvOptions: o}
		}
	}
	add("Conv2D", conv2(conv), conv2(grouped))
	add("ConvTranspose2D", transposed(conv), transposed(grouped))
	add("Conv1D", func(p []*nn.Param) nn.Layer {
		return &nn.Conv1D{Weight: p[0], Bias: p[1], ConvOptions: reverse.ConvOptions{Stride: [2]int{2}, Padding: [2]int{1}, Dilation: [2]int{2}}}
	})
	pool := reverse.PoolOptions{Kernel: [2]int{2, 2}, Stride: [2]int{2, 1}, Padding: [2]int{1, 0}}
	counted := pool
	counted.CountPadding = true
	inLine := reverse.PoolOptions{Kernel: [2]int{3}, Stride: [2]int{2}, Padding: [2]int{1}}
	add("MaxPool2D", plain(nn.MaxPool2D{PoolOptions: pool}))
	add("AvgPool2D", plain(nn.AvgPool2D{PoolOptions: pool}), plain(nn.AvgPool2D{PoolOptions: counted}))
	add("MaxPool1D", plain(nn.MaxPool1D{PoolOptions: inLine}))
	add("AvgPool1D", plain(nn.AvgPool1D{PoolOptions: inLine}))
	add("AdaptiveMaxPool2D", plain(nn.AdaptiveMaxPool2D{Height: 3, Width: 2}))
	add("AdaptiveAvgPool2D", plain(nn.AdaptiveAvgPool2D{Height: 3, Width: 2}))
	add("AdaptiveMaxPool1D", plain(nn.AdaptiveMaxPool1D{Length: 4}))
	add("AdaptiveAvgPool1D", plain(nn.AdaptiveAvgPool1D{Length: 4}))
	add("GlobalAvgPool", plain(nn.GlobalAvgPool{}))
	add("UpsampleNearest", plain(nn.UpsampleNearest{Height: 6, Width: 5}))
	add("UpsampleBilinear", plain(nn.UpsampleBilinear{Height: 6, Width: 5}), plain(nn.UpsampleBilinear{Height: 6, Width: 5, AlignCorners: true}))
	image := []int{1, 2, 2, 2}
	return append(cases, arrayCase[T]{"UpsampleNearest", sizes(image), -2, 2, plainLayer(nn.UpsampleNearest{Scale: 2}),
		func(x []grid[T]) grid[T] {
			return filled([]int{1, 2, 4, 4}, func(i []int) T { return x[0].at(i[0], i[1], i[2]/2, i[3]/2) })
		}})
}

// nnNormalized are normalizations.
func nnNormalized[T ad.Scalar[T]]() []arrayCase[T] {
	const epsilon = 0.25
	norms := layerArrays[T]()
	batch := func(p []*nn.Param) *nn.BatchNorm {
		l := nn.NewBatchNorm1D(4)
		l.Weight, l.Bias, l.Epsilon = p[0], p[1], epsilon
		return l
	}
	return slices.Concat(
		layerLike("BatchNorm", "BatchNorm", norms, func(p []*nn.Param) nn.Layer { return batch(p) }),
		layerLike("BatchNorm", "BatchNormWith", norms, func(p []*nn.Param) nn.Layer {
			l := batch(p)
			copy(l.Mean.Value, []float64{0.5, -0.25, 1, 0})
			copy(l.Variance.Value, []float64{1, 0.5, 2, 0.75})
			l.SetTraining(false)
			return l
		}),
		layerLike("LayerNorm", "LayerNorm", norms, func(p []*nn.Param) nn.Layer {
			return &nn.LayerNorm{Weight: p[0], Bias: p[1], Epsilon: epsilon}
		}),
		layerLike("GroupNorm", "GroupNorm", norms, func(p []*nn.Param) nn.Layer {
			return &nn.GroupNorm{Groups: 2, Weight: p[0], Bias: p[1], Epsilon: epsilon}
		}),
	)
}

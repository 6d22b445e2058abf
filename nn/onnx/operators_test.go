package onnx

import (
	"math"
	"slices"
)

// operators are those of whole arrays.
var operators map[string]func(n *readNode, in []*tensor) []*tensor

func axisOf(x *tensor, axis int) int {
	if axis < 0 {
		axis += len(x.shape)
	}
	return axis
}

// attr returns an attribute of one number, or what stands for it.
func (n *readNode) attr(name string, otherwise int) int {
	if v := n.ints[name]; len(v) > 0 {
		return v[0]
	}
	return otherwise
}

func (n *readNode) list(name string, length, otherwise int) []int {
	if v := n.ints[name]; len(v) > 0 {
		return v
	}
	return slices.Repeat([]int{otherwise}, length)
}

func whole(x *tensor) []int {
	var list []int
	for _, v := range x.v {
		list = append(list, int(v))
	}
	return list
}

// made returns an array of the shape by a function of the index.
func made(shape []int, f func(at []int) float64) *tensor {
	y := &tensor{shape: slices.Clone(shape)}
	each(shape, func(at []int) { y.v = append(y.v, f(at)) })
	return y
}

// with returns shape with another length of an axis.
func with(shape []int, axis, length int) []int {
	s := slices.Clone(shape)
	s[axis] = length
	return s
}

// moved returns at with an offset along an axis.
func moved(at []int, axis, by int) []int {
	s := slices.Clone(at)
	s[axis] += by
	return s
}

// reduce folds axes, which stay with the length 1.
func reduce(x *tensor, axes []int, f func(list []float64) float64) *tensor {
	shape := slices.Clone(x.shape)
	for _, a := range axes {
		shape[axisOf(x, a)] = 1
	}
	groups := make([][]float64, size(shape))
	s := strides(shape)
	each(x.shape, func(at []int) {
		k := 0
		for i, a := range at {
			if shape[i] > 1 {
				k += a * s[i]
			}
		}
		groups[k] = append(groups[k], x.get(at))
	})
	y := &tensor{shape: shape}
	for _, g := range groups {
		y.v = append(y.v, f(g))
	}
	return y
}

func mean(list []float64) float64 {
	sum := 0.0
	for _, v := range list {
		sum += v
	}
	return sum / float64(len(list))
}

func matmul(a, b *tensor) *tensor {
	ra, rb := len(a.shape), len(b.shape)
	rank := max(ra, rb)
	shape := make([]int, rank)
	for i := range rank - 2 {
		shape[i] = 1
		if k := i - (rank - ra); k >= 0 {
			shape[i] = a.shape[k]
		}
		if k := i - (rank - rb); k >= 0 && b.shape[k] != 1 {
			shape[i] = b.shape[k]
		}
	}
	shape[rank-2], shape[rank-1] = a.shape[ra-2], b.shape[rb-1]
	return made(shape, func(at []int) float64 {
		sum := 0.0
		for k := range a.shape[ra-1] {
			left, right := slices.Clone(at), slices.Clone(at)
			left[rank-1], right[rank-2] = k, k
			sum += a.get(left) * b.get(right)
		}
		return sum
	})
}

func transpose(x *tensor, perm []int) *tensor {
	shape := make([]int, len(perm))
	for i, p := range perm {
		shape[i] = x.shape[p]
	}
	from := make([]int, len(perm))
	return made(shape, func(at []int) float64 {
		for i, p := range perm {
			from[p] = at[i]
		}
		return x.get(from)
	})
}

func init() {
	operators = map[string]func(n *readNode, in []*tensor) []*tensor{
		"Gather": func(n *readNode, in []*tensor) []*tensor {
			axis := n.attr("axis", 0)
			shape := slices.Concat(in[0].shape[:axis], in[1].shape, in[0].shape[axis+1:])
			k := len(in[1].shape)
			return []*tensor{made(shape, func(at []int) float64 {
				i := int(in[1].get(at[axis : axis+k]))
				return in[0].get(slices.Concat(at[:axis], []int{i}, at[axis+k:]))
			})}
		},
		"Concat": func(n *readNode, in []*tensor) []*tensor {
			axis, length := axisOf(in[0], n.attr("axis", 0)), 0
			for _, x := range in {
				length += x.shape[axis]
			}
			return []*tensor{made(with(in[0].shape, axis, length), func(at []int) float64 {
				k := at[axis]
				for _, x := range in {
					if k < x.shape[axis] {
						return x.get(with(at, axis, k))
					}
					k -= x.shape[axis]
				}
				panic("unreachable")
			})}
		},
		"Shape": func(n *readNode, in []*tensor) []*tensor {
			y := &tensor{shape: []int{len(in[0].shape)}}
			for _, d := range in[0].shape {
				y.v = append(y.v, float64(d))
			}
			return []*tensor{y}
		},
		"Expand": func(n *readNode, in []*tensor) []*tensor { return []*tensor{made(whole(in[1]), in[0].get)} },
		"Reshape": func(n *readNode, in []*tensor) []*tensor {
			shape := whole(in[1])
			free := -1
			for i, d := range shape {
				if d == 0 {
					shape[i] = in[0].shape[i]
				}
				if d == -1 {
					free, shape[i] = i, 1
				}
			}
			if free >= 0 {
				shape[free] = len(in[0].v) / size(shape)
			}
			return []*tensor{{shape, in[0].v}}
		},
		"Transpose": func(n *readNode, in []*tensor) []*tensor { return []*tensor{transpose(in[0], n.ints["perm"])} },
		"Squeeze": func(n *readNode, in []*tensor) []*tensor {
			axis := whole(in[1])[0]
			return []*tensor{{slices.Delete(slices.Clone(in[0].shape), axis, axis+1), in[0].v}}
		},
		"Slice": func(n *readNode, in []*tensor) []*tensor {
			start, end, axis := whole(in[1])[0], whole(in[2])[0], whole(in[3])[0]
			axis = axisOf(in[0], axis)
			return []*tensor{made(with(in[0].shape, axis, end-start), func(at []int) float64 { return in[0].get(moved(at, axis, start)) })}
		},
		"Pad": func(n *readNode, in []*tensor) []*tensor {
			pads, shape := whole(in[1]), slices.Clone(in[0].shape)
			k := len(shape)
			for i := range shape {
				shape[i] += pads[i] + pads[i+k]
			}
			return []*tensor{made(shape, func(at []int) float64 {
				from := slices.Clone(at)
				for i := range from {
					if from[i] -= pads[i]; from[i] < 0 || from[i] >= in[0].shape[i] {
						return 0
					}
				}
				return in[0].get(from)
			})}
		},
		"MatMul": func(n *readNode, in []*tensor) []*tensor { return []*tensor{matmul(in[0], in[1])} },
		"Gemm": func(n *readNode, in []*tensor) []*tensor {
			if n.attr("transB", 0) != 1 {
				panic("Gemm without transB")
			}
			y := matmul(in[0], transpose(in[1], []int{1, 0}))
			if len(in) > 2 {
				y = broadcast(nil, []*tensor{y, in[2]}, elementwise["Add"])
			}
			return []*tensor{y}
		},
		"ReduceMean": func(n *readNode, in []*tensor) []*tensor {
			y := reduce(in[0], whole(in[1]), mean)
			if n.attr("keepdims", 1) == 0 {
				y.shape = slices.Delete(slices.Clone(y.shape), whole(in[1])[0], len(y.shape))
			}
			return []*tensor{y}
		},
		"ReduceMax": func(n *readNode, in []*tensor) []*tensor {
			return []*tensor{reduce(in[0], whole(in[1]), slices.Max[[]float64])}
		},
		"Softmax":    func(n *readNode, in []*tensor) []*tensor { return []*tensor{softmaxOf(n, in[0], false)} },
		"LogSoftmax": func(n *readNode, in []*tensor) []*tensor { return []*tensor{softmaxOf(n, in[0], true)} },
		"BatchNormalization": func(n *readNode, in []*tensor) []*tensor {
			return []*tensor{made(in[0].shape, func(at []int) float64 {
				c := at[1]
				return (in[0].get(at)-in[3].v[c])/math.Sqrt(in[4].v[c]+n.floats["epsilon"])*in[1].v[c] + in[2].v[c]
			})}
		},
		"LayerNormalization": func(n *readNode, in []*tensor) []*tensor {
			x, first := in[0], axisOf(in[0], n.attr("axis", -1))
			var axes []int
			for i := first; i < len(x.shape); i++ {
				axes = append(axes, i)
			}
			m := reduce(x, axes, mean)
			d := broadcast(nil, []*tensor{x, m}, elementwise["Sub"])
			v := reduce(broadcast(nil, []*tensor{d, d}, elementwise["Mul"]), axes, mean)
			return []*tensor{broadcast(nil, []*tensor{d, v, in[1], in[2]}, func(x []float64) float64 {
				return x[0]/math.Sqrt(x[1]+n.floats["epsilon"])*x[2] + x[3]
			})}
		},
		"Conv": convolve, "ConvTranspose": convolveTransposed,
		"MaxPool": pool, "AveragePool": pool,
		"RNN": recur, "GRU": recur, "LSTM": recur,
	}
}

func softmaxOf(n *readNode, x *tensor, log bool) *tensor {
	axis := []int{axisOf(x, n.attr("axis", -1))}
	m := reduce(x, axis, slices.Max[[]float64])
	sum := reduce(broadcast(nil, []*tensor{x, m}, func(x []float64) float64 { return math.Exp(x[0] - x[1]) }), axis,
		func(list []float64) float64 { return mean(list) * float64(len(list)) })
	return broadcast(nil, []*tensor{x, m, sum}, func(x []float64) float64 {
		if log {
			return x[0] - x[1] - math.Log(x[2])
		}
		return math.Exp(x[0]-x[1]) / x[2]
	})
}

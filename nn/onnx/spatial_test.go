package onnx

import "math"

// convolve is the correlation of kernels with arrays of any number of axes.
func convolve(n *readNode, in []*tensor) []*tensor {
	x, w := in[0], in[1]
	k := len(x.shape) - 2
	stride, dilation, pads, groups := n.list("strides", k, 1), n.list("dilations", k, 1), n.list("pads", 2*k, 0), n.attr("group", 1)
	shape := []int{x.shape[0], w.shape[0]}
	for i := range k {
		shape = append(shape, (x.shape[i+2]+pads[i]+pads[i+k]-dilation[i]*(w.shape[i+2]-1)-1)/stride[i]+1)
	}
	return []*tensor{made(shape, func(at []int) float64 {
		sum := 0.0
		if len(in) > 2 {
			sum = in[2].v[at[1]]
		}
		group := at[1] / (w.shape[0] / groups)
		each(w.shape[1:], func(offset []int) {
			from := []int{at[0], group*w.shape[1] + offset[0]}
			for i := range k {
				p := at[i+2]*stride[i] - pads[i] + offset[i+1]*dilation[i]
				if p < 0 || p >= x.shape[i+2] {
					return
				}
				from = append(from, p)
			}
			sum += x.get(from) * w.get(append([]int{at[1]}, offset...))
		})
		return sum
	})}
}

// convolveTransposed spreads every element over a window.
func convolveTransposed(n *readNode, in []*tensor) []*tensor {
	x, w := in[0], in[1]
	k := len(x.shape) - 2
	stride, dilation, pads, groups := n.list("strides", k, 1), n.list("dilations", k, 1), n.list("pads", 2*k, 0), n.attr("group", 1)
	more := n.list("output_padding", k, 0)
	shape := []int{x.shape[0], w.shape[1] * groups}
	for i := range k {
		shape = append(shape, stride[i]*(x.shape[i+2]-1)+more[i]+dilation[i]*(w.shape[i+2]-1)+1-pads[i]-pads[i+k])
	}
	y, s := made(shape, func(at []int) float64 {
		if len(in) > 2 {
			return in[2].v[at[1]]
		}
		return 0
	}), strides(shape)
	each(x.shape, func(at []int) {
		group := at[1] / (x.shape[1] / groups)
		each(w.shape[1:], func(offset []int) {
			place := at[0]*s[0] + (group*w.shape[1]+offset[0])*s[1]
			for i := range k {
				p := at[i+2]*stride[i] - pads[i] + offset[i+1]*dilation[i]
				if p < 0 || p >= shape[i+2] {
					return
				}
				place += p * s[i+2]
			}
			y.v[place] += x.get(at) * w.get(append([]int{at[1]}, offset...))
		})
	})
	return []*tensor{y}
}

// pool takes the largest element or the average of every window.
func pool(n *readNode, in []*tensor) []*tensor {
	x, kernel := in[0], n.ints["kernel_shape"]
	k := len(kernel)
	stride, dilation, pads := n.list("strides", k, 1), n.list("dilations", k, 1), n.list("pads", 2*k, 0)
	shape := []int{x.shape[0], x.shape[1]}
	for i := range k {
		free := x.shape[i+2] + pads[i] + pads[i+k] - dilation[i]*(kernel[i]-1) - 1
		windows := free/stride[i] + 1
		if n.attr("ceil_mode", 0) == 1 && free%stride[i] != 0 && windows*stride[i] < x.shape[i+2]+pads[i] {
			windows++ // unless the window would begin in the padding behind
		}
		shape = append(shape, windows)
	}
	return []*tensor{made(shape, func(at []int) float64 {
		largest, sum, count := math.Inf(-1), 0.0, 0
		each(kernel, func(offset []int) {
			from, inside := []int{at[0], at[1]}, true
			for i := range k {
				p := at[i+2]*stride[i] - pads[i] + offset[i]*dilation[i]
				if p >= x.shape[i+2]+pads[i+k] {
					return // not even padding
				}
				inside = inside && p >= 0 && p < x.shape[i+2]
				from = append(from, p)
			}
			if inside {
				largest, sum = max(largest, x.get(from)), sum+x.get(from)
			}
			if inside || n.attr("count_include_pad", 0) == 1 {
				count++
			}
		})
		if n.op == "MaxPool" {
			return largest
		}
		return sum / float64(count)
	})}
}

// recur runs a cell along sequences of shape [length, batch, in].
func recur(n *readNode, in []*tensor) []*tensor {
	x, w, r, b := in[0], in[1], in[2], in[3]
	length, batch, features, hidden := x.shape[0], x.shape[1], x.shape[2], n.ints["hidden_size"][0]
	gates := w.shape[1] / hidden
	y := &tensor{shape: []int{length, 1, batch, hidden}, v: make([]float64, length*batch*hidden)}
	sigmoid := elementwise["Sigmoid"]
	for i := range batch {
		h, c := make([]float64, hidden), make([]float64, hidden)
		for s := range length {
			if n.texts["direction"] == "reverse" {
				s = length - 1 - s
			}
			// a and u are the gates' parts from the input and from the state.
			a, u := make([]float64, gates*hidden), make([]float64, gates*hidden)
			for g := range a {
				a[g], u[g] = b.v[g], b.v[gates*hidden+g]
				for k := range features {
					a[g] += w.v[g*features+k] * x.get([]int{s, i, k})
				}
				for k := range hidden {
					u[g] += r.v[g*hidden+k] * h[k]
				}
			}
			next := make([]float64, hidden)
			for k := range hidden {
				gate := func(g int) float64 { return sigmoid([]float64{a[g*hidden+k] + u[g*hidden+k]}) }
				switch n.op {
				case "RNN":
					next[k] = math.Tanh(a[k] + u[k])
				case "GRU": // z, r, h, with linear_before_reset
					if n.attr("linear_before_reset", 0) != 1 {
						panic("GRU resets before the product")
					}
					z, r := gate(0), gate(1)
					next[k] = (1-z)*math.Tanh(a[2*hidden+k]+r*u[2*hidden+k]) + z*h[k]
				case "LSTM": // i, o, f, c
					c[k] = gate(2)*c[k] + gate(0)*math.Tanh(a[3*hidden+k]+u[3*hidden+k])
					next[k] = gate(1) * math.Tanh(c[k])
				}
			}
			h = next
			copy(y.v[(s*batch+i)*hidden:], h)
		}
	}
	return []*tensor{y}
}

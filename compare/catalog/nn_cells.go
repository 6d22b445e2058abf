package catalog

import (
	"math/rand/v2"
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// gatesOf are the shapes of what a cell of 2 units with n gates learns, for 2 inputs.
func gatesOf(n int) [][]int {
	return sizes([]int{2 * n, 2}, []int{2 * n, 2}, []int{2 * n}, []int{2 * n})
}

// naiveRNN, naiveGRU and naiveLSTM are a step of the cells, with weights and biases p for
// input and state.
func naiveRNN[T ad.Scalar[T]](x, h []T, p []grid[T]) []T {
	return each(affine(x, p[0], p[2]), affine(h, p[1], p[3]), func(a, b T) T { return naiveTanh(a.Add(b)) })
}

func naiveGRU[T ad.Scalar[T]](x, h []T, p []grid[T]) []T {
	a, b, n := affine(x, p[0], p[2]), affine(h, p[1], p[3]), len(h)
	next := make([]T, n)
	for i := range next {
		r := naiveSigmoid(a[i].Add(b[i]))
		z := naiveSigmoid(a[n+i].Add(b[n+i]))
		c := naiveTanh(a[2*n+i].Add(r.Mul(b[2*n+i])))
		next[i] = num[T](1).Sub(z).Mul(c).Add(z.Mul(h[i]))
	}
	return next
}

func naiveLSTM[T ad.Scalar[T]](x, h, c []T, p []grid[T]) (nextH, nextC []T) {
	a, b, n := affine(x, p[0], p[2]), affine(h, p[1], p[3]), len(h)
	for i := range h {
		z := func(gate int) T { return a[gate*n+i].Add(b[gate*n+i]) }
		cell := naiveSigmoid(z(1)).Mul(c[i]).Add(naiveSigmoid(z(0)).Mul(naiveTanh(z(2))))
		nextC = append(nextC, cell)
		nextH = append(nextH, naiveSigmoid(z(3)).Mul(naiveTanh(cell)))
	}
	return nextH, nextC
}

// nnCells are recurrent cells and what runs them along sequences.
func nnCells[T ad.Scalar[T]]() []arrayCase[T] {
	rng := rand.New(rand.NewPCG(0, 0)) // of values that operands replace
	one := []int{1, 2}
	sequence := []int{1, 2, 2}
	rnn := func(x []reverse.Array) nn.RNNCell {
		l := *nn.NewRNNCell(2, 2, rng)
		l.InputWeight, l.StateWeight, l.InputBias, l.StateBias = asParam(x[0]), asParam(x[1]), asParam(x[2]), asParam(x[3])
		return l
	}
	gru := func(x []reverse.Array) nn.GRUCell {
		l := *nn.NewGRUCell(2, 2, rng)
		l.InputWeight, l.StateWeight, l.InputBias, l.StateBias = asParam(x[0]), asParam(x[1]), asParam(x[2]), asParam(x[3])
		return l
	}
	lstm := func(x []reverse.Array) nn.LSTMCell {
		l := *nn.NewLSTMCell(2, 2, rng)
		l.InputWeight, l.StateWeight, l.InputBias, l.StateBias = asParam(x[0]), asParam(x[1]), asParam(x[2]), asParam(x[3])
		return l
	}
	var cases []arrayCase[T]
	add := func(name string, shapes [][]int, array func(x []reverse.Array) reverse.Array, naive func(x []grid[T]) grid[T]) {
		cases = append(cases, arrayCase[T]{name, shapes, -1, 1, array, naive})
	}
	// along runs a step over two inputs, from 0 on.
	along := func(step func(x, h []T, p []grid[T]) []T) func(x []grid[T]) grid[T] {
		return func(x []grid[T]) grid[T] {
			h := []T{num[T](0), num[T](0)}
			return byRow(x[0], func(row []T) []T {
				h = step(row, h, x[1:])
				return h
			})
		}
	}
	cell := func(step func(x, h []T, p []grid[T]) []T) func(x []grid[T]) grid[T] {
		return func(x []grid[T]) grid[T] { return grid[T]{one, step(x[0].data, x[1].data, x[2:])} }
	}
	states := append(sizes(one, one), gatesOf(1)...)
	add("RNNCell", states, func(x []reverse.Array) reverse.Array {
		l := rnn(x[2:])
		return l.Step(x[0], x[1])
	}, cell(naiveRNN[T]))
	add("RNN", append(sizes(sequence), gatesOf(1)...), func(x []reverse.Array) reverse.Array {
		return (&nn.RNN{RNNCell: rnn(x[1:])}).Forward(x[0])
	}, along(naiveRNN[T]))
	add("GRUCell", append(sizes(one, one), gatesOf(3)...), func(x []reverse.Array) reverse.Array {
		l := gru(x[2:])
		return l.Step(x[0], x[1])
	}, cell(naiveGRU[T]))
	add("GRU", append(sizes(sequence), gatesOf(3)...), func(x []reverse.Array) reverse.Array {
		return (&nn.GRU{GRUCell: gru(x[1:])}).Forward(x[0])
	}, along(naiveGRU[T]))
	add("LSTMCell", append(sizes(one, one, one), gatesOf(4)...), func(x []reverse.Array) reverse.Array {
		l := lstm(x[3:])
		h, c := l.Step(x[0], x[1], x[2])
		return reverse.Concat(1, h, c)
	}, func(x []grid[T]) grid[T] {
		h, c := naiveLSTM(x[0].data, x[1].data, x[2].data, x[3:])
		return grid[T]{[]int{1, 4}, append(h, c...)}
	})
	add("LSTM", append(sizes(sequence), gatesOf(4)...), func(x []reverse.Array) reverse.Array {
		return (&nn.LSTM{LSTMCell: lstm(x[1:])}).Forward(x[0])
	}, func(x []grid[T]) grid[T] {
		c := []T{num[T](0), num[T](0)}
		return along(func(row, h []T, p []grid[T]) []T {
			h, c = naiveLSTM(row, h, c, p)
			return h
		})(x)
	})
	add("Recurrent", slices.Concat(sizes(sequence), gatesOf(1), gatesOf(1)), func(x []reverse.Array) reverse.Array {
		forth, back := &nn.RNN{RNNCell: rnn(x[1:5])}, &nn.RNN{RNNCell: rnn(x[5:])}
		return (&nn.Recurrent{Parts: []nn.Recurrence{forth, back}, Bidirectional: true}).Forward(x[0])
	}, func(x []grid[T]) grid[T] {
		steps := rows(x[0].data, 2)
		run := func(p []grid[T], order []int) [][]T {
			h, states := []T{num[T](0), num[T](0)}, make([][]T, len(steps))
			for _, i := range order {
				h = naiveRNN(steps[i], h, p)
				states[i] = h
			}
			return states
		}
		forth, back := run(x[1:5], []int{0, 1}), run(x[5:], []int{1, 0})
		y := grid[T]{shape: []int{1, 2, 4}}
		for i := range steps {
			y.data = slices.Concat(y.data, forth[i], back[i])
		}
		return y
	})
	return cases
}

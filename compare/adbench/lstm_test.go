package adbench

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
)

// A recurrent is ADBench's language model: layers of long short-term memory cells
// whose weights are diagonal, run over a sequence of characters.
type recurrent struct {
	layers, length, width int
	state, sequence       []float64
}

// readRecurrent reads the model and its parameters: for every layer the weights
// then the biases of the gates forget, in, out and change; then a weight of the
// input, and a weight and a bias of the output.
func readRecurrent(t testing.TB) (*recurrent, []float64) {
	t.Helper()
	v := readNumbers(t, "lstm/l2_c1024.txt")
	r := &recurrent{layers: int(v[0]), length: int(v[1]), width: int(v[2])}
	v = v[3:]
	n := 8*r.layers*r.width + 3*r.width
	r.state, r.sequence = v[n:n+2*r.layers*r.width], v[n+2*r.layers*r.width:]
	return r, v[:n]
}

// plain is the objective in plain Go.
func (r *recurrent) plain(x []float64) float64 {
	sigmoid := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	n := r.width
	in, out, bias := x[8*r.layers*n:][:n], x[8*r.layers*n+n:][:n], x[8*r.layers*n+2*n:]
	state, y := append([]float64(nil), r.state...), make([]float64, n)
	total := 0.0
	for t := range r.length - 1 {
		now, next := r.sequence[t*n:][:n], r.sequence[(t+1)*n:][:n]
		for i := range y {
			y[i] = now[i] * in[i]
		}
		input := y
		for l := range r.layers {
			w, b := x[8*n*l:][:4*n], x[8*n*l+4*n:][:4*n]
			h, c := state[2*n*l:][:n], state[2*n*l+n:][:n]
			for i := range n {
				forget := sigmoid(input[i]*w[i] + b[i])
				in := sigmoid(h[i]*w[n+i] + b[n+i])
				out := sigmoid(input[i]*w[2*n+i] + b[2*n+i])
				change := math.Tanh(h[i]*w[3*n+i] + b[3*n+i])
				c[i] = c[i]*forget + in*change
				h[i] = out * math.Tanh(c[i])
			}
			input = h
		}
		sum := 2.0
		for i := range y {
			y[i] = input[i]*out[i] + bias[i]
			sum += math.Exp(y[i])
		}
		log := math.Log(sum)
		for i := range y {
			total += next[i] * (y[i] - log)
		}
	}
	return -total / float64(n*(r.length-1))
}

// A recurrentProgram is the objective over arrays: a cell is one node, and what
// goes in and comes out is computed for all characters at once.
type recurrentProgram struct {
	*recurrent
	tape  *reverse.Tape
	order []int // of ADBench's gates
	shift []float64
	last  []reverse.Array // the last layer's states
}

func newRecurrentProgram(r *recurrent) *recurrentProgram {
	// In, forget, change, out: in and change see the cell's own state, the
	// others its input.
	p := &recurrentProgram{recurrent: r, tape: reverse.NewTape(), order: []int{1, 0, 3, 2}}
	p.shift = []float64{math.Ln2} // the 2 in the sum of exponentials
	return p
}

func (p *recurrentProgram) gradient(dst, x []float64) float64 {
	p.tape.Reset()
	y := p.value(dst, x)
	y.Backward()
	return y.Value()
}

func (p *recurrentProgram) value(dst, x []float64) reverse.Array {
	t, n, steps := p.tape, p.width, p.length-1
	param := func(at, size int, shape ...int) reverse.Array {
		return t.Param(x[at:at+size], dst[at:at+size], shape...)
	}
	gates := param(0, 8*p.layers*n, p.layers, 2, 4, n).Take(2, p.order)
	extra := 8 * p.layers * n
	in, out, bias := param(extra, n, n), param(extra+n, n, n), param(extra+2*n, n, n)

	type cell struct{ w, b, h, c reverse.Array }
	cells := make([]cell, p.layers)
	for l := range cells {
		part := func(k int) reverse.Array {
			return gates.Slice(reverse.Range{Start: l, Stop: l + 1}, reverse.Range{Start: k, Stop: k + 1}).Reshape(1, 4*n)
		}
		cells[l] = cell{part(0), part(1), t.Const(p.state[2*n*l:][:n], 1, n), t.Const(p.state[2*n*l+n:][:n], 1, n)}
	}
	inputs := t.Const(p.sequence[:steps*n], steps, n).Mul(in)
	p.last = p.last[:0]
	for s := range steps {
		input := inputs.Slice(reverse.Range{Start: s, Stop: s + 1})
		for l := range cells {
			q := &cells[l]
			z := reverse.Concat(1, q.h, input, q.h, input).Mul(q.w).Add(q.b)
			q.h, q.c = reverse.LSTM(z, q.c)
			input = q.h
		}
		p.last = append(p.last, input)
	}
	y := reverse.Concat(0, p.last...).Mul(out).Add(bias)
	rows := reverse.Concat(1, y, t.Const(p.shift, 1, 1).BroadcastTo(steps, 1))
	log := rows.LogSumExp(1).Reshape(steps, 1)
	gold := t.Const(p.sequence[n:][:steps*n], steps, n)
	return gold.Mul(y.Sub(log)).Sum().Scale(-1 / float64(n*steps))
}

// TestRecurrent holds the objective and its gradient against ADBench's.
func TestRecurrent(t *testing.T) {
	r, x := readRecurrent(t)
	p, dst := newRecurrentProgram(r), make([]float64, len(x))
	y := p.gradient(dst, x)
	norm := 0.0
	for _, v := range dst {
		norm += v * v
	}
	optest.Within(t, "lstm value", []float64{y, r.plain(x)}, []float64{0.666665179558852, 0.666665179558852}, 1e-10)
	optest.Within(t, "lstm norm", []float64{math.Sqrt(norm)}, []float64{0.0947413801144608}, 1e-10)
	optest.Within(t, "lstm first", dst[:1], []float64{3.14387024996e-06}, 1e-10)
	optest.Within(t, "lstm last", dst[len(dst)-1:], []float64{-0.0200225690895981}, 1e-10)

	// The gradient in a direction, by differences.
	direction := make([]float64, len(x))
	for i := range direction {
		direction[i] = math.Sin(float64(i + 1))
	}
	want := numeric.Richardson.DerivativeResult(func(h float64) float64 {
		at := make([]float64, len(x))
		for i := range at {
			at[i] = x[i] + h*direction[i]
		}
		return r.plain(at)
	}, 0)
	slope := 0.0
	for i, v := range dst {
		slope += v * direction[i]
	}
	if !(math.Abs(slope-want.Value) <= trust*want.Err && want.Err <= 1e-8*math.Abs(slope)) {
		t.Errorf("the slope in a direction is %v, by differences %v ± %v", slope, want.Value, want.Err)
	}
}

// BenchmarkRecurrent measures the gradient over arrays against the objective in
// plain Go.
func BenchmarkRecurrent(b *testing.B) {
	r, x := readRecurrent(b)
	p, dst := newRecurrentProgram(r), make([]float64, len(x))
	p.gradient(dst, x)
	byTurns(b, "x-primal", func() {
		clear(dst)
		p.gradient(dst, x)
	}, func() { r.plain(x) })
}

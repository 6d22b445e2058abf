package nn

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/reverse"
	"pgregory.net/rapid"
)

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

// forward returns what a layer makes of values.
func forward(l Layer, value []float64, shape ...int) []float64 {
	return slices.Clone(l.Forward(reverse.NewTape().Const(value, shape...)).Values())
}

// TestBatchNormIsStandardized: the result has mean 0 and variance 1. It is what equations 14
// to 16 of the notes mean, and neither what equation 14 says, which divides by the
// variance, nor equation 16, which takes 1/|B| for the mean. Of nine zeros and a ten the
// mean is 1 and the variance 9.
func TestBatchNormIsStandardized(t *testing.T) {
	x := []float64{0, 0, 0, 0, 0, 0, 0, 0, 0, 10}
	l := NewBatchNorm1D(1)
	l.Epsilon = 0
	l.Momentum = 1
	y := forward(l, x, 10, 1)
	mean, variance := moments(y)
	if math.Abs(mean) > 1e-15 || math.Abs(variance-1) > 1e-15 || math.Abs(y[9]-3) > 1e-15 {
		t.Errorf("%v of mean %v and variance %v, want the last to be 3", y, mean, variance)
	}
	if l.Mean.Value[0] != 1 || math.Abs(l.Variance.Value[0]-10) > 1e-14 {
		t.Errorf("running averages %v and %v, want 1 and 9·10/9", l.Mean.Value, l.Variance.Value)
	}

	eq14 := make([]float64, len(x))
	for i, v := range x {
		eq14[i] = (v - 1) / 9
	}
	if _, v := moments(eq14); eq14[9] != 1 || math.Abs(v-1.0/9) > 1e-15 {
		t.Errorf("equation 14 gives %v of variance %v, want 1/9 and the last to be 1", eq14, v)
	}
	eq16 := 0.0
	for _, v := range x {
		eq16 += (v - 1.0/10) * (v - 1.0/10) / 10
	}
	if math.Abs(eq16-9.81) > 1e-13 {
		t.Errorf("equation 16 gives %v, want 9.81, and not the variance 9", eq16)
	}
}

func moments(x []float64) (mean, variance float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		variance += (v - mean) * (v - mean) / float64(len(x))
	}
	return mean, variance
}

// TestBatchNormModes: out of training samples do not see each other, and nothing moves.
func TestBatchNormModes(t *testing.T) {
	l := NewBatchNorm2D(2)
	rng := newRand(3)
	x := make([]float64, 3*2*2*2)
	for range 200 {
		for i := range x {
			x[i] = 5 + 2*rng.NormFloat64()
		}
		forward(l, x, 3, 2, 2, 2)
	}
	for c := range 2 {
		if m, v := l.Mean.Value[c], l.Variance.Value[c]; math.Abs(m-5) > 1 || math.Abs(v-4) > 2 {
			t.Errorf("running mean %v and variance %v after data of 5 and 4", m, v)
		}
	}
	SetTraining(Sequential{l}, false)
	before := slices.Concat(l.Mean.Value, l.Variance.Value)
	whole := forward(l, x, 3, 2, 2, 2)
	for i := range 3 {
		if alone := forward(l, x[8*i:][:8], 1, 2, 2, 2); !slices.Equal(alone, whole[8*i:][:8]) {
			t.Errorf("sample %d alone: %v, in the batch %v", i, alone, whole[8*i:][:8])
		}
	}
	if !slices.Equal(before, slices.Concat(l.Mean.Value, l.Variance.Value)) {
		t.Error("evaluation moved running averages")
	}
	SetTraining(Sequential{l}, true)
	forward(l, nil, 0, 2, 2, 2)
	if !slices.Equal(before, slices.Concat(l.Mean.Value, l.Variance.Value)) {
		t.Errorf("an empty batch moved running averages to %v, %v", l.Mean.Value, l.Variance.Value)
	}
}

// TestDropoutStatistics: elements are deleted with the probability and independently,
// within five deviations, and the mean stays. Algorithm 1 of the notes, which does not
// scale, has a mean of p, its probability to keep.
func TestDropoutStatistics(t *testing.T) {
	const n = 100000
	ones := make([]float64, n)
	for i := range ones {
		ones[i] = 1
	}
	for _, p := range []float64{0, 0.1, 0.5, 0.9} {
		l := NewDropout(p, newRand(7))
		y := forward(l, ones, n)
		deleted, pairs, sum := 0, 0, 0.0
		for i, v := range y {
			if v == 0 {
				deleted++
				if i > 0 && y[i-1] == 0 {
					pairs++
				}
			} else if v != 1/(1-p) {
				t.Fatalf("an element of 1 became %v, with probability %v", v, p)
			}
			sum += v
		}
		within := func(what string, got, want, deviation float64) {
			if !(math.Abs(got-want) <= 5*deviation) {
				t.Errorf("probability %v: %s %v, want %v ± %v", p, what, got, want, deviation)
			}
		}
		within("deleted", float64(deleted), n*p, math.Sqrt(n*p*(1-p)))
		within("deleted neighbors", float64(pairs), n*p*p, math.Sqrt(3*n*p*p*(1-p*p)))
		within("mean", sum/n, 1, math.Sqrt(p/(1-p)/n))
		printed := float64(n-deleted) / n // of algorithm 1
		within("mean of algorithm 1", printed, 1-p, math.Sqrt(p*(1-p)/n))
		if p > 0 && math.Abs(printed-1) < 0.05 {
			t.Errorf("algorithm 1 keeps the mean: %v", printed)
		}
		SetTraining(l, false)
		if !slices.Equal(forward(l, ones, n), ones) {
			t.Errorf("probability %v: not the identity after training", p)
		}
	}
}

// TestDropoutGradient: what was deleted gets no derivative, what stayed the scale.
func TestDropoutGradient(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.Float64Range(0.01, 0.99).Draw(t, "p")
		x := rapid.SliceOfN(rapid.Float64Range(1, 2), 1, 40).Draw(t, "x")
		tape, l := reverse.NewTape(), NewDropout(p, newRand(rapid.Uint64().Draw(t, "seed")))
		in := tape.Param(x, nil, len(x))
		a, b := l.Forward(in), l.Forward(in) // masks of their own
		a.Add(b.Scale(0)).Sum().Backward()
		for i, y := range a.Values() {
			if want := y / x[i]; math.Abs(in.Grad()[i]-want) > 1e-15*want {
				t.Fatalf("derivative %v, want %v", in.Grad()[i], want)
			}
		}
	})
}

// TestSequencesAreSteps: what runs a cell gives the states of its steps.
func TestSequencesAreSteps(t *testing.T) {
	const batch, length, in, hidden = 2, 4, 3, 5
	rng := newRand(5)
	tape := reverse.NewTape()
	value := make([]float64, batch*length*in)
	for i := range value {
		value[i] = rng.NormFloat64()
	}
	x := tape.Const(value, batch, length, in)
	rnn, gru, lstm := NewRNN(in, hidden, rng), NewGRU(in, hidden, rng), NewLSTM(in, hidden, rng)
	c := tape.Const(make([]float64, batch*hidden), batch, hidden)
	for name, step := range map[string]struct {
		l    Layer
		step func(x, h reverse.Array) reverse.Array
	}{
		"RNN": {rnn, rnn.Step},
		"GRU": {gru, gru.Step},
		"LSTM": {lstm, func(x, h reverse.Array) reverse.Array {
			h, c = lstm.Step(x, h, c)
			return h
		}},
	} {
		y := step.l.Forward(x)
		h := tape.Const(make([]float64, batch*hidden), batch, hidden)
		for i := range length {
			at := reverse.Range{Start: i, Stop: i + 1}
			h = step.step(x.Slice(reverse.Range{}, at).Reshape(batch, in), h)
			closeTo(t, name, y.Slice(reverse.Range{}, at).Values(), h.Values())
		}
	}
}

// TestAttentionIsCausal: what comes later changes nothing.
func TestAttentionIsCausal(t *testing.T) {
	l := NewMultiHeadAttention(4, 2, newRand(2))
	l.Causal = true
	x := make([]float64, 3*4)
	for i := range x {
		x[i] = float64(i*i%7) - 3
	}
	before := forward(l, x, 1, 3, 4)
	x[2*4+1] += 5
	after := forward(l, x, 1, 3, 4)
	if !slices.Equal(before[:8], after[:8]) || slices.Equal(before[8:], after[8:]) {
		t.Errorf("%v became %v", before, after)
	}
}

// TestLayerMisuse: shapes that do not fit panic and say so.
func TestLayerMisuse(t *testing.T) {
	rng := newRand(1)
	one := func(shape ...int) reverse.Array {
		n := 1
		for _, d := range shape {
			n *= d
		}
		return reverse.NewTape().Const(make([]float64, n), shape...)
	}
	three := NewPReLU(3)
	for _, c := range []struct {
		want string
		f    func()
	}{
		{"nn: BatchNorm(3) wants [images 3 height width], got [2 3]", func() { NewBatchNorm2D(3).Forward(one(2, 3)) }},
		{"nn: BatchNorm(3) in training wants two elements or more in a channel, got [1 3]", func() { NewBatchNorm1D(3).Forward(one(1, 3)) }},
		{"nn: NewLayerNorm over no axis", func() { NewLayerNorm() }},
		{"nn: NewGroupNorm of 5 channels in 2 groups", func() { NewGroupNorm(2, 5) }},
		{"nn: NewDropout with probability 1", func() { NewDropout(1, rng) }},
		{"nn: NewDropout with probability NaN", func() { NewDropout(math.NaN(), rng) }},
		{"nn: Dropout with probability 2", func() {
			l := NewDropout(0.5, rng)
			l.Probability = 2
			l.Forward(one(2))
		}},
		{"nn: Dropout of an input of shape [] without a tape", func() { NewDropout(0.5, rng).Forward(reverse.Array{}) }},
		{"nn: parameter weight[2 3] meets an input without a tape", func() { NewLinear(3, 2, rng).Forward(reverse.Array{}) }},
		{"nn: PReLU(3) wants [batch 3 …], got [2 4]", func() { three.Forward(one(2, 4)) }},
		{"nn: PReLU(3) wants [batch 3 …], got [3]", func() { three.Forward(one(3)) }},
		{"nn: NewPReLU of slopes 0", func() { NewPReLU(0) }},
		{"nn: GLU wants an even length along axis -1, got [2 3]", func() { NewGLU().Forward(one(2, 3)) }},
		{"nn: Flatten of a scalar", func() { Flatten{}.Forward(one()) }},
		{"nn: UpsampleNearest by 0 or to 0×0 of shape [1 1 2 2]", func() { UpsampleNearest{}.Forward(one(1, 1, 2, 2)) }},
		{"nn: UpsampleBilinear by 2 or to 3×3", func() { UpsampleBilinear{Scale: 2, Height: 3, Width: 3}.Forward(one(1, 1, 2, 2)) }},
		{"nn: UpsampleBilinear by 2 or to 0×0 of shape [2]", func() { UpsampleBilinear{Scale: 2}.Forward(one(2)) }},
		{"nn: Residual of shapes [2 3] and [2 1]", func() { (&Residual{Body: NewLinear(3, 1, rng)}).Forward(one(2, 3)) }},
		{"nn: Embedding(3→2) wants whole indices, got 0.5 at 0", func() { NewEmbedding(3, 2, rng).Forward(reverse.NewTape().Const([]float64{0.5}, 1)) }},
		{"nn: Embedding(3→2) wants whole indices, got NaN at 0", func() { NewEmbedding(3, 2, rng).Forward(reverse.NewTape().Const([]float64{math.NaN()}, 1)) }},
		{"nn: Embedding(3→2) wants indices from 0 to 2, got 3 at 0", func() { NewEmbedding(3, 2, rng).Forward(reverse.NewTape().Const([]float64{3}, 1)) }},
		{"nn: LSTM(3→2) wants [batch length 3] of a length of 1 or more, got [2 3]", func() { NewLSTM(3, 2, rng).Forward(one(2, 3)) }},
		{"nn: GRU(3→2) wants [batch length 3] of a length of 1 or more, got [2 0 3]", func() { NewGRU(3, 2, rng).Forward(one(2, 0, 3)) }},
		{"nn: Attention of queries of shape [3]", func() { Attention(one(3), one(3), one(3), false) }},
		{"nn: NewMultiHeadAttention of 5 features by 2 heads", func() { NewMultiHeadAttention(5, 2, rng) }},
		{"nn: MultiHeadAttention(4, 2) wants [batch length 4], got [2 4]", func() { NewMultiHeadAttention(4, 2, rng).Forward(one(2, 4)) }},
		{"nn: Linear(3→2) wants 3 features, got [2 4]", func() { NewLinear(3, 2, rng).Forward(one(2, 4)) }},
		{"nn: Conv2D(3→2, 3×3) wants [images 3 height width], got [1 2 5 5]", func() { NewConv2D(3, 2, 3, reverse.ConvOptions{}, rng).Forward(one(1, 2, 5, 5)) }},
		{"nn: TruncatedNormal between 2 and 1 deviations", func() { TruncatedNormal(0, 1, 2, 1) }},
		{"nn: weight of shape [3] has no fans", func() { HeNormal()(NewParam("weight", 3), rng) }},
	} {
		got := func() (message string) {
			defer func() { message, _ = recover().(string) }()
			c.f()
			return "nothing"
		}()
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("panic %q, want %q", got, c.want)
		}
	}
}

package optim

import (
	"fmt"
	"iter"
	"math"

	"github.com/quartet-ad/ad/nn"
)

// Average keeps an average of the weights of a model, which often does better on other data than the
// weights of the last step:
//
//	average := optim.NewEMA(net, 0.999)
//	for … {
//		opt.Step(params)
//		average.Update()
//	}
//	average.Swap() // to evaluate
//	…
//	average.Swap() // to go on training
//
// Update n, from 1 on, moves the average by a share of its distance to the weights:
//
//	NewEMA(d)          1 - d, and all of it at first       as PyTorch's AveragedModel with get_ema_multi_avg_fn
//	NewUnbiasedEMA(d)  (1 - d)/(1 - dⁿ)                    as Adam's means: an average from 0 on over the sum of its weights
//	NewSWA             1/n                                 the plain mean
//
// The first weights have the share dⁿ⁻¹ of an EMA, which is much in the beginning. Without bias they
// have (1-d)·dⁿ⁻¹/(1-dⁿ), as it would be if there had been others before.
//
// Only parameters are averaged, frozen ones too. The running averages of a BatchNorm belong to
// other weights then: see UpdateBatchNorm.
//
// Sources: Polyak and Juditsky, Acceleration of stochastic approximation by averaging (1992);
// Izmailov et al., Averaging weights leads to wider optima and better generalization (2018), for
// NewSWA; Kingma and Ba, Adam (2015), section 3, for the correction of the bias.
type Average struct {
	share   func(n float64) float64
	params  []*nn.Param // of the model, each once
	means   []*nn.Param
	count   *nn.Param // of updates
	swapped bool
}

// NewEMA returns an exponential average of the weights of a model, which begins with those of the
// first Update. A decay of 0.999 is usual.
//
// NewEMA panics if decay is not at least 0 and less than 1.
func NewEMA(model nn.Layer, decay float64) *Average {
	within("NewEMA", "decay", decay, 0, 1)
	return newAverage(model, func(n float64) float64 {
		if n == 1 {
			return 1
		}
		return 1 - decay
	})
}

// NewUnbiasedEMA is NewEMA without the bias toward the first weights.
//
// NewUnbiasedEMA panics as NewEMA does.
func NewUnbiasedEMA(model nn.Layer, decay float64) *Average {
	within("NewUnbiasedEMA", "decay", decay, 0, 1)
	return newAverage(model, func(n float64) float64 { return (1 - decay) / (1 - math.Pow(decay, n)) })
}

// NewSWA returns the mean of the weights of all Updates: of one at the end of each epoch, say, after
// training has come close.
func NewSWA(model nn.Layer) *Average {
	return newAverage(model, func(n float64) float64 { return 1 / n })
}

func newAverage(model nn.Layer, share func(n float64) float64) *Average {
	a := &Average{share: share, count: &nn.Param{Name: "average.count", Value: make([]float64, 1)}}
	left := map[*float64]bool{} // parameters, by their first elements
	for _, p := range model.Params() {
		if len(p.Value) > 0 {
			left[&p.Value[0]] = true
		}
	}
	for name, p := range nn.State(model) {
		if len(p.Value) == 0 || !left[&p.Value[0]] { // a buffer, or one that layers share
			continue
		}
		delete(left, &p.Value[0])
		a.params = append(a.params, p)
		a.means = append(a.means, &nn.Param{Name: "average." + name, Value: make([]float64, len(p.Value)), Shape: p.Shape})
	}
	return a
}

// Update takes the weights of the model into the average.
//
// Cost: one pass over the weights.
//
// Update panics between two calls of Swap, or if a parameter has another length than at first.
func (a *Average) Update() {
	a.mustBeOut("Update")
	a.count.Value[0]++
	share := a.share(a.count.Value[0])
	for i, p := range a.params {
		m := a.mean(i)
		for j, v := range p.Value {
			if share == 1 {
				m[j] = v
			} else {
				m[j] += share * (v - m[j])
			}
		}
	}
}

// mean returns the average of a parameter.
func (a *Average) mean(i int) []float64 {
	p, m := a.params[i], a.means[i]
	if len(p.Value) != len(m.Value) {
		panic(fmt.Sprintf("optim: %s has %d elements, before %d", m.Name, len(p.Value), len(m.Value)))
	}
	return m.Value
}

// Updates returns how many there were.
func (a *Average) Updates() int { return int(a.count.Value[0]) }

// Swap exchanges the weights of the model with the average: the first call puts the average in, the
// next one takes it out. Before the first Update there is no average, and Swap changes nothing.
//
// Within nn.Trainer's Validate, swap in and out again: the state that the Trainer keeps as the best
// one is that of the weights themselves.
//
// Cost: one pass over the weights.
func (a *Average) Swap() {
	a.swapped = !a.swapped
	if a.Updates() == 0 {
		return
	}
	for i, p := range a.params {
		m := a.mean(i)
		for j := range m {
			p.Value[j], m[j] = m[j], p.Value[j]
		}
	}
}

// State returns what is kept from one Update to the next. The Values are live, as those of
// Plateau.State: put them into nn.Checkpoint.More or nn.Trainer.More to save them.
//
// State panics between two calls of Swap.
func (a *Average) State() []*nn.Param {
	a.mustBeOut("State")
	return append([]*nn.Param{a.count}, a.means...)
}

func (a *Average) mustBeOut(who string) {
	if a.swapped {
		panic("optim: " + who + " of an Average that is swapped in: Swap it out first")
	}
}

// UpdateBatchNorm computes the running averages of every BatchNorm of a model anew, as plain means
// over batches, for weights that were averaged. forward must run the model on a batch; the model is in
// training meanwhile, and afterwards as it was before. Without a batch, nothing changes.
//
// Cost: a forward pass for each batch.
func UpdateBatchNorm[B any](model nn.Layer, batches iter.Seq[B], forward func(b B)) {
	var norms []*nn.BatchNorm
	defer training(model)()
	for _, l := range nn.Walk(model) {
		if n, ok := l.(*nn.BatchNorm); ok {
			norms = append(norms, n)
			defer func(momentum float64) { n.Momentum = momentum }(n.Momentum)
		}
	}
	count := 0.0
	for b := range batches {
		count++
		for _, n := range norms {
			if n.Momentum = 1 / count; count == 1 { // also of what is not finite
				clear(n.Mean.Value)
				clear(n.Variance.Value)
			}
		}
		forward(b)
	}
}

// training turns training on, and returns what puts the layers back.
func training(model nn.Layer) (restore func()) {
	var off []nn.Stateful
	for _, l := range nn.Walk(model) {
		if s, ok := l.(nn.Stateful); ok {
			if t, ok := l.(interface{ Training() bool }); ok && !t.Training() {
				off = append(off, s)
			}
		}
	}
	nn.SetTraining(model, true)
	return func() {
		for _, s := range off {
			s.SetTraining(false)
		}
	}
}

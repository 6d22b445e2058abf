package data

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
)

// A Batch is some samples of a set, one after the other. It belongs to the Loader, and is valid
// until the next one.
type Batch struct {
	Index  []int // of the samples in the set
	Shape  []int // [samples, …]
	X      []float64
	Labels []int // nil if the set has none

	TargetShape []int // [samples, …]
	Y           []float64
}

// Len returns the number of samples.
func (b Batch) Len() int { return b.Shape[0] }

// A Loader iterates over the samples of a set in batches.
type Loader struct {
	Set  *Set
	Size int // of a batch

	// Rand shuffles the samples before every epoch; nil leaves them in order. Shuffled sets it.
	Rand *rand.Rand

	// DropLast leaves out a last batch that is smaller than the others.
	DropLast bool

	// Augment changes the samples of a batch, each by itself; nil leaves them.
	Augment Augmentation

	order []int
	batch Batch
}

// Batches returns the number of batches in an epoch.
//
// Batches panics if Size is less than 1.
func (l *Loader) Batches() int {
	if l.Size < 1 {
		panic(fmt.Sprintf("data: a Loader with batches of %d", l.Size))
	}
	n := l.Set.Len()
	if l.DropLast {
		return n / l.Size
	}
	return n/l.Size + min(1, n%l.Size)
}

// Epoch iterates once over all samples, in batches with their numbers from 0.
//
// Cost: a copy of the samples. After the first epoch nothing is allocated.
//
// Epoch panics if Size is less than 1, and if there is Augment but no Rand.
func (l *Loader) Epoch() iter.Seq2[int, Batch] { return l.epoch }

// All is Epoch without the numbers of the batches.
//
// All panics as Epoch does.
func (l *Loader) All() iter.Seq[Batch] {
	return func(yield func(Batch) bool) {
		l.epoch(func(_ int, b Batch) bool { return yield(b) })
	}
}

// Shuffled returns the batches of every epoch, as the Batches of an nn.Trainer: their order, and
// what Augment does, depend on the seed and the number of the epoch alone. It uses a generator of
// its own in place of Rand.
//
//	trainer := nn.Trainer[data.Batch]{Batches: loader.Shuffled(1), …}
//
// The batches panic as those of Epoch do.
func (l *Loader) Shuffled(seed uint64) func(epoch int) iter.Seq[Batch] {
	return func(epoch int) iter.Seq[Batch] {
		return func(yield func(Batch) bool) {
			l.Rand = rand.New(rand.NewPCG(seed, uint64(epoch)))
			l.All()(yield)
		}
	}
}

// Steps returns the number of batches in so many epochs, which is what schedules want to know.
//
// Steps panics as Batches does.
func (l *Loader) Steps(epochs int) int { return epochs * l.Batches() }

func (l *Loader) epoch(yield func(int, Batch) bool) {
	batches := l.Batches()
	if l.Augment != nil && l.Rand == nil {
		panic("data: a Loader that augments without Rand")
	}
	n := l.Set.Len()
	l.order = slices.Grow(l.order[:0], n)[:n]
	for i := range l.order {
		l.order[i] = i
	}
	if l.Rand != nil {
		l.Rand.Shuffle(n, func(i, j int) { l.order[i], l.order[j] = l.order[j], l.order[i] })
	}
	for k := range batches {
		from := k * l.Size
		if !yield(k, l.fill(l.order[from:min(n, from+l.Size)])) {
			return
		}
	}
}

// fill makes a batch of samples.
func (l *Loader) fill(samples []int) Batch {
	b, s := &l.batch, l.Set
	b.Index = samples
	b.X, b.Labels, b.Y = b.X[:0], b.Labels[:0], b.Y[:0]
	b.Shape = append(append(b.Shape[:0], len(samples)), s.Shape...)
	b.TargetShape = append(append(b.TargetShape[:0], len(samples)), s.TargetShape...)
	for _, i := range samples {
		b.X = append(b.X, s.Sample(i)...)
		if s.Labels != nil {
			b.Labels = append(b.Labels, s.Label(i))
		}
		if s.Y != nil {
			b.Y = append(b.Y, s.Target(i)...)
		}
	}
	if l.Augment != nil {
		size := sizeOf(s.Shape)
		for i := range samples {
			l.Augment(l.Rand, b.X[i*size:][:size], s.Shape)
		}
	}
	batch := *b
	if s.Labels == nil {
		batch.Labels = nil
	}
	if s.Y == nil {
		batch.Y, batch.TargetShape = nil, nil
	}
	return batch
}

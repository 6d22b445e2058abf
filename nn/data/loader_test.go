package data

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var nan = math.NaN()

// Every sample comes once in an epoch, with its label and target, in batches of the size
// asked for; shuffled if there is a generator, and otherwise in order.
func TestEpoch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, size := rapid.IntRange(0, 40).Draw(t, "n"), rapid.IntRange(1, 12).Draw(t, "size")
		drop, shuffle := rapid.Bool().Draw(t, "drop"), rapid.Bool().Draw(t, "shuffle")
		s := counting(2*n, 3).Subset(upTo(n))
		l := &Loader{Set: s, Size: size, DropLast: drop}
		if shuffle {
			l.Rand = rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		}
		for range 2 {
			var seen []int
			batches := 0
			for k, b := range l.Epoch() {
				if k != batches || b.Len() > size || b.Len() < size && (drop || k != l.Batches()-1) {
					t.Fatalf("batch %d has number %d and %d samples of %d", batches, k, b.Len(), size)
				}
				batches++
				if !slices.Equal(b.Shape, []int{b.Len(), 3}) || !slices.Equal(b.TargetShape, []int{b.Len(), 1}) {
					t.Fatalf("shapes %v and %v", b.Shape, b.TargetShape)
				}
				as := &Set{Shape: s.Shape, X: b.X, Labels: b.Labels, TargetShape: s.TargetShape, Y: b.Y}
				got := members(t, as, 3)
				if !slices.Equal(got, b.Index) {
					t.Fatalf("samples %v have the indices %v", got, b.Index)
				}
				seen = append(seen, got...)
			}
			want := n
			if drop {
				want -= n % size
			}
			if batches != l.Batches() || len(seen) != want {
				t.Fatalf("%d samples of %d in %d batches of %d", len(seen), want, batches, l.Batches())
			}
			if !shuffle && !slices.Equal(seen, upTo(want)) {
				t.Fatalf("the order is %v", seen)
			}
			if slices.Sort(seen); len(slices.Compact(seen)) != want {
				t.Fatal("a sample came twice")
			}
		}
	})
}

// epochs returns all bits of some epochs over augmented digits.
func epochs(seed uint64, n int) []float64 {
	l := &Loader{Set: Digits(), Size: 100, Rand: rand.New(rand.NewPCG(seed, 1)), Augment: Compose(Shift(1), Rotate(10), Noise(0.1))}
	var all []float64
	for range n {
		for _, b := range l.Epoch() {
			all = append(all, b.X...)
		}
	}
	return all
}

func TestEpochSeeds(t *testing.T) {
	a := epochs(1, 2)
	if !slices.Equal(a, epochs(1, 2)) {
		t.Error("the same seed, other batches")
	}
	if slices.Equal(a, epochs(2, 2)) {
		t.Error("another seed, the same batches")
	}
	if half := len(a) / 2; slices.Equal(a[:half], a[half:]) {
		t.Error("two epochs are alike")
	}
}

// The first sample of an epoch is any sample as often as another.
func TestShuffleIsUniform(t *testing.T) {
	const n, trials = 8, 8000
	l := &Loader{Set: counting(n, 1), Size: n, Rand: rand.New(rand.NewPCG(1, 2))}
	var count [n][n]float64
	for range trials {
		for _, b := range l.Epoch() {
			for place, i := range b.Index {
				count[place][i]++
			}
		}
	}
	square := 0.0
	for _, row := range count {
		for _, c := range row {
			square += (c - trials/n) * (c - trials/n) / (trials / n)
		}
	}
	// (n-1)² degrees of freedom: 49 expected, with the deviation √98.
	if square < 20 || square > 90 {
		t.Errorf("χ² = %.1f, want about 49", square)
	}
}

// What a set has not, a batch has not; an epoch that is left begins anew.
func TestBatchOfLittle(t *testing.T) {
	l := &Loader{Set: &Set{Shape: []int{1}, X: []float64{1, 2, 3}}, Size: 2}
	for range 2 {
		for k, b := range l.Epoch() {
			if k != 0 || b.Labels != nil || b.Y != nil || b.TargetShape != nil || !slices.Equal(b.X, []float64{1, 2}) {
				t.Errorf("batch %d: %+v", k, b)
			}
			break
		}
	}
	for range (&Loader{Set: &Set{Shape: []int{1}}, Size: 2}).Epoch() {
		t.Error("a batch of an empty set")
	}
}

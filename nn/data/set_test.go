package data

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// counting returns a set of n samples [i, i, i] with the labels i modulo classes and the
// targets [-i].
func counting(n, classes int) *Set {
	s := &Set{Shape: []int{3}, Labels: []int{}, TargetShape: []int{1}, Y: []float64{}}
	for i := range n {
		s.X = append(s.X, float64(i), float64(i), float64(i))
		s.Labels = append(s.Labels, i%classes)
		s.Y = append(s.Y, -float64(i))
	}
	return s
}

// members returns which samples of a counting set are in a view, and checks that labels
// and targets are theirs.
func members(t interface{ Fatalf(string, ...any) }, s *Set, classes int) []int {
	var got []int
	for i := range s.Len() {
		x := s.Sample(i)
		k := int(x[0])
		if x[1] != x[0] || x[2] != x[0] || s.Label(i) != k%classes || s.Target(i)[0] != -x[0] {
			t.Fatalf("sample %d is %v with label %d and target %v", i, x, s.Label(i), s.Target(i))
		}
		got = append(got, k)
	}
	return got
}

func upTo(n int) []int {
	var all []int
	for i := range n {
		all = append(all, i)
	}
	return all
}

func TestSubset(t *testing.T) {
	s := counting(10, 3)
	a := s.Subset([]int{7, 2, 2, 9})
	b := a.Subset([]int{3, 0})
	if got := members(t, a, 3); !slices.Equal(got, []int{7, 2, 2, 9}) {
		t.Errorf("samples %v", got)
	}
	if got := members(t, b, 3); !slices.Equal(got, []int{9, 7}) {
		t.Errorf("samples %v of a view of a view", got)
	}
	if &b.Sample(1)[0] != &s.X[21] {
		t.Error("a view copies")
	}
	if none := s.Subset(nil); none.Len() != 0 {
		t.Errorf("the view of nothing has %d samples", none.Len())
	}
	if x := s.Sample(0); cap(x) != 3 {
		t.Errorf("a sample has room for %d numbers, want 3", cap(x))
	}
}

// Parts are disjoint, together the whole, of the sizes asked for and the same for a
// seed.
func TestSplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, classes := rapid.IntRange(0, 60).Draw(t, "n"), rapid.IntRange(1, 5).Draw(t, "classes")
		f := []float64{rapid.Float64Range(0, 0.5).Draw(t, "f"), rapid.Float64Range(0, 0.5).Draw(t, "g")}
		seed := rapid.Uint64().Draw(t, "seed")
		s := counting(n, classes)
		for name, split := range map[string]func(*rand.Rand, ...float64) []*Set{"SplitBy": s.SplitBy, "SplitEvenly": s.SplitEvenly} {
			parts, again := split(rand.New(rand.NewPCG(seed, 1)), f...), split(rand.New(rand.NewPCG(seed, 1)), f...)
			var all []int
			for k, p := range parts {
				got := members(t, p, classes)
				if !slices.Equal(got, members(t, again[k], classes)) {
					t.Fatalf("%s: the same seed, another part %d", name, k)
				}
				all = append(all, got...)
				if k == len(f) {
					continue
				}
				perClass := make([]int, classes)
				for i := range p.Len() {
					perClass[p.Label(i)]++
				}
				share := f[k] * float64(n)
				if d := float64(p.Len()) - share; name == "SplitBy" && (d < -1 || d > 1) {
					t.Fatalf("%s: part %d of %d samples, want about %g", name, k, p.Len(), share)
				}
				for c, got := range perClass {
					share := f[k] * float64((n-c+classes-1)/classes)
					if d := float64(got) - share; name == "SplitEvenly" && (d < -1 || d > 1) {
						t.Fatalf("%s: part %d has %d of class %d, want about %g", name, k, got, c, share)
					}
				}
			}
			if slices.Sort(all); len(parts) != 3 || !slices.Equal(all, upTo(n)) {
				t.Fatalf("%s: %d parts of %v", name, len(parts), all)
			}
		}
	})
}

func TestSplitInOrder(t *testing.T) {
	s := counting(10, 2)
	first, rest := s.Split(nil, 0.7)
	if a, b := members(t, first, 2), members(t, rest, 2); !slices.Equal(append(a, b...), upTo(10)) || len(a) != 7 {
		t.Errorf("%v and %v", a, b)
	}
	parts := s.SplitEvenly(nil, 0.4)
	if a, b := members(t, parts[0], 2), members(t, parts[1], 2); !slices.Equal(a, []int{0, 1, 2, 3}) || !slices.Equal(b, []int{4, 5, 6, 7, 8, 9}) {
		t.Errorf("evenly %v and %v", a, b)
	}
	tenths := counting(100, 1).SplitBy(nil, 0.7, 0.2, 0.1) // together above 1
	if n := []int{tenths[0].Len(), tenths[1].Len(), tenths[2].Len(), tenths[3].Len()}; !slices.Equal(n, []int{70, 20, 10, 0}) {
		t.Errorf("parts of %v", n)
	}
}

func TestSetMisuse(t *testing.T) {
	s := counting(3, 2)
	view := s.Subset([]int{0})
	plain := &Set{Shape: []int{1}, X: []float64{1, 2}}
	for text, f := range map[string]func(){
		"sample 3 of 3":  func() { s.Sample(3) },
		"sample -1 of 3": func() { s.Label(-1) },
		"sample 1 of 1":  func() { view.Target(1) },
		"sample 4 of 3":  func() { s.Subset([]int{4}) },
		"Label of":       func() { plain.Label(0) },
		"Target of":      func() { plain.Target(0) },
		"SplitEvenly of": func() { plain.SplitEvenly(nil, 0.5) },
		"fractions [-0":  func() { s.SplitBy(nil, -0.5) },
		"fractions [0.6": func() { s.SplitBy(nil, 0.6, 0.6) },
		"fractions [NaN": func() { s.SplitBy(nil, nan) },
		"5 numbers in":   func() { (&Set{Shape: []int{2}, X: make([]float64, 5)}).Len() },
		"1 labels":       func() { (&Set{Shape: []int{2}, X: make([]float64, 4), Labels: []int{0}}).Len() },
		"3 numbers in t": func() {
			(&Set{Shape: []int{2}, X: make([]float64, 4), TargetShape: []int{2}, Y: make([]float64, 3)}).Len()
		},
		"batches of 0": func() { (&Loader{Set: s}).Batches() },
		"without Rand": func() { (&Loader{Set: s, Size: 1, Augment: Noise(1)}).Epoch()(nil) },
	} {
		mustPanic(t, text, f)
	}
}

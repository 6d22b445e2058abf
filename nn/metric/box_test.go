package metric

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"pgregory.net/rapid"
)

var box = rapid.Custom(func(t *rapid.T) Box {
	x, w := rapid.IntRange(-5, 5), rapid.IntRange(0, 6)
	b := Box{X1: float64(x.Draw(t, "x")), Y1: float64(x.Draw(t, "y"))}
	b.X2, b.Y2 = b.X1+float64(w.Draw(t, "w")), b.Y1+float64(w.Draw(t, "h"))
	return b
})

// checkIoU returns what is wrong with the IoU of two finite boxes.
func checkIoU(a, b Box) string {
	iou := IoU(a, b)
	hollow := func(b Box) bool { return b.X2 <= b.X1 || b.Y2 <= b.Y1 }
	switch {
	case !(iou >= 0 && iou <= 1):
		return "outside [0, 1]"
	case iou != IoU(b, a):
		return "not symmetric"
	case (hollow(a) || hollow(b)) && iou != 0:
		return "not 0 where a box is empty"
	case !hollow(a) && IoU(a, a) != 1:
		return "not 1 of a box with itself"
	case (a.X2 <= b.X1 || b.X2 <= a.X1 || a.Y2 <= b.Y1 || b.Y2 <= a.Y1) && iou != 0:
		return "not 0 of disjoint boxes"
	}
	return ""
}

// TestIoU compares with a count of unit squares.
func TestIoU(t *testing.T) {
	inside := func(b Box, x, y float64) bool { return b.X1 <= x && x < b.X2 && b.Y1 <= y && y < b.Y2 }
	rapid.Check(t, func(t *rapid.T) {
		a, b := box.Draw(t, "a"), box.Draw(t, "b")
		if wrong := checkIoU(a, b); wrong != "" {
			t.Fatalf("IoU of %v and %v is %v: %s", a, b, IoU(a, b), wrong)
		}
		both, either := 0.0, 0.0
		for x := -5.0; x < 12; x++ {
			for y := -5.0; y < 12; y++ {
				if inside(a, x, y) && inside(b, x, y) {
					both++
				}
				if inside(a, x, y) || inside(b, x, y) {
					either++
				}
			}
		}
		if want := both / max(either, 1); IoU(a, b) != want {
			t.Fatalf("IoU of %v and %v is %v, want %v", a, b, IoU(a, b), want)
		}
		// Powers of two change no bit, however large or small.
		for _, e := range []int{-600, -300, 300, 600, 1019} {
			scale := func(b Box) Box {
				return Box{math.Ldexp(b.X1, e), math.Ldexp(b.Y1, e), math.Ldexp(b.X2, e), math.Ldexp(b.Y2, e)}
			}
			if got := IoU(scale(a), scale(b)); !(math.Abs(got-IoU(a, b)) <= 1e-15) {
				t.Fatalf("IoU of %v and %v times 2^%d is %v", a, b, e, got)
			}
		}
	})
}

func drawBoxes(t *rapid.T) (boxes []Box, score []float64) {
	boxes = rapid.SliceOfN(box, 0, 20).Draw(t, "boxes")
	for range boxes {
		score = append(score, float64(rapid.IntRange(0, 8).Draw(t, "score"))/8)
	}
	return boxes, score
}

func TestNMSProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		boxes, score := drawBoxes(t)
		threshold := rapid.SampledFrom([]float64{0, 0.3, 0.5, 1}).Draw(t, "threshold")
		kept := NMS(boxes, score, threshold)
		if again := NMS(pick(boxes, kept), pick(score, kept), threshold); !slices.Equal(again, indices(len(kept))) {
			t.Fatalf("of the %d boxes kept, %v are kept", len(kept), again)
		}
		better := func(i, j int) bool { return score[i] > score[j] || score[i] == score[j] && i < j }
		for n, i := range kept {
			if n > 0 && !better(kept[n-1], i) {
				t.Fatalf("%v is not in order", kept)
			}
		}
		for i := range boxes {
			suppressed := slices.ContainsFunc(kept, func(k int) bool { return better(k, i) && IoU(boxes[k], boxes[i]) > threshold })
			if suppressed == slices.Contains(kept, i) {
				t.Fatalf("box %d: suppressed %v, kept %v", i, suppressed, !suppressed)
			}
		}
		// A decay to 0 is suppression.
		for i := range score {
			score[i]++
		}
		taken, scores := SoftNMS(boxes, score, func(iou float64) float64 {
			if iou > threshold {
				return 0
			}
			return 1
		}, 0)
		if !slices.Equal(taken, kept) || !slices.Equal(scores, pick(score, kept)) {
			t.Fatalf("hard decay takes %v, NMS %v", taken, kept)
		}
	})
}

func TestSoftNMS(t *testing.T) {
	// The IoU of the first two is 1/2, of the third with both 0.
	boxes := []Box{{0, 0, 2, 2}, {0, 0, 2, 1}, {5, 5, 6, 6}}
	score := []float64{0.8, 0.7, 0.5}
	tests := []struct {
		name   string
		decay  func(float64) float64
		least  float64
		taken  []int
		scores []float64
	}{
		{"linear", LinearDecay(0.3), 0, []int{0, 2, 1}, []float64{0.8, 0.5, 0.35}},
		{"linear, at the threshold", LinearDecay(0.5), 0, []int{0, 2, 1}, []float64{0.8, 0.5, 0.35}},
		{"linear, below the threshold", LinearDecay(0.6), 0, []int{0, 1, 2}, score},
		{"linear, least", LinearDecay(0.3), 0.35, []int{0, 2}, []float64{0.8, 0.5}},
		{"Gaussian", GaussianDecay(0.5), 0, []int{0, 2, 1}, []float64{0.8, 0.5, 0.7 * math.Exp(-0.5)}},
	}
	for _, test := range tests {
		taken, scores := SoftNMS(boxes, score, test.decay, test.least)
		optest.Equal(t, test.name+": taken", taken, test.taken)
		optest.Equal(t, test.name+": scores", scores, test.scores, near)
	}
	if !slices.Equal(score, []float64{0.8, 0.7, 0.5}) {
		t.Errorf("the scores given are now %v", score)
	}
}

// FuzzBoxes reads boxes of any finite coordinates.
func FuzzBoxes(f *testing.F) {
	add := func(coordinates ...float64) {
		var b []byte
		for _, x := range coordinates {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
		}
		f.Add(b)
	}
	huge := math.MaxFloat64
	add(0, 0, 2, 2, 1, 1, 3, 3)
	add(-huge, -huge, huge, huge, 0, 0, huge, 1)
	add(0, 0, 5e-324, 5e-324, 0, 0, 5e-324, 1)
	add(0, 0, 1, 5e-324, 0, 0, 5e-324, 1)
	add(3, 3, 1, 1, 0, 0, 2, 2)
	f.Fuzz(func(t *testing.T, data []byte) {
		var boxes []Box
		for ; len(data) >= 32 && len(boxes) < 16; data = data[32:] {
			var x [4]float64
			for i := range x {
				x[i] = math.Float64frombits(binary.LittleEndian.Uint64(data[8*i:]))
				if math.IsNaN(x[i]) || math.IsInf(x[i], 0) {
					return
				}
			}
			boxes = append(boxes, Box{x[0], x[1], x[2], x[3]})
		}
		score := make([]float64, len(boxes))
		for i, a := range boxes {
			score[i] = float64(i % 3)
			for _, b := range boxes {
				if wrong := checkIoU(a, b); wrong != "" {
					t.Fatalf("IoU of %v and %v is %v: %s", a, b, IoU(a, b), wrong)
				}
			}
		}
		kept := NMS(boxes, score, 0.5)
		if again := NMS(pick(boxes, kept), pick(score, kept), 0.5); len(again) != len(kept) {
			t.Fatalf("of the %d boxes kept, %d are kept", len(kept), len(again))
		}
	})
}

func BenchmarkAveragePrecision(b *testing.B) {
	positive, score := randomScores(100000)
	for b.Loop() {
		Sweep(positive, score).AveragePrecision(Step)
	}
}

func BenchmarkNMS(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	var boxes []Box
	var score []float64
	for range 1000 {
		x, y := 100*r.Float64(), 100*r.Float64()
		boxes = append(boxes, Box{x, y, x + 20*r.Float64(), y + 20*r.Float64()})
		score = append(score, r.Float64())
	}
	for b.Loop() {
		NMS(boxes, score, 0.5)
	}
}

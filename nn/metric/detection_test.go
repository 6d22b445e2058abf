package metric

import (
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"pgregory.net/rapid"
)

func TestMatch(t *testing.T) {
	// Along one line; wide is the object that overlaps with most.
	row := func(x1, x2 float64) Box { return Box{x1, 0, x2, 1} }
	objects := []Object{{Box: row(0, 10)}, {Box: row(2, 12)}}
	found := func(score float64, x1, x2 float64) Detection { return Detection{Box: row(x1, x2), Score: score} }
	tests := []struct {
		name       string
		objects    []Object
		detections []Detection
		threshold  float64
		coco, voc  []int
	}{
		{"nothing", nil, nil, 0.5, []int{}, []int{}},
		{"no object", nil, []Detection{found(1, 0, 1)}, 0.5, []int{-1}, []int{-1}},
		{"at the threshold", objects[:1], []Detection{found(1, 0, 5)}, 0.5, []int{0}, []int{0}},
		{"below the threshold", objects[:1], []Detection{found(1, 0, 5)}, 0.51, []int{-1}, []int{-1}},
		{"the second is free still", objects, []Detection{found(0.9, 0, 10), found(0.8, 0, 11)}, 0.5, []int{0, 1}, []int{0, -1}},
		{"the better chooses first", objects[:1], []Detection{found(0.8, 0, 10), found(0.9, 0, 9)}, 0.5, []int{-1, 0}, []int{-1, 0}},
		{"equal scores", objects[:1], []Detection{found(0.9, 0, 9), found(0.9, 0, 10)}, 0.5, []int{0, -1}, []int{0, -1}},
		{"equal overlaps", objects, []Detection{found(0.9, 1, 11)}, 0.5, []int{0}, []int{0}},
		{"another image", objects, []Detection{{Image: 1, Box: row(0, 10), Score: 1}}, 0.5, []int{-1}, []int{-1}},
		{"another class", objects, []Detection{{Class: 1, Box: row(0, 10), Score: 1}}, 0.5, []int{-1}, []int{-1}},
	}
	for _, test := range tests {
		if got := Match(test.objects, test.detections, test.threshold, COCO); !slices.Equal(got, test.coco) {
			t.Errorf("%s: COCO matches %v, want %v", test.name, got, test.coco)
		}
		if got := Match(test.objects, test.detections, test.threshold, VOC); !slices.Equal(got, test.voc) {
			t.Errorf("%s: VOC matches %v, want %v", test.name, got, test.voc)
		}
	}
}

func TestAveragePrecisions(t *testing.T) {
	unit := Box{0, 0, 1, 1}
	objects := []Object{{Class: 4, Box: unit}, {Class: 2, Box: unit}, {Image: 1, Class: 2, Box: unit}}
	detections := []Detection{{Class: 2, Box: unit, Score: 0.5}, {Class: 7, Box: unit, Score: 0.9}}
	table := AveragePrecisions(objects, detections, []float64{0.5, 0.9}, COCO, AllPoint)
	want := []struct {
		class int
		ap    float64
	}{{2, 0.5}, {4, 0}, {7, nan}}
	if len(table) != len(want) {
		t.Fatalf("%d classes: %v", len(table), table)
	}
	for i, row := range table {
		if row.Class != want[i].class || len(row.AP) != 2 {
			t.Errorf("row %d is %v", i, row)
		}
		for _, ap := range row.AP {
			optest.Equal(t, "average precision", ap.Value, want[i].ap)
		}
	}
	if got := table[2].AP[0].Reason; got != "no positive samples" {
		t.Errorf("a class without objects is undefined as %q", got)
	}
	if got := MeanAP(objects, detections, []float64{0.5, 0.9}, COCO, AllPoint); got.Value != 0.25 {
		t.Errorf("mAP %v, want 0.25", got)
	}
}

func TestDetectionProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var objects []Object
		var detections []Detection
		place := rapid.IntRange(0, 1)
		for _, b := range rapid.SliceOfN(box, 0, 8).Draw(t, "objects") {
			objects = append(objects, Object{place.Draw(t, "image"), place.Draw(t, "class"), b})
		}
		for i, b := range rapid.SliceOfN(box, 0, 12).Draw(t, "detections") {
			detections = append(detections, Detection{place.Draw(t, "image"), place.Draw(t, "class"), b, float64(i)})
		}
		threshold := rapid.SampledFrom([]float64{0.1, 0.5, 1}).Draw(t, "threshold")
		how := rapid.SampledFrom([]Matching{COCO, VOC}).Draw(t, "matching")
		area := rapid.SampledFrom([]Interpolation{Step, AllPoint, ElevenPoint, HundredOnePoint}).Draw(t, "interpolation")

		matched, taken := Match(objects, detections, threshold, how), map[int]bool{}
		for d, o := range matched {
			if o < 0 {
				continue
			}
			a, b := detections[d], objects[o]
			if taken[o] || a.Image != b.Image || a.Class != b.Class || !(IoU(a.Box, b.Box) >= threshold) {
				t.Fatalf("%+v matches %+v", a, b)
			}
			taken[o] = true
		}
		// Of a COCO matching, what is left fits nothing.
		for d, o := range matched {
			for free := range objects {
				if a, b := detections[d], objects[free]; how == COCO && o < 0 && !taken[free] && a.Image == b.Image && a.Class == b.Class && IoU(a.Box, b.Box) >= threshold {
					t.Fatalf("%+v and %+v are both left", a, b)
				}
			}
		}
		curve := SweepDetections(objects, detections, threshold, how)
		if last := curve[len(curve)-1]; last.TP != len(taken) || last.TP+last.FP != len(detections) || last.TP+last.FN != len(objects) || last.TN != -1 {
			t.Fatalf("%d matches, counts %+v", len(taken), last)
		}
		ap := MeanAP(objects, detections, []float64{threshold}, how, area)
		inUnit(t, "mAP", ap)
		order := rapid.Permutation(indices(len(detections))).Draw(t, "order")
		same(t, "mAP in another order", ap, MeanAP(objects, pick(detections, order), []float64{threshold}, how, area))
		var perfect []Detection
		solid := true
		for i, o := range objects {
			solid = solid && o.Box.Area() > 0
			perfect = append(perfect, Detection{o.Image, o.Class, o.Box, float64(i)})
		}
		if solid && how == COCO && len(objects) > 0 {
			same(t, "mAP of the truth", MeanAP(objects, perfect, COCOThresholds(), COCO, area), Score{Value: 1, Defined: true})
		}
	})
}

package main

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/nn/metric"
)

// sceneNoise is the deviation of the noise that scenes have.
const sceneNoise = 0.05

// sceneSide is the height and width of scenes, in pixels.
const sceneSide = 48

// sceneCounts is how many scenes there are to train on, to choose by and to test with.
var sceneCounts = [3]int{1600, 100, 200}

// A sceneSet is scenes as a set whose labels are the numbers of the scenes, so that batches can
// be looked up.
type sceneSet struct {
	*data.Set
	scenes []data.Scene
}

// newScenes draws n scenes with digits of a part of the set.
func newScenes(digits *data.Set, n int, seed, stream uint64) *sceneSet {
	s := &sceneSet{Set: &data.Set{Shape: []int{1, sceneSide, sceneSide}}}
	s.scenes = data.Scenes(generator(seed, stream), digits, n,
		data.SceneOptions{Height: sceneSide, Width: sceneSide, Noise: sceneNoise})
	for i, scene := range s.scenes {
		s.X = append(s.X, scene.Image...)
		s.Labels = append(s.Labels, i)
	}
	return s
}

// A trio is scenes to train on, to choose by and to test with, of different digits.
type trio map[*data.Set]*sceneSet

// openScenes draws scenes for a task that learns from them. Those to train on are others
// in every epoch.
func openScenes(o *options, t *task) trio {
	parts := data.Digits().SplitEvenly(generator(o.seed, streamSplit), 0.72, 0.08)
	sets := make(trio)
	for i, n := range sceneCounts {
		s := newScenes(parts[i], n, o.seed, streamScenes+uint64(i))
		*[]**data.Set{&t.train, &t.valid, &t.test}[i] = s.Set
		sets[s.Set] = s
	}
	t.renew = func(epoch int) {
		s := sets[t.train]
		fresh := newScenes(parts[0], sceneCounts[0], o.seed, streamScenes+uint64(len(sceneCounts)+epoch))
		*s.Set, s.scenes = *fresh.Set, fresh.scenes
	}
	t.about = fmt.Sprintf("scenes of %d×%d pixels with one to three handwritten digits", sceneSide, sceneSide)
	return sets
}

// objects returns what is in the scenes of a batch; Image counts from first on.
func (s *sceneSet) objects(dst []metric.Object, b data.Batch, first int) []metric.Object {
	for i, number := range b.Labels {
		for _, o := range s.scenes[number].Objects {
			dst = append(dst, metric.Object{Image: first + i, Class: o.Class, Box: metric.Box{X1: o.X1, Y1: o.Y1, X2: o.X2, Y2: o.Y2}})
		}
	}
	return dst
}

// names lists the digits of a scene.
func names(s data.Scene) string {
	var list []string
	for _, o := range s.Objects {
		list = append(list, numerals[o.Class])
	}
	return strings.Join(list, ", ")
}

// overlay lays marks over a picture of a scene: elements of an SVG whose unit is a quarter of a
// pixel.
func overlay(scene data.Scene, marks string) template.HTML {
	return template.HTML(`<div class="over">`) + grayPicture(scene.Image, []int{1, sceneSide, sceneSide}) +
		template.HTML(fmt.Sprintf(`<svg viewBox="0 0 %d %d" aria-hidden="true">%s</svg></div>`, 4*sceneSide, 4*sceneSide, marks))
}

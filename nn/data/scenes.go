package data

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
)

// A Scene is an image with several labeled objects, for detection and segmentation.
type Scene struct {
	Image   []float64 // [1, Height, Width], row by row
	Objects []Object
	Mask    []int // of every pixel: 0 of the background, 1 + its class of an object
}

// An Object is something to be found in a scene. Its box encloses the pixels of its mask: X1 is the
// left edge of the first column and X2 the right edge of the last, and Y likewise from the top
// down.
type Object struct {
	X1, Y1, X2, Y2 float64
	Class          int
}

// SceneOptions say how scenes look.
type SceneOptions struct {
	Height, Width int // of the image; 48 if left out

	// Least and Most bound the number of objects in a scene. All numbers between them are equally
	// likely. Left out, Least is 1 and Most is 3.
	Least, Most int

	// Smallest and Largest bound the factor by which objects are scaled, which is uniform. Left
	// out, Smallest is 1.5, and Largest is 3 or Smallest, whichever is more.
	Smallest, Largest float64

	// Noise is the deviation of the normal noise that is added to every pixel.
	Noise float64
}

// ink is the least value of a pixel that belongs to an object.
const ink = 0.25

// mostPixels is how many pixels scenes may have together: what is larger is a mistake, or
// overflows.
const mostPixels = min(1<<36, math.MaxInt/8)

// placements is how often a place for an object is sought before it is left out.
const placements = 50

// Scenes draws n scenes with images of the set, which have the shape [1, height, width] and values
// from 0, paper, to 1.
//
// Every image is scaled by bilinear interpolation and put where its box overlaps no other. Its
// pixels of at least ¼ are drawn, and are its mask. If 50 attempts find no place for an object, the
// scene has one object less. Without noise, all other pixels are 0.
//
// To test on scenes that show nothing that was learned from, draw them with another part of the
// set; see Set.Split.
//
// Scenes panics if the set has no samples, no labels or another shape, if Least is more than Most,
// if an object of the largest size does not fit, if n is negative, or if the images together have
// more pixels than a slice may have.
func Scenes(rng *rand.Rand, set *Set, n int, o SceneOptions) []Scene {
	o.Height, o.Width = cmp.Or(o.Height, 48), cmp.Or(o.Width, 48)
	o.Least, o.Most = cmp.Or(o.Least, 1), cmp.Or(o.Most, 3)
	o.Smallest = cmp.Or(o.Smallest, 1.5)
	o.Largest = cmp.Or(o.Largest, max(3, o.Smallest))
	channels, h, w := imageAxes(set.Shape)
	if channels != 1 || set.Len() == 0 || set.Labels == nil {
		panic(fmt.Sprintf("data: Scenes of %d samples of shape %v with %d labels", set.Len(), set.Shape, len(set.Labels)))
	}
	if o.Least < 0 || o.Least > o.Most {
		panic(fmt.Sprintf("data: Scenes of %d to %d objects", o.Least, o.Most))
	}
	if !(o.Smallest > 0 && o.Smallest <= o.Largest) || math.IsInf(o.Largest, 1) ||
		scaled(h, o.Largest) > float64(o.Height) || scaled(w, o.Largest) > float64(o.Width) {
		panic(fmt.Sprintf("data: Scenes of %d×%d with images of %d×%d scaled by %g to %g",
			o.Height, o.Width, h, w, o.Smallest, o.Largest))
	}
	if pixels := float64(o.Height) * float64(o.Width); n < 0 || float64(max(n, 1))*pixels > mostPixels {
		panic(fmt.Sprintf("data: Scenes, %d of %d×%d", n, o.Height, o.Width))
	}
	scenes := make([]Scene, n)
	for i := range scenes {
		scenes[i] = drawScene(rng, set, o)
	}
	return scenes
}

func drawScene(rng *rand.Rand, set *Set, o SceneOptions) Scene {
	s := Scene{Image: make([]float64, o.Height*o.Width), Mask: make([]int, o.Height*o.Width)}
	for range min(o.Least+rng.IntN(o.Most-o.Least+1), len(s.Image)) { // more have no place
		sample := rng.IntN(set.Len())
		p := newPatch(set.Sample(sample), set.Shape, o.Smallest+(o.Largest-o.Smallest)*rng.Float64())
		if p.x1 >= p.x2 {
			continue // nothing but paper
		}
		for range placements {
			// of the box, which is in the image
			top := rng.IntN(o.Height - (p.y2 - p.y1) + 1)
			left := rng.IntN(o.Width - (p.x2 - p.x1) + 1)
			box := Object{float64(left), float64(top), float64(left + p.x2 - p.x1), float64(top + p.y2 - p.y1), set.Label(sample)}
			if s.isFree(box) {
				s.draw(p, box, o.Width)
				break
			}
		}
	}
	if o.Noise != 0 {
		for i := range s.Image {
			s.Image[i] += o.Noise * rng.NormFloat64()
		}
	}
	return s
}

// isFree reports whether a box overlaps no object.
func (s *Scene) isFree(b Object) bool {
	for _, a := range s.Objects {
		if a.X1 < b.X2 && b.X1 < a.X2 && a.Y1 < b.Y2 && b.Y1 < a.Y2 {
			return false
		}
	}
	return true
}

// draw puts a patch into its box.
func (s *Scene) draw(p patch, box Object, width int) {
	s.Objects = append(s.Objects, box)
	for i := p.y1; i < p.y2; i++ {
		for j := p.x1; j < p.x2; j++ {
			if v := p.x[i*p.w+j]; v >= ink {
				at := (int(box.Y1)+i-p.y1)*width + int(box.X1) + j - p.x1
				s.Image[at] = v
				s.Mask[at] = 1 + box.Class
			}
		}
	}
}

// A patch is a scaled image, and the bounds of the pixels in it that are drawn.
type patch struct {
	x              []float64
	w              int
	x1, y1, x2, y2 int // all 0 if there is none
}

// newPatch scales an image, edge to edge; beyond the centers of its outermost pixels it has
// their values.
func newPatch(x []float64, shape []int, factor float64) patch {
	_, h, w := imageAxes(shape)
	rows, columns := int(scaled(h, factor)), int(scaled(w, factor))
	p := patch{x: make([]float64, rows*columns), w: columns, x1: columns, y1: rows}
	for i := range rows {
		for j := range columns {
			v := bilinear(x, h, w, source(i, h, rows), source(j, w, columns))
			p.x[i*columns+j] = v
			if v >= ink {
				p.x1, p.x2 = min(p.x1, j), max(p.x2, j+1)
				p.y1, p.y2 = min(p.y1, i), max(p.y2, i+1)
			}
		}
	}
	return p
}

// source returns where the center of pixel i of a scaled axis lies on the old one.
func source(i, old, scaled int) float64 {
	return min(max(0, (float64(i)+0.5)*float64(old)/float64(scaled)-0.5), float64(old-1))
}

// scaled returns the length of a scaled axis.
func scaled(length int, factor float64) float64 {
	return max(1, math.Round(float64(length)*factor))
}

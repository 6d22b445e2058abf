package dual

import (
	"math"
	"math/bits"
	"sync"
	"sync/atomic"

	"github.com/quartet-ad/ad/internal/check"
	"github.com/quartet-ad/ad/internal/kernel"
)

// A bundle holds the tangents of the Numbers of a derivative that takes many directions
// at once: width of them for each Number, one Number after another. In such a Number t
// is no tangent but its place in the bundle, and the sign bit of its tag is set. What is
// written once stays, so that Numbers with equal tangents share a place.
//
// Arithmetic multiplies blindly, a constant in one direction too. So a direction whose
// result is not finite is taken once more, alone.
//
// A function may share its work among goroutines: places are taken atomically, and pages
// stay where they are.
type bundle struct {
	tag           tag
	width, stride int
	next          atomic.Int64 // place
	pages         [pages]atomic.Pointer[page]
	full          atomic.Bool // no more room: further places are the first, which is NaN
	rough         atomic.Bool // a slope lost digits on the way: take the directions one by one
}

type page [1 << pageBits]float64

// A bundle is found by its number, the last bits of the id of its derivative.
var bundles [64]atomic.Pointer[bundle]

var freeBundles = sync.Pool{New: func() any { return new(bundle) }}

const (
	manyBit    = 1 << 31 // of an id
	widest     = 64      // directions at once: measured
	fewestMany = 8       // inputs that a bundle is worth while for: measured
	pageBits   = 13
	pages      = 128 // in a bundle: 8 MB
)

// newBundle returns a bundle for a derivative that begins, or nil if there are too many
// in use.
func newBundle(width int) *bundle {
	b := freeBundles.Get().(*bundle)
	first := lastBundle.Add(1)
	for i := range bundles {
		if at := int((first + uint32(i)) % uint32(len(bundles))); bundles[at].CompareAndSwap(nil, b) {
			b.reset(width, at)
			return b
		}
	}
	freeBundles.Put(b)
	return nil
}

var lastBundle atomic.Uint32

// reset makes room for a pass of a derivative of its own.
func (b *bundle) reset(width, at int) {
	id := lastID.Add(1)%(manyBit/uint32(len(bundles)))*uint32(len(bundles)) + uint32(at)
	b.tag = tagOf(id | manyBit)
	b.width, b.stride = width, 1<<bits.Len(uint(width-1))
	b.next.Store(0)
	b.full.Store(false)
	b.rough.Store(false)
	check.Fill(b.at(b.place()), math.NaN())
}

// again makes room for another pass of the same derivative.
func (b *bundle) again(width int) { b.reset(width, b.tag.bundleNumber()) }

func (b *bundle) release() {
	bundles[b.tag.bundleNumber()].Store(nil)
	if check.Poison {
		for i := range b.pages {
			if p := b.pages[i].Load(); p != nil {
				check.Fill(p[:], math.NaN())
			}
		}
	}
	freeBundles.Put(b)
}

// place returns a new place, or the first one if there is no room.
func (b *bundle) place() float64 {
	n := int(b.next.Add(int64(b.stride))) - b.stride
	if n>>pageBits >= pages {
		b.full.Store(true)
		return 0
	}
	if p := &b.pages[n>>pageBits]; p.Load() == nil {
		p.CompareAndSwap(nil, new(page))
	}
	return float64(n)
}

// at returns the tangents at a place.
func (b *bundle) at(place float64) []float64 {
	n := int(place)
	return b.pages[n>>pageBits].Load()[n&(1<<pageBits-1):][:b.width]
}

// unit returns the place of new tangents that are 1 in direction i and 0 in the others.
func (b *bundle) unit(i int) float64 {
	z := b.place()
	t := b.at(z)
	clear(t)
	t[i] = 1
	return z
}

// scaled returns the place of a·x.
func (b *bundle) scaled(a, x float64) float64 {
	if a == 1 {
		return x
	}
	z := b.place()
	if z != 0 {
		kernel.Scale(b.at(z), a, b.at(x))
	}
	return z
}

// sum returns the place of a·x + c·y.
func (b *bundle) sum(a, x, c, y float64) float64 {
	z := b.place()
	if z == 0 {
		return 0
	}
	switch dst := b.at(z); {
	case a == 1 && c == 1:
		kernel.Add(dst, b.at(x), b.at(y))
	case a == 1 && c == -1:
		kernel.Sub(dst, b.at(x), b.at(y))
	default:
		kernel.Scale(dst, a, b.at(x))
		kernel.Axpy(dst, c, b.at(y))
	}
	return z
}

// bundle returns the bundle of a tag: nil if it belongs to none, or to none any more.
func (w tag) bundle() *bundle {
	if b := bundles[w.bundleNumber()].Load(); b != nil && b.tag == w {
		return b
	}
	return nil
}

// isMany reports whether Numbers of this tag have their tangents in a bundle.
func (w tag) isMany() bool { return int64(w) < 0 }

func (w tag) bundleNumber() int { return int(w >> 32 % tag(len(bundles))) }

// combine returns z with the tangent a·ẋ + c·ẏ, in a bundle. Where two derivatives have
// met, or one has ended, it leaves the tag for the operator to find.
func (z Number) combine(a float64, x Number, c float64, y Number) Number {
	b := z.tag.bundle()
	switch {
	case b == nil:
		z.t = 0
	case y.IsConst():
		z.t = b.scaled(a, x.t)
	case x.IsConst():
		z.t = b.scaled(c, y.t)
	default:
		z.t = b.sum(a, x.t, c, y.t)
	}
	return z
}

// divide returns z = x/y with its tangents, in a bundle.
func (z Number) divide(x, y Number) Number {
	if y.IsConst() {
		if b := z.tag.bundle(); b != nil {
			z.t = b.place()
			if z.t != 0 {
				kernel.Over(b.at(z.t), y.v, b.at(x.t))
			}
		}
		return z
	}
	r, slope := 1/y.v, -z.v/y.v
	if b := z.tag.bundle(); b != nil && (lossy(r) || x.v != 0 && lossy(slope)) {
		b.rough.Store(true)
	}
	return z.combine(r, x, slope, y)
}

// gather returns z with the tangent Σ slopes[i]·ẋ[i], in a bundle, of the numbers x and
// then y.
func (z Number) gather(slopes []float64, x, y []Number) Number {
	b := z.tag.bundle()
	if b == nil {
		return z
	}
	z.t = b.place()
	if z.t == 0 {
		return z
	}
	dst := b.at(z.t)
	clear(dst)
	for i, v := range x {
		if !v.IsConst() {
			kernel.Axpy(dst, slopes[i], b.at(v.t))
		}
	}
	for i, v := range y {
		if !v.IsConst() {
			kernel.Axpy(dst, slopes[len(x)+i], b.at(v.t))
		}
	}
	return z
}

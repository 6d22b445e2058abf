package reverse

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"pgregory.net/rapid"
)

// resample is upsampling over scalars: place says where an element of m lies among
// n, and elements mix by how close they are to it.
func resample(x []Var, xs []int, size [2]int, place func(i, m, n int) float64) (y []Var) {
	for plane := range xs[0] * xs[1] {
		for oh := range size[0] {
			for ow := range size[1] {
				pi, pj := place(oh, size[0], xs[2]), place(ow, size[1], xs[3])
				z := Var{}
				for i := range xs[2] {
					for j := range xs[3] {
						if w := max(0, 1-math.Abs(pi-float64(i))) * max(0, 1-math.Abs(pj-float64(j))); w > 0 {
							z = z.Add(x[(plane*xs[2]+i)*xs[3]+j].Mul(Var{value: w}))
						}
					}
				}
				y = append(y, z)
			}
		}
	}
	return y
}

// TestUpsampleAgrees holds random sizes against scalars.
func TestUpsampleAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) }
		xs := []int{draw("images", 0, 2), draw("channels", 1, 2), draw("height", 1, 5), draw("width", 1, 5)}
		size := [2]int{draw("h", 1, 7), draw("w", 1, 7)}
		kind := draw("kind", 0, 2)
		agrees(t, "upsampling", rand.New(rand.NewPCG(8, 8)), [][]int{xs}, func(x []Array) Array {
			if kind == 0 {
				return x[0].UpsampleNearest(size[0], size[1])
			}
			return x[0].UpsampleBilinear(size[0], size[1], kind == 2)
		}, func(x [][]Var) []Var {
			return resample(x[0], xs, size, func(i, m, n int) float64 {
				switch kind {
				case 0:
					return float64(i * n / m)
				case 2:
					return float64(i) * float64(n-1) / float64(max(m-1, 1))
				default:
					return min(max((float64(i)+0.5)*float64(n)/float64(m)-0.5, 0), float64(n-1))
				}
			})
		})
	})
}

// TestUpsampleFar: what has no weight is not looked at, an infinity for one.
func TestUpsampleFar(t *testing.T) {
	inf := math.Inf(1)
	tape := NewTape()
	x := tape.Const([]float64{1, inf, inf, inf}, 1, 1, 2, 2)
	if v := x.UpsampleBilinear(3, 3, true).Values(); v[0] != 1 || v[8] != inf {
		t.Error(v)
	}
	if v := x.UpsampleNearest(4, 4).Values(); v[5] != 1 || v[6] != inf {
		t.Error(v)
	}
}

func TestUpsamplePanics(t *testing.T) {
	tape := NewTape()
	x := tape.Const(make([]float64, 9), 1, 3, 3)
	optest.Panics(t, "reverse: UpsampleNearest of shape [1 3 3] to [2 2]", func() { x.UpsampleNearest(2, 2) })
	optest.Panics(t, "reverse: UpsampleBilinear of shape [] to [2 2]", func() { Array{}.UpsampleBilinear(2, 2, false) })
	x = tape.Const(make([]float64, 9), 1, 1, 3, 3)
	optest.Panics(t, "reverse: UpsampleNearest of shape [1 1 3 3] to [0 2]", func() { x.UpsampleNearest(0, 2) })
}

package fuzz

import (
	"math"
	"math/rand/v2"

	"github.com/quartet-ad/ad"
)

// Random returns a program of up to twelve statements and a point where most of
// its results are moderate numbers: a statement whose result is large, infinite or
// NaN is, nearly always, replaced by another one.
func Random(r *rand.Rand) (p Program, x []float64) { return generate(generator{r}, 0) }

// A source is where the choices of generate come from.
type source interface {
	intN(n int) int
	bytes(n int) []byte
	between(lo, hi float64) float64
}

// generate returns a program of n inputs, of any number where n is 0.
func generate(r source, n int) (p Program, x []float64) {
	if p.inputs = n; n == 0 {
		p.inputs = 1 + r.intN(maxInputs)
	}
	slots := make([]ad.Real, p.inputs)
	for i := range slots {
		if v := r.between(-4, 4); r.intN(20) > 0 {
			x = append(x, v)
		} else {
			x = append(x, NewDecoder(r.bytes(9)).Float())
		}
		slots[i] = ad.Real(x[i])
	}
	budget := maxCost
	for range 1 + r.intN(12) {
		for try := 0; ; try++ {
			s := NewDecoder(r.bytes(32)).statement(len(slots), budget, maxDepth)
			if s.cost() > budget {
				s = statement{op: byByte[0], args: []int{0, 0}} // room for the least
			}
			v := execute(s, slots)
			if tame(float64(v)) || try > 20 || r.intN(200) == 0 {
				p.body = append(p.body, s)
				slots = append(slots, v)
				budget -= s.cost()
				break
			}
		}
		if budget == 0 {
			break
		}
	}
	return p, x
}

func tame(x float64) bool { return math.Abs(x) < 1e3 }

// generator is math/rand as a source.
type generator struct{ *rand.Rand }

func (g generator) intN(n int) int { return g.IntN(n) }

func (g generator) bytes(n int) []byte {
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(g.Uint32())
	}
	return data
}

func (g generator) between(lo, hi float64) float64 { return lo + (hi-lo)*g.Float64() }

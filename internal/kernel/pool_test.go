package kernel

import (
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
	"pgregory.net/rapid"
)

// TestPooling: bins of all kinds, with NaN, infinities and ties, against loops over
// their elements.
func TestPooling(t *testing.T) {
	shareMore(t)
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string, lo, hi int) int { return rapid.IntRange(lo, hi).Draw(t, name) }
		p := Pooling{Planes: draw("planes", 0, 3), Height: draw("height", 1, 12), Width: draw("width", 1, 12), StepDown: draw("down", 1, 3), StepRight: draw("right", 1, 3)}
		bins := func(n int) (bins []Bin) {
			for range draw("bins", 0, 6) {
				from := draw("from", 0, n)
				bins = append(bins, Bin{from, draw("end", from, n), draw("count", 1, 9)})
			}
			return bins
		}
		p.Down, p.Right = bins(p.Height), bins(p.Width)
		values := []float64{-1, 0, math.Copysign(0, -1), 2, 2}
		if rapid.Bool().Draw(t, "infinities") { // whose sum is NaN too
			values = append(values, math.Inf(1), math.Inf(-1))
		}
		if rapid.Bool().Draw(t, "NaN") {
			values = append(values, math.NaN())
		}
		r := rand.New(rand.NewPCG(6, rapid.Uint64().Draw(t, "seed")))
		x := make([]float64, p.Planes*p.Height*p.Width)
		for i := range x {
			x[i] = values[r.IntN(len(values))]
		}
		n := p.Planes * len(p.Down) * len(p.Right)
		y, winners, average, dy := make([]float64, n), make([]int32, n), make([]float64, n), integers(r, n)
		dx, back := make([]float64, len(x)), make([]float64, len(x))
		p.Max(y, winners, x)
		p.Average(average, x)
		p.AddWinners(dx, dy, winners)
		p.AddAverage(back, dy)
		wantX, wantBack := make([]float64, len(x)), make([]float64, len(x))
		for k := range y {
			plane := k / (len(p.Down) * len(p.Right)) * p.Height * p.Width
			d, right := p.Down[k/len(p.Right)%len(p.Down)], p.Right[k%len(p.Right)]
			best, winner, sum, count := math.Inf(-1), -1, 0.0, float64(d.Count*right.Count)
			for i := d.From; i < d.End; i += p.StepDown {
				for j := right.From; j < right.End; j += p.StepRight {
					at := i*p.Width + j
					v := x[plane+at]
					if sum += v; winner < 0 || v > best || v != v && best == best {
						best, winner = v, at
					}
					wantBack[plane+at] += dy[k] / count
				}
			}
			if int(winners[k]) != winner || math.Float64bits(y[k]) != math.Float64bits(best) && best == best {
				t.Fatalf("%+v: the greatest of bin %d is %g at %d, want %g at %d", p, k, y[k], winners[k], best, winner)
			}
			if got, want := average[k], sum/count; got != want && (got == got || want == want) {
				t.Fatalf("%+v: the average of bin %d is %g, want %g", p, k, got, want)
			}
			if winner >= 0 {
				wantX[plane+winner] += dy[k]
			}
		}
		for i := range x {
			if dx[i] != wantX[i] || back[i] != wantBack[i] {
				t.Fatalf("%+v: element %d gets %g and %g, want %g and %g", p, i, dx[i], back[i], wantX[i], wantBack[i])
			}
		}
	})
}

// TestPoolingTies: of equal elements in a bin the first one is the greatest, along a line
// and down the lines, with a NaN elsewhere and without, and 0 is equal to -0.
func TestPoolingTies(t *testing.T) {
	zero := math.Copysign(0, -1)
	for _, test := range []struct {
		x    []float64 // of 2 lines
		want int32
	}{
		{[]float64{2, 2, 2, 2, 2, 2}, 0},
		{[]float64{1, 2, 2, 2, 2, 2}, 1},
		{[]float64{1, 1, 1, 1, 2, 2}, 4},
		{[]float64{1, 1, 2, 2, 1, 1}, 2},
		{[]float64{zero, 0, 0, 0, 0, 0}, 0},
		{[]float64{-1, 0, zero, 0, 0, 0}, 1},
		{[]float64{math.Inf(1), math.Inf(1), 0, 0, 0, math.Inf(1)}, 0},
		{[]float64{math.Inf(-1), math.Inf(-1), math.Inf(-1), math.Inf(-1), math.Inf(-1), math.Inf(-1)}, 0},
	} {
		for _, other := range []float64{0, math.NaN()} {
			p := Pooling{Planes: 1, Height: 3, Width: 3, StepDown: 1, StepRight: 1, Down: []Bin{{0, 2, 6}}, Right: []Bin{{0, 3, 6}}}
			y, winners := make([]float64, 1), make([]int32, 1)
			p.Max(y, winners, append(append([]float64(nil), test.x...), other, 0, 0))
			if winners[0] != test.want {
				t.Errorf("of %v the greatest is at %d, want %d", test.x, winners[0], test.want)
			}
		}
	}
}

// TestSharedLoops: loops and pooling on several processors have the bits of one, and
// allocate nothing.
func TestSharedLoops(t *testing.T) {
	shareMore(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	r := rand.New(rand.NewPCG(6, 1))
	const n = 3000
	x, y, start := random(r, n), random(r, n), random(r, n)
	m, v := make([]float64, n), make([]float64, n)
	pool := Pooling{Planes: 5, Height: 20, Width: 30, Down: []Bin{{0, 3, 3}, {7, 20, 13}}, Right: []Bin{{0, 30, 30}, {3, 9, 6}}, StepDown: 1, StepRight: 1}
	winners := make([]int32, 20)
	for name, f := range map[string]func(dst []float64){
		"Exp":      func(dst []float64) { Exp(dst, x) },
		"Axpy":     func(dst []float64) { Axpy(dst, 3, x) },
		"MulAdd":   func(dst []float64) { MulAdd(dst, x, y) },
		"Clear":    Clear,
		"SGD":      func(dst []float64) { SGD(dst, nil, x, 0.1, 0.2, 0, false) },
		"nesterov": func(dst []float64) { clear(v); SGD(dst, v, x, 0.1, 0.2, 0.9, true) },
		"Adam":     func(dst []float64) { clear(m); clear(v); Adam(dst, m, v, x, 1, 0.1, 0.9, 0.99, 1e-8, 0, 0) },
		"Max":      func(dst []float64) { pool.Max(dst[:20], winners, x) },
		"Average":  func(dst []float64) { pool.Average(dst[:20], x) },
	} {
		var want []float64
		for _, procs := range []int{1, 2, 3} {
			runtime.GOMAXPROCS(procs)
			dst := append([]float64(nil), start...)
			f(dst)
			if want == nil {
				want = append(want, dst...)
			}
			optest.Equal(t, name, dst, want, optest.Bits())
			if a := memtest.Allocations(10, func() { f(dst) }); a != 0 {
				t.Errorf("%s on %d processors: %v allocations", name, procs, a)
			}
		}
	}
}

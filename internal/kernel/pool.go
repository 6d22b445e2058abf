package kernel

import (
	"fmt"
	"math"
	"sync"
)

// A Bin is a stretch of an axis that is pooled: elements from a first one on, a
// step apart, before an end, and how many they count as.
type Bin struct{ From, End, Count int }

// A Pooling takes bins of planes together: x has the shape Planes × Height × Width,
// y that of Planes × len(Down) × len(Right). Elements of a bin lie StepDown and
// StepRight apart.
type Pooling struct {
	Planes, Height, Width int
	Down, Right           []Bin
	StepDown, StepRight   int
}

// Max writes to y the greatest element of every bin, NaN if one is NaN, -Inf if
// there are none. It writes to winners its place in the plane: that of the first
// which is as great, or is NaN; -1 if there are none.
//
// Max panics if a slice has another length than p says; so do the others.
func (p *Pooling) Max(y []float64, winners []int32, x []float64) {
	length("Pooling.Max", "winners", len(winners), len(y))
	p.run(pooling{plane: (*pooling).max, x: x, y: y, winners: winners})
}

// AddWinners adds every element of dy to the one of dx that was the greatest.
func (p *Pooling) AddWinners(dx, dy []float64, winners []int32) {
	length("Pooling.AddWinners", "winners", len(winners), len(dy))
	p.run(pooling{plane: (*pooling).addWinners, x: dx, y: dy, winners: winners})
}

// Average writes to y the sum of every bin divided by its Count.
func (p *Pooling) Average(y, x []float64) { p.run(pooling{plane: (*pooling).average, x: x, y: y}) }

// AddAverage adds to dx what comes back through Average from dy.
func (p *Pooling) AddAverage(dx, dy []float64) {
	p.run(pooling{plane: (*pooling).addAverage, x: dx, y: dy})
}

// A pooling is a Pooling at work.
type pooling struct {
	Pooling
	plane   func(p *pooling, x, y []float64, winners []int32)
	x, y    []float64
	winners []int32
}

var poolings = sync.Pool{New: func() any { return new(pooling) }}

func (p *Pooling) run(s pooling) {
	length("Pooling", "x", len(s.x), p.Planes*p.Height*p.Width)
	length("Pooling", "y", len(s.y), p.Planes*len(p.Down)*len(p.Right))
	if p.Height*p.Width > math.MaxInt32 {
		panic(fmt.Sprintf("kernel: Pooling of planes of %d×%d", p.Height, p.Width))
	}
	t := poolings.Get().(*pooling)
	*t = s
	t.Pooling = *p
	run(t, len(s.x) >= shareLoop)
	*t = pooling{}
	poolings.Put(t)
}

func (p *pooling) Split(int) (n, unit int) { return p.Planes, 1 }

func (p *pooling) Do(from, to int) {
	pixels, results := p.Height*p.Width, len(p.Down)*len(p.Right)
	for i := from; i < to; i++ {
		var winners []int32
		if p.winners != nil {
			winners = p.winners[i*results:][:results]
		}
		p.plane(p, p.x[i*pixels:][:pixels], p.y[i*results:][:results], winners)
	}
}

// max goes over the bins of a row side by side, a line of theirs at a time.
func (p *pooling) max(x, y []float64, winners []int32) {
	take := take
	if sum := Sum(x); sum != sum {
		take = takeNaN
	}
	for i, d := range p.Down {
		y, winners := y[i*len(p.Right):][:len(p.Right)], winners[i*len(p.Right):][:len(p.Right)]
		for j := range y {
			y[j], winners[j] = math.Inf(-1), -1
		}
		for row := d.From; row < d.End; row += p.StepDown {
			take(y, winners, x[row*p.Width:][:p.Width], p.Right, p.StepRight, row*p.Width)
		}
	}
}

// take takes the elements of a line into account that lie in bins, where none is
// NaN. Which one is greater is chosen without a branch, which would be a guess.
func take(y []float64, winners []int32, line []float64, bins []Bin, step, at int) {
	y, winners = y[:len(bins)], winners[:len(bins)]
	for j := range bins {
		i, end := bins[j].From, bins[j].End
		best, winner := y[j], winners[j]
		if winner < 0 && i < end {
			best, winner = line[i], int32(at+i)
			i += step
		}
		for ; i < end; i += step {
			z := line[i]
			mask := -one(z > best)
			old := math.Float64bits(best)
			best = math.Float64frombits(old ^ (old^math.Float64bits(z))&mask)
			winner ^= (winner ^ int32(at+i)) & int32(mask)
		}
		y[j], winners[j] = best, winner
	}
}

// takeNaN is take where elements may be NaN.
func takeNaN(y []float64, winners []int32, line []float64, bins []Bin, step, at int) {
	for j, bin := range bins {
		for i := bin.From; i < bin.End; i += step {
			if z := line[i]; winners[j] < 0 || z > y[j] || z != z && y[j] == y[j] {
				y[j], winners[j] = z, int32(at+i)
			}
		}
	}
}

// one is 1 where b is true.
func one(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

func (p *pooling) addWinners(dx, dy []float64, winners []int32) {
	for k, i := range winners {
		if i >= 0 {
			dx[i] += dy[k]
		}
	}
}

func (p *pooling) average(x, y []float64, _ []int32) {
	for k := range y {
		d, r := &p.Down[k/len(p.Right)], &p.Right[k%len(p.Right)]
		sum := 0.0
		for i := d.From; i < d.End; i += p.StepDown {
			for j := r.From; j < r.End; j += p.StepRight {
				sum += x[i*p.Width+j]
			}
		}
		y[k] = sum / float64(d.Count*r.Count)
	}
}

func (p *pooling) addAverage(dx, dy []float64, _ []int32) {
	for k, v := range dy {
		d, r := &p.Down[k/len(p.Right)], &p.Right[k%len(p.Right)]
		v /= float64(d.Count * r.Count)
		for i := d.From; i < d.End; i += p.StepDown {
			for j := r.From; j < r.End; j += p.StepRight {
				dx[i*p.Width+j] += v
			}
		}
	}
}

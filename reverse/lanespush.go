package reverse

import "github.com/quartet-ad/ad/internal/kernel"

// A fan says how a program is swept forwards in the directions of all inputs at once. Of
// every place it has a row: the tangents in the directions from the first to the last
// of those inputs that the place depends on.
type fan struct {
	first []int32 // of places: the first input, from 0
	at    []int32 // the row of a place is at[place]:at[place+1]
}

// mostTangents is how many tangents a sweep in all directions may have.
const mostTangents = 1 << 20

// fanFor returns the fan of a program, nil if it is too large, or if it takes less time to
// sweep backwards from every result.
func (p *program) fanFor() *fan {
	p.lock.Lock()
	defer p.lock.Unlock()
	if !p.fanned {
		p.fanned = true
		f := newFan(p)
		if f != nil && 2*len(p.code)+f.size()/4 < len(p.code)*len(p.results) {
			p.fan = f
		}
	}
	return p.fan
}

// size is how many tangents there are.
func (f *fan) size() int { return int(f.at[len(f.at)-1]) }

func newFan(p *program) *fan {
	n := p.constant()
	f := &fan{make([]int32, n), make([]int32, n+1)}
	end := make([]int32, n)
	for place := range int32(n) {
		switch {
		case place == 0:
		case int(place) < p.first:
			f.first[place], end[place] = place-1, place
		default:
			f.first[place] = int32(p.n)
			p.eachMoving(&p.code[int(place)-p.first], func(x *int32) {
				if int(*x) < n {
					f.first[place] = min(f.first[place], f.first[*x])
					end[place] = max(end[place], end[*x])
				}
			})
		}
		f.at[place+1] = f.at[place] + max(0, end[place]-f.first[place])
		if f.at[place+1] > mostTangents {
			return nil
		}
	}
	return f
}

// pushAll sweeps forwards in the directions of all inputs. Where a tangent is not finite,
// it is not what the structure makes of it.
func (r *runner) pushAll(f *fan) {
	p, t := r.p, r.t
	r.tangents = zeroed(r.tangents, f.size())
	for i := range p.n {
		r.tangents[f.at[i+1]] = 1
	}
	for k := range p.code {
		slot := p.first + k
		first, z := f.first[slot], r.tangents[f.at[slot]:f.at[slot+1]]
		if code := p.code[k].op; code&kindMask == opApplyN {
			slopes, operands := t.operandsOfMany(&t.many[code>>kindBits])
			for i, operand := range operands {
				if operand != 0 {
					r.fanOut(f, z, first, slopes[i], operand)
				}
			}
			continue
		}
		rec := t.record(uint32(slot))
		if rec.a != 0 {
			r.fanOut(f, z, first, rec.da, rec.a)
		}
		if rec.b != 0 {
			r.fanOut(f, z, first, rec.db, rec.b)
		}
	}
}

// fanOut adds the tangents of an operand, scaled, to z, which starts at first.
func (r *runner) fanOut(f *fan, z []float64, first int32, slope float64, operand uint32) {
	v := r.tangents[f.at[operand]:f.at[operand+1]]
	if len(v) == 0 {
		return
	}
	z = z[f.first[operand]-first:][:len(v)]
	if len(v) >= 16 {
		kernel.Axpy(z, slope, v)
		return
	}
	for i, v := range v {
		z[i] += slope * v
	}
}

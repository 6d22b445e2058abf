package reverse

import (
	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/program"
)

// pushAll sweeps forwards in the directions of all inputs. Where a tangent is not finite,
// it is not what the structure makes of it.
func (r *runner) pushAll(f *program.Fan) {
	p, t := r.p, r.t
	r.tangents = zeroed(r.tangents, f.Size())
	for i := range p.N {
		r.tangents[f.At[i+1]] = 1
	}
	for k := range p.Code {
		slot := p.First + k
		first, z := f.First[slot], r.tangents[f.At[slot]:f.At[slot+1]]
		if code := p.Code[k].Op; code.Kind() == program.Nary {
			slopes, operands := t.operandsOfNary(&t.nary[code.Index()])
			for i, operand := range operands {
				if operand != 0 {
					r.fanOut(f, z, first, slopes[i], operand)
				}
			}
			continue
		}
		rec := t.edgesOf(uint32(slot))
		if rec.a != 0 {
			r.fanOut(f, z, first, rec.da, rec.a)
		}
		if rec.b != 0 {
			r.fanOut(f, z, first, rec.db, rec.b)
		}
	}
}

// fanOut adds the tangents of an operand, scaled, to z, which starts at first.
func (r *runner) fanOut(f *program.Fan, z []float64, first int32, slope float64, operand uint32) {
	v := r.tangents[f.At[operand]:f.At[operand+1]]
	if len(v) == 0 {
		return
	}
	z = z[f.First[operand]-first:][:len(v)]
	if len(v) >= 16 {
		kernel.Axpy(z, slope, v)
		return
	}
	for i, v := range v {
		z[i] += slope * v
	}
}

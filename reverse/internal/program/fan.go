package program

// A Fan says how a program is swept forward in the directions of all inputs at once. Of
// every place it has a row: the tangents in the directions from the first to the last
// of those inputs that the place depends on.
type Fan struct {
	First []int32 // of places: the first input, from 0
	At    []int32 // the row of a place is At[place]:At[place+1]
}

// mostTangents is how many tangents a sweep in all directions may have.
const mostTangents = 1 << 20

// Fan returns the fan of a program, nil if it is too large, or if it takes less time to
// sweep backward from every result.
func (p *Program) Fan() *Fan {
	return p.fan.get(func() *Fan {
		f := newFan(p)
		if f != nil && 2*len(p.Code)+f.Size()/4 < len(p.Code)*len(p.Results) {
			return f
		}
		return nil
	})
}

// Size returns how many tangents there are.
func (f *Fan) Size() int { return int(f.At[len(f.At)-1]) }

func newFan(p *Program) *Fan {
	n := p.Constant()
	f := &Fan{make([]int32, n), make([]int32, n+1)}
	end := make([]int32, n)
	for place := range int32(n) {
		switch {
		case place == 0:
		case int(place) < p.First:
			f.First[place], end[place] = place-1, place
		default:
			f.First[place] = int32(p.N)
			p.eachMoving(&p.Code[int(place)-p.First], func(x *int32) {
				if int(*x) < n {
					f.First[place] = min(f.First[place], f.First[*x])
					end[place] = max(end[place], end[*x])
				}
			})
		}
		f.At[place+1] = f.At[place] + max(0, end[place]-f.First[place])
		if f.At[place+1] > mostTangents {
			return nil
		}
	}
	return f
}

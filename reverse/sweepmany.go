package reverse

import (
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
)

// A column holds one input or result of many points, stride apart. A stride of 0 is
// that of an input that all points share.
type column struct {
	data   []float64
	stride int
}

func (c column) at(j int) float64 { return c.data[j*c.stride] }

// planFor returns the plan for points with the inputs x.
func (p *program) planFor(x []column) *plan {
	p.lock.Lock()
	defer p.lock.Unlock()
	for _, pl := range p.plans {
		if pl.fits(x) {
			return pl
		}
	}
	p.plans = append(p.plans, newPlan(p, x))
	return p.plans[len(p.plans)-1]
}

func (pl *plan) fits(x []column) bool {
	for i, c := range x {
		if (pl.row[i+1] < 0) != (c.stride == 0) {
			return false
		}
	}
	return true
}

// A many is the work of evaluating a function at many points, or of sweeping it
// backwards there: in groups of points that do not depend on how many goroutines there
// are, so that sums over points do not either.
type many struct {
	f     *Func
	k     int // points
	x, y  []column
	back  bool     // whether to sweep
	w, dx []column // weights of the results, and where adjoints are added to
	each  bool     // every result by itself: dx has the inputs for each of them
	set   bool     // dx is set, not added to; its columns are those of rows

	first   []float64 // the first point
	pl      *plan
	uniform []float64
	groups  int
	sums    [][]float64 // over the points of a group: of adjoints of used
	inputs  [][]float64 // and, from points swept by themselves, of inputs
}

const mostGroups = 16

// shareFrom is how many statements times points several cores are for. It is a variable
// for the tests.
var shareFrom = 1 << 16

// run does the work.
func (m *many) run() {
	if m.k == 0 {
		return
	}
	m.first = zeroed(m.first, m.f.n)
	m.point(m.first, 0)
	r := m.f.at("reverse.Func", m.first)
	defer r.release()
	if r.p == nil { // unfit
		m.pl, m.groups = nil, 1
		m.startGroups()
		for j := range m.k {
			m.alone(0, j, m.first)
		}
		m.finish(nil)
		return
	}
	m.pl, m.uniform = r.p.planFor(m.x), r.values
	if m.each {
		m.pl.reaches()
	}
	width := m.pl.width()
	m.groups = min(mostGroups, (m.k+width-1)/width)
	m.startGroups()
	if len(m.pl.varying)*m.k >= shareFrom && m.groups > 1 {
		kernel.Share(m, m.groups)
	} else {
		for g := range m.groups {
			m.Do(g, m.groups)
		}
	}
	m.finish(r)
}

func (m *many) startGroups() {
	used := 0
	if m.pl != nil {
		used = len(m.pl.used)
	}
	if !m.back {
		return
	}
	for _, s := range []*[][]float64{&m.sums, &m.inputs} {
		*s = slices.Grow((*s)[:0], m.groups)[:m.groups]
	}
	for g := range m.groups {
		m.sums[g], m.inputs[g] = zeroed(m.sums[g], used), zeroed(m.inputs[g], m.f.n)
	}
}

// Do does a group. Where a point needs the function itself, that may panic.
func (m *many) Do(g, groups int) {
	b := m.pl.borrow()
	defer m.pl.blocks.Put(b)
	b.uniform = m.uniform
	width := b.width
	blocks := (m.k + width - 1) / width
	for i := blocks * g / groups; i < blocks*(g+1)/groups; i++ {
		from := i * width
		b.n = min(width, m.k-from)
		m.block(b, g, from)
	}
}

// block does the points of one block.
func (m *many) block(b *block, g, from int) {
	for i, c := range m.x {
		if c.stride == 0 {
			continue
		}
		row, data := b.value(int32(i+1)), c.data[from*c.stride:]
		if c.stride == 1 {
			copy(row, data)
			continue
		}
		for j := range row {
			row[j] = data[j*c.stride]
		}
	}
	b.forward()
	ok := b.guarded()
	if ok && m.back {
		ok = m.pull(b, g, from)
	}
	if !ok {
		point := make([]float64, m.f.n)
		for j := range b.n {
			m.alone(g, from+j, point)
		}
		return
	}
	for i, c := range m.y {
		data, place := c.data[from*c.stride:], b.p.results[i]
		for j := range b.n {
			data[j*c.stride] = b.lane(place, j)
		}
	}
}

// guarded reports whether all comparisons come out as they did in every lane.
func (b *block) guarded() bool {
	for _, g := range b.p.guards {
		for j := range b.n {
			if b.lane(g.x, j) < b.lane(g.y, j) != g.less {
				return false
			}
		}
	}
	return true
}

// pull sweeps a block backwards. It does nothing but report false where something is
// not finite: then the structure decides, which the tape knows.
func (m *many) pull(b *block, g, from int) bool {
	b.computeSlopes()
	if m.each {
		for i := range b.p.results {
			b.clearAdjoints()
			b.seed(i, column{one, 0})
			b.pull(b.reach[i])
			if !m.collect(b, m.dx[i*m.f.n:][:m.f.n], from) {
				return false
			}
		}
		return true
	}
	b.clearAdjoints()
	for i, c := range m.w {
		b.seed(i, column{c.data[from*c.stride:], c.stride})
	}
	b.pull(b.varying)
	if !finite(b.shared) || !m.collect(b, m.dx, from) {
		return false
	}
	accumulate(m.sums[g], b.shared)
	return true
}

// seed adds the weights of a result to its adjoints.
func (b *block) seed(result int, w column) {
	place := b.p.results[result]
	for j := range b.n {
		b.to(place, j, w.at(j))
	}
}

// collect adds the adjoints of the inputs to dx, if all are finite.
func (m *many) collect(b *block, dx []column, from int) bool {
	for i := range m.x {
		if a := b.adjoint(int32(i + 1)); a != nil && !finite(a) {
			return false
		}
	}
	if m.set {
		b.setRows(dx, from)
		return true
	}
	for i, c := range dx {
		a := b.adjoint(int32(i + 1))
		if a == nil || c.data == nil {
			continue
		}
		data := c.data[from*c.stride:]
		for j, v := range a {
			data[j*c.stride] += v
		}
	}
	return true
}

// setRows sets the columns dx of rows to the adjoints of the inputs: four at a time, since
// rows are long and caches narrow.
func (b *block) setRows(dx []column, from int) {
	stride := dx[0].stride
	for ; len(dx) >= 4; dx = dx[4:] {
		i := int32(b.p.n - len(dx) + 1)
		p, q, r, s := b.adjoint(i), b.adjoint(i+1), b.adjoint(i+2), b.adjoint(i+3)
		q, r, s = q[:len(p)], r[:len(p)], s[:len(p)]
		data := dx[0].data[from*stride:]
		for j := range p {
			d := data[j*stride:][:4]
			d[0], d[1], d[2], d[3] = p[j], q[j], r[j], s[j]
		}
	}
	for ; len(dx) > 0; dx = dx[1:] {
		data := dx[0].data[from*stride:]
		for j, v := range b.adjoint(int32(b.p.n - len(dx) + 1)) {
			data[j*stride] = v
		}
	}
}

// point writes the inputs of a point.
func (m *many) point(dst []float64, j int) {
	for i, c := range m.x {
		dst[i] = c.at(j)
	}
}

// alone does one point by itself, on a tape.
func (m *many) alone(g, j int, point []float64) {
	m.point(point, j)
	r := m.f.at("reverse.Func", point)
	defer r.release()
	for i, c := range m.y {
		c.data[j*c.stride] = r.result(i)
	}
	if !m.back {
		return
	}
	if m.each {
		for i, y := range r.results {
			r.t.pullOne(y)
			for input, c := range m.dx[i*m.f.n:][:m.f.n] {
				c.data[j*c.stride] = r.t.adj[input+1]
			}
		}
		return
	}
	for i, c := range m.w {
		r.seeds[i] = c.at(j)
	}
	r.t.pull(r.results, r.seeds)
	for i, c := range m.dx {
		switch a := r.t.adj[i+1]; {
		case m.x[i].stride == 0:
			m.inputs[g][i] += a
		case m.set:
			c.data[j*c.stride] = a
		case c.data != nil:
			c.data[j*c.stride] += a
		}
	}
}

// finish adds to the adjoints of the inputs that all points share.
func (m *many) finish(r *runner) {
	if !m.back || m.each {
		return
	}
	for g := 1; g < m.groups; g++ {
		accumulate(m.sums[0], m.sums[g])
		accumulate(m.inputs[0], m.inputs[g])
	}
	if r != nil && len(m.pl.used) > 0 {
		r.t.pullFrom(m.pl.used, m.sums[0])
		accumulate(m.inputs[0], r.t.adj[1:m.f.n+1])
	}
	for i, c := range m.dx {
		if m.x[i].stride == 0 && c.data != nil {
			c.data[0] += m.inputs[0][i]
		}
	}
}

// pullFrom sweeps backwards from the places with their adjoints.
func (t *tape) pullFrom(places []int32, adjoints []float64) {
	seed := func() {
		t.prepareAll(adjoint)
		for i, place := range places {
			t.adj[place] = adjoints[i]
		}
	}
	if seed(); t.pullQuick(t.n - 1) {
		return
	}
	seed()
	t.reached = zeroed(t.reached, int(t.n))
	for _, place := range places {
		t.reached[place] = true
	}
	t.pullCareful(t.n - 1)
}

package reverse

import (
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/program"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// A batch is the work of evaluating a function at many points, or of sweeping it
// backwards there: in groups of points that do not depend on how many goroutines there
// are, so that sums over points do not either.
type batch struct {
	f     *Func
	k     int // points
	x, y  []program.Column
	back  bool             // whether to sweep
	w, dx []program.Column // weights of the results, and where adjoints are added to
	each  bool             // every result by itself: dx has the inputs for each of them
	set   bool             // dx is set, not added to; its columns are those of rows

	first   []float64 // the first point
	pl      *program.Plan
	uniform []float64
	groups  int
	sums    [][]float64 // over the points of a group: of adjoints of used
	inputs  [][]float64 // and, from points swept by themselves, of inputs
}

const (
	mostGroups = 16
	shareFrom  = 1 << 16 // statements times points
)

// run does the work.
func (m *batch) run() {
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
	m.pl, m.uniform = r.p.Plan(m.x), r.values
	width := m.pl.Width()
	m.groups = min(mostGroups, (m.k+width-1)/width)
	m.startGroups()
	parts := 1
	if len(m.pl.Varying)*m.k >= shareFrom {
		parts = m.groups
	}
	kernel.Share(m, parts)
	m.finish(r)
}

func (m *batch) startGroups() {
	used := 0
	if m.pl != nil {
		used = len(m.pl.Used)
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

// Split returns the groups.
func (m *batch) Split(int) (n, unit int) { return m.groups, 1 }

// Do does some groups. Where a point needs the function itself, that may panic.
func (m *batch) Do(from, to int) {
	b := m.pl.Borrow()
	defer b.Release()
	b.Uniform = m.uniform
	width := b.Width()
	blocks := (m.k + width - 1) / width
	for g := from; g < to; g++ {
		for i := blocks * g / m.groups; i < blocks*(g+1)/m.groups; i++ {
			from := i * width
			b.N = min(width, m.k-from)
			m.block(b, g, from)
		}
	}
}

// block does the points of one block.
func (m *batch) block(b *program.Block, g, from int) {
	b.Load(m.x, from)
	b.Forward()
	ok := b.Holds()
	if ok && m.back {
		ok = m.pull(b, g, from)
	}
	if !ok {
		point := make([]float64, m.f.n)
		for j := range b.N {
			m.alone(g, from+j, point)
		}
		return
	}
	b.Store(m.y, from)
}

// pull sweeps a block backward. It does nothing but report false where something is
// not finite: then the structure decides, which the tape knows.
func (m *batch) pull(b *program.Block, g, from int) bool {
	b.Slopes()
	if m.each {
		for i, statements := range m.pl.Reach() {
			b.Clear()
			b.Seed(i, program.Column{Data: one}, 0)
			b.Pull(statements)
			if !m.collect(b, m.dx[i*m.f.n:][:m.f.n], from) {
				return false
			}
		}
		return true
	}
	b.Clear()
	for i, c := range m.w {
		b.Seed(i, c, from)
	}
	b.Pull(m.pl.Varying)
	if !vector.SumFinite(b.Shared) || !m.collect(b, m.dx, from) {
		return false
	}
	vector.Add(m.sums[g], b.Shared)
	return true
}

// collect adds the adjoints of the inputs to dx, if all are finite.
func (m *batch) collect(b *program.Block, dx []program.Column, from int) bool {
	if !b.Finite() {
		return false
	}
	if m.set {
		b.SetAdjoints(dx, from)
	} else {
		b.AddAdjoints(dx, from)
	}
	return true
}

// point writes the inputs of a point.
func (m *batch) point(dst []float64, j int) {
	for i, c := range m.x {
		dst[i] = c.At(j)
	}
}

// alone does one point by itself, on a tape.
func (m *batch) alone(g, j int, point []float64) {
	m.point(point, j)
	r := m.f.at("reverse.Func", point)
	defer r.release()
	for i, c := range m.y {
		c.Data[j*c.Stride] = r.result(i)
	}
	if !m.back {
		return
	}
	if m.each {
		for i, y := range r.results {
			r.t.pullOne(y)
			for input, c := range m.dx[i*m.f.n:][:m.f.n] {
				c.Data[j*c.Stride] = r.t.adj[input+1]
			}
		}
		return
	}
	for i, c := range m.w {
		r.seeds[i] = c.At(j)
	}
	r.t.pull(r.results, r.seeds)
	for i, c := range m.dx {
		switch a := r.t.adj[i+1]; {
		case m.x[i].Stride == 0:
			m.inputs[g][i] += a
		case m.set:
			c.Data[j*c.Stride] = a
		case c.Data != nil:
			c.Data[j*c.Stride] += a
		}
	}
}

// finish adds to the adjoints of the inputs that all points share.
func (m *batch) finish(r *runner) {
	if !m.back || m.each {
		return
	}
	for g := 1; g < m.groups; g++ {
		vector.Add(m.sums[0], m.sums[g])
		vector.Add(m.inputs[0], m.inputs[g])
	}
	if r != nil && len(m.pl.Used) > 0 {
		r.t.pullFrom(m.pl.Used, m.sums[0])
		vector.Add(m.inputs[0], r.t.adj[1:m.f.n+1])
	}
	for i, c := range m.dx {
		if m.x[i].Stride == 0 && c.Data != nil {
			c.Data[0] += m.inputs[0][i]
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

package optim

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/nn"
)

// memory is what an optimizer keeps from step to step, for each parameter that it has met.
type memory struct {
	scalar string // the name of a number that is kept besides, "" for none
	of     map[*nn.Param]*record
	all    []*record // in the order in which they were met

	calls   int       // of find
	current []*record // by position in the latest call, nil where a parameter is listed again
}

// record is what is kept for one parameter.
type record struct {
	param  *nn.Param
	steps  *nn.Param   // a scalar: the steps that it has made
	scalar *nn.Param   // nil for none
	slots  []*nn.Param // shaped as the parameter; nil for slots without a name
	call   int         // the latest call of find that met it
}

// t returns the number of the step that the parameter makes, from 1 on.
func (r *record) t() int { return int(r.steps.Value[0]) }

// find looks up what is kept for each of params, and makes records of those that are new, with a
// slot for each name but "".
func (m *memory) find(who string, params []*nn.Param, names ...string) {
	if m.of == nil {
		m.of = map[*nn.Param]*record{}
	}
	m.calls++
	m.current = m.current[:0]
	for i, p := range params {
		if len(p.Grad) != len(p.Value) && p.Grad != nil {
			panic(fmt.Sprintf("optim: %s: parameter %d, %s, has %d values and %d gradients", who, i, p.Name, len(p.Value), len(p.Grad)))
		}
		r := m.lookup(p, i)
		if r == nil {
			r = m.add(p, names)
		}
		if r.call == m.calls {
			m.current = append(m.current, nil)
			continue
		}
		r.call = m.calls
		m.current = append(m.current, r)
		for j, s := range r.slots {
			if (s == nil) != (names[j] == "") {
				panic(fmt.Sprintf("optim: %s: a field that says what is kept has changed since the first step", who))
			}
			if s != nil && (len(s.Value) != len(p.Value) || !slices.Equal(s.Shape, p.Shape)) {
				panic(fmt.Sprintf("optim: %s: parameter %d, %s, of shape %v, before %v", who, i, p.Name, p.Shape, s.Shape))
			}
		}
	}
}

// lookup returns the record of p, which is at place i of its list, or nil. A Param that is not
// known may be one that a layer makes anew at each call of its Params: it is identified by its Value.
func (m *memory) lookup(p *nn.Param, i int) *record {
	if r := m.of[p]; r != nil {
		return r
	}
	for k := range m.all {
		r := m.all[(i+k)%len(m.all)]
		if r.call != m.calls && sameStorage(r.param.Value, p.Value) {
			delete(m.of, r.param)
			r.param, m.of[p] = p, r
			return r
		}
	}
	return nil
}

func sameStorage(a, b []float64) bool { return len(a) == len(b) && len(a) > 0 && &a[0] == &b[0] }

func (m *memory) add(p *nn.Param, names []string) *record {
	r := m.newRecord(p, names)
	m.of[p] = r
	m.all = append(m.all, r)
	return r
}

func (m *memory) newRecord(p *nn.Param, names []string) *record {
	r := &record{
		param: p,
		steps: &nn.Param{Name: "step", Value: make([]float64, 1)},
		slots: make([]*nn.Param, len(names)),
	}
	if m.scalar != "" {
		r.scalar = &nn.Param{Name: m.scalar, Value: make([]float64, 1)}
	}
	for j, name := range names {
		if name != "" {
			r.slots[j] = &nn.Param{Name: name, Value: make([]float64, len(p.Value)), Shape: slices.Clone(p.Shape)}
		}
	}
	return r
}

// each counts a step of every parameter that is learned, calls f for it, and clears its gradient.
// params are those of the latest find.
func (m *memory) each(params []*nn.Param, f func(p *nn.Param, r *record)) {
	for i, r := range m.current {
		if p := params[i]; r != nil && p.Grad != nil {
			r.steps.Value[0]++
			f(p, r)
			kernel.Clear(p.Grad)
		}
	}
}

// Moved returns the parameters that have made a step, in the order in which they were met. A
// checkpoint asks whether all of them are of its model.
func (m *memory) Moved() []*nn.Param {
	var list []*nn.Param
	for _, r := range m.all {
		if r.t() > 0 {
			list = append(list, r.param)
		}
	}
	return list
}

// state returns what is kept for the parameters of the latest find, by position and name.
func (m *memory) state() []*nn.Param {
	var list []*nn.Param
	for i, r := range m.current {
		if r == nil {
			continue
		}
		for _, s := range append([]*nn.Param{r.steps, r.scalar}, r.slots...) {
			if s != nil {
				list = append(list, &nn.Param{Name: fmt.Sprintf("%d.%s", i, s.Name), Value: s.Value, Shape: s.Shape})
			}
		}
	}
	return list
}

// fill sets all elements of x to value.
func fill(x []float64, value float64) {
	for i := range x {
		x[i] = value
	}
}

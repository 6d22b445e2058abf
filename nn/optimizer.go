package nn

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
)

// Optimizer moves parameters against their gradients.
//
// A parameter whose Grad is nil stays as it is, while steps are counted for all alike; one that
// is listed twice, as of two layers that share it, is moved once. A gradient that is NaN makes
// the element, and what the optimiser keeps for it, NaN: look at the norm that ClipGlobalNorm
// returns.
type Optimizer interface {
	// Step moves every Value against its Grad, and clears the Grad. The gradients of
	// several calls of Backward before a Step are summed.
	//
	// The first Step allocates what the optimiser keeps for each parameter, by its position
	// in params; later ones allocate nothing, and panic if the number or the shapes of the parameters
	// are not those of the first, or if a field of the optimiser has no meaning.
	Step(params []*Param)

	// SetRate sets the learning rate of the steps to come.
	SetRate(rate float64)

	// State returns what the optimiser keeps for params: the number of steps made, and arrays
	// such as "2.velocity", of the parameter at position 2. Their Values are live: to overwrite them, as
	// LoadCheckpoint does, is to put the optimiser where another one was.
	State(params []*Param) []*Param
}

// memory is what an optimiser keeps from step to step.
type memory struct {
	steps *Param     // a scalar: the steps made
	slots [][]*Param // by parameter and slot, nil for slots without a name
	all   []*Param   // steps and slots
}

// open allocates, at its first call, a slot of each name for every parameter, and checks, at all
// calls, that params are those of the first. Slots of the name "" are left out.
func (m *memory) open(who string, params []*Param, names ...string) {
	if m.steps == nil {
		m.allocate(params, names)
	}
	if len(params) != len(m.slots) {
		panic(fmt.Sprintf("nn: %s of %d parameters, before %d", who, len(params), len(m.slots)))
	}
	for i, p := range params {
		if len(p.Grad) != len(p.Value) && p.Grad != nil {
			panic(fmt.Sprintf("nn: %s: parameter %d, %s, has %d values and %d gradients", who, i, p.Name, len(p.Value), len(p.Grad)))
		}
		for j, s := range m.slots[i] {
			if (s == nil) != (names[j] == "") {
				panic(fmt.Sprintf("nn: %s: a field that says what is kept has changed since the first step", who))
			}
			if s != nil && (len(s.Value) != len(p.Value) || !slices.Equal(s.Shape, p.Shape)) {
				panic(fmt.Sprintf("nn: %s: parameter %d, %s, of shape %v, before %v", who, i, p.Name, p.Shape, s.Shape))
			}
		}
	}
}

func (m *memory) allocate(params []*Param, names []string) {
	m.steps = &Param{Name: "step", Value: make([]float64, 1)}
	m.all = []*Param{m.steps}
	m.slots = make([][]*Param, len(params))
	for i, p := range params {
		m.slots[i] = make([]*Param, len(names))
		for j, name := range names {
			if name == "" {
				continue
			}
			s := &Param{
				Name:  fmt.Sprintf("%d.%s", i, name),
				Value: make([]float64, len(p.Value)),
				Shape: slices.Clone(p.Shape),
			}
			m.slots[i][j] = s
			m.all = append(m.all, s)
		}
	}
}

// tick counts a step and returns its number, from 1 on.
func (m *memory) tick() int {
	m.steps.Value[0]++
	return int(m.steps.Value[0])
}

// each calls f for every parameter that is learnt, with its slots, and clears its gradient.
func (m *memory) each(params []*Param, f func(p *Param, slots []*Param)) {
	for i := range params {
		if learnt(params, i) {
			f(params[i], m.slots[i])
			kernel.Clear(params[i].Grad)
		}
	}
}

// fill sets slot j of every parameter to x.
func (m *memory) fill(j int, x float64) {
	for _, slots := range m.slots {
		for i := range slots[j].Value {
			slots[j].Value[i] = x
		}
	}
}

// learnt reports whether parameter i has a gradient, and is not listed before.
func learnt(params []*Param, i int) bool {
	return params[i].Grad != nil && !slices.Contains(params[:i], params[i])
}

// within panics unless lo <= x < hi.
func within(who, field string, x, lo, hi float64) {
	if !(lo <= x && x < hi) {
		panic(fmt.Sprintf("nn: %s of %s %v, want at least %v and less than %v", who, field, x, lo, hi))
	}
}

// positive panics unless x > 0.
func positive(who, field string, x float64) {
	if !(x > 0) {
		panic(fmt.Sprintf("nn: %s of %s %v, want more than 0; New%s sets the usual one", who, field, x, who))
	}
}

// notNegative panics unless x >= 0.
func notNegative(who, field string, x float64) {
	if !(x >= 0) {
		panic(fmt.Sprintf("nn: %s of %s %v, want at least 0", who, field, x))
	}
}

// betas panics unless 0 <= first < 1 and 0 < second < 1.
func betas(who string, first, second float64) {
	within(who, "Beta1", first, 0, 1)
	positive(who, "Beta2", second)
	within(who, "Beta2", second, 0, 1)
}

// when returns name if it is wanted, else "".
func when(wanted bool, name string) string {
	if wanted {
		return name
	}
	return ""
}

package optim

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/quartet-ad/ad/nn"
)

// A Group is a list of parameters that an optimizer of their own moves, with its own rate, decay and
// other fields.
type Group struct {
	Optimizer nn.Optimizer
	Params    []*nn.Param

	// Scale is what SetRate of Groups multiplies the rate by for this group. NewGroup sets 1. A
	// Scale of 0 makes the rate 0.
	Scale float64
}

// NewGroup returns a Group with a Scale of 1.
func NewGroup(o nn.Optimizer, params ...*nn.Param) Group { return Group{o, params, 1} }

// Groups is an nn.Optimizer of parameters in groups, as PyTorch's parameter groups:
//
//	opt := optim.NewGroups(
//		optim.NewGroup(optim.NewAdamW(1e-3, 0.01), weights...),
//		optim.NewGroup(optim.NewAdam(1e-3), biases...), // which do not decay
//	)
//
// Rates that a group begins with are those of its optimizer. An nn.Schedule gives one rate for all:
// each group takes Scale times as much.
type Groups struct {
	list    []Group
	group   map[*nn.Param]int
	storage map[*float64]int // the group of a Value, by its first element

	params [][]*nn.Param // of the latest call, by group
	places [][]int       // theirs in the list of that call
}

// NewGroups returns an optimizer of the groups, whose lists are not read again.
//
// NewGroups panics if a group has no optimizer, if two groups have the same one, or the same
// parameter.
func NewGroups(groups ...Group) *Groups {
	o := &Groups{
		list: groups, group: map[*nn.Param]int{}, storage: map[*float64]int{},
		params: make([][]*nn.Param, len(groups)), places: make([][]int, len(groups)),
	}
	for i, g := range groups {
		for k := range i {
			if groups[k].Optimizer == g.Optimizer {
				panic(fmt.Sprintf("optim: NewGroups: groups %d and %d have one optimizer", k, i))
			}
		}
		if g.Optimizer == nil {
			panic(fmt.Sprintf("optim: NewGroups: group %d has no optimizer", i))
		}
		for _, p := range g.Params {
			if k, ok := o.of(p); ok && k != i {
				panic(fmt.Sprintf("optim: NewGroups: parameter %s%v is in the groups %d and %d", p.Name, p.Shape, k, i))
			}
			if o.group[p] = i; len(p.Value) > 0 {
				o.storage[&p.Value[0]] = i
			}
		}
	}
	return o
}

// of returns the group of a parameter, by its pointer or its Value.
func (o *Groups) of(p *nn.Param) (int, bool) {
	i, ok := o.group[p]
	if !ok && len(p.Value) > 0 {
		i, ok = o.storage[&p.Value[0]]
	}
	return i, ok
}

// sort fills params and places.
func (o *Groups) sort(params []*nn.Param) {
	for i := range o.list {
		o.params[i], o.places[i] = o.params[i][:0], o.places[i][:0]
	}
	for k, p := range params {
		if i, ok := o.of(p); ok {
			o.params[i], o.places[i] = append(o.params[i], p), append(o.places[i], k)
		}
	}
}

// Step implements nn.Optimizer: the optimizer of each group moves its parameters.
//
// Cost: that of the optimizers.
//
// Step panics as they do, and if a parameter has a gradient and is in no group.
func (o *Groups) Step(params []*nn.Param) {
	for k, p := range params {
		if _, ok := o.of(p); !ok && p.Grad != nil {
			panic(fmt.Sprintf("optim: Groups: parameter %d, %s%v, is in no group", k, p.Name, p.Shape))
		}
	}
	o.sort(params)
	for i, g := range o.list {
		g.Optimizer.Step(o.params[i])
	}
}

// SetRate implements nn.Optimizer: the rate of each group is its Scale times as much.
func (o *Groups) SetRate(rate float64) {
	for _, g := range o.list {
		g.Optimizer.SetRate(g.Scale * rate)
	}
}

// State implements nn.Optimizer: what the optimizers keep, by the places of the parameters in params.
func (o *Groups) State(params []*nn.Param) []*nn.Param {
	o.sort(params)
	var list []*nn.Param
	for i, g := range o.list {
		for _, p := range g.Optimizer.State(o.params[i]) {
			place, what, _ := strings.Cut(p.Name, ".")
			k, err := strconv.Atoi(place)
			if err != nil || k < 0 || k >= len(o.places[i]) {
				panic(fmt.Sprintf("optim: Groups: the optimizer of group %d keeps %q, which names no parameter", i, p.Name))
			}
			list = append(list, &nn.Param{Name: fmt.Sprintf("%d.%s", o.places[i][k], what), Value: p.Value, Shape: p.Shape})
		}
	}
	return list
}

// Moved returns the parameters that have made a step, as far as the optimizers tell. A checkpoint
// asks whether all of them are of its model.
func (o *Groups) Moved() []*nn.Param {
	var list []*nn.Param
	for _, g := range o.list {
		if m, ok := g.Optimizer.(interface{ Moved() []*nn.Param }); ok {
			list = append(list, m.Moved()...)
		}
	}
	return list
}

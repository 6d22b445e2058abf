package source

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// fewKept is the room that a stack has where it is not known what it needs: so much lies
// outside of the heap.
const fewKept = "32"

// presized gives the stacks of a function the room that the first loop needs that uses
// them.
func presized(list []*node, stacks map[string]*variable) []*node {
	for _, typ := range sorted(stacks, func(t string) string { return t }) {
		k := stacks[typ]
		at := slices.IndexFunc(list, func(n *node) bool { return n.decl == k.name })
		if at < 0 {
			continue
		}
		use := slices.IndexFunc(list[at+1:], func(n *node) bool { return n.mentions(k.name) })
		if use < 0 || list[at+1+use].trips == "" {
			list[at].text = k.name + " := make(" + k.typ + ", 0, " + fewKept + ")"
			continue
		}
		use += at + 1
		pushes := pushesOf(list[use].body, k.name)
		if pushes == 0 { // they are in loops within
			list[at].text = k.name + " := make(" + k.typ + ", 0, " + fewKept + ")"
			continue
		}
		trips := list[use].trips
		room := (&expr{op: rawOp, text: trips}).within(5)
		if n, err := strconv.Atoi(trips); err == nil {
			room = strconv.Itoa(max(0, n*pushes))
			all := 0
			eachNode(list, true, func(n *node) {
				if n.pushes == k.name {
					all++
				}
			})
			if all > pushes && n*pushes < 32 {
				room = fewKept
			}
		} else if pushes > 1 {
			room = strconv.Itoa(pushes) + "*" + room
		}
		if !strings.HasPrefix(trips, "len(") && strings.Trim(room, "0123456789") != "" || strings.Contains(trips, "-") {
			room = "max(" + room + ", 0)"
		}
		decl := *list[at]
		decl.text = k.name + " := make(" + k.typ + ", 0, " + room + ")"
		list = slices.Insert(list, use, &decl)
		list = slices.Delete(list, at, at+1)
	}
	return list
}

// pushesOf counts the values that a list of nodes pushes on a stack, with loops that run as
// often as is known.
func pushesOf(list []*node, stack string) int {
	pushes := 0
	for _, n := range list {
		if n.pushes == stack {
			pushes++
		}
		if trips, err := strconv.Atoi(n.trips); err == nil {
			pushes += max(0, trips) * pushesOf(n.body, stack)
		}
	}
	return pushes
}

// gathered writes what grows a stack in a row as one statement, and what takes values from
// it too.
func gathered(list []*node) []*node {
	var done []*node
	for i := 0; i < len(list); i++ {
		n := list[i]
		n.body, n.els = gathered(n.body), gathered(n.els)
		done = append(done, n)
		switch {
		case n.pushes != "":
			values := []string{n.value}
			for ; i+1 < len(list) && list[i+1].pushes == n.pushes; i++ {
				values = append(values, list[i+1].value)
			}
			n.text = n.pushes + " = append(" + n.pushes + ", " + strings.Join(values, ", ") + ")"
		case n.pops != "":
			targets := []string{n.target}
			for ; i+1 < len(list) && list[i+1].pops == n.pops; i++ {
				targets = append(targets, list[i+1].target)
			}
			n.text = ""
			for k, t := range targets {
				n.text += fmt.Sprintf("%s%s[len(%s)-%d]\n", t, n.pops, n.pops, k+1)
			}
			n.text += fmt.Sprintf("%[1]s = %[1]s[:len(%[1]s)-%[2]d]", n.pops, len(targets))
		}
	}
	return done
}

// push keeps a variable on the stack of its type, and takes it from there.
func (g *generator) push(v *variable) (push, pop *node) {
	typ, value := v.typ, v.name
	if v.kind == list {
		g.logOf(v)
		typ, value = "int", "len("+g.logs[v].name+")"
	}
	k := g.stack(typ)
	mine := k.name + "#" + g.fresh("at")
	push = leaf(k.name+" = append("+k.name+", "+value+")", nil)
	push.stack, push.pushes, push.value = k.name, k.name, value
	push.weak, push.reads = []string{mine}, []string{k.name}
	top := k.name + "[len(" + k.name + ")-1]"
	drop := k.name + " = " + k.name + "[:len(" + k.name + ")-1]"
	if v.kind == list {
		m := g.fresh(v.name + "Mark")
		pop = g.rollback(v, m)
		pop.stack = k.name
		pop.text = m + " := " + top + "\n" + drop + "\n" + pop.text
		pop.reads = []string{g.logs[v].name, since(g.logs[v].name, m), mine, k.name}
		push.reads, push.writes = append(push.reads, g.logs[v].name), []string{since(g.logs[v].name, m)}
		return push, pop
	}
	push.reads = append(push.reads, v.name)
	pop = leaf(v.name+" = "+top+"\n"+drop, nil)
	pop.stack, pop.pops, pop.target = k.name, k.name, v.name+" = "
	pop.reads, pop.writes = []string{mine, k.name}, []string{v.name}
	return push, pop
}

func (g *generator) stack(typ string) *variable {
	if g.stacks[typ] == nil {
		name := "kept"
		if typ != "float64" {
			name += strings.ToUpper(typ[:1]) + typ[1:]
		}
		g.stacks[typ] = &variable{name: g.fresh(name), typ: "[]" + typ}
	}
	return g.stacks[typ]
}

package symbolic

import (
	"sync/atomic"
	"weak"

	"github.com/quartet-ad/ad"
)

// A program is the flat form of one or several expressions: every node once,
// after its operands.
type program struct {
	steps []step
	roots []int32 // the steps that compute the expressions

	lists [][]int32 // the operands of functions of many numbers; the step's a says which
}

// A step computes one node from the results of earlier steps.
type step struct {
	*node
	a, b, c int32
	op      ad.Op  // of a function of one variable
	op2     ad.Op2 // of a function of two variables
}

// A programCache holds the program of an expression on its root, and holds it weakly:
// the programs of all parts of a formula that grows, each evaluated as it came up,
// are the square of the formula.
type programCache struct {
	atomic.Pointer[weak.Pointer[program]]
}

// compile returns the program of e, which is kept until a garbage collection.
func (e Expr) compile() *program {
	n := e.node()
	if kept := n.program.Load(); kept != nil {
		if p := kept.Value(); p != nil {
			return p
		}
	}
	p := compile(e)
	kept := weak.Make(p)
	n.program.Store(&kept)
	return p
}

// compile returns the program of several expressions.
func compile(roots ...Expr) *program {
	depth := 0 // there are no fewer steps
	for _, root := range roots {
		depth = max(depth, root.node().depth)
	}
	p := &program{steps: make([]step, 0, depth)}
	place := make(map[*node]int32, depth)
	var stack []*node
	for _, root := range roots {
		stack = append(stack, root.node())
		for len(stack) > 0 {
			n := stack[len(stack)-1]
			if _, done := place[n]; done {
				stack = stack[:len(stack)-1]
				continue
			}
			s, ready := step{node: n}, true
			if n.list != nil {
				if ready = p.gather(&s, place, &stack); ready {
					place[n] = int32(len(p.steps))
					p.steps = append(p.steps, s)
					stack = stack[:len(stack)-1]
				}
				continue
			}
			for i, a := range n.operands() {
				at, done := place[a]
				if !done {
					stack = append(stack, a)
					ready = false
					continue
				}
				switch i {
				case 0:
					s.a = at
				case 1:
					s.b = at
				case 2:
					s.c = at
				}
			}
			if ready {
				switch n.kind {
				case apply:
					s.op = ad.NewOp((*ad.Func)(n.row))
				case apply2:
					s.op2 = ad.NewOp2((*ad.Func2)(n.row2))
				}
				place[n] = int32(len(p.steps))
				p.steps = append(p.steps, s)
				stack = stack[:len(stack)-1]
			}
		}
		p.roots = append(p.roots, place[root.node()])
	}
	return p
}

// gather fills in the operands of a function of many numbers, or puts those that have
// no step yet on the stack.
func (p *program) gather(s *step, place map[*node]int32, stack *[]*node) (ready bool) {
	list := make([]int32, len(s.list))
	ready = true
	for i, a := range s.list {
		at, done := place[a]
		if !done {
			*stack = append(*stack, a)
			ready = false
		}
		list[i] = at
	}
	if ready {
		s.a = int32(len(p.lists))
		p.lists = append(p.lists, list)
	}
	return ready
}

// uses returns how often a step is an operand or a result.
func (p *program) uses() []int {
	uses := make([]int, len(p.steps))
	for _, s := range p.steps {
		for _, at := range p.operandsOf(s) {
			uses[at]++
		}
	}
	for _, root := range p.roots {
		uses[root]++
	}
	return uses
}

package fuzz

import (
	"math/rand/v2"
	"slices"

	"github.com/quartet-ad/ad"
)

// results returns the function of all the last three results of a program, the
// last one first.
func results[T ad.Scalar[T]](p Program) func(x []T) []T {
	return func(x []T) []T {
		var y []T
		for n := len(p.body); n >= 0 && len(y) < 3; n-- {
			if n == 0 && len(y) > 0 {
				break
			}
			y = append(y, Eval(Program{p.inputs, p.body[:n]}, x))
		}
		return y
	}
}

// combine returns the program that joins the results of f and g, of the same inputs,
// in an operation.
func combine(k kind, f, g Program) Program {
	n := f.inputs
	body := slices.Clone(f.body)
	body = append(body, moved(g.body, func(slot int) int {
		if slot < n {
			return slot
		}
		return slot + len(f.body)
	})...)
	last := n + len(body) - 1
	return Program{n, append(body, st(k, n+len(f.body)-1, last))}
}

// compose returns the program f(g), of f of one input.
func compose(f, g Program) Program {
	n := g.inputs + len(g.body)
	return Program{g.inputs, append(slices.Clone(g.body), moved(f.body, func(slot int) int { return slot + n - 1 })...)}
}

// moved returns a body with its slots renamed.
func moved(body []statement, to func(slot int) int) []statement {
	out := make([]statement, len(body))
	for i, s := range body {
		s.args = slices.Clone(s.args)
		for k, a := range s.args {
			s.args[k] = to(a)
		}
		s.body = moved(s.body, to)
		out[i] = s
	}
	return out
}

// blob returns 4 KiB of random bytes.
func blob(seed uint64) []byte {
	return generator{rand.New(rand.NewPCG(4, seed))}.bytes(4 << 10)
}

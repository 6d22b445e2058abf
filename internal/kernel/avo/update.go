package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/reg"
)

// update writes the steps of optimizers: p are parameters with gradients grad, v
// and m what an optimizer remembers.
func update() {
	// decayed returns g + decay·p.
	decayed := func(p, g, decay Register) Register {
		VFMADD231PD(decay, p, g)
		return g
	}
	descend := func(p, rate, step Register) Register {
		VFNMADD231PD(rate, step, p)
		return p
	}
	writeLoops(
		loop{"descend", "does a step of gradient descent.", "p grad", "p", "rate decay", func(m machine, in, s []Register) []Register {
			p, g := in[0], in[1]
			return []Register{descend(p, s[0], decayed(p, g, s[1]))}
		}},
		loop{"momentum", "does a step of gradient descent with momentum.", "p v grad", "p v", "rate decay mu", func(m machine, in, s []Register) []Register {
			p, v, g := in[0], in[1], in[2]
			v = m.fma(v, s[2], decayed(p, g, s[1]))
			return []Register{descend(p, s[0], v), v}
		}},
		loop{"nesterov", "does a step of gradient descent with Nesterov's momentum.", "p v grad", "p v", "rate decay mu", func(m machine, in, s []Register) []Register {
			p, v, g := in[0], in[1], in[2]
			d := decayed(p, g, s[1])
			w := m.register()
			VMOVAPD(d, w)
			w = m.fma(v, s[2], w)
			return []Register{descend(p, s[0], m.fma(w, s[2], d)), w}
		}},
		// a and b are 1 less the decay rates of the moments m and v, hold is that of v, scale
		// is 1 over the root of what the second moment's bias is.
		loop{"adam", "does a step of Adam.", "p m v grad", "p m v", "rate keep decay a hold b scale epsilon", func(mc machine, in, s []Register) []Register {
			p, m, v, g := in[0], in[1], in[2], in[3]
			rate, keep, decay, a, hold, b, scale, epsilon := s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]
			decayed(p, g, decay)
			m = mc.fma(a, mc.sub(g, m), m)
			v = mc.fma(b, mc.mul(g, g), mc.mul(v, hold))
			root := mc.register()
			VSQRTPD(v, root)
			VMULPD(scale, root, root)
			VADDPD(epsilon, root, root)
			p = mc.mul(p, keep)
			return []Register{descend(p, rate, mc.div(m, root)), m, v}
		}},
	)
}

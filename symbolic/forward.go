package symbolic

import "fmt"

// D returns the derivative of e with respect to the variables x, by one after the
// other: D(e, x, y) is ∂²e/∂y∂x, D(e, x, x, x) the third derivative, and D(e) is e. It
// works through the graph of e from the variables up.
//
// Cost: a few new nodes for every distinct node of e that depends on x, for each order.
//
// D panics if an entry of x is not a variable, or if e contains a function without a
// Text.
func D(e Expr, x ...Expr) Expr {
	for _, v := range x {
		e = push(e.compile(), []Expr{v}, []float64{1})[0]
	}
	return e
}

// A part is a derivative that may be absent: of something that does not depend
// on any variable in question. Absent is stronger than 0; it contributes nothing,
// not even against an infinite slope.
type part struct {
	Expr
	present bool
}

// push returns the derivatives of the roots of a program in the direction v of
// the variables vars. An entry of v that is 0 is left out.
func push(p *program, vars []Expr, v []float64) []Expr {
	seeds := make(map[*node]Expr, len(vars))
	for i, x := range vars {
		mustBeDerivative(x)
		if v[i] != 0 {
			seeds[x.node()] = number(v[i])
		}
	}
	return pushSeeds(p, seeds)
}

// mustBeDerivative panics if there are no derivatives by x.
func mustBeDerivative(x Expr) {
	if x.node().kind != variable {
		panic(fmt.Sprintf("symbolic: derivative with respect to %s, which is not a variable", plain(x.String())))
	}
}

// pushSeeds is push in a direction of expressions, by variable; those that are not there
// are left out.
func pushSeeds(p *program, seeds map[*node]Expr) []Expr { return pushRecorded(p, seeds, nil) }

// pushRecorded is pushSeeds that shows the derivative of every step as it is found.
func pushRecorded(p *program, seeds map[*node]Expr, record func(i int, d []guarded)) []Expr {
	d := make([]guarded, len(p.steps))
	for i, s := range p.steps {
		var a, b, c guarded
		if s.list == nil {
			a, b, c = d[s.a], d[s.b], d[s.c]
		}
		switch s.kind {
		case variable:
			seed, ok := seeds[s.node]
			d[i].part = part{seed, ok}
		case add:
			d[i] = a.plus(b)
		case sub:
			d[i] = a.plus(b.with(b.neg()))
		case mul:
			d[i] = a.with(a.times(wrap(s.args[1]))).plus(b.with(b.times(wrap(s.args[0]))))
		case div: // (ȧ - q·ḃ)/b, q the quotient itself; alone -q·(ḃ/b), since q·ḃ may be subnormal
			if below := wrap(s.args[1]); a.present {
				z := a.plus(b.with(b.times(wrap(s.node)).neg()))
				d[i] = z.with(z.over(below))
			} else if b.is(1) {
				d[i] = b.with(b.times(wrap(s.node).Div(below)).neg())
			} else {
				d[i] = b.with(b.over(below).times(wrap(s.node)).neg())
			}
		case neg:
			d[i] = a.with(a.neg())
		case ifPos:
			d[i] = either(wrap(s.args[0]), b, c)
		case apply:
			if a.present {
				d[i] = a.with(a.times(slope(s.row, s.args[0])))
			}
		case apply2:
			if a.present || b.present {
				dx, dy := slopes2(s.row2, s.args[0], s.args[1])
				d[i] = a.with(a.times(dx)).plus(b.with(b.times(dy)))
			}
		case logSumExp, softmax, softmaxRate, norm, normSlope, normCurve:
			for k, at := range p.lists[s.a] {
				if z := d[at]; z.present {
					d[i] = d[i].plus(z.with(z.times(s.slopeOfMany(k))))
				}
			}
		}
		if record != nil {
			record(i, d)
		}
	}
	y := make([]Expr, len(p.roots))
	for i, root := range p.roots {
		y[i] = d[root].settled()
	}
	return y
}

func (p part) neg() part {
	if p.present {
		p.Expr = p.Neg()
	}
	return p
}

func (p part) times(slope Expr) part {
	if p.present {
		p.Expr = slope.Mul(p.Expr)
	}
	return p
}

func (p part) over(divisor Expr) part {
	if p.present {
		p.Expr = p.Div(divisor)
	}
	return p
}

package symbolic

// Grad returns the derivatives of e with respect to the variables vars. It works
// through the graph of e from the result down, as a tape is swept: however many
// variables there are, it builds a small multiple of e.
//
// Grad panics if an entry of vars is not a variable, or if e contains a function
// without a Text.
func Grad(e Expr, vars []Expr) []Expr {
	return pull(e.compile(), vars, []float64{1})
}

// pull returns the derivatives of the sum of the roots, weighted with w, with
// respect to vars. A root whose weight is 0 is left out.
func pull(p *program, vars []Expr, w []float64) []Expr {
	adj := make([]guarded, len(p.steps))
	for i, root := range p.roots {
		if w[i] != 0 {
			adj[root] = adj[root].plus(guarded{part: part{number(w[i]), true}})
		}
	}
	grad := make(map[*node]Expr, len(vars))
	for i := len(p.steps) - 1; i >= 0; i-- {
		s, z := p.steps[i], adj[i]
		if !z.present {
			continue
		}
		to := func(operand int32, contribution part) {
			adj[operand] = adj[operand].plus(z.with(contribution))
		}
		switch s.kind {
		case variable:
			grad[s.node] = z.settled()
		case add:
			to(s.a, z.part)
			to(s.b, z.part)
		case sub:
			to(s.a, z.part)
			to(s.b, z.neg())
		case mul:
			to(s.a, z.times(wrap(s.args[1])))
			to(s.b, z.times(wrap(s.args[0])))
		case div: // the slopes are 1/b and -q/b, q the quotient itself
			to(s.a, z.over(wrap(s.args[1])))
			to(s.b, z.times(wrap(s.node).Div(wrap(s.args[1]))).neg())
		case neg:
			to(s.a, z.neg())
		case ifPos:
			c := wrap(s.args[0])
			adj[s.b] = adj[s.b].plus(z.where(c))
			adj[s.c] = adj[s.c].plus(z.where(not(c)))
		case apply:
			to(s.a, z.times(slope(s.row, s.args[0])))
		case apply2:
			dx, dy := slopes2(s.row2, s.args[0], s.args[1])
			to(s.a, z.times(dx))
			to(s.b, z.times(dy))
		case logSumExp, softmax, softmaxRate, norm, normSlope, normCurve:
			for k, at := range p.lists[s.a] {
				to(at, z.times(s.slopeOfMany(k)))
			}
		}
	}
	y := make([]Expr, len(vars))
	for i, x := range vars {
		mustBeDerivative(x)
		y[i] = grad[x.node()]
	}
	return y
}

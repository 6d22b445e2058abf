package symbolic

import (
	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/rule"
	n "github.com/quartet-ad/ad/symbolic/internal/notation"
)

// A fraction is a product over another, with a sign and a coefficient of its own.
type fraction struct {
	minus    bool
	num, den []factor

	above, below []*n.Form // of numbers that are written as a quotient
}

type factor struct {
	base     *node
	exponent float64 // positive; NaN if the factor is not a power by a number
}

// layProduct lays out a product, a quotient or a power.
func layProduct(e *node) *n.Form {
	var q fraction
	q.collect(e)
	q.bells()
	q.coefficient()
	q.quotients()
	var p, d float64 = 1, 1
	num, den := q.side(q.num, &p, false), q.side(q.den, &d, true)
	num, below := split(append(q.above, num...))
	den, above := split(append(q.below, den...))
	num, den = ordered(append(num, above...)), ordered(append(den, below...))
	if p != 1 && (len(num) > 0 || len(den) > 0) && d == 1 {
		if a, b, ok := rational(p, true); ok {
			p, d = a, b
		}
	}
	if p != 1 || len(num) == 0 {
		num = slices.Insert(num, 0, layNumber(p))
	}
	if d != 1 {
		den = slices.Insert(den, 0, layNumber(d))
	}
	f := layFactors(num)
	if len(den) > 0 {
		f = n.New(n.Quotient, "", f, layFactors(den))
	}
	if q.minus {
		f = n.New(n.Neg, "", f)
	}
	return f
}

// split takes quotients of numbers among factors apart.
func split(factors []*n.Form) (above, below []*n.Form) {
	for _, f := range factors {
		if f.Kind != n.Quotient || !isNumber(f) {
			above = append(above, f)
			continue
		}
		if f.Args[0].Text != "1" {
			above = append(above, f.Args[0])
		}
		below = append(below, f.Args[1])
	}
	return above, below
}

func layFactors(list []*n.Form) *n.Form {
	if len(list) == 1 {
		return list[0]
	}
	return n.New(n.Product, "", list...)
}

// collect takes a product apart into factors. Its sign comes to the front.
func (q *fraction) collect(e *node) {
	type part struct {
		*node
		below    bool
		exponent float64
	}
	stack := []part{{e, false, 1}}
	for len(stack) > 0 {
		t := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		whole := t.exponent == math.Trunc(t.exponent) && math.Abs(t.exponent) < 1<<20
		plain := t.exponent == 1
		c, isNumber := exponentOf(t.node)
		switch {
		case plain && t.kind == mul:
			stack = append(stack, part{t.args[1], t.below, t.exponent}, part{t.args[0], t.below, t.exponent})
			continue
		case plain && t.kind == div || whole && t.kind == div && wrap(t.args[0]).is(1):
			stack = append(stack, part{t.args[1], !t.below, t.exponent}, part{t.args[0], t.below, t.exponent})
			continue
		case plain && t.kind == neg:
			q.minus = !q.minus
			stack = append(stack, part{t.args[0], t.below, t.exponent})
			continue
		case isNumber && (t.exponent == 1 || whole && c == math.Trunc(c)) && c != 0:
			stack = append(stack, part{t.args[0], t.below != (c < 0), t.exponent * math.Abs(c)})
			continue
		case t.kind == constant && t.exponent == 1 && math.Signbit(t.value()) && t.value() == t.value():
			q.minus = !q.minus
			t.node = number(-t.value()).node()
		}
		if t.kind == constant && t.value() == 1 {
			continue
		}
		if v := math.Pow(t.node.value(), t.exponent); t.kind == constant && whole && t.exponent != 1 && math.Abs(v) < 1e6 && v == math.Trunc(v) {
			t.node, t.exponent = number(v).node(), 1
		}
		side := &q.num
		if t.below {
			side = &q.den
		}
		*side = append(*side, factor{t.node, t.exponent})
	}
}

// quotients takes numbers that are written as quotients apart.
func (q *fraction) quotients() {
	apart := func(list []factor, above, below *[]*n.Form) []factor {
		return slices.DeleteFunc(list, func(t factor) bool {
			f := named(t.base.value())
			if t.base.kind != constant || t.exponent != 1 || f == nil || f.Kind != n.Quotient {
				return false
			}
			q.add(above, f.Args[0])
			q.add(below, f.Args[1])
			return true
		})
	}
	q.num, q.den = apart(q.num, &q.above, &q.below), apart(q.den, &q.below, &q.above)
}

// add appends a factor that is not 1.
func (q *fraction) add(list *[]*n.Form, f *n.Form) {
	if f.Kind != n.Number || f.Text != "1" {
		*list = append(*list, f)
	}
}

// exponentOf returns the exponent of a power by a number.
func exponentOf(e *node) (c float64, ok bool) {
	if e.kind != apply2 || e.row2 != rule.Pow || e.args[1].kind != constant {
		return 0, false
	}
	c = e.args[1].value()
	return c, c == c && !math.IsInf(c, 0)
}

// side lays out the factors above or below the line. Equal bases are written once. A single
// number is left to c.
func (q *fraction) side(factors []factor, c *float64, below bool) []*n.Form {
	var merged []factor
	coefficient := true
	list := make([]*n.Form, 0, len(factors))
	for _, f := range factors {
		if f.base.kind == constant && f.exponent == 1 {
			switch v := f.base.value(); {
			case coefficient && named(v) == nil:
				*c, coefficient = v, false
			case !coefficient && named(nearlyNamed(*c*v)) != nil:
				list = append(list, named(nearlyNamed(*c*v)))
				*c, coefficient = 1, true
			case below && whole(*c) && whole(v) && whole(*c*v):
				*c *= v
			default:
				list = append(list, layNumber(v))
			}
			continue
		}
		at := slices.IndexFunc(merged, func(m factor) bool { return m.base == f.base })
		if at >= 0 && len(merged) < 100 && mergeable(merged[at].exponent, f.exponent) {
			merged[at].exponent += f.exponent
		} else {
			merged = append(merged, f)
		}
	}
	for _, f := range merged {
		list = append(list, layPower(f))
	}
	return list
}

func ordered(list []*n.Form) []*n.Form {
	slices.SortStableFunc(list, func(a, b *n.Form) int { return rank(a) - rank(b) })
	return list
}

// mergeable reports whether powers with these exponents are one where the base is
// negative too.
func mergeable(a, b float64) bool { return a == math.Trunc(a) && b == math.Trunc(b) }

func layPower(f factor) *n.Form {
	var base *n.Form
	if c, isNumber := exponentOf(f.base); f.base.kind == apply2 && f.base.row2 == rule.Pow && !(isNumber && c != 0) {
		base = n.New(n.Power, "", layAll(f.base.operands())...)
	} else {
		base = layout(f.base)
	}
	if f.exponent == 1 {
		return base
	}
	if f.exponent == 0.5 {
		return n.New(n.Root, "", base)
	}
	if a, b, ok := rational(f.exponent, true); ok && b != 1 {
		return n.New(n.Power, "", base, n.New(n.Quotient, "", layNumber(a), layNumber(b)))
	}
	return n.New(n.Power, "", base, layNumber(f.exponent))
}

// rank orders factors: numbers and their roots, names, roots, calls, sums in parentheses.
func rank(f *n.Form) int {
	switch f.Kind {
	case n.Number:
		return 0
	case n.Name:
		if f.Text == "pi" {
			return 0
		}
		return 1
	case n.Power:
		if f.Args[1].Kind == n.Number || f.Args[0].Kind == n.Name {
			return rank(f.Args[0])
		}
		return 4
	case n.Root:
		if isNumber(f.Args[0]) {
			return 0
		}
		return 2
	case n.Call:
		if f.Text == "exp" {
			return 4
		}
		return 5
	case n.Sum:
		return 6
	case n.Product:
		if isNumber(f) { // 4*pi
			return 0
		}
	}
	return 3
}

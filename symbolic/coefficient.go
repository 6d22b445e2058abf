package symbolic

import (
	"math"
	"slices"
	"strconv"
	"sync"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/symbolic/internal/notation"
)

// This file finds what a person writes for numbers and bell curves that derivatives
// multiply: 7.0898154036220641*2/(2*pi) is 4/sqrt(pi).

// A surd is a number that coefficients may be multiples of.
type surd struct {
	value        float64
	above, below *notation.Form // nil for 1
}

var surds = sync.OnceValue(func() []surd {
	pi, two := notation.New(notation.Name, "pi"), notation.New(notation.Number, "2")
	root := func(a *notation.Form) *notation.Form { return notation.New(notation.Root, "", a) }
	log2, log10 := notation.New(notation.Call, "log", two), notation.New(notation.Call, "log", notation.New(notation.Number, "10"))
	list := []surd{
		{value: 1},
		{math.Sqrt(math.Pi), root(pi), nil}, {1 / math.Sqrt(math.Pi), nil, root(pi)},
		{math.Pi, pi, nil}, {1 / math.Pi, nil, pi},
		{math.Sqrt(2 * math.Pi), root(notation.New(notation.Product, "", two, pi)), nil},
		{1 / math.Sqrt(2*math.Pi), nil, root(notation.New(notation.Product, "", two, pi))},
		{math.Sqrt(2 / math.Pi), root(notation.New(notation.Quotient, "", two, pi)), nil},
		{math.Ln2, log2, nil}, {1 / math.Ln2, nil, log2}, {math.Ln10, log10, nil}, {1 / math.Ln10, nil, log10},
	}
	for k, power := 2.0, math.Ln2*math.Ln2; k < 6; k, power = k+1, power*math.Ln2 {
		list = append(list, surd{power, notation.New(notation.Power, "", log2, notation.New(notation.Number, digitsOf(k))), nil})
	}
	return list
})

// isLong reports whether a number has so many digits that they say nothing.
func isLong(c float64) bool {
	if c != c || math.IsInf(c, 0) || named(c) != nil || named(-c) != nil {
		return false
	}
	_, b, ok := rational(c, false)
	return !(ok && b != 1) && len(strconv.FormatFloat(math.Abs(c), 'e', -1, 64)) >= len("1.2345678901234e+00")
}

// multipleOf returns a short fraction a/b, or a short decimal a, and a surd of which the
// positive number c is the product, but for some roundings.
func multipleOf(c float64) (a, b float64, of surd, ok bool) {
	near := func(x, y float64) bool { return math.Abs(x-y) <= 0x1p-50*math.Abs(x) }
	for _, s := range surds() {
		r := c / s.value
		for b := 1.0; b <= 64; b++ {
			if a := math.Round(r * b); a > 0 && a <= 1024 && near(r*b, a) {
				return a, b, s, true
			}
		}
		a, err := strconv.ParseFloat(strconv.FormatFloat(r, 'e', 6, 64), 64)
		if err == nil && near(r, a) {
			return a, 1, s, true
		}
	}
	return 0, 0, surd{}, false
}

// isSurd reports whether a number has a name that is more than a multiple of pi: nobody
// types it as digits.
func isSurd(c float64) bool {
	f := named(c)
	return f != nil && (f.Kind == notation.Quotient || f.Kind == notation.Root || f.Kind == notation.Call)
}

// coefficient lays out the numbers among the factors as one, if their product is a multiple of a
// surd and they have digits that say nothing, or several names of which one is a surd's.
func (q *fraction) coefficient() {
	c, long, names, roots := 1.0, false, 0, 0
	take := func(list []factor, over bool) {
		for _, f := range list {
			if f.base.kind != constant {
				continue
			}
			v := math.Pow(f.base.value(), f.exponent)
			long = long || isLong(v)
			if named(v) != nil {
				names++
			}
			if isSurd(v) {
				roots++
			}
			if over {
				v = 1 / v
			}
			c *= v
		}
	}
	take(q.num, false)
	take(q.den, true)
	if !long && (names < 2 || roots < 1) || !(c > 0) {
		return
	}
	a, b, of, ok := multipleOf(c)
	if !ok {
		return
	}
	isConstant := func(f factor) bool { return f.base.kind == constant }
	q.num, q.den = slices.DeleteFunc(q.num, isConstant), slices.DeleteFunc(q.den, isConstant)
	put := func(list *[]*notation.Form, c float64, s *notation.Form) {
		if c != 1 {
			*list = append(*list, notation.New(notation.Number, digitsOf(c)))
		}
		if s != nil {
			*list = append(*list, s)
		}
	}
	put(&q.above, a, of.above)
	put(&q.below, b, of.below)
}

// bells merges powers of bell curves exp(-c·u²) above the line that have the same u.
func (q *fraction) bells() {
	type curve struct {
		u     *node
		width ratio // c
		count float64
		at    int // in q.num
	}
	var curves []curve
	for i, f := range q.num {
		u, c, ok := bell(f.base)
		if !ok || f.exponent != math.Trunc(f.exponent) {
			continue
		}
		c = c.times(ratio{f.exponent, 1})
		if k := slices.IndexFunc(curves, func(b curve) bool { return b.u == u }); k >= 0 {
			curves[k].width, curves[k].count = curves[k].width.plus(c), curves[k].count+f.exponent
		} else {
			curves = append(curves, curve{u, c, f.exponent, i})
		}
	}
	gone := make(map[*node]Expr)
	for _, b := range curves {
		if b.count < 2 || b.width.q > 1 && !whole(b.width.p) {
			continue
		}
		e := ad.PowReal(wrap(b.u), 2)
		if b.width.p != 1 {
			e = number(b.width.p).Mul(e)
		}
		if b.width.q != 1 {
			e = e.Div(number(b.width.q))
		}
		gone[b.u] = ad.Exp(e.Neg())
	}
	if len(gone) == 0 {
		return
	}
	kept := q.num[:0:0]
	for i, f := range q.num {
		u, _, ok := bell(f.base)
		if merged, some := gone[u]; ok && some {
			if slices.ContainsFunc(curves, func(b curve) bool { return b.at == i }) {
				kept = append(kept, factor{merged.node(), 1})
			}
			continue
		}
		kept = append(kept, f)
	}
	q.num = kept
}

// bell returns u and the positive c of exp(-c·u²).
func bell(e *node) (u *node, c ratio, ok bool) {
	if e.kind != apply || e.row != rule.Exp {
		return nil, c, false
	}
	c = ratio{1, 1}
	squared := false
	times := func(by ratio) {
		if c = c.times(by); squared {
			c = c.times(by)
		}
	}
	for u = e.args[0]; ; {
		k, isPower := exponentOf(u)
		switch {
		case u.kind == neg && !squared:
			c.p = -c.p
			u = u.args[0]
		case u.kind == mul && u.args[0].kind == constant:
			times(ratioOf(u.args[0].value()))
			u = u.args[1]
		case u.kind == div && u.args[1].kind == constant && u.args[1].value() != 0:
			times(ratio{1, 1}.over(ratioOf(u.args[1].value())))
			u = u.args[0]
		case isPower && k == 2 && !squared:
			squared = true
			u = u.args[0]
		default:
			return u, ratio{-c.p, c.q}, squared && c.p < 0
		}
	}
}

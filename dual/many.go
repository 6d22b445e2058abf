package dual

import "github.com/quartet-ad/ad"

// A norm or a log-sum-exp takes value, slopes and the rates of its slopes from its row,
// as the tape does: spelt out they take several times as long.

// ApplyN returns the sum-like function op of x and y.
func (Number) ApplyN(op ad.OpN, x, y []Number) Number {
	joined := tag(0)
	for _, v := range x {
		joined |= v.tag
	}
	for _, v := range y {
		joined |= v.tag
	}
	if op != ad.OpNorm2 && op != ad.OpLogSumExp && !joined.isMany() {
		return ad.FoldN(op, x, y)
	}
	work := floats.get(2 * (len(x) + len(y)))
	defer floats.put(work)
	values, slopes := (*work)[:len(x)+len(y)], (*work)[len(x)+len(y):]
	for i, v := range x {
		values[i] = v.v
	}
	for i, v := range y {
		values[len(x)+i] = v.v
	}
	z := Number{tag: joined}
	z.v = op.Func().Value(values[:len(x)], values[len(x):], slopes[:len(x)], slopes[len(x):])
	if joined.isMany() {
		z = z.gather(slopes, x, y)
		if block := z.tag.block(); block != nil {
			block.callN(z, op, x, y)
		}
		return z
	}
	for i, v := range x {
		if !v.IsConst() {
			z.t += slopes[i] * v.t
		}
	}
	return z
}

// ApplyN returns the sum-like function op of x and y.
func (Hyper) ApplyN(op ad.OpN, x, y []Hyper) Hyper {
	if op != ad.OpNorm2 && op != ad.OpLogSumExp {
		return ad.FoldN(op, x, y)
	}
	values, slopes := lists(len(x))
	for i, v := range x {
		values[i] = v.v
	}
	row := op.Func()
	z := Hyper{v: row.Value(values, nil, slopes, nil)}
	some1, some2 := false, false
	for i, v := range x {
		z.e1, z.e2 = plus(z.e1, times(slopes[i], v.e1)), plus(z.e2, times(slopes[i], v.e2))
		z.e12 = plus(z.e12, times(slopes[i], v.e12))
		some1, some2 = some1 || !absent(v.e1), some2 || !absent(v.e2)
	}
	if !some1 || !some2 {
		return z
	}
	v, rates := lists(len(x))
	for i, x := range x {
		v[i] = x.e2
	}
	row.Curve(slopes, nil, z.v, v, nil, rates, nil)
	for i, x := range x {
		z.e12 = plus(z.e12, times(rates[i], x.e1))
	}
	return z
}

// lists returns two lists of length n.
func lists(n int) (a, b []float64) {
	both := make([]float64, 2*n)
	return both[:n:n], both[n:]
}

package trace

import "github.com/quartet-ad/ad/compare/internal/precise"

// mostRefereed bounds inputs times operands: an elementary function of 300 bits takes some
// ten microseconds.
const mostRefereed = 3000

// referee differentiates with numbers of more than 200 bits, where they can.
func (r *tracer) referee() {
	if len(r.x)*r.size > mostRefereed {
		return
	}
	for i := range r.x {
		r.refereeOf(i)
	}
}

// refereeOf leaves an input without a referee if it is refused.
func (r *tracer) refereeOf(input int) {
	defer func() {
		switch p := recover().(type) {
		case nil, precise.Refusal:
		default:
			panic(p)
		}
	}()
	x := make([]precise.Number, len(r.x))
	for k, v := range r.x {
		x[k] = precise.New(v, 0)
	}
	x[input] = precise.New(r.x[input], 1)
	d := at[precise.Number](r.f, r.values, nil)(x).Tangent()
	nearest, _ := d.Float64()
	r.t.Gradient[input].Referee, r.t.Gradient[input].Nearest = d.Text('g', 30), Float(nearest)
}

package symbolic

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
)

// residual is the reprojection error of ADBench's bundle adjustment, squared: a point
// turned by a rotation vector, moved, projected, distorted, against what was observed.
// The inputs are 11 of the camera, 3 of the point, 1 weight and 2 observed.
func residual(x []Expr) Expr {
	camera, point, weight, observed := x[:11], x[11:14], x[14], x[15:17]
	r := camera[:3]
	d := []Expr{point[0].Sub(camera[3]), point[1].Sub(camera[4]), point[2].Sub(camera[5])}
	theta2 := r[0].Mul(r[0]).Add(r[1].Mul(r[1])).Add(r[2].Mul(r[2]))
	theta := ad.Sqrt(theta2)
	c, s := ad.Cos(theta), ad.Sin(theta)
	w := []Expr{r[0].Div(theta), r[1].Div(theta), r[2].Div(theta)}
	cross := []Expr{
		w[1].Mul(d[2]).Sub(w[2].Mul(d[1])), w[2].Mul(d[0]).Sub(w[0].Mul(d[2])), w[0].Mul(d[1]).Sub(w[1].Mul(d[0])),
	}
	dot := w[0].Mul(d[0]).Add(w[1].Mul(d[1])).Add(w[2].Mul(d[2])).Mul(number(1).Sub(c))
	p := make([]Expr, 3)
	for i := range p {
		p[i] = d[i].Mul(c).Add(cross[i].Mul(s)).Add(w[i].Mul(dot))
	}
	u, v := p[0].Div(p[2]), p[1].Div(p[2])
	r2 := u.Mul(u).Add(v.Mul(v))
	l := number(1).Add(camera[9].Mul(r2)).Add(camera[10].Mul(r2).Mul(r2))
	e0 := u.Mul(l).Mul(camera[6]).Add(camera[7]).Sub(observed[0]).Mul(weight)
	e1 := v.Mul(l).Mul(camera[6]).Add(camera[8]).Sub(observed[1]).Mul(weight)
	return e0.Mul(e0).Add(e1.Mul(e1))
}

func residualVars() (vars []Expr, at []float64) {
	for i := range 17 {
		vars = append(vars, variableNumber(i))
		at = append(at, 0.1+0.07*float64(i))
	}
	return vars, at
}

func variableNumber(i int) Expr { return Var("p_" + string(rune('a'+i))) }

// residualByHand computes the same and its gradient, as a person writes it: forwards, and
// then backwards.
func residualByHand(grad, x []float64) float64 {
	r0, r1, r2 := x[0], x[1], x[2]
	d0, d1, d2 := x[11]-x[3], x[12]-x[4], x[13]-x[5]
	theta := math.Sqrt(r0*r0 + r1*r1 + r2*r2)
	s, c := math.Sincos(theta)
	w0, w1, w2 := r0/theta, r1/theta, r2/theta
	k0, k1, k2 := w1*d2-w2*d1, w2*d0-w0*d2, w0*d1-w1*d0
	wd := w0*d0 + w1*d1 + w2*d2
	m := wd * (1 - c)
	p0, p1, p2 := d0*c+k0*s+w0*m, d1*c+k1*s+w1*m, d2*c+k2*s+w2*m
	u, v := p0/p2, p1/p2
	q := u*u + v*v
	l := 1 + x[9]*q + x[10]*q*q
	f, weight := x[6], x[14]
	g0, g1 := u*l*f+x[7]-x[15], v*l*f+x[8]-x[16]
	e0, e1 := g0*weight, g1*weight

	be0, be1 := 2*e0, 2*e1
	grad[14] = be0*g0 + be1*g1
	bg0, bg1 := be0*weight, be1*weight
	grad[7], grad[15], grad[8], grad[16] = bg0, -bg0, bg1, -bg1
	grad[6] = bg0*u*l + bg1*v*l
	bl := (bg0*u + bg1*v) * f
	grad[9], grad[10] = bl*q, bl*q*q
	bq := bl * (x[9] + 2*x[10]*q)
	bu, bv := bg0*l*f+2*u*bq, bg1*l*f+2*v*bq
	bp0, bp1 := bu/p2, bv/p2
	bp2 := -(bu*u + bv*v) / p2
	bc := bp0*d0 + bp1*d1 + bp2*d2
	bs := bp0*k0 + bp1*k1 + bp2*k2
	bm := bp0*w0 + bp1*w1 + bp2*w2
	bk0, bk1, bk2 := bp0*s, bp1*s, bp2*s
	bwd := bm * (1 - c)
	bc -= bm * wd
	bw0 := bp0*m + bwd*d0 - bk1*d2 + bk2*d1
	bw1 := bp1*m + bwd*d1 + bk0*d2 - bk2*d0
	bw2 := bp2*m + bwd*d2 - bk0*d1 + bk1*d0
	bd0 := bp0*c + bwd*w0 + bk1*w2 - bk2*w1
	bd1 := bp1*c + bwd*w1 - bk0*w2 + bk2*w0
	bd2 := bp2*c + bwd*w2 + bk0*w1 - bk1*w0
	btheta := bs*c - bc*s - (bw0*w0+bw1*w1+bw2*w2)/theta
	grad[0], grad[1], grad[2] = bw0/theta+btheta*w0, bw1/theta+btheta*w1, bw2/theta+btheta*w2
	grad[11], grad[12], grad[13] = bd0, bd1, bd2
	grad[3], grad[4], grad[5] = -bd0, -bd1, -bd2
	return e0*e0 + e1*e1
}

// TestResidual: the compiled gradient is that by hand.
func TestResidual(t *testing.T) {
	vars, at := residualVars()
	e := residual(vars)
	p := Compile(vars, append([]Expr{e}, Grad(e, vars)...)...)
	got, want := make([]float64, 18), make([]float64, 18)
	p.Eval(got, at)
	want[0] = residualByHand(want[1:], at)
	optest.Within(t, "compiled", got, want, 1e-12)
}

// BenchmarkResidual compares gradients of ADBench's residual: by hand, compiled, and in
// batches, all for one point.
func BenchmarkResidual(b *testing.B) {
	vars, at := residualVars()
	e := residual(vars)
	p := Compile(vars, append([]Expr{e}, Grad(e, vars)...)...)
	dst := make([]float64, 18)
	b.Run("hand", func(b *testing.B) {
		for b.Loop() {
			dst[0] = residualByHand(dst[1:], at)
		}
	})
	b.Run("compiled", func(b *testing.B) {
		for b.Loop() {
			p.Eval(dst, at)
		}
		b.ReportMetric(float64(p.Instructions()), "instructions")
	})
	const points = 4096
	many, results := make([]float64, 0, points*len(at)), make([]float64, points*18)
	for range points {
		many = append(many, at...)
	}
	b.Run("batch", func(b *testing.B) {
		for b.Loop() {
			p.EvalBatch(results, many)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/points, "ns/point")
	})
}

// BenchmarkTenThousand times what is done to a formula of ten thousand nodes.
func BenchmarkTenThousand(b *testing.B) {
	x := Var("x")
	e := x
	for i := range 2500 {
		e = ad.Sin(e).Mul(number(float64(i))).Add(x.Mul(number(0.5)))
	}
	b.ReportMetric(float64(e.Nodes()), "nodes")
	for name, f := range map[string]func(){
		"D": func() { D(e, x) }, "Grad": func() { Grad(e, []Expr{x}) }, "Simplify": func() { Simplify(e) }, "Compile": func() { Compile([]Expr{x}, e) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f()
			}
		})
	}
}

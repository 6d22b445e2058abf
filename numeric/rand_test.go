package numeric

import (
	"os"
	"strconv"
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
)

type node struct {
	op   int
	c    float64
	a, b *node
}

func gen(r *rand.Rand, depth int) *node {
	if depth == 0 || r.IntN(8) == 0 {
		if r.IntN(3) == 0 {
			return &node{op: -1, c: math.Copysign(math.Pow(10, 4*r.Float64()-2), r.Float64()-.5)}
		}
		return &node{op: -2}
	}
	n := &node{op: r.IntN(18)}
	n.a = gen(r, depth-1)
	if n.op < 6 {
		n.b = gen(r, depth-1)
	}
	return n
}
func (n *node) String() string {
	switch n.op {
	case -1:
		return fmt.Sprintf("%.4g", n.c)
	case -2:
		return "x"
	}
	if n.op < 6 {
		return "(" + n.a.String() + string("++-**/"[n.op]) + n.b.String() + ")"
	}
	return []string{"sin", "cos", "exp", "log", "sqrt", "tanh", "sigmoid", "atan", "sq", "recip", "softplus", "log1p"}[n.op-6] + "(" + n.a.String() + ")"
}
func eval[T ad.Scalar[T]](n *node, x T) T {
	switch n.op {
	case -1:
		return x.Const(n.c)
	case -2:
		return x
	}
	a := eval(n.a, x)
	switch n.op {
	case 0, 1:
		return a.Add(eval(n.b, x))
	case 2:
		return a.Sub(eval(n.b, x))
	case 3, 4:
		return a.Mul(eval(n.b, x))
	case 5:
		return a.Div(eval(n.b, x))
	case 6:
		return ad.Sin(a)
	case 7:
		return ad.Cos(a)
	case 8:
		return ad.Exp(a)
	case 9:
		return ad.Log(a)
	case 10:
		return ad.Sqrt(a)
	case 11:
		return ad.Tanh(a)
	case 12:
		return ad.Sigmoid(a)
	case 13:
		return ad.Atan(a)
	case 14:
		return ad.Square(a)
	case 15:
		return ad.Reciprocal(a)
	case 16:
		return ad.Softplus(a)
	}
	return ad.Log1p(a)
}

func (n *node) bad(x float64) bool {
	if n == nil || n.op < 0 {
		return false
	}
	v := math.Abs(float64(eval(n, R(x))))
	m := 0.0
	for _, c := range []*node{n.a, n.b} {
		if c != nil {
			if c.bad(x) {
				return true
			}
			m = max(m, math.Abs(float64(eval(c, R(x)))))
		}
	}
	if n.op == 5 || n.op == 15 {
		b := n.a
		if n.b != nil {
			b = n.b
		}
		return math.Abs(float64(eval(b, R(x)))) < 1e-2
	}
	return v < 1e-3*m && n.op < 3
}

func TestRand(t *testing.T) {
	seed, _ := strconv.ParseUint(os.Getenv("SEED"), 10, 64)
	r := rand.New(rand.NewPCG(seed, 2))
	var ratios, rels []float64
	evals, tot, acc, inf := 0, 0, 0, 0
	for tot < 20000 {
		n := gen(r, 1+r.IntN(5))
		x := math.Copysign(math.Pow(10, 12*r.Float64()-8), r.Float64()-.3)
		if r.IntN(2) == 0 {
			x = r.NormFloat64()
		}
		want := dual.Derivative(func(x dual.Number) dual.Number { return eval(n, x) }, x)
		f := func(x float64) float64 { return float64(eval(n, R(x))) }
		if !finite(want) || !finite(f(x)) || want == 0 || n.bad(x) {
			continue
		}
		tot++
		res := DerivativeResult(f, x)
		evals += res.Evals
		if math.IsInf(res.Err, 1) {
			inf++
			continue
		}
		e := max(0, math.Abs(res.Value-want)-1e-14*math.Abs(want))
		if e <= 1e-11*math.Abs(want) {
			acc++
		}
		ratios = append(ratios, e/(res.Err+1e-300))
		rels = append(rels, res.Err/math.Abs(want))
		if e > 10*res.Err+1e-300 {
			fmt.Printf("x=%-22v want %-22v got %-22v e %.2g err %.2g ratio %.3g h=%g ev %d st %v %s\n", x, want, res.Value, e, res.Err, e/res.Err, res.Step, res.Evals, res.Status, n)
		}
	}
	sort.Float64s(ratios)
	sort.Float64s(rels)
	q := func(p float64) float64 { return rels[int(p*float64(len(rels)-1))] }
	w := func(p float64) float64 { return ratios[int(p*float64(len(ratios)-1))] }
	fmt.Printf("n %d acc %.2f%% inf %d evals %.1f ratio .9 %.2g .99 %.2g .999 %.2g .9999 %.2g max %.2g; rel .25 %.2g .5 %.2g .75 %.2g .9 %.2g\n", tot, 100*float64(acc)/float64(tot), inf, float64(evals)/float64(tot), w(.9), w(.99), w(.999), w(.9999), w(1), q(.25), q(.5), q(.75), q(.9))
}

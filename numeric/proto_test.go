package numeric

import (
	"fmt"
	"math"
	"os"
	"sort"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/golden"
	"gonum.org/v1/gonum/diff/fd"
)

type R = ad.Real

var unary = map[string]func(R) R{
	"neg": R.Neg, "square": ad.Square[R], "cube": ad.Cube[R], "reciprocal": ad.Reciprocal[R], "sqrt": ad.Sqrt[R], "rsqrt": ad.Rsqrt[R], "cbrt": ad.Cbrt[R],
	"exp": ad.Exp[R], "exp2": ad.Exp2[R], "expm1": ad.Expm1[R], "log": ad.Log[R], "log2": ad.Log2[R], "log10": ad.Log10[R], "log1p": ad.Log1p[R],
	"sin": ad.Sin[R], "cos": ad.Cos[R], "tan": ad.Tan[R], "asin": ad.Asin[R], "acos": ad.Acos[R], "atan": ad.Atan[R],
	"sinh": ad.Sinh[R], "cosh": ad.Cosh[R], "tanh": ad.Tanh[R], "asinh": ad.Asinh[R], "acosh": ad.Acosh[R], "atanh": ad.Atanh[R],
	"abs": ad.Abs[R], "sign": ad.Sign[R], "floor": ad.Floor[R], "ceil": ad.Ceil[R], "trunc": ad.Trunc[R], "erf": ad.Erf[R], "erfc": ad.Erfc[R], "lgamma": ad.Lgamma[R],
	"sigmoid": ad.Sigmoid[R], "logsigmoid": ad.LogSigmoid[R], "relu": ad.ReLU[R], "relu6": ad.ReLU6[R], "selu": ad.SELU[R], "gelu_erf": ad.GELU[R], "gelu_tanh": ad.GELUTanh[R],
	"silu": ad.SiLU[R], "mish": ad.Mish[R], "hardsigmoid": ad.HardSigmoid[R], "hardswish": ad.HardSwish[R], "softsign": ad.Softsign[R], "tanhshrink": ad.TanhShrink[R],
}
var withParam = map[string]func(x R, p map[string]any) R{
	"softplus":   func(x R, p map[string]any) R { return ad.Softplus(x, pf(p, "beta", 1)) },
	"leaky_relu": func(x R, p map[string]any) R { return ad.LeakyReLU(x, pf(p, "negative_slope", .01)) },
	"elu":        func(x R, p map[string]any) R { return ad.ELU(x, pf(p, "alpha", 1)) },
	"celu":       func(x R, p map[string]any) R { return ad.CELU(x, pf(p, "alpha", 1)) },
	"hardtanh":   func(x R, p map[string]any) R { return ad.HardTanh(x, pf(p, "min", -1), pf(p, "max", 1)) },
	"hardshrink": func(x R, p map[string]any) R { return ad.HardShrink(x, pf(p, "lambda", .5)) },
	"softshrink": func(x R, p map[string]any) R { return ad.SoftShrink(x, pf(p, "lambda", .5)) },
}

func pf(p map[string]any, k string, d float64) float64 {
	if v, ok := p[k]; ok {
		return v.(float64)
	}
	return d
}

var binary = map[string]func(x, y R) R{
	"add": R.Add, "sub": R.Sub, "mul": R.Mul, "div": R.Div, "pow": ad.Pow[R], "atan2": ad.Atan2[R], "hypot": ad.Hypot[R],
	"max": ad.Max[R], "min": ad.Min[R], "logaddexp": ad.LogAddExp[R],
}

type pt struct {
	id          string
	f           func(float64) float64
	x           float64
	want, curve float64
}

// resolved reports whether differences of a float64 f can tell the derivative at all.
func (p pt) resolved() bool {
	ax := math.Abs(p.x)
	grain := math.Nextafter(ax, math.Inf(1)) - ax
	if !(math.Abs(p.curve)*1024*grain <= math.Abs(p.want)) || math.Abs(p.want)*grain*1024 > math.Abs(p.f(p.x)) && ax > 1e6 {
		return false
	}
	if math.IsInf(p.f(p.x), 0) {
		return false
	}
	for _, s := range []float64{ax / 4, .25} {
		m := max(math.Abs(p.f(p.x)), math.Abs(p.f(p.x+s)), math.Abs(p.f(p.x-s)))
		if m*0x1p-53+5e-324 <= 1e-12*s*math.Abs(p.want) && p.x+s != p.x {
			return true
		}
	}
	return false
}

func points(t *testing.T) (ps []pt) {
	cases, err := golden.Load("elementary")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if c.Grads == nil {
			continue
		}
		x := float64(c.Inputs["x"].Data[0])
		if f := unary[c.Op]; f != nil {
			ps = append(ps, pt{c.ID, func(x float64) float64 { return float64(f(R(x))) }, x, float64(c.Grads["x"].Data[0]), float64(c.Hess["x,x"].Data[0])})
		} else if f := withParam[c.Op]; f != nil {
			ps = append(ps, pt{c.ID, func(x float64) float64 { return float64(f(R(x), c.Params)) }, x, float64(c.Grads["x"].Data[0]), float64(c.Hess["x,x"].Data[0])})
		} else if f := binary[c.Op]; f != nil {
			y := float64(c.Inputs["y"].Data[0])
			if g, ok := c.Grads["x"]; ok {
				ps = append(ps, pt{c.ID + ".x", func(x float64) float64 { return float64(f(R(x), R(y))) }, x, float64(g.Data[0]), float64(c.Hess["x,x"].Data[0])})
			}
			if g, ok := c.Grads["y"]; ok {
				ps = append(ps, pt{c.ID + ".y", func(y float64) float64 { return float64(f(R(x), R(y))) }, y, float64(g.Data[0]), float64(c.Hess["y,y"].Data[0])})
			}
		} else {
			t.Log("no", c.Op)
		}
	}
	return
}

func TestProto(t *testing.T) {
	ps := points(t)
	var unres, n, acc, hon, all, gf, gc, evals, maxev int
	var rel []float64
	for _, p := range ps {
		all++
		r := DerivativeResult(p.f, p.x)
		e := math.Abs(r.Value - p.want)
		if p.want == r.Value {
			e = 0
		}
		evals += r.Evals
		maxev = max(maxev, r.Evals)
		if e <= 10*r.Err+1e-300 {
			hon++
		} else if !(math.IsInf(r.Err, 1)) {
			fmt.Printf("DISHONEST %-18s x=%-22v want %-22v got %-22v e %.2g err %.2g ratio %.3g h=%g ev %d st %v\n", p.id, p.x, p.want, r.Value, e, r.Err, e/r.Err, r.Step, r.Evals, r.Status)
		} else {
			hon++
		}
		if p.want == 0 || math.IsInf(p.want, 0) || math.IsNaN(p.want) || math.Abs(p.want) < 1e-290 {
			continue
		}
		if !p.resolved() {
			unres++
			continue
		}
		n++
		re := e / math.Abs(p.want)
		rel = append(rel, r.Err/math.Abs(p.want))
		if re <= 1e-11 {
			acc++
		} else if os.Getenv("BAD") != "" {
			fmt.Printf("BAD %-18s x=%-22v f=%-10.3g want %-22v got %-22v re %.2g err %.2g h=%g ev %d st %v\n", p.id, p.x, p.f(p.x), p.want, r.Value, re, r.Err, r.Step, r.Evals, r.Status)
		}
		if g := fd.Derivative(p.f, p.x, nil); math.Abs(g-p.want) <= 1e-11*math.Abs(p.want) {
			gf++
		}
		if g := fd.Derivative(p.f, p.x, &fd.Settings{Formula: fd.Central}); math.Abs(g-p.want) <= 1e-11*math.Abs(p.want) {
			gc++
		}
	}
	sort.Float64s(rel)
	q := func(p float64) float64 { return rel[int(p*float64(len(rel)-1))] }
	fmt.Printf("unresolved %d all %d honest %d; n %d accurate %d (%.2f%%) gonum %d %d; evals mean %.1f max %d; relErr est quantiles .25 %.2g .5 %.2g .75 %.2g .9 %.2g .95 %.2g\n", unres, all, hon, n, acc, 100*float64(acc)/float64(n), gf, gc, float64(evals)/float64(all), maxev, q(.25), q(.5), q(.75), q(.9), q(.95))
}

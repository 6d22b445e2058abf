package rule

import (
	"fmt"
	"math"
	"sort"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
)

var rows1 = []*Func{Square, Cube, Reciprocal, Sqrt, Rsqrt, Cbrt, Exp, Exp2, Expm1, Log, Log2, Log10, Log1p, Sin, Cos, Tan, Asin, Acos, Atan, Sinh, Cosh, Tanh, Asinh, Acosh, Atanh, Abs, Sign, Floor, Ceil, Trunc, Round, Erf, Erfc, Gamma, Lgamma, Digamma, Sigmoid, LogSigmoid, SiLU, GELU, GELUTanh, Mish, TanhShrink, Softsign, ReLU, ReLU6, HardSigmoid, HardSwish, SELU}
var rows2 = []*Func2{LogAddExp, XLogY, Hypot, Pow, Atan2, Max, Min, Softplus, LeakyReLU, ELU, CELU, HardShrink, SoftShrink}

func TestScratch(t *testing.T) {
	cases, err := golden.Load("elementary")
	if err != nil {
		t.Fatal(err)
	}
	m1 := map[string]*Func{}
	for _, r := range rows1 {
		m1[r.Name] = r
	}
	m2 := map[string]*Func2{}
	for _, r := range rows2 {
		m2[r.Name] = r
	}
	type st struct{ n, bad [3]int }
	sts := map[string]*st{}
	lim := [3]float64{2, 4, 16}
	var tot st
	chk := func(c golden.Case, k int, got, want float64) {
		s := sts[c.Op]
		if s == nil {
			s = &st{}
			sts[c.Op] = s
		}
		s.n[k]++
		tot.n[k]++
		if u := golden.ULP(got, want); u > lim[k] && !(math.Abs(got-want) <= 5e-324) {
			s.bad[k]++
			tot.bad[k]++
			in := ""
			for k, v := range c.Inputs {
				in += fmt.Sprint(k, "=", v.Data, " ")
			}
			fmt.Printf("%-12s order %d %-40s %v got %v want %v ulp %.3g\n", c.ID, k, in, c.Params, got, want, u)
		}
	}
	for _, c := range cases {
		if r := m1[c.Op]; r != nil {
			x := float64(c.Inputs["x"].Data[0])
			y := r.Value(x)
			chk(c, 0, y, float64(c.Value.Data[0]))
			chk(c, 1, r.Slope(x, y), float64(c.Grads["x"].Data[0]))
			chk(c, 2, r.Curve(x, y), float64(c.Hess["x,x"].Data[0]))
		} else if r := m2[c.Op]; r != nil {
			x := float64(c.Inputs["x"].Data[0])
			var y float64
			if yy, ok := c.Inputs["y"]; ok {
				y = float64(yy.Data[0])
			} else {
				y = map[string]float64{"softplus": 1, "elu": 1, "celu": 1, "hardshrink": .5, "softshrink": .5}[c.Op]
				for _, v := range c.Params {
					y = v.(float64)
				}
			}
			z := r.Value(x, y)
			chk(c, 0, z, float64(c.Value.Data[0]))
			if g, ok := c.Grads["x"]; ok {
				chk(c, 1, r.SlopeX(x, y, z), float64(g.Data[0]))
			}
			if g, ok := c.Grads["y"]; ok {
				chk(c, 1, r.SlopeY(x, y, z), float64(g.Data[0]))
			}
			if g, ok := c.Hess["x,x"]; ok {
				chk(c, 2, r.CurveXX(x, y, z), float64(g.Data[0]))
			}
			if g, ok := c.Hess["x,y"]; ok {
				chk(c, 2, r.CurveXY(x, y, z), float64(g.Data[0]))
			}
			if g, ok := c.Hess["y,y"]; ok {
				chk(c, 2, r.CurveYY(x, y, z), float64(g.Data[0]))
			}
		}
	}
	var names []string
	for k := range sts {
		names = append(names, k)
	}
	sort.Strings(names)
	for _, k := range names {
		if s := sts[k]; s.bad != [3]int{} {
			fmt.Println(k, s.n, s.bad)
		}
	}
	fmt.Println("total", tot)
}

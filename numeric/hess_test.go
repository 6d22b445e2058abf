package numeric

import (
	"fmt"
	"math"
	"os"
	"sort"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
)

func q(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func TestHess(t *testing.T) {
	cases, _ := golden.Load("elementary")
	all, hon, n, acc, evals, maxev := 0, 0, 0, 0, 0, 0
	var rels []float64
	res := func(f func(a, b float64) float64, x, y float64, want float64, i, j int) bool {
		m0 := math.Abs(f(x, y))
		ok := false
		for _, s := range [][2]float64{{math.Abs(x) / 4, math.Abs(y) / 4}, {.25, .25}} {
			h := [2]float64{}
			h[i] = s[i]
			k := [2]float64{}
			k[j] = s[j]
			m := m0
			for _, a := range []float64{-1, 0, 1} {
				for _, b := range []float64{-1, 0, 1} {
					if i != j || a == b {
						m = max(m, math.Abs(f(x+a*h[0]+b*k[0]*q(i != j), y+a*h[1]+b*k[1]*q(i != j))))
					}
				}
			}
			if x+s[0] == x || y+s[1] == y && y != 0 {
				continue
			}
			ok = ok || m*0x1p-51+5e-324 <= 1e-7*s[i]*s[j]*math.Abs(want)
		}
		return ok
	}
	chk := func(id string, r Result, want float64, fv float64, ok bool) {
		all++
		evals += r.Evals
		maxev = max(maxev, r.Evals)
		e := math.Abs(r.Value - want)
		if r.Value == want {
			e = 0
		}
		if e <= 10*r.Err+1e-300 || math.IsInf(r.Err, 1) {
			hon++
		} else {
			fmt.Printf("DIS %-18s want %-22v got %-22v e %.2g err %.2g ratio %.3g h=%g ev %d st %v\n", id, want, r.Value, e, r.Err, e/r.Err, r.Step, r.Evals, r.Status)
		}
		if want == 0 || !finite(want) || math.Abs(want) < 1e-290 || !finite(fv) || !ok {
			return
		}
		n++
		rels = append(rels, r.Err/math.Abs(want))
		if e <= 1e-6*math.Abs(want) {
			acc++
		} else if os.Getenv("BAD") != "" {
			fmt.Printf("BAD %-18s f %.3g want %-22v got %-22v e %.2g err %.2g h=%g ev %d st %v\n", id, fv, want, r.Value, e, r.Err, r.Step, r.Evals, r.Status)
		}
	}
	for _, c := range cases {
		if c.Grads == nil {
			continue
		}
		x := float64(c.Inputs["x"].Data[0])
		if f := unary[c.Op]; f != nil {
			r := HessianResult(func(x []R) R { return f(x[0]) }, []float64{x})
			chk(fmt.Sprint(c.ID, " ", x), r[0][0], float64(c.Hess["x,x"].Data[0]), float64(f(R(x))), res(func(a, b float64) float64 { return float64(f(R(a))) }, x, 0, float64(c.Hess["x,x"].Data[0]), 0, 0))
		} else if f := withParam[c.Op]; f != nil {
			r := HessianResult(func(x []R) R { return f(x[0], c.Params) }, []float64{x})
			chk(fmt.Sprint(c.ID, " ", x), r[0][0], float64(c.Hess["x,x"].Data[0]), float64(f(R(x), nil)), res(func(a, b float64) float64 { return float64(f(R(a), c.Params)) }, x, 0, float64(c.Hess["x,x"].Data[0]), 0, 0))
		} else if f := binary[c.Op]; f != nil {
			y := float64(c.Inputs["y"].Data[0])
			r := HessianResult(func(x []R) R { return f(x[0], x[1]) }, []float64{x, y})
			for k, p := range map[string][2]int{"x,x": {0, 0}, "x,y": {0, 1}, "y,y": {1, 1}} {
				if h, ok := c.Hess[k]; ok {
					chk(fmt.Sprint(c.ID, k, " ", x, " ", y), r[p[0]][p[1]], float64(h.Data[0]), float64(f(R(x), R(y))), res(func(a, b float64) float64 { return float64(f(R(a), R(b))) }, x, y, float64(h.Data[0]), p[0], p[1]))
				}
			}
		}
	}
	sort.Float64s(rels)
	qq := func(p float64) float64 { return rels[int(p*float64(len(rels)-1))] }
	fmt.Printf("all %d honest %d (%.2f%%); n %d acc %d (%.2f%%); evals %.1f max %d; rel .25 %.2g .5 %.2g .75 %.2g .9 %.2g\n", all, hon, 100*float64(hon)/float64(all), n, acc, 100*float64(acc)/float64(n), float64(evals)/float64(all), maxev, qq(.25), qq(.5), qq(.75), qq(.9))
}

package reverse

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
)

// TestLSTM holds the fused cell against the same over scalars.
func TestLSTM(t *testing.T) {
	const rows, n = 2, 3
	var point, v []float64
	for i := range rows * 5 * n {
		point = append(point, math.Sin(float64(3*i+1)))
		v = append(v, math.Cos(float64(2*i)))
	}
	zs, cs := point[:rows*4*n], point[rows*4*n:]
	w := []float64{1, -2, 0.5, 3, 0.25, -1}
	scalar := func(p []Var) Var {
		sum := Var{}
		for r := range rows {
			for k := range n {
				gate := func(g int) Var { return p[r*4*n+g*n+k] }
				c := p[rows*4*n+r*n+k]
				next := ad.Sigmoid(gate(1)).Mul(c).Add(ad.Sigmoid(gate(0)).Mul(ad.Tanh(gate(2))))
				h := ad.Sigmoid(gate(3)).Mul(ad.Tanh(next))
				sum = sum.Add(ad.Const[Var](w[r*n+k]).Mul(h.Add(next.Mul(next))))
			}
		}
		return sum
	}
	tape := NewTape()
	gz, gc := make([]float64, len(zs)), make([]float64, len(cs))
	var y, z, c Array
	step := func() {
		tape.Reset()
		z, c = tape.Param(zs, gz, rows, 4*n), tape.Param(cs, gc, rows, n)
		h, next := LSTM(z, c)
		y = h.Add(next.Mul(next))
		y.BackwardFrom(w)
	}
	step()
	optest.Equal(t, "gradient", append(gz, gc...), Gradient(scalar, point), rounding)
	hv := y.HVP(w, []Array{z, c}, [][]float64{v[:len(zs)], v[len(zs):]})
	optest.Equal(t, "HVP", append(hv[0], hv[1]...), HVP(scalar, point, v), rounding)
	jv := y.JVP([]Array{z, c}, [][]float64{v[:len(zs)], v[len(zs):]})
	sum := 0.0
	for i, d := range jv {
		sum += w[i] * d
	}
	optest.Equal(t, "JVP", []float64{sum}, JVP(func(p []Var) []Var { return []Var{scalar(p)} }, point, v), rounding)
	if allocs := memtest.Allocations(20, step); allocs != 0 {
		t.Errorf("%v allocations in a step", allocs)
	}
}

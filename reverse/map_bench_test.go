package reverse_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
)

// BenchmarkMapActivation measures activations in scalars, mapped over 10⁵ elements
// forwards and back, against those that are built in.
func BenchmarkMapActivation(b *testing.B) {
	const n = 100_000
	rng := rand.New(rand.NewPCG(1, 2))
	x, g := make([]float64, n), make([]float64, n)
	for i := range x {
		x[i] = 3 * rng.NormFloat64()
	}
	for _, c := range []struct {
		name    string
		scalar  func(x []reverse.Var) reverse.Var
		builtin func(reverse.Array) reverse.Array
	}{
		{"SiLU", func(x []reverse.Var) reverse.Var { return x[0].Mul(ad.Sigmoid(x[0])) }, ad.SiLU[reverse.Array]},
		{"GELUTanh", func(x []reverse.Var) reverse.Var {
			cube := x[0].Mul(x[0]).Mul(x[0])
			inner := ad.Const[reverse.Var](math.Sqrt(2 / math.Pi)).Mul(x[0].Add(ad.Const[reverse.Var](0.044715).Mul(cube)))
			return ad.Const[reverse.Var](0.5).Mul(x[0]).Mul(ad.Const[reverse.Var](1).Add(ad.Tanh(inner)))
		}, ad.GELUTanh[reverse.Array]},
	} {
		f := reverse.Record(c.scalar, 1)
		program := func(activation func(reverse.Array) reverse.Array) func() {
			t := reverse.NewTape()
			return func() {
				t.Reset()
				activation(t.Param(x, g, n)).Sum().Backward()
			}
		}
		b.Run(c.name, func(b *testing.B) {
			byTurns(b, "x-built-in", program(func(x reverse.Array) reverse.Array { return f.Map(x) }), program(c.builtin))
		})
	}
}

// ciou is the complete intersection over union of two boxes, each a center and a size
// (Zheng et al. 2020, equation 10), taken from 1: a box loss.
func ciou[T ad.Scalar[T]](in []T) T {
	num := ad.Const[T]
	p, q := in[:4], in[4:]
	square := func(x T) T { return x.Mul(x) }
	side := func(i int) (inner, outer T) {
		half := num(0.5)
		lowP, highP := p[i].Sub(half.Mul(p[2+i])), p[i].Add(half.Mul(p[2+i]))
		lowQ, highQ := q[i].Sub(half.Mul(q[2+i])), q[i].Add(half.Mul(q[2+i]))
		return ad.ReLU(ad.Min(highP, highQ).Sub(ad.Max(lowP, lowQ))), ad.Max(highP, highQ).Sub(ad.Min(lowP, lowQ))
	}
	w, outerW := side(0)
	h, outerH := side(1)
	both := w.Mul(h)
	iou := both.Div(p[2].Mul(p[3]).Add(q[2].Mul(q[3])).Sub(both))
	distance := square(p[0].Sub(q[0])).Add(square(p[1].Sub(q[1]))).Div(square(outerW).Add(square(outerH)))
	v := num(4 / (math.Pi * math.Pi)).Mul(square(ad.Atan(q[2].Div(q[3])).Sub(ad.Atan(p[2].Div(p[3])))))
	return num(1).Sub(iou).Add(distance).Add(v.Mul(v).Div(num(1).Sub(iou).Add(v)))
}

// plainCIoU is ciou in plain Go.
func plainCIoU(in []float64) float64 {
	p, q := in[:4], in[4:8]
	var inner, outer [2]float64
	for i := range inner {
		lowP, highP := p[i]-p[2+i]/2, p[i]+p[2+i]/2
		lowQ, highQ := q[i]-q[2+i]/2, q[i]+q[2+i]/2
		inner[i] = max(0, min(highP, highQ)-max(lowP, lowQ))
		outer[i] = max(highP, highQ) - min(lowP, lowQ)
	}
	both := inner[0] * inner[1]
	iou := both / (p[2]*p[3] + q[2]*q[3] - both)
	dx, dy := p[0]-q[0], p[1]-q[1]
	distance := (dx*dx + dy*dy) / (outer[0]*outer[0] + outer[1]*outer[1])
	angle := math.Atan(q[2]/q[3]) - math.Atan(p[2]/p[3])
	v := 4 / (math.Pi * math.Pi) * angle * angle
	return 1 - iou + distance + v*v/(1-iou+v)
}

// boxes returns rows of two boxes.
func boxes(n int) []float64 {
	rng := rand.New(rand.NewPCG(3, 4))
	rows := make([]float64, 8*n)
	for i := range rows {
		rows[i] = rng.Float64()
		if i%4 >= 2 {
			rows[i] += 0.5
		}
	}
	return rows
}

func TestMapBoxLoss(t *testing.T) {
	const n = 300
	rows, g := boxes(n), make([]float64, 8*n)
	tape := reverse.NewTape()
	y := reverse.Record(ciou[reverse.Var], 8).MapRows(tape.Param(rows, g, n, 8))
	y.Sum().Backward()
	for i, got := range y.Values() {
		row := rows[8*i:][:8]
		optest.Equal(t, fmt.Sprint("row ", i), got, plainCIoU(row), cmpopts.EquateApprox(0, 1e-13))
		optest.Equal(t, fmt.Sprint("slopes of row ", i), g[8*i:][:8], reverse.Gradient(ciou[reverse.Var], row), cmpopts.EquateApprox(1e-12, 1e-12))
	}
}

// BenchmarkMapBoxLoss measures values and gradients of a box loss of 10⁴ rows against the
// values in plain Go.
func BenchmarkMapBoxLoss(b *testing.B) {
	const n = 10_000
	rows, g := boxes(n), make([]float64, 8*n)
	f, t := reverse.Record(ciou[reverse.Var], 8), reverse.NewTape()
	sum := 0.0
	byTurns(b, "x-primal", func() {
		t.Reset()
		f.MapRows(t.Param(rows, g, n, 8)).Sum().Backward()
	}, func() {
		for i := range n {
			sum += plainCIoU(rows[8*i:])
		}
	})
	if sum == 0 {
		b.Error("no loss")
	}
}

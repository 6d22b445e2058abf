package dual_test

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// A mlp is a network of one hidden layer, as a function of columns of its inputs.
type mlp struct {
	in     []*nn.Param // a row of weights for each input
	bias   *nn.Param
	out    *nn.Param
	hidden int
}

func newMLP(inputs, hidden int) *mlp {
	net := &mlp{bias: nn.NewParam("bias", 1, hidden), out: nn.NewParam("out", hidden, 1), hidden: hidden}
	for i := range inputs {
		net.in = append(net.in, nn.NewParam(fmt.Sprint("in", i), 1, hidden))
		for k := range hidden { // spread out, and the same every time
			net.in[i].Value[k] = 1.5 * math.Sin(float64(1+k)*(1.3+0.7*float64(i)))
		}
	}
	for k := range hidden {
		net.bias.Value[k] = math.Cos(2.1 * float64(k))
		net.out.Value[k] = 0.3 * math.Cos(float64(1+3*k))
	}
	return net
}

func (net *mlp) params() []*nn.Param { return append([]*nn.Param{net.bias, net.out}, net.in...) }

func onTape(t *reverse.Tape, p *nn.Param) reverse.Array {
	return t.Param(p.Value, p.Grad, p.Shape...)
}

// A liftable number takes arrays as constants, and linear functions of arrays.
type liftable[T ad.Scalar[T]] interface {
	ad.Scalar[T]
	Lift(reverse.Array) T
	Linear(func(reverse.Array) reverse.Array) T
}

// at returns the network on a tape, over numbers that derivatives are taken with.
func at[T liftable[T]](net *mlp, tape *reverse.Tape, x ...T) T {
	z := x[0].Lift(onTape(tape, net.bias))
	for i, v := range x {
		z = z.Add(v.Mul(v.Lift(onTape(tape, net.in[i]))))
	}
	return ad.Tanh(z).Linear(func(h reverse.Array) reverse.Array { return h.MatMul(onTape(tape, net.out)) })
}

// A physics-informed network learns u′ = -u, u(0) = 1 from the equation alone: its
// derivative stands inside of the loss, and the tape differentiates both.
func ExampleDerivativeOf_differentialEquation() {
	times := make([]float64, 16)
	for i := range times {
		times[i] = float64(i) / 15
	}
	net, adam, tape := newMLP(1, 12), optim.NewAdam(0.01), reverse.NewTape()
	u := func(t reverse.Array) (value, slope reverse.Array) {
		return dual.DerivativeOf(func(t dual.Of[reverse.Array]) dual.Of[reverse.Array] { return at(net, tape, t) }, t)
	}
	for range 2000 {
		tape.Reset()
		value, slope := u(tape.Const(times, len(times), 1))
		start, _ := u(tape.Const([]float64{0}, 1, 1))
		loss := ad.Square(slope.Add(value)).Mean().Add(ad.Square(ad.Shift(start, -1)).Mean())
		loss.Backward()
		adam.Step(net.params())
	}
	tape.Reset()
	end, _ := u(tape.Const([]float64{1}, 1, 1))
	fmt.Printf("u(1) = %.2f, exp(-1) = %.2f\n", end.Value(), math.Exp(-1))
	// Output: u(1) = 0.37, exp(-1) = 0.37
}

// Second derivatives in x and first ones in t: the heat equation u_t = 0.1·u_xx for
// u(x, 0) = sin πx and u(0, t) = u(1, t) = 0, of which exp(-0.1π²t)·sin πx is the solution.
// The boundary is part of the ansatz, so that the equation is the whole loss.
func ExampleJetOf_heatEquation() {
	var xs, ts []float64
	for i := range 6 {
		for k := range 6 {
			xs, ts = append(xs, float64(i)/5), append(ts, float64(k)/5)
		}
	}
	net, adam, tape := newMLP(2, 16), optim.NewAdam(0.01), reverse.NewTape()
	type jet = dual.JetOf[reverse.Array]
	u := func(x, t jet) jet { // sin πx + t·x·(1-x)·network
		one := x.Const(1)
		return ad.Sin(ad.Scale(x, math.Pi)).Add(t.Mul(x).Mul(one.Sub(x)).Mul(at(net, tape, x, t)))
	}
	for range 600 {
		tape.Reset()
		x, t := tape.Const(xs, len(xs), 1), tape.Const(ts, len(ts), 1)
		inX := dual.TaylorOf(func(x jet) jet { return u(x, x.Lift(t)) }, x, 2)
		inT := dual.TaylorOf(func(t jet) jet { return u(t.Lift(x), t) }, t, 1)
		residual := inT[1].Sub(ad.Scale(inX[2], 2*0.1)) // coefficient 2 is half of u_xx
		loss := ad.Square(residual).Mean()
		loss.Backward()
		adam.Step(net.params())
	}
	tape.Reset()
	x, t := tape.Const([]float64{0.5}, 1, 1), tape.Const([]float64{1}, 1, 1)
	end := u(jet{}.Lift(x), jet{}.Lift(t)).Coef(0)
	fmt.Printf("u(½, 1) = %.2f, exp(-0.1π²) = %.2f\n", end.Value(), math.Exp(-0.1*math.Pi*math.Pi))
	// Output: u(½, 1) = 0.37, exp(-0.1π²) = 0.37
}

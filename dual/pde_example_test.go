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

// Burgers' equation uₜ + u·uₓ = ν·uₓₓ has waves u = c - c·tanh(a(x - s·t)). Steepness a and
// speed s are found from the equation alone, whose derivatives stand inside of the loss: uₓ
// and uₓₓ by one series, uₜ by another.
func ExampleTaylorOf_burgersEquation() {
	const c, viscosity = 0.5, 0.25
	type array = reverse.Array
	type jet = dual.JetOf[array]
	n := 40
	xs, ts := make([]float64, n), make([]float64, n)
	for i := range n {
		xs[i], ts[i] = 2*math.Sin(float64(3*i)), math.Abs(math.Cos(float64(i)))
	}
	wave := nn.NewParam("steepness, speed", 2)
	wave.Value[0], wave.Value[1] = 2, 0.1
	adam, tape := optim.NewAdam(0.02), reverse.NewTape()
	for range 800 {
		tape.Reset()
		p := tape.Param(wave.Value, wave.Grad, 2)
		lift := jet{}.Lift
		u := func(x, t jet) jet {
			a, s := lift(p.Take(0, []int{0})), lift(p.Take(0, []int{1}))
			return ad.Shift(ad.Scale(ad.Tanh(a.Mul(x.Sub(s.Mul(t)))), -c), c)
		}
		x, t := tape.Const(xs, n), tape.Const(ts, n)
		along := dual.TaylorOf(func(x jet) jet { return u(x, lift(t)) }, x, 2)
		rate := dual.TaylorOf(func(t jet) jet { return u(lift(x), t) }, t, 1)
		residual := rate[1].Add(along[0].Mul(along[1])).Sub(ad.Scale(along[2], 2*viscosity))
		ad.Square(residual).Mean().Backward()
		adam.Step([]*nn.Param{wave})
	}
	fmt.Printf("steepness %.3f, in theory %.3f\n", wave.Value[0], c/(2*viscosity))
	fmt.Printf("speed %.3f, in theory %.3f\n", wave.Value[1], c)
	// Output:
	// steepness 1.000, in theory 1.000
	// speed 0.500, in theory 0.500
}

// rk4 follows y′ = f(y) for n steps of length h.
func rk4[T ad.Scalar[T]](f func(y []T) []T, y []T, h float64, n int) []T {
	axpy := func(y []T, h float64, k []T) []T {
		z := make([]T, len(y))
		for i := range y {
			z[i] = y[i].Add(ad.Scale(k[i], h))
		}
		return z
	}
	for range n {
		k1 := f(y)
		k2 := f(axpy(y, h/2, k1))
		k3 := f(axpy(y, h/2, k2))
		k4 := f(axpy(y, h, k3))
		for _, k := range []struct {
			weight float64
			slope  []T
		}{{h / 6, k1}, {h / 3, k2}, {h / 3, k3}, {h / 6, k4}} {
			y = axpy(y, k.weight, k.slope)
		}
	}
	return y
}

// How a pendulum's angle after a second depends on gravity: by numbers that go through the
// integrator, and by the sensitivity equations, which the integrator solves beside the
// pendulum's own. The two agree to rounding: the derivative
// of a step of RK4 is that step of the derivative.
func ExampleJVP_differentialEquation() {
	const n, h = 50, 0.02
	swing := func(p []dual.Number) []dual.Number { // angle and rate at the end
		gravity := p[0]
		return rk4(func(y []dual.Number) []dual.Number {
			return []dual.Number{y[1], gravity.Mul(ad.Sin(y[0])).Neg()}
		}, []dual.Number{p[1], p[2]}, h, n)
	}
	through := dual.JVP(swing, []float64{9.81, 1, 0}, []float64{1, 0, 0})

	beside := rk4(func(y []ad.Real) []ad.Real { // with ds/dt = (∂f/∂y)s + ∂f/∂g
		angle, rate, s, sRate := y[0], y[1], y[2], y[3]
		return []ad.Real{rate, -9.81 * ad.Sin(angle), sRate, -9.81*ad.Cos(angle)*s - ad.Sin(angle)}
	}, []ad.Real{1, 0, 0, 0}, h, n)
	fmt.Printf("through the integrator %.12f\n", through[0])
	fmt.Printf("sensitivity equations  %.12f\n", float64(beside[2]))
	// Output:
	// through the integrator -0.029143940790
	// sensitivity equations  -0.029143940790
}

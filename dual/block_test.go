package dual

import (
	"fmt"
	"math"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// sameAsAlone holds the Jacobians and the values of a batch to the bit against those of each
// point.
func sameAsAlone(t optest.TB, name string, f func([]Number) []Number, x []float64, n int) {
	t.Helper()
	m := len(f(make([]Number, n)))
	points := len(x) / n
	dst, y := make([]float64, m*len(x)), make([]float64, m*points)
	JacobianBatchTo(dst, y, f, x, n)
	for i := range points {
		var j mat.Dense
		value := JacobianTo(&j, f, x[i*n:][:n])
		optest.Equal(t, fmt.Sprintf("%s: Jacobian %d", name, i), dst[m*n*i:][:m*n], j.RawMatrix().Data, optest.Bits())
		optest.Equal(t, fmt.Sprintf("%s: value %d", name, i), y[m*i:][:m], value, optest.Bits())
	}
}

// TestBlock: points that are taken together are what they are alone, whatever the function
// looks at and wherever derivatives are not finite.
func TestBlock(t *testing.T) {
	positive := ad.NewOp(&ad.Func{
		Name: "positive", Value: func(x float64) float64 {
			if x <= 0 {
				panic("outside of the domain")
			}
			return 1 / x
		},
		Slope: func(x, y float64) float64 { return -y * y },
	})
	positive2 := ad.NewOp2(&ad.Func2{
		Name: "positive2", Value: func(x, y float64) float64 {
			if x <= 0 {
				panic("outside of the domain")
			}
			return y / x
		},
		SlopeX: func(x, y, z float64) float64 { return -z / x },
		SlopeY: func(x, y, z float64) float64 { return 1 / x },
	})
	one := func(f func(x []Number) Number) func([]Number) []Number {
		return func(x []Number) []Number { return []Number{f(x), x[2]} }
	}
	c := Number{}.Const
	for name, f := range map[string]func([]Number) []Number{
		"chained": one(chained[Number]), "mixed": one(mixed[Number]), "sum": one(ad.Sum[Number]), "sum of one": one(func(x []Number) Number { return ad.Sum(x[:1]) }),
		"sum of squares": one(ad.SumSq[Number]), "norm": one(ad.Norm2[Number]), "log-sum-exp": one(ad.LogSumExp[Number]), "product": one(ad.Prod[Number]),
		"dot with constants": one(func(x []Number) Number {
			return ad.Dot(x, ad.Consts[Number](append([]float64{1, -1, 0}, spread(len(x)-3)...)))
		}),
		"dot of constants and others": one(func(x []Number) Number { return ad.Dot([]Number{c(2), x[0], x[1]}, []Number{x[3], c(1), c(3)}) }),
		"dot with itself":             one(func(x []Number) Number { return ad.Dot(x[1:], x[:len(x)-1]) }),
		"norm with a constant":        one(func(x []Number) Number { return ad.Norm2([]Number{x[0], c(3), x[0]}) }),
		"softmax":                     ad.Softmax[Number],
		"constants":                   func(x []Number) []Number { return []Number{c(3), x[1].Const(math.Copysign(0, -1)), x[0]} },
		"sums with constants": func(x []Number) []Number {
			return []Number{x[0].Add(c(3)), c(3).Add(x[0]), x[0].Sub(c(2)), c(2).Sub(x[0]), x[0].Neg().Neg().Sub(x[0])}
		},
		"products with constants": func(x []Number) []Number {
			return []Number{x[0].Mul(c(3)), c(3).Mul(x[0]), x[0].Mul(c(0)).Add(x[1].Mul(c(-1))), x[0].Mul(x[0])}
		},
		"infinite constants": func(x []Number) []Number { return []Number{x[0].Add(c(inf)), c(inf).Sub(x[1]), x[1].Mul(c(inf))} },
		"quotients": func(x []Number) []Number {
			return []Number{x[0].Div(x[1]), x[0].Div(c(3)), c(3).Div(x[0]), x[3].Mul(x[2]).Div(c(-7)), x[0].Mul(x[1]).Div(x[0])}
		},
		"quotients out of range": one(func(x []Number) Number {
			return ad.Scale(x[0], 1e-280).Div(ad.Shift(ad.Scale(x[1], 1e-175), 1e-140))
		}),
		"turns":         one(func(x []Number) Number { s, c := ad.Sincos(x[0].Mul(c(30))); return s.Mul(c).Add(ad.Cos(x[1])) }),
		"two variables": one(func(x []Number) Number { return ad.Atan2(ad.Pow(ad.Abs(x[0]), x[1]), ad.Hypot(c(2), x[0])) }),
		"a branch":      one(func(x []Number) Number { return x[0].IfPos(x[1].Mul(x[2]), ad.Exp(x[3])) }),
		"a NaN branch":  one(func(x []Number) Number { return ad.Sqrt(x[0]).IfPos(x[1], x[2]) }),
		"Less": one(func(x []Number) Number {
			if x[0].Less(x[1]) && !c(0.2).Less(x[2]) {
				return x[0].Mul(x[3])
			}
			return ad.Sin(x[3])
		}),
		"a loop": one(func(x []Number) Number {
			z := x[0]
			for c(0.3).Less(z.Mul(z)) && z.Less(c(9)) {
				z = z.Mul(c(0.8))
			}
			return z
		}),
		"Float":    one(func(x []Number) Number { return x[0].Mul(c(math.Floor(2 * x[1].Float()))) }),
		"a sign":   one(func(x []Number) Number { return x[0].Mul(c(math.Copysign(2, x[1].Mul(c(0)).Float()))) }),
		"an index": one(func(x []Number) Number { return x[int(9*math.Abs(x[1].Float()))%8] }),
		"a map": one(func(x []Number) Number {
			return map[float64]Number{x[1].Float(): x[3], 0.5: x[0]}[x[4].Float()].Add(x[1])
		}),
		"a NaN Less": one(func(x []Number) Number {
			if c(0.3).Less(ad.Sqrt(x[0])) {
				return x[1]
			}
			return x[3].Mul(x[3])
		}),
		"an early constant": one(func(x []Number) Number {
			if x[0].Less(c(0)) {
				return c(7)
			}
			return x[3]
		}),
		"equality": one(func(x []Number) Number {
			if x[0] == x[1] || x[0] == c(0.2) {
				return x[3]
			}
			return x[4]
		}),
		"a derivative inside": one(func(x []Number) Number {
			_, slope := DerivativeOf(func(y Of[Number]) Of[Number] { return ad.Sin(y).Mul(y) }, x[0])
			return slope.Mul(c(Derivative(func(y Number) Number { return y.Mul(y) }, x[1].Float())))
		}),
		"a root": one(func(x []Number) Number {
			y, err := RootOf(func(y Of[Number]) Of[Number] { return y.Mul(y).Mul(y).Add(y).Sub(y.Lift(x[0])) }, -5, 5)
			if err != nil {
				return c(nan)
			}
			return y
		}),
		"a text":        one(func(x []Number) Number { text, _ := x[0].MarshalText(); return x[0].Mul(c(float64(len(text)))) }),
		"results again": func(x []Number) []Number { z := x[0].Mul(x[1]); return []Number{z, z, x[1], x[1], z} },
		"Value":         one(func(x []Number) Number { return x[0].Mul(c(x[1].Value())) }),
		"Tangent": one(func(x []Number) Number {
			if z := x[0].Mul(x[1]); z.Tangent() > 0 {
				return z
			}
			return x[3]
		}),
		"String":         one(func(x []Number) Number { return x[0].Mul(c(float64(len(x[0].String())))) }),
		"a square root":  one(func(x []Number) Number { return ad.Sqrt(x[0]).Add(x[1]) }),
		"exp of log":     one(func(x []Number) Number { return ad.Exp(ad.Log(ad.ReLU(x[0]))) }),
		"overflow":       one(func(x []Number) Number { return ad.Exp(x[0].Mul(c(800))).Mul(x[1]) }),
		"a hidden pole":  one(func(x []Number) Number { return ad.Exp(c(-1).Div(ad.ReLU(x[0]))).Mul(x[1]) }),
		"nobody's work":  one(func(x []Number) Number { ad.Log(x[0]).Mul(x[1]).Div(x[0]); return x[2] }),
		"an alone value": one(func(x []Number) Number { z := x[0].Mul(x[1]); x[0] = z; return z }),
		"a domain": one(func(x []Number) Number {
			if c(0).Less(x[0]) {
				return x[0].Apply(positive).Add(x[0].Apply2(positive2, x[1]))
			}
			return x[1]
		}),
		"a rough first point": one(func(x []Number) Number { // whose later values still matter
			z := ad.Exp(c(1).Div(ad.Scale(x[0], 1e-160)).Mul(c(1e-165)))
			if z.Less(x[1]) {
				return x[1].Mul(x[1])
			}
			return z
		}),
		"goroutines": one(func(x []Number) Number {
			terms := make([]Number, len(x))
			var all sync.WaitGroup
			for i := range x {
				all.Go(func() {
					if terms[i] = ad.Tanh(x[i].Mul(x[(i+1)%len(x)])); terms[i].Less(c(0.4)) {
						terms[i] = terms[i].Mul(c(2))
					}
				})
			}
			all.Wait()
			return ad.Prod(terms)
		}),
	} {
		for _, n := range []int{8, 15, 64, 65} {
			x := make([]float64, 150*n)
			for i := range x {
				x[i] = math.Mod(float64(i)*0.6180339887498949, 1) - 0.3
			}
			x[20*n], x[21*n+1], x[22*n], x[23*n+1], x[24*n] = 0, 0, inf, nan, math.Copysign(0, -1)
			x[90*n], x[91*n] = 1e-170, 1e300
			sameAsAlone(t, name, f, x[:min(150, 1200/n)*n], n)
		}
	}
}

// TestBlockSizes: however many points there are, and without a result.
func TestBlockSizes(t *testing.T) {
	const n = 8
	for _, points := range []int{0, 1, 2, 7, 8, 9, 63, 64, 65, 127, 511, 512, 513} {
		x := spread(points * n)
		sameAsAlone(t, fmt.Sprint(points, " points"), func(x []Number) []Number {
			if x[0].Less(x[2]) {
				return []Number{mixed(x)}
			}
			return []Number{chained(x)}
		}, x, n)
		JacobianBatchTo(nil, []float64{}, func(x []Number) []Number { x[0].Less(x[1]); return nil }, x, n)
	}
}

// TestBlockLong: more points than a function is evaluated for at once, and more steps than
// there is room for.
func TestBlockLong(t *testing.T) {
	const n = 9
	x := spread(1100 * n)
	sameAsAlone(t, "mixed", func(x []Number) []Number { return []Number{mixed(x)} }, x, n)
	sameAsAlone(t, "long", func(x []Number) []Number {
		z := x[0]
		for i := range 9000 {
			z = z.Mul(x[i%n]).Add(x[1])
		}
		return []Number{z}
	}, x[:20*n], n)
	var calls atomic.Int64
	JacobianBatchTo(make([]float64, 500*n), nil, func(x []Number) []Number { calls.Add(1); return []Number{x[0]} }, x[:500*n], n)
	if calls := calls.Load(); calls > 16 {
		t.Errorf("%d evaluations at 500 points", calls)
	}
}

// TestBlockProperty: with operations drawn at random, some of which look at values.
func TestBlockProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(8, 20).Draw(t, "n")
		points := rapid.IntRange(8, 80).Draw(t, "points")
		number := rapid.OneOf(rapid.Float64Range(-3, 3), rapid.SampledFrom([]float64{0, 1, -1, 1e-160, 1e200, inf, nan}))
		x := rapid.SliceOfN(rapid.Float64Range(-3, 3), n*points, n*points).Draw(t, "x")
		x[rapid.IntRange(0, len(x)-1).Draw(t, "where")] = number.Draw(t, "number")
		sameAsAlone(t, "random", drawn[Number](t, wild), x, n)
	})
}

package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// An arithmetic kernel, and what it does to one element. The exact ones have the
// same bits on every processor.
type arithmetic struct {
	name  string
	run   func(dst, x, y []float64)
	plain func(dst, x, y float64) float64
	exact bool
}

const factor = -1.37

var arithmetics = []arithmetic{
	{"Add", Add, func(_, x, y float64) float64 { return x + y }, true},
	{"Sub", Sub, func(_, x, y float64) float64 { return x - y }, true},
	{"Mul", Mul, func(_, x, y float64) float64 { return x * y }, true},
	{"Div", Div, func(_, x, y float64) float64 { return x / y }, true},
	{"Max", Max, func(_, x, y float64) float64 { return max(x, y) }, true},
	{"Min", Min, func(_, x, y float64) float64 { return min(x, y) }, true},
	{"MulAdd", MulAdd, func(d, x, y float64) float64 { return d + x*y }, false},
	{"Scale", func(d, x, _ []float64) { Scale(d, factor, x) }, func(_, x, _ float64) float64 { return factor * x }, true},
	{"Shift", func(d, x, _ []float64) { Shift(d, factor, x) }, func(_, x, _ float64) float64 { return x + factor }, true},
	{"Over", func(d, x, _ []float64) { Over(d, factor, x) }, func(_, x, _ float64) float64 { return x / factor }, true},
	{"Axpy", func(d, x, _ []float64) { Axpy(d, factor, x) }, func(d, x, _ float64) float64 { return d + factor*x }, false},
	{"Sqrt", func(d, x, _ []float64) { Sqrt(d, x) }, func(_, x, _ float64) float64 { return math.Sqrt(x) }, true},
	{"ReLU", func(d, x, _ []float64) { ReLU(d, x) }, func(_, x, _ float64) float64 { return reluGo(x) }, true},
	{"AddPositive", AddPositive, func(d, x, y float64) float64 {
		if x > 0 {
			return d + y
		}
		if math.IsNaN(x) {
			return x
		}
		return d
	}, true},
	{"mulShifted", func(d, x, y []float64) {
		if len(d) > 0 {
			use.mulShifted(len(d), &d[0], &x[0], &y[0], factor)
		}
	}, func(d, x, y float64) float64 { return d + x*(y+factor) }, false},
	{"SigmoidSlope", func(d, x, _ []float64) { SigmoidSlope(d, x) }, func(_, x, _ float64) float64 { return sigmoidSlopeGo(x) }, false},
	{"TanhSlope", func(d, x, _ []float64) { TanhSlope(d, x) }, func(_, x, _ float64) float64 { return tanhSlopeGo(x) }, false},
}

// agree says whether got is want: the same NaN-ness, sign and infinity, and if
// not exact then within rounding of operands of this size.
func agree(got, want float64, exact bool, size float64) bool {
	switch {
	case math.IsNaN(want):
		return math.IsNaN(got)
	case exact:
		return got == want && (want != 0 || math.Signbit(got) == math.Signbit(want))
	case math.IsInf(want, 0):
		return got == want
	}
	return math.Abs(got-want) <= 8*0x1p-53*size
}

// TestArithmetic: every length and offset, in place or not, with special values
// among the others, and what surrounds dst left alone.
func TestArithmetic(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	draw := func() []float64 {
		x := random(r, 80)
		for i := range x {
			switch r.IntN(4) {
			case 0:
				x[i] = []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 5e-324, 1e150, -1, 1}[r.IntN(9)]
			}
		}
		return x
	}
	onAll(t, func(t *testing.T) {
		for _, k := range arithmetics {
			checked := 0
			for n := range 70 {
				offset := n % 7
				x, y, dst := draw(), draw(), draw()
				got := append([]float64(nil), dst...)
				inPlace := n%3 == 0
				if inPlace {
					copy(dst, x)
					got = append([]float64(nil), x...)
					k.run(got[offset:][:n], got[offset:][:n], y[offset:][:n])
				} else {
					k.run(got[offset:][:n], x[offset:][:n], y[offset:][:n])
				}
				for i := range got {
					if i < offset || i >= offset+n {
						if math.Float64bits(got[i]) != math.Float64bits(dst[i]) {
							t.Fatalf("%s of %d from %d writes at %d", k.name, n, offset, i)
						}
						continue
					}
					want := k.plain(dst[i], x[i], y[i])
					size := math.Abs(want)
					for _, v := range []float64{dst[i], x[i], factor * x[i], x[i] * y[i]} {
						if math.Abs(v) <= math.MaxFloat64 {
							size += math.Abs(v)
						}
					}
					if !agree(got[i], want, k.exact, size) {
						t.Fatalf("%s(%v, %v, %v) is %v, want %v", k.name, dst[i], x[i], y[i], got[i], want)
					}
					checked++
				}
			}
			if checked < 1500 {
				t.Errorf("%s: %d elements checked", k.name, checked)
			}
		}
	})
}

// TestSlopes holds the slopes to their bound where they are small too.
func TestSlopes(t *testing.T) {
	onAll(t, func(t *testing.T) {
		for i := range 400 {
			x := float64(i)/10 - 20
			got := make([]float64, 2)
			SigmoidSlope(got[:1], []float64{x})
			TanhSlope(got[1:], []float64{x})
			s := bigSigmoid(bigFloat(x))
			s.Mul(s, bigSigmoid(bigFloat(-x)))
			h := bigSigmoid(bigFloat(2 * x))
			h.Mul(h, bigSigmoid(bigFloat(-2*x)))
			h.Mul(h, bigFloat(4))
			if d, e := ulps(got[0], s), ulps(got[1], h); d > 4 || e > 4 {
				t.Errorf("at %v: %g and %g ULP", x, d, e)
			}
		}
	})
}

// TestReductions: sums of integers are exact in every order; every length is
// tried, and a NaN and infinities at every place.
func TestReductions(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	onAll(t, func(t *testing.T) {
		for n := range 140 {
			data, other := integers(r, n+8), integers(r, n+8)
			data[n], other[n] = math.NaN(), math.NaN()
			x, y := data[:n], other[:n]
			sum, squares, dot, greatest := 0.0, 0.0, 0.0, math.Inf(-1)
			for i := range x {
				sum += x[i]
				squares += x[i] * x[i]
				dot += x[i] * y[i]
				greatest = max(greatest, x[i])
			}
			for name, c := range map[string][2]float64{
				"Sum": {Sum(x), sum}, "SumSq": {SumSq(x), squares}, "Dot": {Dot(x, y), dot}, "Greatest": {Greatest(x), greatest},
			} {
				if c[0] != c[1] {
					t.Fatalf("%s of %d is %g, want %g", name, n, c[0], c[1])
				}
			}
			for i := range x {
				old := x[i]
				x[i] = math.NaN()
				if s := []float64{Sum(x), SumSq(x), Dot(x, y), Dot(y, x), Greatest(x), LogSumExp(x)}; fmt.Sprint(s) != "[NaN NaN NaN NaN NaN NaN]" {
					t.Fatalf("a NaN at %d of %d gives %v", i, n, s)
				}
				x[i] = math.Inf(1)
				if s := []float64{Sum(x), SumSq(x), Greatest(x), LogSumExp(x)}; fmt.Sprint(s) != "[+Inf +Inf +Inf +Inf]" {
					t.Fatalf("+Inf at %d of %d gives %v", i, n, s)
				}
				x[i] = old
			}
		}
	})
}

// TestLogSumExp against a sum of float64 exponentials, far from 0 too.
func TestLogSumExp(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 3))
	onAll(t, func(t *testing.T) {
		for n := range 50 {
			x := random(r, n)
			for _, shift := range []float64{0, 1e3, -1e3} {
				var sum float64
				for i := range x {
					sum += math.Exp(x[i])
				}
				shifted := make([]float64, n)
				Shift(shifted, shift, x)
				if got, want := LogSumExp(shifted), math.Log(sum)+shift; !(math.Abs(got-want) <= 1e-14+1e-12*math.Abs(shift)/1e3) && got != want {
					t.Errorf("of %d entries about %g: %v, want %v", n, shift, got, want)
				}
			}
		}
		inf := math.Inf(-1)
		if got := LogSumExp([]float64{inf, inf}); got != inf {
			t.Errorf("of -Inf: %v", got)
		}
	})
}

// TestSoftmax: rows sum to 1, their logarithms agree, and what comes back is
// the product with the Jacobian diag(y) - y·yᵀ.
func TestSoftmax(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	onAll(t, func(t *testing.T) {
		for n := 1; n < 40; n++ {
			const count = 3
			x, w := random(r, count*n), random(r, count*n)
			y, l, back := make([]float64, count*n), make([]float64, count*n), random(r, count*n)
			before := append([]float64(nil), back...)
			Softmax(y, x, n)
			LogSoftmax(l, x, n)
			SoftmaxBackward(back, y, w, n)
			for row := range count {
				var sum, norm float64
				for i := row * n; i < (row+1)*n; i++ {
					sum += math.Exp(x[i])
				}
				for i := row * n; i < (row+1)*n; i++ {
					norm += y[i] * w[i]
				}
				for i := row * n; i < (row+1)*n; i++ {
					want := math.Exp(x[i]) / sum
					if math.Abs(y[i]-want) > 1e-14*want || math.Abs(l[i]-math.Log(want)) > 1e-14*(1+math.Abs(l[i])) {
						t.Fatalf("rows of %d: y %v, log %v, want %v", n, y[i], l[i], want)
					}
					if b := before[i] + y[i]*(w[i]-norm); math.Abs(back[i]-b) > 1e-14*(math.Abs(b)+math.Abs(before[i])+math.Abs(norm)+1) {
						t.Fatalf("rows of %d: back %v, want %v", n, back[i], b)
					}
				}
			}
		}
		y := make([]float64, 3)
		Softmax(y, []float64{1, math.Inf(-1), 1}, 3)
		same(t, "-Inf", y, []float64{0.5, 0, 0.5})
		for _, x := range [][]float64{{1, math.NaN(), 2}, {1, math.Inf(1), 2}, {math.Inf(-1), math.Inf(-1), math.Inf(-1)}} {
			if Softmax(y, x, 3); fmt.Sprint(y) != "[NaN NaN NaN]" {
				t.Errorf("Softmax(%v) = %v", x, y)
			}
		}
	})
}

// TestRows: a row added to every row, and the rows' sum.
func TestRows(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 5))
	onAll(t, func(t *testing.T) {
		for n := 1; n < 30; n++ {
			x, row := integers(r, 4*n), integers(r, n)
			got, sums := make([]float64, 4*n), append([]float64(nil), row...)
			AddRows(got, x, row)
			SumRows(sums, x)
			for i := range got {
				if got[i] != x[i]+row[i%n] {
					t.Fatalf("AddRows of %d: [%d] = %v", n, i, got[i])
				}
			}
			for i, s := range sums {
				if want := row[i] + x[i] + x[n+i] + x[2*n+i] + x[3*n+i]; s != want {
					t.Fatalf("SumRows of %d: [%d] = %v, want %v", n, i, s, want)
				}
			}
			for f, plain := range map[Activation]func(dst, x []float64){Identity: func(d, x []float64) { copy(d, x) }, Rectify: ReLU, Squash: Tanh, Logistic: Sigmoid} {
				fused, want := make([]float64, 4*n), make([]float64, 4*n)
				Activate(fused, x, row, f)
				plain(want, got)
				same(t, fmt.Sprintf("activation %d", f), fused, want)
			}
		}
	})
}

// TestUpdates compares the optimizers with the formulas they name.
func TestUpdates(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 6))
	near := func(t *testing.T, name string, got, want []float64) {
		t.Helper()
		for i := range got {
			if math.Abs(got[i]-want[i]) > 1e-13*(1+math.Abs(want[i])) {
				t.Fatalf("%s: [%d] is %v, want %v", name, i, got[i], want[i])
			}
		}
	}
	const rate, decay, mu, b1, b2, epsilon, apart = 0.1, 0.01, 0.9, 0.9, 0.999, 1e-8, 0.02
	onAll(t, func(t *testing.T) {
		for n := range 40 {
			for _, variant := range []string{"plain", "momentum", "nesterov", "adam"} {
				p, v, m := random(r, n), make([]float64, n), make([]float64, n)
				wantP, wantV, wantM := append([]float64(nil), p...), make([]float64, n), make([]float64, n)
				for step := 1; step <= 3; step++ {
					g := random(r, n)
					switch variant {
					case "plain":
						SGD(p, nil, g, rate, decay, 0, false)
					case "momentum", "nesterov":
						SGD(p, v, g, rate, decay, mu, variant == "nesterov")
					case "adam":
						Adam(p, m, v, g, step, rate, b1, b2, epsilon, decay, apart)
					}
					for i, d := range g {
						d += decay * wantP[i]
						switch variant {
						case "plain":
							wantP[i] -= rate * d
						case "momentum":
							wantV[i] = mu*wantV[i] + d
							wantP[i] -= rate * wantV[i]
						case "nesterov":
							wantV[i] = mu*wantV[i] + d
							wantP[i] -= rate * (d + mu*wantV[i])
						case "adam":
							wantP[i] *= 1 - rate*apart
							wantM[i] = b1*wantM[i] + (1-b1)*d
							wantV[i] = b2*wantV[i] + (1-b2)*d*d
							hatM := wantM[i] / (1 - math.Pow(b1, float64(step)))
							hatV := wantV[i] / (1 - math.Pow(b2, float64(step)))
							wantP[i] -= rate * hatM / (math.Sqrt(hatV) + epsilon)
						}
					}
				}
				near(t, variant, p, wantP)
				near(t, variant, v, wantV)
				near(t, variant, m, wantM)
			}
		}
	})
}

// TestAdamOverflow: a gradient whose square overflows is followed by steps of 0,
// not by NaN.
func TestAdamOverflow(t *testing.T) {
	onAll(t, func(t *testing.T) {
		const n = 11
		p, m, v, g := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
		for step := 1; step <= 3; step++ {
			for i := range g {
				g[i] = 1e200
			}
			Adam(p, m, v, g, step, 0.1, 0.9, 0.999, 1e-8, 0, 0)
			for i := range p {
				if p[i] != 0 || !math.IsInf(v[i], 1) {
					t.Fatalf("step %d: p[%d] is %v, v %v; want 0 and +Inf", step, i, p[i], v[i])
				}
			}
		}
	})
}

func TestElementwiseMisuse(t *testing.T) {
	two, three := make([]float64, 2), make([]float64, 3)
	for name, f := range map[string]func(){
		"Add x":           func() { Add(two, three, two) },
		"Add y":           func() { Add(two, two, three) },
		"Scale":           func() { Scale(two, 1, three) },
		"Dot":             func() { Dot(two, three) },
		"Softmax":         func() { Softmax(three, three, 2) },
		"Softmax 0":       func() { Softmax(three, three, 0) },
		"SoftmaxBackward": func() { SoftmaxBackward(two, two, three, 2) },
		"AddRows":         func() { AddRows(three, three, two) },
		"SumRows":         func() { SumRows(two, three) },
		"Activate":        func() { Activate(two, two, two, 9) },
		"SGD":             func() { SGD(two, nil, two, 1, 0, 0.9, false) },
		"Adam":            func() { Adam(two, two, two, three, 1, 1, 0, 0, 0, 0, 0) },
	} {
		if !panics(f) {
			t.Errorf("%s: no panic", name)
		}
	}
}

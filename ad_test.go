package ad

import (
	"math"
	"testing"
)

// reals makes numbers of floats.
func reals(x ...float64) []Real {
	r := make([]Real, len(x))
	for i, v := range x {
		r[i] = Real(v)
	}
	return r
}

func TestVectorFunctions(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	tests := []struct {
		name string
		got  Real
		want float64
	}{
		{"Sum()", Sum[Real](nil), 0},
		{"Sum(1, 2, 3)", Sum(reals(1, 2, 3)), 6},
		{"Dot", Dot(reals(1, 2), reals(3, 4)), 11},
		{"SumSq", SumSq(reals(3, 4)), 25},
		{"Norm2()", Norm2[Real](nil), 0},
		{"Norm2(3, 4)", Norm2(reals(3, 4)), 5},
		{"Norm2(3·2⁷⁰⁰, 4·2⁷⁰⁰)", Norm2(reals(0x3p700, 0x4p700)), 0x5p700},
		{"LogSumExp()", LogSumExp[Real](nil), -inf},
		{"LogSumExp(0)", LogSumExp(reals(0)), 0},
		{"LogSumExp(1000, 1000)", LogSumExp(reals(1000, 1000)), 1000 + math.Ln2},
		{"LogSumExp(-Inf, 0)", LogSumExp(reals(-inf, 0)), 0},
		{"LogSumExp(-Inf, -Inf)", LogSumExp(reals(-inf, -inf)), -inf},
		{"LogSumExp(+Inf, 0)", LogSumExp(reals(inf, 0)), inf},
		{"LogSumExp(NaN, 0)", LogSumExp(reals(nan, 0)), nan},
		{"Mean()", Mean[Real](nil), nan},
		{"Mean(1, 2)", Mean(reals(1, 2)), 1.5},
		{"Variance(1, 3)", Variance(reals(1, 3), 1), 2},
		{"Variance(1, 3) biased", Variance(reals(1, 3), 0), 1},
		{"Variance()", Variance[Real](nil, 1), nan},
		{"Variance() biased", Variance[Real](nil, 0), nan},
		{"Variance(5)", Variance(reals(5), 1), nan},
		{"Variance(1, 3) of correction 3", Variance(reals(1, 3), 3), inf},
		{"Prod()", Prod[Real](nil), 1},
		{"Prod(2, 0, 3)", Prod(reals(2, 0, 3)), 0},
		{"FMA", FMA[Real](2, 3, 4), 10},
		{"Clamp(NaN)", Clamp(Real(nan), -1, 1), nan},
		{"Clamp(-2)", Clamp(Real(-2), -1, 1), -1},
		{"Clamp(0.5)", Clamp(Real(0.5), -1, 1), 0.5},
		{"Clamp(2)", Clamp(Real(2), -1, 1), 1},
		{"Clamp(+Inf, 0, +Inf)", Clamp(Real(inf), 0, inf), inf},
		{"Clamp(-Inf, -Inf, 0)", Clamp(Real(-inf), -inf, 0), -inf},
		{"Clamp(-1, 0, +Inf)", Clamp(Real(-1), 0, inf), 0},
		{"Clamp(+Inf, -1, 1)", Clamp(Real(inf), -1, 1), 1},
		{"Clamp(-Inf, -Inf, +Inf)", Clamp(Real(-inf), -inf, inf), -inf},
		{"HardTanh(+Inf, 0, +Inf)", HardTanh(Real(inf), 0, inf), inf},
		{"HardTanh(-Inf, -Inf, 0)", HardTanh(Real(-inf), -inf, 0), -inf},
		{"HardTanh(-1, 0, +Inf)", HardTanh(Real(-1), 0, inf), 0},
		{"HardTanh(-Inf)", HardTanh(Real(-inf)), -1},
		{"HardTanh(2)", HardTanh(Real(2)), 1},
		{"HardTanh(2, 0, 5)", HardTanh(Real(2), 0, 5), 2},
		{"PowInt(-2, 3)", PowInt(Real(-2), 3), -8},
		{"PowReal(4, 0.5)", PowReal(Real(4), 0.5), 2},
		{"XLogX(0)", XLogX(Real(0)), 0},
		{"IfPos(1)", Real(1).IfPos(2, 3), 2},
		{"IfPos(-0)", Real(math.Copysign(0, -1)).IfPos(2, 3), 3},
		{"IfPos(NaN)", Real(nan).IfPos(2, 3), nan},
		{"Const", Const[Real](7), 7},
	}
	for _, test := range tests {
		if got := float64(test.got); got != test.want && !(got != got && test.want != test.want) {
			t.Errorf("%s = %v, want %v", test.name, got, test.want)
		}
	}
}

func TestSoftmax(t *testing.T) {
	inf := math.Inf(1)
	for _, test := range []struct{ x, softmax, log []float64 }{
		{[]float64{0, 0}, []float64{0.5, 0.5}, []float64{-math.Ln2, -math.Ln2}},
		{[]float64{-inf, 0}, []float64{0, 1}, []float64{-inf, 0}},
		{[]float64{-2000, 0}, []float64{0, 1}, []float64{-2000, 0}},
		{[]float64{5}, []float64{1}, []float64{0}},
	} {
		y, z := Softmax(reals(test.x...)), LogSoftmax(reals(test.x...))
		for i := range y {
			if float64(y[i]) != test.softmax[i] || float64(z[i]) != test.log[i] {
				t.Errorf("at %v: Softmax %v, LogSoftmax %v; want %v, %v", test.x, y, z, test.softmax, test.log)
			}
		}
	}
	for _, x := range [][]float64{{-inf, -inf}, {inf, 0}, {math.NaN(), 0}} {
		for _, y := range append(Softmax(reals(x...)), LogSoftmax(reals(x...))...) {
			if y == y {
				t.Errorf("Softmax and LogSoftmax of %v: %v and %v, want NaN", x, Softmax(reals(x...)), LogSoftmax(reals(x...)))
			}
		}
	}
}

func TestMisuse(t *testing.T) {
	for want, f := range map[string]func(){
		`ad: Dot of lengths 2 and 3`:                                                func() { Dot(reals(1, 2), reals(1, 2, 3)) },
		`ad: Softplus takes one parameter or none, not 2`:                           func() { Softplus(Real(1), 1, 2) },
		`ad: HardTanh takes two bounds or none, not 1`:                              func() { HardTanh(Real(1), 1) },
		`ad: HardTanh between 2 and 1`:                                              func() { HardTanh(Real(1), 2, 1) },
		`ad: Clamp between 2 and 1`:                                                 func() { Clamp(Real(1), 2, 1) },
		`ad: Clamp between NaN and 1`:                                               func() { Clamp(Real(1), math.NaN(), 1) },
		`ad: NewOp: a Func needs a Name, a Value and a Slope; this one is "f"`:      func() { NewOp(&Func{Name: "f", Value: math.Sin}) },
		`ad: NewOp: a Func needs a Name, a Value and a Slope; this one is nameless`: func() { NewOp(&Func{}) },
		`ad: NewOp2: a Func2 needs a Name, a Value, a SlopeX and a SlopeY; this one is "g"`: func() {
			NewOp2(&Func2{Name: "g", Value: math.Hypot})
		},
		`ad: FoldN of an operation that is none of this package's`: func() { FoldN(OpN{}, reals(1), nil) },
	} {
		if got := panicOf(f); got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}
}

func panicOf(f func()) (message any) {
	defer func() { message = recover() }()
	f()
	return nil
}

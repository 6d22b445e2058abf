package fuzz_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/fuzz"
	"github.com/quartet-ad/ad/reverse"
	"pgregory.net/rapid"
)

// himmelblau is a function of one's own that is to be tested.
func himmelblau[T ad.Scalar[T]](x []T) T {
	a := ad.Square(x[0]).Add(x[1]).Sub(ad.Const[T](11))
	b := x[0].Add(ad.Square(x[1])).Sub(ad.Const[T](7))
	return ad.Square(a).Add(ad.Square(b))
}

// FuzzHimmelblau is a fuzz target of one's own: all methods at any point.
func FuzzHimmelblau(f *testing.F) {
	fn := compare.New("himmelblau", himmelblau, himmelblau, himmelblau, himmelblau, himmelblau)
	fuzz.AddSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		compare.Test(t, fn, fuzz.NewDecoder(data).Vector(2))
	})
}

// TestEuler is a rapid property of one's own: f(x, y) = x²y/(x²+y²) is homogeneous,
// so that x·∇f = f. The tolerance is what rounding comes to.
func TestEuler(t *testing.T) {
	fn := compare.New("f", homogeneous, homogeneous, homogeneous, homogeneous, homogeneous)
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(0.1, 10), 2, 2).Draw(t, "x")
		slope := dual.JVP(func(x []dual.Number) []dual.Number { return []dual.Number{homogeneous(x)} }, x, x)[0]
		value := reverse.GradientTo(make([]float64, 2), homogeneous, x)
		r := compare.Roundings(fn, x, x, x)[0]
		if !(math.Abs(slope-value) <= r.U+r.Value) {
			t.Errorf("at %v: x·∇f = %v, f = %v", x, slope, value)
		}
	})
}

func homogeneous[T ad.Scalar[T]](x []T) T {
	xx, yy := ad.Square(x[0]), ad.Square(x[1])
	return xx.Mul(x[1]).Div(xx.Add(yy))
}

// A program is a function that is generic like any other: here two methods
// differentiate one that three bytes say.
func ExampleDecode() {
	p, x := fuzz.Decode([]byte{0, 16, 28, 0, 0, 28, 0, 1})
	fmt.Println(p)
	fmt.Println("at", x)
	fmt.Println(dual.Gradient(func(x []dual.Number) dual.Number { return fuzz.Eval(p, x) }, x))
	fmt.Println(reverse.Gradient(func(x []reverse.Var) reverse.Var { return fuzz.Eval(p, x) }, x))
	// Output:
	// f(x0) {
	// 	v1 := x0 * x0
	// 	v2 := v1 * x0
	// 	return v2
	// }
	// at [2]
	// [12]
	// [12]
}

// A test runs any number of programs through the judge.
func ExampleProgram_Func() {
	p, x := fuzz.Decode(fuzz.Encode(fuzz.Decode([]byte{1, 8, 24, 40, 0, 1, 28, 0, 1})))
	r := compare.Check(p.Func(), x)
	fmt.Println(r.OK(), r.Class, r.Comparisons > 80)
	// Output: true smooth true
}

// A Decoder turns a fuzzer's bytes into numbers of every kind.
func ExampleDecoder() {
	data := fuzz.AppendFloat(nil, 1.5)
	data = fuzz.AppendFloat(data, math.Inf(-1))
	data = fuzz.AppendFloat(data, 5e-324)
	fmt.Println(len(data), fuzz.NewDecoder(data).Vector(4))
	// Output: 3 [1.5 -Inf 5e-324 0]
}

package dual_test

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"math"
	"math/cmplx"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/numeric"
)

// The flow around a cylinder: its speed is the derivative of a complex potential.
func ExampleComplex() {
	type number = dual.Of[dual.Complex]
	potential := func(z number) number { return z.Add(ad.Reciprocal(z)) }
	_, speed := dual.DerivativeOf(potential, dual.Complex(2i))
	fmt.Println(speed) // 1 - 1/z²
	_, speed = dual.DerivativeOf(potential, dual.Complex(1))
	fmt.Println(speed) // at rest
	// Output:
	// (1.25+0i)
	// (0+0i)
}

type (
	complexNumber = dual.Of[dual.Complex]
	complexJet    = dual.JetOf[dual.Complex]
)

// holomorphic are functions over any number type, beside what package math/cmplx says of
// their values and hand-written slopes.
var holomorphic = map[string]struct {
	dual  func(z complexNumber) complexNumber
	jet   func(z complexJet) complexJet
	value func(z complex128) complex128
	slope func(z complex128) complex128
}{
	"square":     {ad.Square[complexNumber], ad.Square[complexJet], func(z complex128) complex128 { return z * z }, func(z complex128) complex128 { return 2 * z }},
	"cube":       {ad.Cube[complexNumber], ad.Cube[complexJet], func(z complex128) complex128 { return z * z * z }, func(z complex128) complex128 { return 3 * z * z }},
	"reciprocal": {ad.Reciprocal[complexNumber], ad.Reciprocal[complexJet], func(z complex128) complex128 { return 1 / z }, func(z complex128) complex128 { return -1 / (z * z) }},
	"sqrt":       {ad.Sqrt[complexNumber], ad.Sqrt[complexJet], cmplx.Sqrt, func(z complex128) complex128 { return 0.5 / cmplx.Sqrt(z) }},
	"rsqrt":      {ad.Rsqrt[complexNumber], ad.Rsqrt[complexJet], func(z complex128) complex128 { return 1 / cmplx.Sqrt(z) }, func(z complex128) complex128 { return -0.5 / (z * cmplx.Sqrt(z)) }},
	"exp":        {ad.Exp[complexNumber], ad.Exp[complexJet], cmplx.Exp, cmplx.Exp},
	"exp2":       {ad.Exp2[complexNumber], ad.Exp2[complexJet], func(z complex128) complex128 { return cmplx.Pow(2, z) }, func(z complex128) complex128 { return math.Ln2 * cmplx.Pow(2, z) }},
	"expm1":      {ad.Expm1[complexNumber], ad.Expm1[complexJet], func(z complex128) complex128 { return cmplx.Exp(z) - 1 }, cmplx.Exp},
	"log":        {ad.Log[complexNumber], ad.Log[complexJet], cmplx.Log, func(z complex128) complex128 { return 1 / z }},
	"log2":       {ad.Log2[complexNumber], ad.Log2[complexJet], func(z complex128) complex128 { return cmplx.Log(z) / math.Ln2 }, func(z complex128) complex128 { return 1 / (z * math.Ln2) }},
	"log10":      {ad.Log10[complexNumber], ad.Log10[complexJet], cmplx.Log10, func(z complex128) complex128 { return 1 / (z * math.Ln10) }},
	"log1p":      {ad.Log1p[complexNumber], ad.Log1p[complexJet], func(z complex128) complex128 { return cmplx.Log(1 + z) }, func(z complex128) complex128 { return 1 / (1 + z) }},
	"sin":        {ad.Sin[complexNumber], ad.Sin[complexJet], cmplx.Sin, cmplx.Cos},
	"cos":        {ad.Cos[complexNumber], ad.Cos[complexJet], cmplx.Cos, func(z complex128) complex128 { return -cmplx.Sin(z) }},
	"tan":        {ad.Tan[complexNumber], ad.Tan[complexJet], cmplx.Tan, func(z complex128) complex128 { c := cmplx.Cos(z); return 1 / (c * c) }},
	"asin":       {ad.Asin[complexNumber], ad.Asin[complexJet], cmplx.Asin, func(z complex128) complex128 { return 1 / cmplx.Sqrt(1-z*z) }},
	"acos":       {ad.Acos[complexNumber], ad.Acos[complexJet], cmplx.Acos, func(z complex128) complex128 { return -1 / cmplx.Sqrt(1-z*z) }},
	"atan":       {ad.Atan[complexNumber], ad.Atan[complexJet], cmplx.Atan, func(z complex128) complex128 { return 1 / (1 + z*z) }},
	"sinh":       {ad.Sinh[complexNumber], ad.Sinh[complexJet], cmplx.Sinh, cmplx.Cosh},
	"cosh":       {ad.Cosh[complexNumber], ad.Cosh[complexJet], cmplx.Cosh, cmplx.Sinh},
	"tanh":       {ad.Tanh[complexNumber], ad.Tanh[complexJet], cmplx.Tanh, func(z complex128) complex128 { c := cmplx.Cosh(z); return 1 / (c * c) }},
	"asinh":      {ad.Asinh[complexNumber], ad.Asinh[complexJet], cmplx.Asinh, func(z complex128) complex128 { return 1 / cmplx.Sqrt(1+z*z) }},
	"acosh":      {ad.Acosh[complexNumber], ad.Acosh[complexJet], cmplx.Acosh, func(z complex128) complex128 { return 1 / (cmplx.Sqrt(z-1) * cmplx.Sqrt(z+1)) }},
	"atanh":      {ad.Atanh[complexNumber], ad.Atanh[complexJet], cmplx.Atanh, func(z complex128) complex128 { return 1 / (1 - z*z) }},
	"sigmoid":    {ad.Sigmoid[complexNumber], ad.Sigmoid[complexJet], func(z complex128) complex128 { return 1 / (1 + cmplx.Exp(-z)) }, func(z complex128) complex128 { c := cmplx.Cosh(z / 2); return 1 / (4 * c * c) }},
	"z^z": {func(z complexNumber) complexNumber { return ad.Pow(z, z) }, func(z complexJet) complexJet { return ad.Pow(z, z) },
		func(z complex128) complex128 { return cmplx.Exp(z * cmplx.Log(z)) }, func(z complex128) complex128 { return cmplx.Exp(z*cmplx.Log(z)) * (1 + cmplx.Log(z)) }},
	"z^2.5": {func(z complexNumber) complexNumber { return ad.Pow(z, z.Const(2.5)) }, func(z complexJet) complexJet { return ad.Pow(z, z.Const(2.5)) },
		func(z complex128) complex128 { return cmplx.Pow(z, 2.5) }, func(z complex128) complex128 { return 2.5 * cmplx.Pow(z, 1.5) }},
	"z^5": {func(z complexNumber) complexNumber { return ad.Pow(z, z.Const(5)) }, func(z complexJet) complexJet { return ad.Pow(z, z.Const(5)) },
		func(z complex128) complex128 { return z * z * z * z * z }, func(z complex128) complex128 { return 5 * z * z * z * z }},
	"z/(z+2i)": {func(z complexNumber) complexNumber { return z.Div(z.Add(complexNumber{}.Lift(2i))) }, func(z complexJet) complexJet { return z.Div(z.Add(complexJet{}.Lift(2i))) },
		func(z complex128) complex128 { return z / (z + 2i) }, func(z complex128) complex128 { return 2i / ((z + 2i) * (z + 2i)) }},
}

// TestComplex: values and slopes are those of package math/cmplx in every quadrant, and
// series those of Cauchy's integral.
func TestComplex(t *testing.T) {
	const order = 8
	near := func(a, b complex128, tolerance float64) bool {
		return cmplx.Abs(a-b) <= tolerance*(1+cmplx.Abs(b))
	}
	for name, f := range holomorphic {
		for _, z := range []complex128{1.3 + 0.7i, -1.2 + 0.9i, -0.4 - 1.6i, 0.6 - 0.3i, 0.2 + 2.5i} {
			value, slope := dual.DerivativeOf(f.dual, dual.Complex(z))
			if want := f.value(z); !near(complex128(value), want, 1e-14) {
				t.Errorf("%s(%v) = %v, want %v", name, z, value, want)
			}
			if want := f.slope(z); !near(complex128(slope), want, 1e-13) {
				t.Errorf("%s: slope %v at %v, want %v", name, slope, z, want)
			}
			series := dual.TaylorOf(f.jet, dual.Complex(z), order)
			want, errs := numeric.Taylor(f.value, z, order)
			for k, c := range series {
				if !(cmplx.Abs(complex128(c)-want[k]) <= 10*errs[k]+1e-10*(1+cmplx.Abs(want[k]))) {
					t.Errorf("%s: coefficient %d at %v is %v, want %v ± %v", name, k, z, c, want[k], errs[k])
				}
			}
		}
	}
}

// TestComplexEdges: small arguments keep their digits, and large ones do not overflow on the
// way. The derivative at a whole power of 0 is right.
func TestComplexEdges(t *testing.T) {
	for _, test := range []struct {
		name string
		f    func(z complexNumber) complexNumber
		z    dual.Complex
		y, d complex128
	}{
		{"expm1", ad.Expm1[complexNumber], 1e-20 + 2e-20i, 1e-20 + 2e-20i, 1},
		{"log1p", ad.Log1p[complexNumber], 1e-20 + 2e-20i, 1e-20 + 2e-20i, 1},
		{"tanh", ad.Tanh[complexNumber], 900 + 1i, 1, 0},
		{"tanh", ad.Tanh[complexNumber], -900 + 1i, -1, 0},
		{"tan", ad.Tan[complexNumber], 1 + 900i, 1i, 0},
		{"sigmoid", ad.Sigmoid[complexNumber], -900 + 1i, 0, 0},
		{"sigmoid", ad.Sigmoid[complexNumber], 900 + 1i, 1, 0},
		{"z³", func(z complexNumber) complexNumber { return ad.PowInt(z, 3) }, 0, 0, 0},
		{"z¹", func(z complexNumber) complexNumber { return ad.Pow(z, z.Const(1)) }, 0, 0, 1},
	} {
		y, d := dual.DerivativeOf(test.f, test.z)
		if cmplx.Abs(complex128(y)-test.y) > 1e-15*cmplx.Abs(test.y) || cmplx.Abs(complex128(d)-test.d) > 1e-15 {
			t.Errorf("%s at %v: %v and %v, want %v and %v", test.name, test.z, y, d, test.y, test.d)
		}
	}
}

// TestComplexGolden: values and derivatives against references of 700 digits, on both sides of every
// branch cut, and where numbers are large or small. What is 0 there has the sign of its side.
func TestComplexGolden(t *testing.T) {
	functions := map[string]func(z complexNumber) complexNumber{
		"sqrt": ad.Sqrt[complexNumber], "rsqrt": ad.Rsqrt[complexNumber], "log": ad.Log[complexNumber], "log2": ad.Log2[complexNumber],
		"log10": ad.Log10[complexNumber], "log1p": ad.Log1p[complexNumber], "exp": ad.Exp[complexNumber], "expm1": ad.Expm1[complexNumber],
		"sin": ad.Sin[complexNumber], "cos": ad.Cos[complexNumber], "tan": ad.Tan[complexNumber], "sinh": ad.Sinh[complexNumber],
		"cosh": ad.Cosh[complexNumber], "tanh": ad.Tanh[complexNumber], "asin": ad.Asin[complexNumber], "acos": ad.Acos[complexNumber],
		"atan": ad.Atan[complexNumber], "asinh": ad.Asinh[complexNumber], "acosh": ad.Acosh[complexNumber], "atanh": ad.Atanh[complexNumber],
	}
	packed, err := os.Open("testdata/complex.txt.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	file, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for scan := bufio.NewScanner(file); scan.Scan(); lines++ {
		fields := strings.Fields(scan.Text())
		number := func(i int) complex128 {
			re, err1 := strconv.ParseFloat(fields[i], 64)
			im, err2 := strconv.ParseFloat(fields[i+1], 64)
			if err1 != nil || err2 != nil {
				t.Fatalf("line %d: %q", lines, scan.Text())
			}
			return complex(re, im)
		}
		z, value, slope := number(1), number(3), number(5)
		w, d := dual.DerivativeOf(functions[fields[0]], dual.Complex(z))
		near := func(got, want complex128) bool {
			return cmplx.Abs(got-want) <= 4e-15*cmplx.Abs(want) || got == want
		}
		sided := func(got, want float64) bool { return want != 0 || got != 0 || math.Signbit(got) == math.Signbit(want) }
		if w := complex128(w); !near(w, value) || !sided(real(w), real(value)) || !sided(imag(w), imag(value)) {
			t.Errorf("%s at %v: %v, want %v", fields[0], z, w, value)
		}
		if !near(complex128(d), slope) {
			t.Errorf("derivative of %s at %v: %v, want %v", fields[0], z, d, slope)
		}
	}
	if lines < 3000 {
		t.Errorf("%d lines", lines)
	}
}

// TestComplexMisuse: what has no complex derivative panics with its name, and every function
// of one variable either has a value or panics so.
func TestComplexMisuse(t *testing.T) {
	const why = " has no derivative, or no value, over the complex numbers"
	z := dual.Complex(1 + 1i)
	optest.Panics(t, "dual.Complex: abs"+why, func() { dual.DerivativeOf(ad.Abs[complexNumber], z) })
	optest.Panics(t, "dual.Complex: max"+why, func() { ad.Max(z, z) })
	optest.Panics(t, "dual.Complex: ifpos"+why, func() { z.IfPos(z, z) })
	taken := 0
	for _, row := range rule.Functions {
		func() {
			defer func() {
				if p := recover(); p != nil && !strings.HasSuffix(fmt.Sprint(p), why) {
					t.Errorf("%s: %v", row.Name, p)
				}
			}()
			op := ad.NewOp((*ad.Func)(row))
			dual.DerivativeOf(func(z complexNumber) complexNumber { return z.Apply(op) }, z)
			taken++
		}()
	}
	if taken < 25 {
		t.Errorf("%d functions are taken", taken)
	}
	if s := z.String(); s != "(1+1i)" {
		t.Errorf("String is %q", s)
	}
}

// TestComplexLogUnit: the real part of a logarithm near the unit circle has its digits. The
// references are mpmath's, of the numbers as float64.
func TestComplexLogUnit(t *testing.T) {
	for _, c := range []struct {
		z    complex128
		want float64
	}{
		{complex(-1, 1e-06), 4.9999999999975e-13},
		{complex(0.8, 0.6), 2.2204460492503132e-17},
		{complex(0.6, -0.8), 2.2204460492503132e-17},
		{complex(1.0000001, 1e-08), 9.999999510838704e-08},
		{complex(0.98, 0.2), 0.00019996001066345252},
	} {
		optest.Equal(t, fmt.Sprint("log ", c.z), real(ad.Log(dual.Complex(c.z))), c.want, optest.ULP(2))
		d := complex(real(c.z)-1, imag(c.z)) // exact
		optest.Equal(t, fmt.Sprint("log1p ", d), real(ad.Log1p(dual.Complex(d))), c.want, optest.ULP(2))
	}
}

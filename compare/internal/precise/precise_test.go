package precise

import (
	"math"
	"math/big"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/optest"
)

// TestDigits holds values against digits that are printed in tables.
func TestDigits(t *testing.T) {
	x := func(v float64) *big.Float { return number().SetFloat64(v) }
	sin, _ := sinCos(x(1))
	for name, c := range map[string]struct {
		got  *big.Float
		want string
	}{
		"pi":      {pi(), "3.14159265358979323846264338327950288419716939937510582097494459"},
		"ln 2":    {log(x(2)), "0.693147180559945309417232121458176568075500134360255254120680009"},
		"e":       {exp(x(1)), "2.71828182845904523536028747135266249775724709369995957496696763"},
		"sqrt 2":  {number().Sqrt(x(2)), "1.41421356237309504880168872420969807856967187537694807317667974"},
		"sin 1":   {sin, "0.841470984807896506652502321630298999622563060798371065672751710"},
		"atan 1":  {mul(atan(x(1)), x(4)), "3.14159265358979323846264338327950288419716939937510582097494459"},
		"ln 1e10": {log(x(1e10)), "23.0258509299404568401799145468436420760110148862877297603332790"},
	} {
		if got := c.got.Text('f', len(c.want)-1-len("0.")+1); got[:len(c.want)-2] != c.want[:len(c.want)-2] {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestGolden holds values and slopes against the golden 60-digit references, to the last
// place.
func TestGolden(t *testing.T) {
	cases, err := golden.Load("elementary")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, c := range cases {
		f := functions[c.Op]
		x := c.Inputs["x"].Floats()
		if f == nil || len(x) != 1 || math.IsNaN(x[0]) || math.IsInf(x[0], 0) {
			continue
		}
		y, slope, ok := attempt(f, x[0])
		if !ok {
			continue
		}
		want := c.Grads["x"].Floats()[0]
		if math.Abs(want) < 0x1p-1000 || math.Abs(c.Value.Floats()[0]) < 0x1p-1000 {
			continue // a subnormal number is rounded twice
		}
		checked++
		optest.Equal(t, c.ID, []float64{y, slope}, []float64{c.Value.Floats()[0], want}, optest.ULP(0))
	}
	if checked < 50 {
		t.Errorf("%d cases", checked)
	}
}

func attempt(f func(*big.Float) (y, s *big.Float), x float64) (y, slope float64, ok bool) {
	defer func() {
		if _, refused := recover().(Refusal); refused {
			ok = false
		}
	}()
	a, b := f(from(x))
	y, _ = a.Float64()
	slope, _ = b.Float64()
	return y, slope, !math.IsInf(y, 0) && !math.IsInf(slope, 0)
}

// TestNumber: arithmetic with tangents, by (x·y - x/y)·x^y at 3, 2.
func TestNumber(t *testing.T) {
	f := func(x, y Number) Number { return x.Mul(y).Sub(x.Div(y)).Mul(ad.Pow(x, y)) }
	along, across := f(New(3, 1), New(2, 0)), f(New(3, 0), New(2, 1))
	v, _ := along.Value().Float64()
	dx, _ := along.Tangent().Float64()
	dy, _ := across.Tangent().Float64()
	optest.Within(t, "value and tangents", []float64{v, dx, dy}, []float64{40.5, 1.5*9 + 4.5*6, (3+0.75)*9 + 4.5*9*math.Log(3)}, 1e-15)
	optest.Equal(t, "smaller", New(2, 0).Less(New(3, 0)), true)
	for name, g := range map[string]func(){
		"NaN": func() { New(math.NaN(), 0) }, "1/0": func() { New(1, 0).Div(Number{}) }, "log 0": func() { ad.Log(Number{}) },
		"√0": func() { ad.Sqrt(Number{}) }, "|0|": func() { ad.Abs(Number{}) }, "erf": func() { ad.Erf(New(1, 1)) }, "a tie": func() { ad.Max(New(1, 0), New(1, 1)) },
	} {
		func() {
			defer func() {
				if _, ok := recover().(Refusal); !ok {
					t.Errorf("%s is not refused", name)
				}
			}()
			g()
		}()
	}
}

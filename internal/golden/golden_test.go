package golden

import (
	"math"
	"testing"
)

func TestULP(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	tests := []struct{ x, y, want float64 }{
		{1, 1, 0},
		{1, math.Nextafter(1, 2), 1},
		{0, math.Copysign(0, -1), 0},
		{-5e-324, 5e-324, 2},
		{math.MaxFloat64, inf, 1},
		{nan, nan, 0},
		{nan, 1, inf},
		{inf, nan, inf},
		{-math.MaxFloat64, math.MaxFloat64, 2 * 9218868437227405311},
	}
	for _, test := range tests {
		if got := ULP(test.x, test.y); got != test.want {
			t.Errorf("ULP(%v, %v) = %v, want %v", test.x, test.y, got, test.want)
		}
	}
}

func TestLoad(t *testing.T) {
	for family, want := range map[string]int{
		"elementary": 2199, "conventions": 198, "expressions": 150, "nested": 9, "losses": 170, "nist": 27,
		"test_functions": 24, "layers": 172, "metrics": 270, "optimizers": 71, "schedulers": 16,
	} {
		cases, err := Load(family)
		if err != nil || len(cases) != want {
			t.Errorf("Load(%q): %d cases, error %v; want %d cases", family, len(cases), err, want)
		}
	}
	if _, err := Load("nosuch"); err == nil {
		t.Error("Load of a family that does not exist returned no error")
	}
}

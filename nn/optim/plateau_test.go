package optim_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/nn/optim"
)

func TestPlateau(t *testing.T) {
	nan := math.NaN()
	tests := []struct {
		name    string
		s       optim.Plateau
		metrics []float64
		want    []float64
	}{
		{"patience", optim.Plateau{Base: 1, Factor: 0.5, Patience: 1},
			[]float64{5, 4, 4, 4, 4, 4, 3, 3, 3}, []float64{1, 1, 1, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125}},
		{"no patience", optim.Plateau{Base: 1, Factor: 0.5},
			[]float64{5, 5, 5}, []float64{1, 0.5, 0.25}},
		{"cooldown", optim.Plateau{Base: 1, Factor: 0.5, Cooldown: 2},
			[]float64{5, 5, 5, 5, 5, 5}, []float64{1, 0.5, 0.5, 0.5, 0.25, 0.25}},
		{"threshold", optim.Plateau{Base: 1, Factor: 0.5, Threshold: 0.1},
			[]float64{10, 9.5, 8.9, 8.1}, []float64{1, 0.5, 0.5, 0.5 * 0.5}},
		{"negative metric", optim.Plateau{Base: 1, Factor: 0.5, Threshold: 0.1},
			[]float64{-10, -10.5, -11.5}, []float64{1, 0.5, 0.5}},
		{"maximize", optim.Plateau{Base: 1, Factor: 0.5, Maximize: true},
			[]float64{0.1, 0.2, 0.2, 0.3}, []float64{1, 1, 0.5, 0.5}},
		{"least", optim.Plateau{Base: 1, Factor: 0.5, Least: 0.4},
			[]float64{1, 1, 1, 1}, []float64{1, 0.5, 0.4, 0.4}},
		{"least above base", optim.Plateau{Base: 1, Factor: 0.5, Least: 2},
			[]float64{1, 1, 1}, []float64{1, 1, 1}},
		{"NaN", optim.Plateau{Base: 1, Factor: 0.5},
			[]float64{nan, 1, nan}, []float64{0.5, 0.5, 0.25}},
	}
	for _, test := range tests {
		for i, m := range test.metrics {
			if got := test.s.Observe(m); got != test.want[i] {
				t.Errorf("%s: rate %v after metric %d, want %v", test.name, got, i, test.want[i])
			}
		}
	}
	if got := panicOf(func() { new(optim.Plateau).Observe(1) }); got != "optim: Plateau of Factor 0 and Threshold 0; NewPlateau sets the usual ones" {
		t.Errorf("panic %q", got)
	}
}

// TestPlateauRestores: a Plateau whose state is overwritten goes on as the other would.
func TestPlateauRestores(t *testing.T) {
	a := optim.Plateau{Base: 1, Factor: 0.5, Patience: 2, Cooldown: 1}
	b := a
	for _, m := range []float64{3, 3, 2, 2, 2} {
		a.Observe(m)
	}
	copy(b.State()[0].Value, a.State()[0].Value)
	for _, m := range []float64{2, 2, 2, 1, 2, 2, 2, 2, 2} {
		if x, y := a.Observe(m), b.Observe(m); x != y {
			t.Errorf("rate %v, restored %v", x, y)
		}
	}
}

package page

import (
	"math"
	"testing"
)

func TestTicks(t *testing.T) {
	for _, r := range [][2]float64{{0, 1}, {0.3, 0.97}, {-5, 1234}, {2, 2}, {1e-9, 3e-9}, {0, 0}} {
		m := Ticks(r[0], r[1])
		if len(m) < 2 || len(m) > 8 || m[0] > r[0] || m[len(m)-1] < r[1] {
			t.Errorf("ticks of %v: %v", r, m)
		}
	}
	for _, r := range [][2]float64{{1, 1}, {0.02, 3}, {1e-9, 1e9}, {0.3, 0.31}, {2e-300, 1e-299}, {1e307, math.MaxFloat64 / 10}} {
		m := Decades(r[0], r[1])
		if len(m) < 2 || m[0] > r[0] || m[len(m)-1] < r[1] {
			t.Errorf("decades of %v: %v", r, m)
		}
	}
}

package rule

import "testing"

// TestTerms holds Terms against Curve: the slope of an operand changes with those
// operands alone that Terms says.
func TestTerms(t *testing.T) {
	const n = 3
	checked := 0
	for _, row := range FunctionsN {
		ny := 0
		if row.Terms == Products {
			ny = n
		}
		point := []float64{0.3, -1.2, 2.5, 0.7, 1.1, -0.4}
		x, y := point[:n], point[n:][:ny]
		sx, sy := make([]float64, n), make([]float64, ny)
		z := row.Value(x, y, sx, sy)
		for j := range n + ny {
			v, c := make([]float64, n+ny), make([]float64, n+ny)
			v[j] = 1
			row.Curve(sx, sy, z, v[:n], v[n:], c[:n], c[n:])
			for i, c := range c {
				meets := map[Terms]bool{NoSum: true, Singles: false, Squares: i == j, Products: (i+n)%(2*n) == j}[row.Terms]
				if (c != 0) != meets {
					t.Errorf("%s: slope %d changes at the rate %v with operand %d", row.Name, i, c, j)
				}
				checked++
			}
		}
	}
	if checked != 4*9+36 {
		t.Errorf("%d checked", checked)
	}
}

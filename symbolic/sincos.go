package symbolic

import (
	"math"

	"github.com/quartet-ad/ad/internal/rule"
)

// sinCosLanes writes the sines of x to s and the cosines to c, within 1.5 ULP, without a
// branch that depends on the quadrant. The polynomials are those of the Cephes library
// (Moshier, Methods and Programs for Mathematical Functions, 1989).
func sinCosLanes(s, c, x []float64) {
	const (
		round = 0x1.8p52 // adding and subtracting it rounds to the nearest integer
		limit = 1 << 19  // beyond which k·p1 and k·p2 have more than 53 bits

		// π/2 in three parts, the first two of 33 bits.
		p1, p2, p3 = 0x1.921fb544p+0, 0x1.0b4611a6p-34, 0x1.3198a2e037073p-69
	)
	s, c = s[:len(x)], c[:len(x)]
	for i, v := range x {
		x := math.Abs(v)
		if !(x < limit) {
			s[i], c[i] = rule.SinCos(v)
			continue
		}
		k := float64(x*(2/math.Pi)) + round
		k -= round
		d := x - float64(k*p1) // exact
		q := float64(k * p2)
		r := d - q
		e := (d - r) - q - float64(k*p3)
		d, r = r, r+e
		e -= r - d // x = k·π/2 + r + e

		z := r * r
		zz := z * z
		h := 0.5 * z
		w := 1 - h
		p := (1.58962301576546568060e-10*z-2.50507477628578072866e-8)*zz + (2.75573136213857245213e-6*z - 1.98412698295895385996e-4)
		p = p*zz + (8.33333333332211858878e-3*z - 1.66666666666666307295e-1)
		g := (-1.13585365213876817300e-11*z+2.08757008419747316778e-9)*zz + (-2.75573141792967388112e-7*z + 2.48015872888517045348e-5)
		g = g*zz + (-1.38888888888730564116e-3*z + 4.16666666666665929218e-2)
		a := math.Float64bits(r + (r*z*p + e))
		b := math.Float64bits(w + ((1 - w - h) + (zz*g - r*e)))

		n := uint64(int64(k))
		swap := (a ^ b) & -(n & 1)
		s[i] = math.Float64frombits(a ^ swap ^ (n&2)<<62 ^ math.Float64bits(v)&(1<<63))
		c[i] = math.Float64frombits(b ^ swap ^ ((n+1)&2)<<62)
	}
}

package reverse

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/quartet-ad/ad/internal/optest"
)

// TestSoftmaxRow holds the mathematics of one row against the formulas as a textbook
// has them, at rows where those lose nothing.
func TestSoftmaxRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "elements")
		row := func(name string) []float64 {
			return rapid.SliceOfN(rapid.Float64Range(-2, 2), n, n).Draw(t, name)
		}
		x, v, w, c := row("x"), row("v"), row("w"), row("c")
		s, spare := make([]float64, n), make([]float64, n)
		peaks := make([]peak, 1)
		exponentials(s, x, n, peaks)
		p := &peaks[0]
		p.normalize(s)

		sum := 0.0
		for _, x := range x {
			sum += math.Exp(x)
		}
		softmax, log := make([]float64, n), make([]float64, n)
		for i, x := range x {
			softmax[i], log[i] = math.Exp(x)/sum, x-math.Log(sum)
		}
		dot := func(a, b []float64) (z float64) {
			for i := range a {
				z += a[i] * b[i]
			}
			return z
		}
		each := func(f func(i int) float64) []float64 {
			z := make([]float64, n)
			for i := range z {
				z[i] = f(i)
			}
			return z
		}
		got := func(f func(dst []float64)) []float64 {
			dst := make([]float64, n)
			f(dst)
			return dst
		}
		ds := each(func(i int) float64 { return s[i] * (v[i] - dot(s, v)) })
		total := dot(c, each(func(int) float64 { return 1 }))
		for _, test := range []struct {
			name      string
			got, want []float64
		}{
			{"softmax", s, softmax},
			{"log-softmax", got(func(dst []float64) { p.logSoftmax(dst, x) }), log},
			{"Jacobian", got(func(dst []float64) { p.jacobian(dst, s, v, 3, spare) }),
				each(func(i int) float64 { return 3 * s[i] * (v[i] - dot(s, v)) })},
			{"curve", got(func(dst []float64) { p.curve(dst, s, ds, w, spare) }),
				each(func(i int) float64 { return ds[i]*(w[i]-dot(s, w)) - s[i]*dot(ds, w) })},
			{"tangent of log-softmax", got(func(dst []float64) { p.logPush(dst, s, v) }),
				each(func(i int) float64 { return v[i] - dot(s, v) })},
			{"adjoint of log-softmax", got(func(dst []float64) { p.logPull(dst, s, w) }),
				each(func(i int) float64 { return w[i] - s[i]*dot(w, each(func(int) float64 { return 1 })) })},
			{"rate of slopes", got(func(dst []float64) { p.crossRate(dst, s, c, 2) }),
				each(func(i int) float64 { return 2 * (total*s[i] - c[i]) })},
			{"rate of surprise", got(func(dst []float64) { p.surpriseRate(dst, s, v) }),
				each(func(i int) float64 { return dot(s, v) - v[i] })},
		} {
			optest.Within(t, test.name, append(test.got, 1), append(test.want, 1), 1e-13)
		}

		slopes := each(func(i int) float64 { return math.Exp(x[i] - p.max) })
		loss, sumOfC := p.cross(slopes, x, c)
		optest.Within(t, "cross-entropy", append(slopes, loss, sumOfC, 1),
			append(each(func(i int) float64 { return total*s[i] - c[i] }), -dot(c, log), total, 1), 1e-13)
		y := rapid.IntRange(0, n-1).Draw(t, "label")
		slopes = each(func(i int) float64 { return math.Exp(x[i] - p.max) })
		loss = p.crossLabel(slopes, x, y, 0.5)
		one := each(func(i int) float64 { return 0.5 * s[i] })
		one[y] -= 0.5
		optest.Within(t, "cross-entropy of a label", append(slopes, loss, 1), append(one, -0.5*log[y], 1), 1e-13)
	})
}

package kernel

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad/internal/optest"
)

// TestUpdates compares the optimizers with the formulas they name.
func TestUpdates(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 6))
	near := cmpopts.EquateApprox(1e-13, 1e-13)
	const rate, decay, mu, b1, b2, epsilon, apart = 0.1, 0.01, 0.9, 0.9, 0.999, 1e-8, 0.02
	onAll(t, func(t *testing.T) {
		for n := range 40 {
			for _, variant := range []string{"plain", "momentum", "nesterov", "adam"} {
				p, v, m := random(r, n), make([]float64, n), make([]float64, n)
				wantP, wantV, wantM := append([]float64(nil), p...), make([]float64, n), make([]float64, n)
				for step := 1; step <= 3; step++ {
					g := random(r, n)
					switch variant {
					case "plain":
						SGD(p, nil, g, rate, decay, 0, false)
					case "momentum", "nesterov":
						SGD(p, v, g, rate, decay, mu, variant == "nesterov")
					case "adam":
						Adam(p, m, v, g, step, rate, b1, b2, epsilon, decay, apart)
					}
					for i, d := range g {
						d += decay * wantP[i]
						switch variant {
						case "plain":
							wantP[i] -= rate * d
						case "momentum":
							wantV[i] = mu*wantV[i] + d
							wantP[i] -= rate * wantV[i]
						case "nesterov":
							wantV[i] = mu*wantV[i] + d
							wantP[i] -= rate * (d + mu*wantV[i])
						case "adam":
							wantP[i] *= 1 - rate*apart
							wantM[i] = b1*wantM[i] + (1-b1)*d
							wantV[i] = b2*wantV[i] + (1-b2)*d*d
							hatM := wantM[i] / (1 - math.Pow(b1, float64(step)))
							hatV := wantV[i] / (1 - math.Pow(b2, float64(step)))
							wantP[i] -= rate * hatM / (math.Sqrt(hatV) + epsilon)
						}
					}
				}
				optest.Equal(t, variant, p, wantP, near)
				optest.Equal(t, variant, v, wantV, near)
				optest.Equal(t, variant, m, wantM, near)
			}
		}
	})
}

// TestAdamOverflow: a gradient whose square overflows is followed by steps of 0,
// not by NaN.
func TestAdamOverflow(t *testing.T) {
	onAll(t, func(t *testing.T) {
		const n = 11
		p, m, v, g := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
		for step := 1; step <= 3; step++ {
			for i := range g {
				g[i] = 1e200
			}
			Adam(p, m, v, g, step, 0.1, 0.9, 0.999, 1e-8, 0, 0)
			for i := range p {
				if p[i] != 0 || !math.IsInf(v[i], 1) {
					t.Fatalf("step %d: p[%d] is %v, v %v; want 0 and +Inf", step, i, p[i], v[i])
				}
			}
		}
	})
}

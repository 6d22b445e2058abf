package adbench

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/reverse/lsq"
	"github.com/quartet-ad/ad/reverse/sparse"
)

// problem returns the bundle as a least-squares problem over cameras, points and weights, whose
// Jacobian comes from blocks of observations.
func (p *bundleProgram) problem() (lsq.Problem, []float64) {
	n, m := len(p.cameras), len(p.points)
	k := len(p.weights)
	x := append(append(append([]float64(nil), p.cameras...), p.points...), p.weights...)
	set := func(x []float64) {
		p.cameras, p.points, p.weights = x[:n], x[n:n+m], x[n+m:]
		p.gather(p.rows)
	}
	jacobian := sparse.NewMatrix(p.pattern(), nil)
	return lsq.Problem{
		Size: 3 * k,
		Residuals: func(dst, x []float64) {
			set(x)
			p.residual.EvalBatchTo(dst[:2*k], p.rows)
			p.weight.EvalBatchTo(dst[2*k:], x[n+m:])
		},
		SparseJacobian: func(x []float64) *sparse.Matrix {
			set(x)
			p.jacobian(jacobian.Values())
			return jacobian
		},
	}, x
}

// scatter puts the points apart, takes their features with a little noise, and then moves the
// cameras a little.
func (b *bundle) scatter(seed uint64) {
	r := rand.New(rand.NewPCG(seed, 1))
	move := func(x []float64, by float64) {
		for i := range x {
			x[i] *= 1 + by*r.NormFloat64()
		}
	}
	move(b.points, 0.2)
	residuals := make([]float64, 2*len(b.weights))
	b.primal(residuals)
	for i, v := range residuals {
		b.features[i] += v/b.weights[i/2] + 0.1*r.NormFloat64()
	}
	move(b.cameras, 1e-3)
}

// TestBundleAdjustment minimizes all of ba1, 55 710 unknowns and 95 529 residuals. As the file has
// it, all residuals can be 0.
func TestBundleAdjustment(t *testing.T) {
	if testing.Short() {
		t.Skip("a factor of millions of entries for every step")
	}
	p, x := newBundleProgram(readBundle(t)).problem()
	r, err := lsq.Minimize(p, x, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("cost %v, %v, %+v", r.Cost, r.Status, r.Stats)
	if r.Status.Early() || r.Cost > 1e-18 || r.Iterations > 20 {
		t.Errorf("cost %v, %v, %+v", r.Cost, r.Status, r.Stats)
	}
}

// TestBundleLinear: a part of the bundle, scattered so that not all residuals can be 0, has the
// same least cost by every linear solver. Only one camera may move, without its lens.
func TestBundleLinear(t *testing.T) {
	var costs []float64
	for _, how := range []lsq.Linear{lsq.QR, lsq.Cholesky, lsq.CG} {
		b := readBundle(t)
		b.cameras, b.points = b.cameras[:3*11], b.points[:10*3]
		b.weights, b.features = b.weights[:60], b.features[:2*60]
		b.scatter(7)
		p, x := newBundleProgram(b).problem()
		s := lsq.NewSettings()
		s.Linear, s.FunctionTol = how, 1e-9
		s.Lower, s.Upper = make([]float64, len(x)), make([]float64, len(x))
		for i := range x {
			s.Lower[i], s.Upper[i] = math.Inf(-1), math.Inf(1)
			if i < 2*11 || i >= 2*11+6 && i < 3*11 {
				s.Lower[i], s.Upper[i] = x[i], x[i]
			}
		}
		r, err := lsq.Minimize(p, x, s)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%v: cost %v, optimality %v, %v, %+v", how, r.Cost, r.Optimality, r.Status, r.Stats)
		if r.Status.Early() || r.Optimality > 1e-4 {
			t.Errorf("%v: cost %v, optimality %v, %v, %+v", how, r.Cost, r.Optimality, r.Status, r.Stats)
		}
		costs = append(costs, r.Cost)
	}
	for _, cost := range costs {
		if math.Abs(cost/costs[0]-1) > 1e-6 {
			t.Errorf("costs %v", costs)
		}
	}
}

package adbench

import (
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/reverse/sparse"
)

// A bundle is ADBench's bundle adjustment: observations of points by cameras. A
// camera has a rotation (3, an axis scaled by the angle), a center (3), a focal
// length, a principal point (2) and two coefficients of radial distortion.
type bundle struct {
	cameras, points, weights []float64
	features                 []float64
}

// readBundle reads a problem whose file has one camera, point, weight and feature,
// repeated for all.
func readBundle(t testing.TB) *bundle {
	v := readNumbers(t, "ba/ba1.txt")
	n, m, p := int(v[0]), int(v[1]), int(v[2])
	v = v[3:]
	return &bundle{slices.Repeat(v[:11], n), slices.Repeat(v[11:14], m), slices.Repeat(v[14:15], p), slices.Repeat(v[15:17], p)}
}

// observation returns which camera sees which point.
func (b *bundle) observation(i int) (camera, point int) {
	return i % (len(b.cameras) / 11), i % (len(b.points) / 3)
}

const bundleInputs = 11 + 3 + 1

// gather writes a row for every observation: its camera, with the principal point
// relative to the feature, its point and its weight.
func (b *bundle) gather(rows []float64) {
	for i, w := range b.weights {
		c, p := b.observation(i)
		row := rows[i*bundleInputs:][:bundleInputs]
		copy(row, b.cameras[11*c:][:11])
		row[7] -= b.features[2*i]
		row[8] -= b.features[2*i+1]
		copy(row[11:], b.points[3*p:][:3])
		row[14] = w
	}
}

// reprojection returns the residuals of an observation, given as gather writes it
// (Šrajer, Kukelova and Fitzgibbon 2018, section 4.2).
func reprojection[T ad.Ordered[T]](in []T) []T {
	r, center, focal, shift, k, x, w := in[:3], in[3:6], in[6], in[7:9], in[9:11], in[11:14], in[14]
	one := ad.Const[T](1)
	var a, c [3]T
	for i := range a {
		a[i] = x[i].Sub(center[i])
	}
	square := ad.SumSq(r)
	if ad.Const[T](0).Less(square) { // Rodrigues' formula
		angle := ad.Sqrt(square)
		sin, cos := ad.Sincos(angle)
		var u [3]T
		for i := range u {
			u[i] = r[i].Div(angle)
		}
		along := ad.Dot(u[:], a[:]).Mul(one.Sub(cos))
		v := cross(u[:], a[:])
		for i := range c {
			c[i] = a[i].Mul(cos).Add(v[i].Mul(sin)).Add(u[i].Mul(along))
		}
	} else {
		v := cross(r, a[:])
		for i := range c {
			c[i] = a[i].Add(v[i])
		}
	}
	px, py := c[0].Div(c[2]), c[1].Div(c[2])
	rr := px.Mul(px).Add(py.Mul(py))
	distortion := one.Add(k[0].Mul(rr)).Add(k[1].Mul(rr).Mul(rr)).Mul(focal)
	return []T{
		w.Mul(px.Mul(distortion).Add(shift[0])),
		w.Mul(py.Mul(distortion).Add(shift[1])),
	}
}

func cross[T ad.Scalar[T]](a, b []T) [3]T {
	var c [3]T
	for i := range c {
		j, k := (i+1)%3, (i+2)%3
		c[i] = a[j].Mul(b[k]).Sub(a[k].Mul(b[j]))
	}
	return c
}

// weightError holds a weight to 1.
func weightError[T ad.Scalar[T]](w []T) T { return ad.Const[T](1).Sub(w[0].Mul(w[0])) }

// primal writes the residuals of all observations, in plain Go.
func (b *bundle) primal(residuals []float64) {
	for i, w := range b.weights {
		j, k := b.observation(i)
		in, x := b.cameras[11*j:][:11], b.points[3*k:][:3]
		a := [3]float64{x[0] - in[3], x[1] - in[4], x[2] - in[5]}
		r := in[:3]
		var c [3]float64
		if square := r[0]*r[0] + r[1]*r[1] + r[2]*r[2]; square > 0 {
			angle := math.Sqrt(square)
			sin, cos := math.Sincos(angle)
			inverse := 1 / angle
			u := [3]float64{r[0] * inverse, r[1] * inverse, r[2] * inverse}
			v := crossed(u, a)
			along := (u[0]*a[0] + u[1]*a[1] + u[2]*a[2]) * (1 - cos)
			for i := range c {
				c[i] = a[i]*cos + v[i]*sin + u[i]*along
			}
		} else {
			v := crossed([3]float64(r), a)
			c = [3]float64{a[0] + v[0], a[1] + v[1], a[2] + v[2]}
		}
		px, py := c[0]/c[2], c[1]/c[2]
		rr := px*px + py*py
		distortion := (1 + in[9]*rr + in[10]*rr*rr) * in[6]
		residuals[2*i] = w * (px*distortion + in[7] - b.features[2*i])
		residuals[2*i+1] = w * (py*distortion + in[8] - b.features[2*i+1])
	}
}

func crossed(a, b [3]float64) [3]float64 {
	return [3]float64{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
}

// pattern returns where the entries of the whole Jacobian are: two rows for every
// observation, then a row for every weight; columns for the cameras, the points
// and the weights.
func (b *bundle) pattern() *sparse.Pattern {
	n, m, p := len(b.cameras), len(b.points), len(b.weights)
	var entries [][2]int
	for i := range 2 * p {
		c, x := b.observation(i / 2)
		for j := range 11 {
			entries = append(entries, [2]int{i, 11*c + j})
		}
		for j := range 3 {
			entries = append(entries, [2]int{i, n + 3*x + j})
		}
		entries = append(entries, [2]int{i, n + m + i/2})
	}
	for i := range p {
		entries = append(entries, [2]int{2*p + i, n + m + i})
	}
	return sparse.NewPattern(3*p, n+m+p, entries)
}

// A bundleProgram is the recorded functions and room for what they are given.
type bundleProgram struct {
	*bundle
	residual, weight *reverse.Func
	rows             []float64
}

func newBundleProgram(b *bundle) *bundleProgram {
	return &bundleProgram{b, reverse.Record(reprojection[reverse.Var], bundleInputs), reverse.Record(weightError[reverse.Var], 1),
		make([]float64, bundleInputs*len(b.weights))}
}

// jacobian writes the values of the Jacobian's entries, row by row.
func (p *bundleProgram) jacobian(values []float64) {
	p.gather(p.rows)
	split := 2 * len(p.rows)
	p.residual.JacobianBatchTo(values[:split], nil, p.rows)
	p.weight.JacobianBatchTo(values[split:], nil, p.weights)
}

// bundleJacobian is ADBench's for every observation.
var bundleJacobian = [2][]float64{
	{-461.446321002, 178.867928014, -19.4239164722, -3.06159834204, 6.39245755623, -3.3402822813, 0.264760249207, 0.417022, 0,
		243.628245661, 676.486778266, 3.06159834204, -6.39245755623, 3.3402822813, 0.242998781634},
	{-803.743623365, -309.595417523, 604.780284663, -15.0496281703, 6.24848631208, 3.2194799516, 0.838196085731, 0, 0.417022,
		771.294945137, 2141.66806116, 15.0496281703, -6.24848631208, -3.2194799516, -0.16538160079},
}

// TestBundle holds residuals and Jacobian of all observations against ADBench's,
// and takes the batch for the values of the whole sparse Jacobian as it is.
func TestBundle(t *testing.T) {
	b := readBundle(t)
	p, n := newBundleProgram(b), len(b.weights)
	if n != 31843 {
		t.Fatalf("%d observations, want 31843", n)
	}
	values := make([]float64, 31*n)
	p.jacobian(values)
	plain := make([]float64, 2*n)
	b.primal(plain)
	for i, y := range [][]float64{plain, p.residual.EvalBatch(p.rows)} {
		for j := range n {
			optest.Within(t, "residuals"+" "+[]string{"plain", "recorded"}[i], y[2*j:][:2], []float64{0.1013358379145, -0.0689677659245}, 1e-10)
		}
	}
	jacobian := sparse.NewMatrix(b.pattern(), values)
	for i := range n {
		for k, want := range bundleJacobian {
			_, row := jacobian.Row(2*i + k)
			optest.Within(t, "row of the Jacobian", row, want, 1e-10)
		}
		optest.Within(t, "norm of the Jacobian", []float64{length(values[30*i:][:30])}, []float64{2655.60142229746}, 1e-10)
		columns, row := jacobian.Row(2*n + i)
		if len(row) != 1 || int(columns[0]) != len(b.cameras)+len(b.points)+i || row[0] != -2*b.weights[i] {
			t.Fatalf("weight %d: columns %v, values %v", i, columns, row)
		}
	}
}

// TestBundleAtRest: without a rotation there is none to divide by; it turns by its
// cross product, in any company.
func TestBundleAtRest(t *testing.T) {
	b := readBundle(t)
	b.weights = b.weights[:100]
	p := newBundleProgram(b)
	p.gather(p.rows)
	for _, i := range []int{0, 3, 99} {
		clear(p.rows[i*bundleInputs:][:3])
	}
	got := p.residual.JacobianBatch(p.rows)
	for i := range b.weights {
		row := p.rows[i*bundleInputs:][:bundleInputs]
		want := reverse.Jacobian(reprojection[reverse.Var], row)
		optest.Within(t, "at rest Jacobian", got[2*i*bundleInputs:][:2*bundleInputs], want.RawMatrix().Data, 1e-13)
	}
}

// BenchmarkBundle measures a replay of all observations and their Jacobians, with
// the gathering of their inputs, against the residuals in plain Go.
func BenchmarkBundle(b *testing.B) {
	problem := readBundle(b)
	p, n := newBundleProgram(problem), len(problem.weights)
	residuals, values := make([]float64, 2*n), make([]float64, 31*n)
	primal := func() { problem.primal(residuals) }
	for _, c := range []struct {
		name string
		run  func()
	}{
		{"primal", primal},
		{"Eval", func() { p.gather(p.rows); p.residual.EvalBatchTo(residuals, p.rows) }},
		{"Jacobian", func() { p.jacobian(values) }},
	} {
		b.Run(c.name, func(b *testing.B) { byTurns(b, "x-primal", c.run, primal) })
	}
}

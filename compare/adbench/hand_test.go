package adbench

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"gonum.org/v1/gonum/mat"
)

// A hand is ADBench's hand tracking: a model of bones that carry the vertices of a
// mesh, and points that were measured on its surface.
type hand struct {
	bones    []bone
	vertices []vertex
	surface  []spot       // one for every point
	points   [][3]float64 // measured
}

// A bone is placed relative to its parent, -1 for none.
type bone struct {
	parent        int
	base, inverse [12]float64 // the upper rows of affine maps
}

// A vertex is carried by bones with weights.
type vertex struct {
	at      [3]float64
	bones   []int
	weights []float64
}

// A spot is a vertex, or somewhere in a triangle of three.
type spot []int

// fields reads the numbers in the lines of a file, which colons separate, after a
// number of fields to skip.
func fields(t testing.TB, name string, skip int) [][]float64 {
	t.Helper()
	text, err := os.ReadFile("testdata/hand/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	var lines [][]float64
	for line := range strings.Lines(string(text)) {
		var v []float64
		for _, word := range strings.Split(strings.TrimSpace(line), ":")[skip:] {
			x, err := strconv.ParseFloat(word, 64)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			v = append(v, x)
		}
		lines = append(lines, v)
	}
	return lines
}

// readHand reads the model, and a file of points with its parameters. In a
// complicated one points lie in triangles, and the first parameters are two
// coordinates for each.
func readHand(t testing.TB, name string) (*hand, []float64) {
	t.Helper()
	h := new(hand)
	for _, v := range fields(t, "bones", 1) {
		h.bones = append(h.bones, bone{int(v[0]), [12]float64(v[1:]), [12]float64(v[17:])})
	}
	for _, v := range fields(t, "vertices", 0) {
		w := vertex{at: [3]float64(v)}
		for n := int(v[8]); n > 0; n-- {
			w.bones = append(w.bones, int(v[7+2*n]))
			w.weights = append(w.weights, v[8+2*n])
		}
		h.vertices = append(h.vertices, w)
	}
	triangles := fields(t, "triangles", 0)
	v := readNumbers(t, "hand/"+name+".txt")
	n := int(v[0])
	for i := range n {
		row := v[2+4*i:]
		at := spot{int(row[0])}
		if strings.HasPrefix(name, "complicated") {
			tri := triangles[at[0]]
			at = spot{int(tri[0]), int(tri[1]), int(tri[2])}
		}
		h.surface = append(h.surface, at)
		h.points = append(h.points, [3]float64(row[1:]))
	}
	return h, v[2+4*n:]
}

// A rigid is the upper three rows of an affine map.
type rigid[T any] [12]T

// after returns the map a after b.
func after[T ad.Scalar[T]](a, b rigid[T]) rigid[T] {
	var c rigid[T]
	for i := range 3 {
		for j := range 4 {
			s := a[4*i].Mul(b[j]).Add(a[4*i+1].Mul(b[4+j])).Add(a[4*i+2].Mul(b[8+j]))
			if j == 3 {
				s = s.Add(a[4*i+3])
			}
			c[4*i+j] = s
		}
	}
	return c
}

func rigidOf[T ad.Scalar[T]](m [12]float64) rigid[T] {
	var c rigid[T]
	for i, v := range m {
		c[i] = ad.Const[T](v)
	}
	return c
}

// handErrors returns the distances of the points from their places on the hand
// (Šrajer, Kukelova and Fitzgibbon 2018, section 4.4), of the parameters: two
// coordinates for every point if they lie in triangles, then a rotation (an axis
// scaled by the angle), a translation, and the flexions of the fingers, of which the
// first is followed by an abduction.
func handErrors[T ad.Ordered[T]](h *hand) func(x []T) []T {
	return func(x []T) []T {
		var inside []T
		if len(h.surface[0]) == 3 {
			inside, x = x[:2*len(h.surface)], x[2*len(h.surface):]
		}
		carried := skinning(h, x)
		turn := rotation(x[:3])
		moved := make([]*[3]T, len(h.vertices))
		position := func(k int) [3]T {
			if moved[k] != nil {
				return *moved[k]
			}
			v := h.vertices[k]
			var p, q [3]T
			for i := range p {
				terms := make([]T, len(v.bones))
				for j, b := range v.bones {
					m := carried[b][4*i:]
					terms[j] = m[0].Mul(ad.Const[T](v.at[0])).Add(m[1].Mul(ad.Const[T](v.at[1]))).Add(m[2].Mul(ad.Const[T](v.at[2]))).Add(m[3])
					terms[j] = terms[j].Mul(ad.Const[T](v.weights[j]))
				}
				p[i] = ad.Sum(terms)
			}
			for i := range q {
				q[i] = turn[i][0].Mul(p[0]).Add(turn[i][1].Mul(p[1])).Add(turn[i][2].Mul(p[2])).Add(x[3+i])
			}
			moved[k] = &q
			return q
		}
		var errors []T
		for k, at := range h.surface {
			p := position(at[0])
			if len(at) == 3 {
				u, v := inside[2*k], inside[2*k+1]
				w := ad.Const[T](1).Sub(u).Sub(v)
				a, b, c := p, position(at[1]), position(at[2])
				for i := range p {
					p[i] = u.Mul(a[i]).Add(v.Mul(b[i])).Add(w.Mul(c[i]))
				}
			}
			for i := range p {
				errors = append(errors, ad.Const[T](h.points[k][i]).Sub(p[i]))
			}
		}
		return errors
	}
}

// skinning returns, for every bone, the map from where the model has vertices to where
// the pose has them.
func skinning[T ad.Scalar[T]](h *hand, x []T) []rigid[T] {
	joints := make([][]T, len(h.bones)) // angles, the last one about x
	x = x[6:]
	for finger := range 5 {
		for joint := range 3 {
			k := 2 + 4*finger + joint
			if joint > 0 {
				joints[k] = x[:1]
			} else {
				joints[k] = []T{x[1], x[0]}
				x = x[1:]
			}
			x = x[1:]
		}
	}
	absolute, carried := make([]rigid[T], len(h.bones)), make([]rigid[T], len(h.bones))
	for i, b := range h.bones {
		absolute[i] = rigidOf[T](b.base)
		for j, angle := range joints[i] {
			absolute[i] = turned(absolute[i], 2*(len(joints[i])-1-j), angle)
		}
		if b.parent >= 0 {
			absolute[i] = after(absolute[b.parent], absolute[i])
		}
		carried[i] = after(absolute[i], rigidOf[T](b.inverse))
	}
	return carried
}

// turned returns the map m after a rotation about an axis.
func turned[T ad.Scalar[T]](m rigid[T], axis int, angle T) rigid[T] {
	sin, cos := ad.Sincos(angle)
	j, k := (axis+1)%3, (axis+2)%3
	for i := 0; i < len(m); i += 4 {
		a, b := m[i+j], m[i+k]
		m[i+j], m[i+k] = a.Mul(cos).Add(b.Mul(sin)), b.Mul(cos).Sub(a.Mul(sin))
	}
	return m
}

// rotation returns the matrix of a rotation, Rodrigues' formula; there is none below an
// angle of 1e-4.
func rotation[T ad.Ordered[T]](r []T) [3][3]T {
	one := ad.Const[T](1)
	square := ad.SumSq(r)
	if square.Less(ad.Const[T](1e-8)) {
		return [3][3]T{{one, ad.Const[T](0), ad.Const[T](0)}, {ad.Const[T](0), one, ad.Const[T](0)}, {ad.Const[T](0), ad.Const[T](0), one}}
	}
	angle := ad.Sqrt(square)
	sin, cos := ad.Sincos(angle)
	x, y, z := r[0].Div(angle), r[1].Div(angle), r[2].Div(angle)
	c := one.Sub(cos)
	return [3][3]T{
		{x.Mul(x).Add(one.Sub(x.Mul(x)).Mul(cos)), x.Mul(y).Mul(c).Sub(z.Mul(sin)), x.Mul(z).Mul(c).Add(y.Mul(sin))},
		{x.Mul(y).Mul(c).Add(z.Mul(sin)), y.Mul(y).Add(one.Sub(y.Mul(y)).Mul(cos)), y.Mul(z).Mul(c).Sub(x.Mul(sin))},
		{x.Mul(z).Mul(c).Sub(y.Mul(sin)), y.Mul(z).Mul(c).Add(x.Mul(sin)), z.Mul(z).Add(one.Sub(z.Mul(z)).Mul(cos))},
	}
}

// primal writes the distances, in plain Go, for points at vertices.
func (h *hand) primal(errors, x []float64) {
	var absolute, carried [22]rigid[float64]
	flexion, next := x[6:], 0
	for i := range h.bones {
		b := &h.bones[i]
		m := rigid[float64](b.base)
		if i >= 2 && i < 21 && (i-2)%4 < 3 {
			if (i-2)%4 == 0 {
				turn(&m, 2, flexion[next+1])
				turn(&m, 0, flexion[next])
				next += 2
			} else {
				turn(&m, 0, flexion[next])
				next++
			}
		}
		if b.parent >= 0 {
			m = composed(&absolute[b.parent], &m)
		}
		absolute[i] = m
		carried[i] = composed(&m, (*rigid[float64])(&b.inverse))
	}
	turn := rotation([]numeric.Real{numeric.Real(x[0]), numeric.Real(x[1]), numeric.Real(x[2])})
	for k, at := range h.surface {
		v := &h.vertices[at[0]]
		var p [3]float64
		for j, b := range v.bones {
			m, w := &carried[b], v.weights[j]
			for i := range p {
				p[i] += w * (m[4*i]*v.at[0] + m[4*i+1]*v.at[1] + m[4*i+2]*v.at[2] + m[4*i+3])
			}
		}
		for i := range p {
			r := &turn[i]
			errors[3*k+i] = h.points[k][i] - (float64(r[0])*p[0] + float64(r[1])*p[1] + float64(r[2])*p[2] + x[3+i])
		}
	}
}

func composed(a, b *rigid[float64]) (c rigid[float64]) {
	for i := 0; i < 12; i += 4 {
		for j := range 4 {
			c[i+j] = a[i]*b[j] + a[i+1]*b[4+j] + a[i+2]*b[8+j]
		}
		c[i+3] += a[i+3]
	}
	return c
}

// turn is turned in place.
func turn(m *rigid[float64], axis int, angle float64) {
	sin, cos := math.Sincos(angle)
	j, k := (axis+1)%3, (axis+2)%3
	for i := 0; i < 12; i += 4 {
		a, b := m[i+j], m[i+k]
		m[i+j], m[i+k] = a*cos+b*sin, b*cos-a*sin
	}
}

// handExpected are ADBench's first two errors, the norms of the errors and of the
// Jacobian, and the first entries of its first column.
var handExpected = map[string][6]float64{
	"simple1":      {0.192243394535881, 0.0824719159318972, 1.76769337526023, 17.3813283547358, -0.101459393098745, 0.0279048118054124},
	"simple2":      {-0.043438224869603, -0.0537550842763718, 2.41487394028484, 24.115186528932, -0.0126660567360833, -0.00890551813558773},
	"simple4":      {0.0398850059613247, -0.127915727633905, 3.41041341147032, 34.8246011512689, -0.0225492722936811, 0.0141965547172143},
	"complicated1": {-0.106894294628795, -0.010055240144601, 1.79638946539141, 17.3834221920821, 0.000338470418774245, -0.00659880311456529},
	"complicated2": {-0.0364858927208633, 0.106344668175621, 2.37710578076097, 24.0813138881833, -0.00242131924807021, -0.0025471299010198},
}

// TestHand holds errors and Jacobian against ADBench's.
func TestHand(t *testing.T) {
	for name, want := range handExpected {
		h, x := readHand(t, name)
		f := reverse.Record(handErrors[reverse.Var](h), len(x))
		var j mat.Dense
		errors := f.JacobianTo(&j, x)
		entries := j.RawMatrix().Data
		first := []float64{j.At(0, 0), j.At(1, 0)}
		got := [6]float64{errors[0], errors[1], length(errors), length(entries), first[0], first[1]}
		optest.Equal(t, name, got, want, closely)
		if err := f.Err(); err != nil {
			t.Error(name, err)
		}
		optest.Within(t, name+" against the tape", entries, reverse.Jacobian(handErrors[reverse.Var](h), x).RawMatrix().Data, 1e-12)
		if strings.HasPrefix(name, "simple") {
			plain := make([]float64, len(errors))
			h.primal(plain, x)
			optest.Within(t, name+" plain", plain, errors, 1e-12)
		}
	}
}

// BenchmarkHand measures a replay of the distances of hand 1 and their Jacobian
// against the distances in plain Go.
func BenchmarkHand(b *testing.B) {
	h, x := readHand(b, "simple1")
	f := reverse.Record(handErrors[reverse.Var](h), len(x))
	errors := make([]float64, 3*len(h.surface))
	var j mat.Dense
	primal := func() { h.primal(errors, x) }
	for _, c := range []struct {
		name string
		run  func()
	}{
		{"primal", primal},
		{"Eval", func() { f.EvalTo(errors, x) }},
		{"Jacobian", func() { f.JacobianTo(&j, x) }},
		{"recorded anew", func() { reverse.JacobianTo(&j, handErrors[reverse.Var](h), x) }},
	} {
		b.Run(c.name, func(b *testing.B) { byTurns(b, "x-primal", c.run, primal) })
	}
}

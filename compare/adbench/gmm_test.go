package adbench

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
	"gonum.org/v1/gonum/mat"
)

func readMixture(t testing.TB, name string) (*Mixture, []float64) {
	t.Helper()
	text, err := os.ReadFile("testdata/gmm/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	g, x, err := ParseMixture(string(text))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return g, x
}

// expected are values that ADBench's own derivatives, written in C++ by hand,
// give for its files: norm, first entries and last entry of a gradient or of a
// Hessian times a vector.
type expected struct {
	value, norm float64
	first       []float64
	last        float64
}

var gmmGradients = map[string]expected{
	"d2_K5": {-5240.59056254965, 1277.18886467943,
		[]float64{167.215275110001, -507.213782157537, 38.7680242216223, 231.553513286089}, 4.1699407394196},
	"d10_K10": {-30292.9419592422, 4598.90445571203,
		[]float64{82.7170907293997, -154.851764969118, -16.3532639100839, 9.66558891785053}, -10.0193346221899},
}

// gmmLarge is for what is fast enough for a model of 5775 parameters.
var gmmLarge = expected{-90798.6227007271, 8056.84087910565,
	[]float64{43.3308019590805, -53.671574339062, 6.2315046903398, -1.66448517061898}, -2.51493227899584}

// gmmHVP is the product for d2_K5 with the vector 1, 1/2, 1/3, ….
var gmmHVP = expected{-5240.59056254965, 322.204506841091, []float64{57.2980972214763, -38.1281191830836}, -2.14830872195575}

// closely lets numbers differ by 1e-10 of themselves.
var closely = cmpopts.EquateApprox(1e-10, 0)

func (e expected) check(t *testing.T, what string, value float64, g []float64) {
	t.Helper()
	optest.Equal(t, what+": value", value, e.value, closely)
	optest.Equal(t, what+": norm", length(g), e.norm, closely)
	optest.Equal(t, what+": first entries", g[:len(e.first)], e.first, closely)
	optest.Equal(t, what+": last entry", g[len(g)-1], e.last, closely)
}

func length(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x * x
	}
	return math.Sqrt(sum)
}

// estimated holds a difference against what it says of itself, as Check does.
func estimated(t *testing.T, what string, got numeric.Result, want float64) {
	t.Helper()
	if !(math.Abs(got.Value-want) <= trust*got.Err) || got.Err > 1e-3*math.Abs(want) {
		t.Errorf("%s: %v by differences, want %.15g", what, got, want)
	}
}

// TestGMM: value and gradient are the expected ones by hand, on the tape, forward
// and on paper, and all entries agree. Each method does the whole of both models
// but for two: on paper d10 K10 would take 2 GB, so that it gets the first 100
// points; by differences it would take half a minute, so that it gets one
// direction.
func TestGMM(t *testing.T) {
	for name, want := range gmmGradients {
		g, x := readMixture(t, name)
		tape, other := make([]float64, len(x)), make([]float64, len(x))
		want.check(t, name+" reverse", reverse.GradientTo(tape, LogPosterior[reverse.Var](g), x), tape)
		plain := newPlainMixture(g)
		optest.Equal(t, name+": the primal", plain.primal(x), want.value, closely)
		want.check(t, name+" by hand", plain.gradient(other, x), other)
		optest.Equal(t, name+" by hand", other, tape, closely)
		want.check(t, name+" dual", dual.GradientTo(other, LogPosterior[dual.Number](g), x), other)
		optest.Equal(t, name+" dual", other, tape, closely)
		if name == "d2_K5" {
			want.check(t, name+" symbolic", symbolic.GradientTo(other, LogPosterior[symbolic.Expr](g), x), other)
			optest.Equal(t, name+" symbolic", other, tape, closely)
			for i, r := range numeric.GradientResult(LogPosterior[numeric.Real](g), x) {
				estimated(t, fmt.Sprintf("%s x%d", name, i), r, tape[i])
			}
			continue
		}
		v, slope := make([]float64, len(x)), 0.0
		for i := range v {
			v[i] = math.Sin(float64(i + 1))
			slope += v[i] * tape[i]
		}
		estimated(t, name+" in a direction", numeric.JVPResult(func(x []numeric.Real) []numeric.Real { return []numeric.Real{LogPosterior[numeric.Real](g)(x)} }, x, v)[0], slope)
		g.points = g.points[:100]
		optest.Equal(t, name+" symbolic, 100 points", symbolic.Gradient(LogPosterior[symbolic.Expr](g), x), reverse.Gradient(LogPosterior[reverse.Var](g), x), closely)
	}
}

// TestGMMSecondOrder: the Hessian of d2 K5 times a vector, by all methods, and as
// a whole by the two that have it in less than a second.
func TestGMMSecondOrder(t *testing.T) {
	g, x := readMixture(t, "d2_K5")
	v := make([]float64, len(x))
	for i := range v {
		v[i] = 1 / float64(1+i)
	}
	tape, other := make([]float64, len(x)), make([]float64, len(x))
	gmmHVP.check(t, "reverse", reverse.HVPTo(tape, LogPosterior[reverse.Var](g), x, v), tape)
	gmmHVP.check(t, "dual", dual.HVPTo(other, LogPosterior[dual.Hyper](g), x, v), other)
	optest.Equal(t, "dual", other, tape, closely)
	gmmHVP.check(t, "symbolic", symbolic.HVPTo(other, LogPosterior[symbolic.Expr](g), x, v), other)
	optest.Equal(t, "symbolic", other, tape, closely)
	for i, r := range numeric.HVPResult(LogPosterior[numeric.Real](g), x, v) {
		estimated(t, fmt.Sprintf("x%d", i), r, tape[i])
	}
	optest.Equal(t, "Hessian", mat.DenseCopyOf(dual.Hessian(LogPosterior[dual.Hyper](g), x)).RawMatrix().Data, mat.DenseCopyOf(reverse.Hessian(LogPosterior[reverse.Var](g), x)).RawMatrix().Data, closely)
}

// TestParseMixture: what is wrong with a text is an error that says so.
func TestParseMixture(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "0 numbers, want d, k and n"},
		{"2 1 x", `number 3: strconv.ParseFloat: parsing "x": invalid syntax`},
		{"1 1 1 0", "4 numbers, want 9"},
		{"0 1 1 0", "d, k, n = 0, 1, 1 in a text of 4 numbers"},
		{"1e9 1 1 0", "d, k, n = 1000000000, 1, 1 in a text of 4 numbers"},
		{"1 1 1 0 0 0 5 1 0", ""},
	} {
		g, x, err := ParseMixture(c.text)
		switch {
		case c.want == "" && (err != nil || len(x) != 3 || len(g.points) != 1 || g.points[0][0] != 5 || g.gamma != 1):
			t.Errorf("%q: %+v, %v, error %v", c.text, g, x, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%q: error %v, want %s", c.text, err, c.want)
		}
	}
}

// BenchmarkGMM measures the objective and its gradient against the objective in
// plain Go: x-primal is the least time of one over that of the other, which are
// run by turns.
func BenchmarkGMM(b *testing.B) {
	for _, name := range []string{"d2_K5", "d10_K10"} {
		g, x := readMixture(b, name)
		plain, dst := newPlainMixture(g), make([]float64, len(x))
		tape, float := LogPosterior[reverse.Var](g), LogPosterior[numeric.Real](g)
		in := make([]numeric.Real, len(x))
		for i, v := range x {
			in[i] = numeric.Real(v)
		}
		for _, c := range []struct {
			name string
			run  func()
		}{
			{"primal", func() { plain.primal(x) }},
			{"by hand", func() { plain.gradient(dst, x) }},
			{"Real", func() { float(in) }},
			{"reverse", func() { reverse.GradientTo(dst, tape, x) }},
		} {
			b.Run(name+"/"+c.name, func(b *testing.B) {
				byTurns(b, "x-primal", c.run, func() { plain.primal(x) })
			})
		}
	}
}

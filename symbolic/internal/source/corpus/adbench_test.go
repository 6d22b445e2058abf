package corpus

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/compare/adbench"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
)

// readBench reads the numbers of one of ADBench's problems.
func readBench(t testing.TB, name string) []float64 {
	t.Helper()
	text, err := os.ReadFile("../../../../compare/adbench/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var list []float64
	for _, word := range strings.Fields(string(text)) {
		v, err := strconv.ParseFloat(word, 64)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, v)
	}
	return list
}

// readMixture reads one of ADBench's mixtures, with the first n of its points.
func readMixture(t testing.TB, name string, n int) (x []float64, d, k int, points [][]float64, gamma float64, m int) {
	v := readBench(t, "gmm/"+name)
	d, k = int(v[0]), int(v[1])
	size := k * (1 + d + d*(d+1)/2)
	for i := range n {
		points = append(points, v[3+size+i*d:][:d])
	}
	return v[3 : 3+size], d, k, points, v[len(v)-2], int(v[len(v)-1])
}

// TestMixture holds the generated gradient of ADBench's mixture against the tape on another
// form of the function.
func TestMixture(t *testing.T) {
	const n = 100
	x, d, k, points, gamma, m := readMixture(t, "d2_K5.txt", n)
	size := len(x)
	grad := make([]float64, size)
	y := gaussianMixtureGrad(grad, x, d, k, points, gamma, m)
	g, parameters := adbench.SmallMixture(n)
	optest.Equal(t, "parameters", x, parameters)
	want := make([]float64, size)
	value := reverse.GradientTo(want, adbench.LogPosterior[reverse.Var](g), x)
	optest.Within(t, "value", []float64{y, gaussianMixture(x, d, k, points, gamma, m)}, []float64{value, value}, 1e-12)
	optest.Within(t, "gradient", grad, want, 1e-12)

	direction, dot := make([]float64, size), 0.0
	for i := range direction {
		direction[i] = math.Sin(float64(i))
		dot += direction[i] * want[i]
	}
	_, along := gaussianMixtureJVP(x, d, k, points, gamma, m, direction)
	optest.Within(t, "JVP", []float64{along}, []float64{dot}, 1e-12)
	hvp := make([]float64, size)
	gaussianMixtureHVP(grad, hvp, x, d, k, points, gamma, m, direction)
	optest.Within(t, "gradient of HVP", grad, want, 1e-12)
	optest.Within(t, "HVP", hvp, reverse.HVP(adbench.LogPosterior[reverse.Var](g), x, direction), 1e-11)
}

// TestRecurrent holds the generated gradient of ADBench's language model against the
// published values, of ten digits, and against the tape.
func TestRecurrent(t *testing.T) {
	v := readBench(t, "lstm/l2_c1024.txt")
	layers, length, n := int(v[0]), int(v[1]), int(v[2])
	v = v[3:]
	size, states := 8*layers*n+3*n, 2*layers*n
	x, start, sequence := v[:size], v[size:size+states], v[size+states:]
	grad := make([]float64, size)
	y := recurrentGrad(grad, x, layers, length, n, start, sequence)
	norm := 0.0
	for _, g := range grad {
		norm += g * g
	}
	optest.Within(t, "value", []float64{y, recurrent(x, layers, length, n, start, sequence)}, []float64{0.666665179558852, 0.666665179558852}, 1e-10)
	optest.Within(t, "norm, first and last", []float64{math.Sqrt(norm), grad[0], grad[size-1]}, []float64{0.0947413801144608, 3.14387024996e-06, -0.0200225690895981}, 1e-10)
	tape := func(x []reverse.Var) reverse.Var { return recurrentGeneric(x, layers, 40, n, start, sequence) }
	want := reverse.Gradient(tape, x)
	recurrentGrad(grad, x, layers, 40, n, start, sequence)
	optest.Within(t, "gradient", grad, want, 1e-12)
	hvp, v := make([]float64, size), make([]float64, size)
	for i := range v {
		v[i] = math.Cos(float64(i))
	}
	recurrentHVP(grad, hvp, x, layers, 40, n, start, sequence, v)
	optest.Within(t, "gradient of HVP", grad, want, 1e-12)
	optest.Within(t, "HVP", hvp, reverse.HVP(tape, x, v), 1e-11)
}

// TestReprojection holds both rows of the Jacobian of ADBench's bundle adjustment, in reverse
// and in forward mode, and as a Jacobian, against dual numbers; also without a rotation.
func TestReprojection(t *testing.T) {
	v := readBench(t, "ba/ba1.txt")[3:]
	x := append([]float64(nil), v[:15]...)
	x[7], x[8] = x[7]-v[15], x[8]-v[16]
	still := append([]float64(nil), x...)
	clear(still[:3])
	for _, x := range [][]float64{x, still} {
		jacobian, columns := make([]float64, 30), make([]float64, 30)
		ex, ey := reprojectionsJacobian(jacobian, x)
		for i := range x {
			seed := make([]float64, 15)
			seed[i] = 1
			_, _, columns[i], columns[15+i] = reprojectionsJVP(x, seed)
		}
		for axis := range 2 {
			grad, row, seed := make([]float64, 15), make([]float64, 15), make([]float64, 15)
			y := reprojectionGrad(grad, x, axis)
			for i := range seed {
				clear(seed)
				seed[i] = 1
				_, row[i] = reprojectionJVP(x, axis, seed)
			}
			want := dual.Gradient(func(x []dual.Number) dual.Number { return reprojectionGeneric(x, axis) }, x)
			value, beside := reprojection(x, axis), [2]float64{ex, ey}[axis]
			if !sameValue(y, value) || !sameValue(beside, value) {
				t.Errorf("value %v, beside the Jacobian %v, want %v to the bit", y, beside, value)
			}
			optest.Within(t, "row of the Jacobian", jacobian[15*axis:15*axis+15], want, 1e-12)
			optest.Within(t, "row by columns", columns[15*axis:15*axis+15], want, 1e-12)
			optest.Within(t, "gradient", grad, want, 1e-12)
			optest.Within(t, "forward mode", row, want, 1e-12)
			hvp, tape := make([]float64, 15), func(x []reverse.Var) reverse.Var { return reprojectionGeneric(x, axis) }
			for i := range seed {
				seed[i] = math.Cos(float64(i))
			}
			reprojectionHVP(grad, hvp, x, axis, seed)
			optest.Within(t, "gradient of HVP", grad, want, 1e-12)
			optest.Within(t, "HVP", hvp, reverse.HVP(tape, x, seed), 1e-11)
		}
	}
	optest.Panics(t, "reprojectionsJacobian: xJacobian does not have 2*len(x) numbers", func() { reprojectionsJacobian(make([]float64, 29), x) })
}

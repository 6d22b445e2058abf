package corpus

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
)

// A hand is what tracking is given beside the parameters.
type hand struct {
	parents           []int
	base, inverse, at []float64
	starts, carriers  []int
	weights           []float64
	corners           int
	spots             []int
	points            []float64
}

// handLines reads the numbers of a file of ADBench's hand, which colons separate.
func handLines(t testing.TB, name string, skip int) (lines [][]float64) {
	t.Helper()
	text, err := os.ReadFile("../../../../compare/adbench/testdata/hand/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
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

// readHand reads the model, points and parameters.
func readHand(t testing.TB, name string) (h hand, x []float64) {
	t.Helper()
	for _, v := range handLines(t, "bones", 1) {
		h.parents = append(h.parents, int(v[0]))
		h.base, h.inverse = append(h.base, v[1:13]...), append(h.inverse, v[17:29]...)
	}
	h.starts = []int{0}
	for _, v := range handLines(t, "vertices", 0) {
		h.at = append(h.at, v[:3]...)
		for n := int(v[8]); n > 0; n-- {
			h.carriers, h.weights = append(h.carriers, int(v[7+2*n])), append(h.weights, v[8+2*n])
		}
		h.starts = append(h.starts, len(h.carriers))
	}
	triangles := handLines(t, "triangles", 0)
	v := readBench(t, "hand/"+name+".txt")
	n := int(v[0])
	h.corners = 1
	for i := range n {
		row := v[2+4*i:]
		if k := int(row[0]); strings.HasPrefix(name, "complicated") {
			h.corners = 3
			h.spots = append(h.spots, int(triangles[k][0]), int(triangles[k][1]), int(triangles[k][2]))
		} else {
			h.spots = append(h.spots, k)
		}
		h.points = append(h.points, row[1:4]...)
	}
	return h, v[2+4*n:]
}

// TestTracking holds values, and entries of the Jacobian, against what ADBench publishes, and
// gradients against dual numbers and the tape.
func TestTracking(t *testing.T) {
	for name, want := range map[string][5]float64{ // two distances, the norm of all, two entries of the first column
		"simple1":      {0.192243394535881, 0.0824719159318972, 1.76769337526023, -0.101459393098745, 0.0279048118054124},
		"complicated1": {-0.106894294628795, -0.010055240144601, 1.79638946539141, 0.000338470418774245, -0.00659880311456529},
	} {
		h, x := readHand(t, name)
		value := func(x []float64, only int) float64 {
			return tracking(x, h.parents, h.base, h.inverse, h.at, h.starts, h.carriers, h.weights, h.corners, h.spots, h.points, only)
		}
		grad := make([]float64, len(x))
		gradient := func(only int) float64 {
			return trackingGrad(grad, x, h.parents, h.base, h.inverse, h.at, h.starts, h.carriers, h.weights, h.corners, h.spots, h.points, only)
		}
		y := gradient(-1)
		whole := append([]float64(nil), grad...)
		got := [5]float64{2: math.Sqrt(2 * y)}
		for k := range 2 {
			got[k] = gradient(k)
			got[3+k] = grad[0]
			if want := value(x, k); !sameValue(got[k], want) {
				t.Errorf("%s: distance %d %v, want %v to the bit", name, k, got[k], want)
			}
		}
		if want := value(x, -1); !sameValue(y, want) {
			t.Errorf("%s: value %v, want %v to the bit", name, y, want)
		}
		optest.Within(t, name, got[:], want[:], 1e-10)
		tape := func(x []reverse.Var) reverse.Var {
			return trackingGeneric(x, h.parents, h.base, h.inverse, h.at, h.starts, h.carriers, h.weights, h.corners, h.spots, h.points, -1)
		}
		optest.Within(t, name+": gradient against reverse", whole, reverse.Gradient(tape, x), 1e-12)
		v := make([]float64, len(x))
		for i := range v {
			v[i] = math.Sin(float64(i))
		}
		_, dot := trackingJVP(x, h.parents, h.base, h.inverse, h.at, h.starts, h.carriers, h.weights, h.corners, h.spots, h.points, -1, v)
		along := dual.JVP(func(x []dual.Number) []dual.Number {
			return []dual.Number{trackingGeneric(x, h.parents, h.base, h.inverse, h.at, h.starts, h.carriers, h.weights, h.corners, h.spots, h.points, -1)}
		}, x, v)
		optest.Within(t, name+": JVP", []float64{dot}, along, 1e-12)
		hvp := make([]float64, len(x))
		trackingHVP(grad, hvp, x, h.parents, h.base, h.inverse, h.at, h.starts, h.carriers, h.weights, h.corners, h.spots, h.points, -1, v)
		optest.Within(t, name+": gradient of HVP", grad, whole, 1e-12)
		optest.Within(t, name+": HVP", hvp, reverse.HVP(tape, x, v), 1e-11)
	}
}

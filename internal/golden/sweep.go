package golden

import (
	"bufio"
	"compress/gzip"
	"embed"
	"fmt"
	"math"
	"strconv"
	"strings"
)

//go:embed testdata/sweep1.txt.gz testdata/sweep2.txt.gz
var sweeps embed.FS

// Point is what a row of the table is at a point: the float64 nearest to the number
// itself, by testdata/sweep.py.
type Point struct {
	// X holds one argument or two.
	X []float64

	// Want holds the value, the first and the second derivative; of a function of two
	// variables the value, the derivatives in x and y, and those in xx, xy and yy. It is
	// NaN where the function is not defined.
	Want []float64

	// Convention marks the entries of Want that are not there, because the function has no
	// such derivative: a kink, a jump, a pole.
	Convention []bool
}

// Sweep returns the points of the rows of one or of two variables, by name, all over the
// range of float64: from the least subnormal number to the greatest, of both signs, and
// at the edges where something overflows, vanishes or changes its form.
func Sweep(arity int) (map[string][]Point, error) {
	name := fmt.Sprintf("testdata/sweep%d.txt.gz", arity)
	file, err := sweeps.Open(name)
	if err != nil {
		return nil, fmt.Errorf("golden: no sweep of functions of %d variables", arity)
	}
	defer file.Close()
	text, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("golden: %s: %w", name, err)
	}
	rows := make(map[string][]Point)
	row := ""
	lines := bufio.NewScanner(text)
	for n := 1; lines.Scan(); n++ {
		fields := strings.Fields(lines.Text())
		if len(fields) == 2 && fields[0] == "row" {
			row = fields[1]
			continue
		}
		p, err := point(arity, fields)
		if err != nil {
			return nil, fmt.Errorf("golden: %s:%d: %w", name, n, err)
		}
		rows[row] = append(rows[row], p)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("golden: %s: %w", name, err)
	}
	return rows, nil
}

// point reads a line of arguments and results.
func point(arity int, fields []string) (Point, error) {
	results := 1 + arity + arity*(arity+1)/2
	if len(fields) != arity+results {
		return Point{}, fmt.Errorf("%d numbers, want %d", len(fields), arity+results)
	}
	numbers := make([]float64, len(fields))
	p := Point{numbers[:arity], numbers[arity:], make([]bool, results)}
	for i, s := range fields {
		if s == "-" && i >= arity {
			numbers[i], p.Convention[i-arity] = math.NaN(), true
			continue
		}
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return Point{}, err
		}
		numbers[i] = v
	}
	return p, nil
}

// Holds reports whether v is the k-th entry of Want at the i-th point. It may be off by 16
// units in the last place, or by 16 roundings of the greatest reference within a factor of
// two of the arguments: where a function crosses 0 it is made of terms of that size, and an
// argument's own rounding moves it as far.
func Holds(points []Point, i, k int, v float64) bool {
	const units = 16
	want := points[i].Want[k]
	return ULP(v, want) <= units || math.Abs(v-want) <= units*0x1p-53*around(points, points[i], k)
}

// around returns the greatest k-th reference within a factor of two of the arguments of p.
func around(points []Point, p Point, k int) float64 {
	greatest := 0.0
	for _, q := range points {
		near := !q.Convention[k]
		for i, x := range p.X {
			near = near && math.Signbit(x) == math.Signbit(q.X[i]) && math.Abs(q.X[i]) <= 2*math.Abs(x) && math.Abs(x) <= 2*math.Abs(q.X[i])
		}
		if near && math.Abs(q.Want[k]) < math.Inf(1) {
			greatest = max(greatest, math.Abs(q.Want[k]))
		}
	}
	return greatest
}

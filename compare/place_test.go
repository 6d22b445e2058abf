package compare

import (
	"math"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// here returns the line of its caller.
func here() int {
	_, _, line, _ := runtime.Caller(1)
	return line
}

// Rows with one wrong column each.
var (
	slow   = faulty("slow", func(f *ad.Func) { slopeTimes(f, 1.001) })
	bent   = faulty("bent", func(f *ad.Func) { f.Curve = func(x, _ float64) float64 { return math.Cos(2 * x) } })
	crook  = faulty("crook", func(f *ad.Func) { f.Text = "2*sin(x)" })
	raised = faulty("raised", func(f *ad.Func) { f.Value = func(x float64) float64 { return 1.01 * math.Sin(x) * math.Sin(x) } })
	faint  = faulty("faint", func(f *ad.Func) { f.Text = "sin(2*x" })
)

func faulty(name string, plant func(f *ad.Func)) ad.Op {
	row := sinSq()
	row.Name = name
	plant(row)
	return ad.NewOp(row)
}

// among executes an elementary function on a line of its own, after others.
func among[T ad.Scalar[T]](x []T, op ad.Op) T {
	y := ad.Exp(x[0].Mul(x[1]))
	z := y.Sub(x[1])
	z = z.Apply(op) // the line
	return ad.Tanh(z).Add(y)
}

var amongAt = here() - 4 // the line

func amongAll(op ad.Op) Func {
	return NewWith("among", op, among, among, among, among, among)
}

// TestPlaces: a wrong column is traced to the file and line that uses it.
func TestPlaces(t *testing.T) {
	x := []float64{0.3, 0.8}
	for _, test := range []struct {
		op     ad.Op
		column string
	}{{slow, "Slope"}, {bent, "Curve"}, {crook, "Text"}, {raised, "Value"}, {faint, "Text"}} {
		name := test.op.Func().Name
		r := Check(amongAll(test.op), x)
		if len(r.Places) != 1 || r.Culprit != test.column+" of "+name {
			t.Errorf("%s: places %v: %v", name, r.Places, r)
			continue
		}
		p := r.Places[0]
		if p.Operation != name || p.Column != test.column || filepath.Base(p.File) != "place_test.go" || p.Line != amongAt {
			t.Errorf("%s: %v, want line %d", name, p, amongAt)
		}
		if z := math.Exp(0.24) - 0.8; test.op != faint && (len(p.Args) != 1 || math.Abs(p.Args[0]-z) > 1e-15 || !(math.Abs(p.ValueA-p.ValueB) > 1e-4)) {
			t.Errorf("%s: %v at %v", name, p, z)
		}
		if written := strings.Contains(p.Defined, ".go:"); written != (test.column != "Text") {
			t.Errorf("%s: defined at %q", name, p.Defined)
		}
		if text := r.String(); !strings.Contains(text, "place_test.go:"+strconv.Itoa(amongAt)) {
			t.Errorf("%s: the text has no place: %s", name, text)
		}
	}
}

// two has two faults that have nothing to do with each other.
func two[T ad.Scalar[T]](x []T) T {
	y := x[0].Apply(slow)
	z := x[1].Apply(crook)
	return y.Mul(z)
}

var twoAt = here() - 5 // the line of its first

// TestTwoFaults: of two faults at once both are named.
func TestTwoFaults(t *testing.T) {
	r := Check(New("two", two, two, two, two, two), []float64{0.7, 1.1})
	if r.Culprit != "Slope of slow, Text of crook" || len(r.Places) != 2 {
		t.Fatal(r)
	}
	for i, p := range r.Places {
		if p.Line != twoAt+i {
			t.Errorf("%v, want line %d", p, twoAt+i)
		}
	}
	mixed := New("mixed", two, two, two, lone, two)
	if r := Check(mixed, []float64{0.7, 1.1}); !strings.HasPrefix(r.Culprit, "more than one") {
		t.Error(r)
	}
	both := New("both", product, lopsided, lopsided, skewed, product)
	if r := Check(both, []float64{0.7, 1.3}); r.Culprit != "more than one: dual and reverse" {
		t.Error(r)
	}
}

// lone is two without the derivative in x[1].
func lone[T ad.Scalar[T]](x []T) T { return x[0].Apply(slow).Mul(x[1].Apply(zeroth)) }

// skewed is product with another term lost.
func skewed[T ad.Scalar[T]](x []T) T { return ad.Sin(x[0]).Mul(x[0].Apply(fixed)).Add(x[1]) }

var (
	zeroth = ad.NewOp(&ad.Func{Name: "zeroth",
		Value: func(x float64) float64 { return math.Sin(x) * math.Sin(x) },
		Slope: func(_, _ float64) float64 { return 0 }, Curve: func(_, _ float64) float64 { return 0 }, Text: "0*x", Lo: 0, Hi: 1})
	fixed = ad.NewOp(&ad.Func{Name: "fixed",
		Value: func(float64) float64 { return 0.7 },
		Slope: func(_, _ float64) float64 { return 0 }, Curve: func(_, _ float64) float64 { return 0 }, Text: "0*x", Lo: 0, Hi: 1})
)

// TestPlaceOfAMethod: the tape executes another function than the formula says.
func TestPlaceOfAMethod(t *testing.T) {
	for name, tape := range map[string]func([]reverse.Var) reverse.Var{"slope": lopsided[reverse.Var], "value": raisedTape} {
		r := Check(New("f", product, product, product, tape, product), []float64{0.7, 1.3})
		if len(r.Places) != 1 || r.Culprit != "reverse" || !strings.HasSuffix(r.Places[0].File, "_test.go") || !strings.HasSuffix(r.Places[0].Quantity, name) {
			t.Errorf("%s: places %v: %v", name, r.Places, r)
		}
	}
}

func raisedTape(x []reverse.Var) reverse.Var {
	y := ad.Sin(x[0])
	return y.Mul(x[0].Add(ad.Const[reverse.Var](1e-3))).Add(x[1])
}

// TestPlaceInARow: a row that is checked by itself is used on no line of the user's, but
// its columns are written somewhere; and one of two variables has the column.
func TestPlaceInARow(t *testing.T) {
	r := Check(Elementary(slow.Func()), []float64{0.7})
	if len(r.Places) != 1 || r.Places[0].File != "" || !strings.Contains(r.Places[0].Defined, "lacks_test.go:") {
		t.Errorf("%v", r.Places)
	}
	row := *ad.OpHypot.Func()
	row.Name = "skew"
	row.SlopeY = func(x, y, z float64) float64 { return x / z }
	if r := Check(Elementary2(&row), []float64{0.7, 2}); len(r.Places) != 1 || r.Places[0].Column != "SlopeY" || len(r.Places[0].Args) != 2 {
		t.Errorf("%v", r.Places)
	}
}

// TestPlaceDeep: the first of many uses is named, wherever it is.
func TestPlaceDeep(t *testing.T) {
	wrong := NewWith("deep", 1500, late, late, late, late, late)
	r := Check(wrong, []float64{0.4})
	if len(r.Places) != 1 || r.Places[0].Line != lateAt || r.Places[0].Operation != "slow" {
		t.Errorf("want line %d: %v", lateAt, r)
	}
}

// late uses a faulty function after n others.
func late[T ad.Scalar[T]](x []T, n int) T {
	y := x[0]
	for range n {
		y = ad.Sin(y).Add(x[0])
	}
	return y.Apply(slow)
}

var lateAt = here() - 3

// TestDivergence: of methods that differ about an operation the first is found, whatever
// comes before and after it. Here the tape has another row than the others.
func TestDivergence(t *testing.T) {
	x := []float64{0.3, 0.8}
	e := gather(amongAll(slow), x)
	d := divergence{e: e, seen: map[int]*Finding{}}
	last := e.trace.Results()[0]
	if d.at(last) == nil {
		t.Fatal("the last statement does not diverge")
	}
	if s := e.trace.Statements[d.first(last)]; s.Name() != "slow" {
		t.Errorf("the first that diverges is %s", s.Name())
	}
	for _, good := range []int{0, 1, 2} {
		if d.at(good) != nil {
			t.Errorf("statement %d diverges", good)
		}
	}
}

// TestSmaller: a point where a fault shows is made simpler, and says the same.
func TestSmaller(t *testing.T) {
	x := []float64{0.30000000000000004, 0.8123456789}
	r := Check(amongAll(slow), x)
	y := r.Smaller()
	if len(y) != 2 || length(y[0])+length(y[1]) > 4 || !strings.Contains(r.String(), "simpler point") {
		t.Errorf("%v: %v", y, r)
	}
	if again := Check(amongAll(slow), y); again.Culprit != r.Culprit {
		t.Errorf("at %v: %v", y, again)
	}
	asked := 0
	long := make([]float64, 200)
	for i := range long {
		long[i] = math.Pi * float64(i+1)
	}
	shrink(long, func([]float64) bool { asked++; return false })
	if asked == 0 || asked > tries {
		t.Errorf("%d points were tried", asked)
	}
	good := Check(New("f", product[numeric.Real], product[dual.Number], product[dual.Hyper], product[reverse.Var], product[symbolic.Expr]), x)
	if z := good.Smaller(); z[0] != x[0] || z[1] != x[1] {
		t.Errorf("nothing is wrong, but at %v", z)
	}
}

// TestSmallerShows: where the methods disagree they do so at the simpler point, and a
// column that is wrong elsewhere in its box does not stand in for that.
func TestSmallerShows(t *testing.T) {
	row := &ad.Func{
		Name:  "softabs",
		Value: func(x float64) float64 { return math.Sqrt(x*x + 1) },
		Slope: func(x, y float64) float64 { return x / (y * y) }, // right at 0
		Curve: func(x, y float64) float64 { return 1 / (y * y * y) },
		Text:  "x/sqrt(x^2+1)",
		Lo:    -3, Hi: 3,
	}
	r := Check(Elementary(row), []float64{1.25})
	x := r.Smaller()
	if again := Check(Elementary(row), x); slices.Equal(x, r.X) || !again.seen() {
		t.Errorf("at %v: %v", x, again)
	}
}

// TestOtherForm: where somebody wrote one form of a function by himself, and it is another
// function, the report names that form and where it is written.
func TestOtherForm(t *testing.T) {
	for name, fn := range map[string]Func{
		"dual.Number":   New("f", waves, wavesOff, waves, waves, waves),
		"reverse.Var":   New("f", waves, waves, waves, wavesOff, waves),
		"symbolic.Expr": New("f", waves, waves, waves, waves, wavesOff),
		"numeric.Real":  New("f", wavesOff, waves, waves, waves, waves),

		// of the same value, with another derivative
		"dual.Number ":   New("f", waves, wavesFlat, waves, waves, waves),
		"symbolic.Expr ": New("f", waves, waves, waves, waves, wavesFlat),
	} {
		name = strings.TrimSpace(name)
		r := Check(fn, []float64{0.4})
		if r.Verdict() != Disagree || len(r.Places) != 1 {
			t.Errorf("%s: %v", name, r)
			continue
		}
		p := r.Places[0]
		if name == "reverse.Var" { // the tape shows the operation itself
			if p.Operation != "mul" || p.Line == 0 {
				t.Errorf("%s: %v", name, p)
			}
			continue
		}
		if p.Column != "the form over "+name || !strings.Contains(p.Defined, "place_test.go:") || p.ValueA == p.ValueB {
			t.Errorf("%s: %v", name, p)
		}
	}
}

func waves[T ad.Scalar[T]](x []T) T { return ad.Sin(x[0]).Mul(x[0]) }

func wavesOff[T ad.Scalar[T]](x []T) T { return ad.Sin(x[0]).Mul(x[0]).Mul(c[T](1.01)) }

func wavesFlat[T ad.Scalar[T]](x []T) T {
	return ad.Sin(x[0]).Mul(x[0].Add(ad.Square(x[0].Sub(c[T](0.4))).Add(x[0]).Sub(c[T](0.4)).Mul(c[T](0.5))))
}

package fuzz

import (
	"errors"
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// A forked program takes one of three paths, as the results of two programs compare.
type forked struct{ p, q Program }

// steer runs a forked program, whose comparisons less makes.
func steer[T ad.Scalar[T]](f forked, x []T, less func(a, b T) bool) []T {
	qx := make([]T, f.q.inputs)
	for i := range qx {
		qx[i] = x[i%len(x)]
	}
	a, b := Eval(f.p, x), Eval(f.q, qx)
	y := a
	switch {
	case less(a, b):
		y = a.Mul(b).Sub(x[0]).Add(a).Sub(b.Mul(b.Const(2)))
	case less(b.Const(0.5), b):
		y = b.Div(a.Add(a))
	}
	return []T{y, x[len(x)-1], y.Mul(a).Add(y.Mul(x[0])).Add(b.Neg()), y.Const(3), y}
}

// vars is the program as package reverse takes it.
func (f forked) vars(x []reverse.Var) []reverse.Var { return steer(f, x, reverse.Var.Less) }

// at is the path of the program through x, as the judge takes it: the comparisons
// come out as they do there.
func (f forked) at(x []float64) compare.Func {
	var answers []bool
	reverse.JVP(func(x []reverse.Var) []reverse.Var {
		return steer(f, x, func(a, b reverse.Var) bool {
			answers = append(answers, a.Less(b))
			return answers[len(answers)-1]
		})
	}, x, x)
	return compare.NewVector("forked", path[numeric.Real](f, answers), path[dual.Number](f, answers), path[dual.Hyper](f, answers),
		path[reverse.Var](f, answers), path[symbolic.Expr](f, answers))
}

func path[T ad.Scalar[T]](f forked, answers []bool) func([]T) []T {
	return func(x []T) []T {
		k := -1
		return steer(f, x, func(T, T) bool { k++; return answers[k] })
	}
}

// A replayed program is held against fresh recordings.
type replayed struct {
	forked
	t interface {
		Helper()
		Fatalf(string, ...any)
	}
	all, one *reverse.Func // with all results, and with the first
	calls    int           // of the program by all
	compared int
	skipped  int
}

func newReplayed(f forked) *replayed {
	r := &replayed{forked: f}
	r.all = reverse.Record(func(x []reverse.Var) []reverse.Var {
		r.calls++
		return f.vars(x)
	}, f.p.inputs)
	r.one = reverse.Record(r.first, f.p.inputs)
	return r
}

func (r *replayed) first(x []reverse.Var) reverse.Var { return r.vars(x)[0] }

// bits fails unless two lists of numbers are the same to the bit, but for what is NaN.
func (r *replayed) bits(what string, x, got, want []float64) {
	r.t.Helper()
	for i := range want {
		if !sameBits(got[i], want[i]) && (got[i] == got[i] || want[i] == want[i]) {
			r.t.Fatalf("%s %v, fresh %v, at %v (%x) of\n%v\n%v", what, got, want, x, bits(x), r.p, r.q)
		}
	}
	r.compared += len(want)
}

// near fails unless got is want up to rounding, of which tolerance tells for every entry
// how much there may be.
func (r *replayed) near(what string, x, got, want []float64, tolerance func(i int) (float64, bool)) {
	r.t.Helper()
	for i := range want {
		a, b := got[i], want[i]
		if a == b || a != a && b != b {
			r.compared++
			continue
		}
		u, wild := tolerance(i)
		if wild || u != u && finite(a) == finite(b) {
			r.skipped++
			continue
		}
		r.compared++
		if !(math.Abs(a-b) <= 2*u+0x1p-1050) {
			r.t.Fatalf("%s %v, fresh %v, entry %d, may differ by %v, at %v (%x) of\n%v\n%v", what, got, want, i, 2*u, x, bits(x), r.p, r.q)
		}
	}
}

func finite(x float64) bool { return math.Abs(x) <= math.MaxFloat64 }

// unit returns a vector with a 1 at i.
func unit(n, i int) []float64 {
	e := make([]float64, n)
	e[i] = 1
	return e
}

// along returns the tolerance of derivatives in a direction, a result after the other.
func (r *replayed) along(x, v []float64) func(int) (float64, bool) {
	var all []compare.Rounding
	return func(i int) (float64, bool) {
		if all == nil {
			all = compare.Roundings(r.at(x), x, v, v)
		}
		return all[i].U, all[i].Wild
	}
}

// entries returns the tolerance of a Jacobian, row by row.
func (r *replayed) entries(x []float64) func(int) (float64, bool) {
	return func(i int) (float64, bool) {
		return r.along(x, unit(len(x), i%len(x)))(i / len(x))
	}
}

// weighted returns the tolerance of results weighted with w: of each, and of their sum,
// which is rounded at every term.
func (r *replayed) weighted(x, w []float64) func(int) (float64, bool) {
	return func(i int) (sum float64, wild bool) {
		e := unit(len(x), i)
		tolerance, d := r.along(x, e), reverse.JVP(r.vars, x, e)
		for k, wk := range w {
			if u, wildly := tolerance(k); wk != 0 {
				sum += math.Abs(wk) * (u + float64(len(w))*0x1p-53*math.Abs(d[k]))
				wild = wild || wildly
			}
		}
		return sum * (1 + 0x1p-40), wild
	}
}

// second returns the tolerance of the first result's Hessian times v, for every entry.
func (r *replayed) second(x []float64, v func(i int) []float64) func(int) (float64, bool) {
	return func(i int) (float64, bool) {
		b := compare.Roundings(r.at(x), x, unit(len(x), i%len(x)), v(i))[0]
		return b.Second, b.Wild
	}
}

// check compares what one of the operators makes of the replay.
func (r *replayed) check(operator string, x, v, w []float64) {
	r.t.Helper()
	n := len(x)
	m := len(w)
	switch operator {
	case "Eval":
		err := r.all.Check(x)
		var changed *reverse.Changed
		if err != nil && !errors.As(err, &changed) {
			r.t.Fatalf("Check at %v: %v", x, err)
		}
		calls := r.calls // Check may have had to find out about the origin
		r.bits("values", x, r.all.Eval(x), reverse.JVPTo(make([]float64, m), r.vars, x, v))
		if ran := r.calls > calls; ran != (err != nil) {
			r.t.Fatalf("Check said %v at %v, and Eval ran the function: %v", err, x, ran)
		}
		if err := r.all.Check(x); err != nil {
			r.t.Fatalf("Check after Eval at %v: %v", x, err)
		}
	case "Gradient":
		r.near(operator, x, r.one.Gradient(x), reverse.Gradient(r.first, x), r.weighted(x, unit(m, 0)))
	case "JVP":
		r.near(operator, x, r.all.JVP(x, v), reverse.JVP(r.vars, x, v), r.along(x, v))
	case "VJP":
		r.near(operator, x, r.all.VJP(x, w), reverse.VJP(r.vars, x, w), r.weighted(x, w))
	case "Jacobian":
		r.near(operator, x, dense(r.all.Jacobian(x)), columns(r.vars, x, m), r.entries(x))
	case "HVP":
		r.near(operator, x, r.one.HVP(x, v), reverse.HVP(r.first, x, v), r.second(x, func(int) []float64 { return v }))
	case "Hessian":
		r.near(operator, x, dense(r.one.Hessian(x)), dense(reverse.Hessian(r.first, x)), r.second(x, func(i int) []float64 { return unit(n, i/n) }))
	}
}

func dense(m mat.Matrix) []float64 { return mat.DenseCopyOf(m).RawMatrix().Data }

// batch compares what the operators for many points make of the replay.
func (r *replayed) batch(points [][]float64, w []float64) {
	r.t.Helper()
	n, m := len(points[0]), len(w)
	var x, ws []float64
	for _, p := range points {
		x, ws = append(x, p...), append(ws, w...)
	}
	y, g, vjp, jac := r.all.EvalBatch(x), r.one.GradientBatch(x), r.all.VJPBatch(x, ws), r.all.JacobianBatch(x)
	for k, p := range points {
		values := func(i int) (float64, bool) {
			b := compare.Roundings(r.at(p), p, p, p)[i]
			return b.Value, b.Wild
		}
		// The elementary functions of blocks have roundings of their own.
		r.near("EvalBatch", p, y[k*m:][:m], r.all.Eval(p), wider(values))
		r.near("GradientBatch", p, g[k*n:][:n], reverse.Gradient(r.first, p), wider(r.weighted(p, unit(m, 0))))
		r.near("VJPBatch", p, vjp[k*n:][:n], reverse.VJP(r.vars, p, w), wider(r.weighted(p, w)))
		r.near("JacobianBatch", p, jac[k*m*n:][:m*n], dense(reverse.Jacobian(r.vars, p)), wider(r.entries(p)))
	}
}

// wider returns four times a tolerance, as compare.CheckArray has it.
func wider(tolerance func(int) (float64, bool)) func(int) (float64, bool) {
	return func(i int) (float64, bool) {
		u, wild := tolerance(i)
		return 4 * u, wild
	}
}

// columns returns the Jacobian of f with m results at x, row by row. It is made of columns:
// programs have more results than inputs, so that a replay does likewise, and overflows in the same places.
func columns(f func([]reverse.Var) []reverse.Var, x []float64, m int) []float64 {
	j := mat.NewDense(m, len(x), nil)
	for i := range x {
		j.SetCol(i, reverse.JVP(f, x, unit(len(x), i)))
	}
	return j.RawMatrix().Data
}

var replayOperators = []string{"Eval", "Gradient", "JVP", "VJP", "Jacobian", "HVP", "Hessian"}

// TestReplay is a state machine: recorded functions whose operators are called in any
// order at points of every kind, some of which take another path. They are always what
// a fresh recording gives.
func TestReplay(t *testing.T) {
	compared, skipped, runs := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		c := Cases().Draw(t, "p")
		d := CasesOf(len(c.X)).Draw(t, "q")
		r := newReplayed(forked{c.Program, d.Program})
		point := func(t *rapid.T) []float64 {
			switch x := rapid.SliceOfN(Floats(), len(c.X), len(c.X)).Draw(t, "x"); rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				return c.X
			case 1:
				return d.X
			default:
				return x
			}
		}
		eighths := func(t *rapid.T, n int) []float64 {
			v := make([]float64, n)
			for i := range v {
				v[i] = float64(rapid.IntRange(-8, 8).Draw(t, "v")) / 8
			}
			return v
		}
		actions := map[string]func(*rapid.T){
			"batch": func(t *rapid.T) {
				r.t = t
				var points [][]float64
				for range rapid.IntRange(1, 6).Draw(t, "points") {
					points = append(points, point(t))
				}
				r.batch(points, eighths(t, 5))
			},
		}
		for _, operator := range replayOperators {
			actions[operator] = func(t *rapid.T) {
				r.t = t
				r.check(operator, point(t), eighths(t, len(c.X)), eighths(t, 5))
			}
		}
		t.Repeat(actions)
		compared, skipped, runs = compared+r.compared, skipped+r.skipped, runs+r.calls
	})
	t.Logf("%d results compared, %d skipped, %d recordings", compared, skipped, runs)
	least := 6_000       // a third of what is usual: programs differ in length
	if testing.Short() { // rapid makes a fifth of them
		least /= 10
	}
	if compared < least || skipped > compared/20 {
		t.Errorf("%d results were compared, and %d skipped", compared, skipped)
	}
}

// FuzzReplay: what a recorded function gives at three points, one by one and as a batch,
// is what a fresh recording gives.
func FuzzReplay(f *testing.F) {
	for i, x := range append(Special(), 1, -1) {
		y := Special()[(i+5)%16]
		// Kinks, ties, poles and structural zeros.
		for _, p := range []Program{
			program(1, st(mul, 0, 0), st(apply, 1).of(ad.OpSqrt)),
			program(1, st(apply, 0).of(ad.OpLog), st(apply, 1).of(ad.OpExp)),
			program(1, st(constant).value(0), st(mul, 0, 1), st(apply2, 2, 0).of2(ad.OpMax)),
			program(1, st(constant).value(x), st(ifPos, 1, 0, 1), st(div, 0, 2), st(ifPos, 0, 3, 1)),
			program(1, st(neg, 0), st(sub, 1, 0), st(add, 2, 0), st(mul, 0, 3), st(sub, 4, 3)),
			program(1, st(constant).value(x), st(applyN, 0, 1, 0, 0).many(ad.OpDot), st(applyN, 2, 0, 1).many(ad.OpLogSumExp)),
		} {
			f.Add(Encode(p, []float64{x}), Encode(program(1, st(mul, 0, 0)), []float64{y}))
		}
	}
	f.Fuzz(func(t *testing.T, first, second []byte) {
		p, x := Decode(first)
		q, y := Decode(second)
		r := newReplayed(forked{p, q})
		r.t = t
		other := make([]float64, len(x))
		for i := range other {
			other[i] = y[i%len(y)]
		}
		moved := append([]float64(nil), x...)
		moved[0] = math.Nextafter(moved[0], 1)
		v := []float64{1, -0.5, 2}[:len(x)]
		w := []float64{1, 0.5, -1, 2, 0}
		points := [][]float64{x, other, moved, x}
		for _, point := range points {
			for _, operator := range replayOperators {
				r.check(operator, point, v, w)
			}
		}
		r.batch(points, w)
	})
}

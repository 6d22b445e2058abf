package reverse

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

// waves are n numbers of either sign, none of them round.
func waves(n int, phase float64) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = math.Sin(phase + 1.7*float64(i))
	}
	return v
}

// positive is a symmetric positive definite n×n matrix.
func positive(n int) []float64 {
	b, a := waves(n*n, 0.3), make([]float64, n*n)
	for i := range n {
		for j := range n {
			for k := range n {
				a[i*n+j] += b[i*n+k] * b[j*n+k]
			}
		}
		a[i*n+i] += 0.5
	}
	return a
}

// scalarCholesky is the factor of (a + aᵀ)/2.
func scalarCholesky[T ad.Scalar[T]](a []T, n int) []T {
	l := make([]T, n*n)
	for i := range n {
		for j := range i + 1 {
			s := a[i*n+j].Add(a[j*n+i]).Mul(ad.Const[T](0.5))
			for k := range j {
				s = s.Sub(l[i*n+k].Mul(l[j*n+k]))
			}
			if i == j {
				l[i*n+i] = ad.Sqrt(s)
			} else {
				l[i*n+j] = s.Div(l[j*n+j])
			}
		}
	}
	return l
}

// scalarSolve solves a·y = b for k right sides; the triangle is lower or upper, or
// upper or lower because it is transposed.
func scalarSolve[T ad.Scalar[T]](a, b []T, n, k int, upper, transposed bool) []T {
	at := func(i, j int) T {
		if transposed {
			i, j = j, i
		}
		return a[i*n+j]
	}
	y := make([]T, n*k)
	for c := range k {
		for step := range n {
			i := step
			if upper != transposed {
				i = n - 1 - step
			}
			s := b[i*k+c]
			for done := range step {
				j := done
				if upper != transposed {
					j = n - 1 - done
				}
				s = s.Sub(at(i, j).Mul(y[j*k+c]))
			}
			y[i*k+c] = s.Div(at(i, i))
		}
	}
	return y
}

// scalarLogDet eliminates without exchanges; the determinant is positive.
func scalarLogDet[T ad.Scalar[T]](a []T, n int) T {
	u, det := append([]T(nil), a...), ad.Const[T](1)
	for k := range n {
		for i := k + 1; i < n; i++ {
			f := u[i*n+k].Div(u[k*n+k])
			for j := k; j < n; j++ {
				u[i*n+j] = u[i*n+j].Sub(f.Mul(u[k*n+j]))
			}
		}
		det = det.Mul(u[k*n+k])
	}
	return ad.Log(det)
}

// alike holds an array operation against the same over scalars: value, gradient,
// JVP and HVP, twice on one tape.
func alike(t *testing.T, name string, shapes [][]int, points [][]float64, f func(x []Array) Array, scalar func(x []Var) []Var) {
	t.Helper()
	var point []float64
	for _, p := range points {
		point = append(point, p...)
	}
	v := waves(len(point), 1)
	tape := NewTape()
	for range 2 {
		tape.Reset()
		var x []Array
		var dx [][]float64
		at := 0
		for i, p := range points {
			x = append(x, tape.Param(p, nil, shapes[i]...))
			dx = append(dx, v[at:][:len(p)])
			at += len(p)
		}
		y := f(x)
		w := waves(y.Size(), 2)
		weighted := func(p []Var) Var {
			s := Var{}
			for k, y := range scalar(p) {
				s = s.Add(y.Mul(Var{}.Const(w[k])))
			}
			return s
		}
		optest.Equal(t, name+" value", y.Values(), values(scalar(constants(point))), rounding)
		optest.Equal(t, name+" JVP", y.JVP(x, dx), JVP(scalar, point, v), rounding)
		optest.Equal(t, name+" HVP", concat(y.HVP(w, x, dx)), HVP(weighted, point, v), rounding)
		y.BackwardFrom(w)
		var g []float64
		for _, x := range x {
			g = append(g, x.Grad()...)
		}
		optest.Equal(t, name+" gradient", g, Gradient(weighted, point), rounding)
	}
}

func constants(x []float64) []Var {
	v := make([]Var, len(x))
	for i, x := range x {
		v[i] = Var{value: x}
	}
	return v
}

func values(x []Var) []float64 {
	v := make([]float64, len(x))
	for i, x := range x {
		v[i] = x.value
	}
	return v
}

func concat(parts [][]float64) []float64 {
	var all []float64
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func TestLinearAlgebra(t *testing.T) {
	for n := range 6 {
		square := []int{n, n}
		spd := positive(n)
		alike(t, fmt.Sprintf("Cholesky %d", n), [][]int{square}, [][]float64{spd},
			func(x []Array) Array { return x[0].Cholesky() },
			func(x []Var) []Var { return scalarCholesky(x, n) })
		alike(t, fmt.Sprintf("LogDet %d", n), [][]int{square}, [][]float64{spd},
			func(x []Array) Array { return x[0].LogDet() },
			func(x []Var) []Var { return []Var{scalarLogDet(x, n)} })
		alike(t, fmt.Sprintf("Diag %d", n), [][]int{square}, [][]float64{spd},
			func(x []Array) Array { d := x[0].Diag(); return d.Mul(d) },
			func(x []Var) []Var {
				var d []Var
				for i := range n {
					d = append(d, x[i*n+i].Mul(x[i*n+i]))
				}
				return d
			})
		for _, s := range []struct {
			name              string
			f                 func(x, b Array) Array
			upper, transposed bool
		}{
			{"SolveLower", Array.SolveLower, false, false},
			{"SolveLowerT", Array.SolveLowerT, false, true},
			{"SolveUpper", Array.SolveUpper, true, false},
			{"SolveUpperT", Array.SolveUpperT, true, true},
		} {
			for _, right := range [][]int{{n}, {n, 1}, {n, 3}, {n, 0}} {
				k := 1
				if len(right) == 2 {
					k = right[1]
				}
				alike(t, fmt.Sprint(s.name, right), [][]int{square, right}, [][]float64{spd, waves(n*k, 4)},
					func(x []Array) Array { return s.f(x[0], x[1]) },
					func(x []Var) []Var { return scalarSolve(x[:n*n], x[n*n:], n, k, s.upper, s.transposed) })
			}
		}
	}
}

// TestLinearAlgebraValues holds larger values against gonum.
func TestLinearAlgebraValues(t *testing.T) {
	const n = 40
	spd, b := positive(n), waves(n*3, 5)
	tape := NewTape()
	x, right := tape.Const(spd, n, n), tape.Const(b, n, 3)
	var want mat.Cholesky
	if !want.Factorize(mat.NewSymDense(n, spd)) {
		t.Fatal("not positive definite")
	}
	var l mat.TriDense
	want.LTo(&l)
	factor := x.Cholesky()
	optest.Equal(t, "Cholesky", factor.Values(), entries(&l), cmpopts.EquateApprox(1e-11, 1e-11))
	var y mat.Dense
	if err := want.SolveTo(&y, mat.NewDense(n, 3, b)); err != nil {
		t.Fatal(err)
	}
	optest.Equal(t, "solution", factor.SolveLowerT(factor.SolveLower(right)).Values(), entries(&y), cmpopts.EquateApprox(1e-9, 1e-9))
	general := make([]float64, n*n)
	for i := range general {
		general[i] = math.Sin(0.37 * float64(i*i))
	}
	log, sign := mat.LogDet(mat.NewDense(n, n, general))
	if sign < 0 { // exchange two rows
		for j := range n {
			general[j], general[n+j] = general[n+j], general[j]
		}
	}
	for name, c := range map[string]struct{ got, want float64 }{
		"LogDet of a definite matrix": {x.LogDet().Value(), want.LogDet()},
		"by the factor":               {ad.Log(factor.Diag()).Sum().Scale(2).Value(), want.LogDet()},
		"LogDet of a general one":     {tape.Const(general, n, n).LogDet().Value(), log},
	} {
		if !(math.Abs(c.got-c.want) <= 1e-11*math.Abs(c.want)) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
}

// TestLinearAlgebraEdges: what is not positive definite is NaN, and what is not read
// may be anything.
func TestLinearAlgebraEdges(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	tape := NewTape()
	for _, a := range [][]float64{
		{1, 2, 2, 1}, {0, 0, 0, 1}, {-1, 0, 0, 1}, {1, 1, 1, 1}, {nan, 0, 0, 1}, {1, 0, nan, 1}, {inf, 0, 0, 1}, {1, 0, inf, 1},
	} {
		x := tape.Param(a, nil, 2, 2)
		l := x.Cholesky()
		l.BackwardFrom([]float64{1, 1, 1, 1})
		v := append(append(l.Values(), x.Grad()...), l.JVP([]Array{x}, [][]float64{{1, 0, 0, 1}})...)
		for _, v := range v {
			if v == v {
				t.Errorf("Cholesky of %v: %v, gradient %v", a, l.Values(), x.Grad())
				break
			}
		}
	}
	x := tape.Param([]float64{4, nan, 2, 5}, nil, 2, 2)
	optest.Equal(t, "the lower triangle", x.Cholesky().Values(), []float64{2, 0, 1, 2}, rounding)
	b := tape.Const([]float64{4, 9})
	y := x.SolveLower(b)
	optest.Equal(t, "SolveLower", y.Values(), []float64{1, 1.4}, rounding)
	y.BackwardFrom([]float64{1, 1})
	if g := x.Grad()[1]; g != 0 {
		t.Errorf("gradient %v above the diagonal", g)
	}
	for _, c := range []struct {
		a    []float64
		want float64
	}{
		{[]float64{0, 1, 1, 0}, nan}, {[]float64{1, 2, 2, 4}, math.Inf(-1)}, {[]float64{0, -2, 3, 0}, math.Log(6)},
		{[]float64{1e200, 0, 0, 1e200}, 400 * math.Ln10}, {[]float64{nan, 0, 0, 1}, nan}, {nil, 0},
	} {
		n := int(math.Sqrt(float64(len(c.a))))
		x := tape.Param(c.a, nil, n, n)
		y := x.LogDet()
		if got := y.Value(); !(math.Abs(got-c.want) <= 1e-13*math.Abs(c.want)) && got != c.want && (got == got || c.want == c.want) {
			t.Errorf("LogDet of %v: %v, want %v", c.a, got, c.want)
		}
		y.Backward()
		for _, g := range x.Grad() {
			if (g-g == 0) != (c.want-c.want == 0) {
				t.Errorf("LogDet of %v is %v, gradient %v", c.a, y, x.Grad())
			}
		}
	}
}

func TestLinearAlgebraSteadyState(t *testing.T) {
	const n = 5
	tape, spd, b := NewTape(), positive(n), waves(2*n, 1)
	gx, gb := make([]float64, n*n), make([]float64, 2*n)
	step := func() {
		tape.Reset()
		x, right := tape.Param(spd, gx, n, n), tape.Param(b, gb, n, 2)
		l := x.Cholesky()
		y := l.SolveLowerT(l.SolveLower(right))
		y.Mul(y).Sum().Add(x.LogDet()).Add(ad.Log(l.Diag()).Sum()).Backward()
	}
	step()
	if n := memtest.Allocations(100, step); n != 0 {
		t.Errorf("%v allocations in a step", n)
	}
}

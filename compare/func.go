package compare

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// Func is one function in every form that the judge needs: over plain floats for
// differences, over dual and hyper-dual numbers, over tape variables and over
// expressions. The forms are usually instances of one generic function.
type Func struct {
	// Name is what reports call the function.
	Name string

	// AllowUndecided lets Test pass points where nothing that was compared is evidence.
	AllowUndecided bool

	scalar  bool            // it has a single result, and so a gradient and a Hessian
	written [methods]string // where the forms are written, as file:line; "" if it is not known
	real    func([]numeric.Real) []numeric.Real
	number  func([]dual.Number) []dual.Number
	hyper   func([]dual.Hyper) []dual.Hyper
	tape    func([]reverse.Var) []reverse.Var
	paper   func([]symbolic.Expr) []symbolic.Expr
}

// New returns the function of that name. Given a generic function five times,
// the compiler infers its instances. A form that is nil is left out of judgement, and
// Report.Lacks names it: a function over ad.Ordered has none on paper. Without real,
// differences are taken of the values of number, or else of tape.
func New(
	name string,
	real func([]numeric.Real) numeric.Real,
	number func([]dual.Number) dual.Number,
	hyper func([]dual.Hyper) dual.Hyper,
	tape func([]reverse.Var) reverse.Var,
	paper func([]symbolic.Expr) symbolic.Expr,
) Func {
	f := NewVector(name, one(real), one(number), one(hyper), one(tape), one(paper))
	f.scalar = true
	f.written = written(real, number, tape, paper)
	return f
}

// written returns where functions are written, as file:line.
func written(forms ...any) (places [methods]string) {
	for m, f := range forms {
		v := reflect.ValueOf(f)
		if v.IsNil() {
			continue
		}
		file, line := runtime.FuncForPC(v.Pointer()).FileLine(v.Pointer())
		if !strings.HasSuffix(file, "/compare/func.go") { // of a row that is checked by itself
			places[m] = fmt.Sprintf("%s:%d", file, line)
		}
	}
	return places
}

// NewVector returns the function of that name with many results. It has a
// Jacobian, and no gradient or Hessian. As with New, forms may be nil.
func NewVector(
	name string,
	real func([]numeric.Real) []numeric.Real,
	number func([]dual.Number) []dual.Number,
	hyper func([]dual.Hyper) []dual.Hyper,
	tape func([]reverse.Var) []reverse.Var,
	paper func([]symbolic.Expr) []symbolic.Expr,
) Func {
	return Func{Name: name, real: real, number: number, hyper: hyper, tape: tape, paper: paper, written: written(real, number, tape, paper)}
}

// Elementary returns the function that a row of one variable describes, so that
// a user's own ad.Func can be checked: its Value, Slope, Curve and Text against
// each other.
func Elementary(row *ad.Func) Func {
	op := ad.NewOp(row)
	return New(row.Name, applied[numeric.Real](op), applied[dual.Number](op), applied[dual.Hyper](op),
		applied[reverse.Var](op), applied[symbolic.Expr](op))
}

// Elementary2 returns the function that a row of two variables describes.
func Elementary2(row *ad.Func2) Func {
	op := ad.NewOp2(row)
	return New(row.Name, applied2[numeric.Real](op), applied2[dual.Number](op), applied2[dual.Hyper](op),
		applied2[reverse.Var](op), applied2[symbolic.Expr](op))
}

func applied[T ad.Scalar[T]](op ad.Op) func([]T) T {
	return func(x []T) T { return x[0].Apply(op) }
}

func applied2[T ad.Scalar[T]](op ad.Op2) func([]T) T {
	return func(x []T) T { return x[0].Apply2(op, x[1]) }
}

// plain returns the function over plain numbers: where it has no such form, by the
// values of another one.
func (fn Func) plain() func([]numeric.Real) []numeric.Real {
	switch {
	case fn.real != nil:
		return fn.real
	case fn.number != nil:
		return valuesOf(fn.number)
	case fn.tape != nil:
		return valuesOf(fn.tape)
	}
	panic("compare: Check of " + fn.Name + ", which has no form over numbers")
}

func valuesOf[T ad.Ordered[T]](f func([]T) []T) func([]numeric.Real) []numeric.Real {
	return func(x []numeric.Real) []numeric.Real {
		in := make([]T, len(x))
		for i, v := range x {
			in[i] = ad.Const[T](float64(v))
		}
		var out []numeric.Real
		for _, y := range f(in) {
			out = append(out, numeric.Real(y.Float()))
		}
		return out
	}
}

// one makes a function of one result one of many. No function remains none.
func one[T any](f func([]T) T) func([]T) []T {
	if f == nil {
		return nil
	}
	return func(x []T) []T { return []T{f(x)} }
}

// first makes a function of many results one of its first.
func first[T any](f func([]T) []T) func([]T) T {
	if f == nil {
		return nil
	}
	return func(x []T) T { return f(x)[0] }
}

// weightedSum makes a function of many results the sum of them, weighted with w.
func weightedSum[T ad.Scalar[T]](f func([]T) []T, w []float64) func([]T) T {
	if f == nil {
		return nil
	}
	return func(x []T) T {
		sum := ad.Const[T](0)
		for k, y := range f(x) {
			sum = sum.Add(y.Mul(ad.Const[T](w[k])))
		}
		return sum
	}
}

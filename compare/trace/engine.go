package trace

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"

	"github.com/quartet-ad/ad"
)

// A Function is what is traced: any function that is generic over ad.Scalar or ad.Ordered
// has an instance of this type.
type Function = func(x []Number) Number

// most is how many operations are traced, and how many operands they may have together.
const most = 1 << 12

// tooLong is what a run panics with that has more.
type tooLong struct{}

// An engine runs a function on the numbers T: a machine.
type engine[T ad.Scalar[T]] struct {
	v    []T // of every line
	size int // operands of all operations
	args []T // of one operation

	log    *[]step   // or nil
	places bool      // steps say where in Go code they are
	known  []float64 // the values of every line at the point, or nil
	looked *bool     // that the function has looked at values, or nil
}

// A step is what is noted of one operation.
type step struct {
	operation
	x     []Number
	place string // "file.go:12", if the function is Go code
}

// start returns the function's argument.
func (e *engine[T]) start(x []T) []Number {
	vars := make([]Number, len(x))
	e.v = append(e.v[:0], x...)
	for i := range x {
		vars[i] = Number{run: e, at: i}
	}
	return vars
}

func (e *engine[T]) perform(o operation, x []Number) Number {
	e.args = e.args[:0]
	for _, a := range x {
		e.args = append(e.args, e.lift(a))
	}
	if e.size += len(x); len(e.v) > most || e.size > 4*most {
		panic(tooLong{})
	}
	e.v = append(e.v, of(o, e.args))
	if e.log != nil {
		s := step{operation: o, x: append([]Number(nil), x...)}
		if e.places {
			s.place = caller()
		}
		*e.log = append(*e.log, s)
	}
	return Number{run: e, at: len(e.v) - 1}
}

// lift returns what a Number is in this engine.
func (e *engine[T]) lift(x Number) T {
	if x.run == nil {
		return ad.Const[T](x.c)
	}
	if x.run != machine(e) {
		panic("trace: a Number of one run was used in another: the function must not keep its numbers")
	}
	return e.v[x.at]
}

func (e *engine[T]) less(x, y Number) bool {
	if e.known != nil {
		return e.float(x) < e.float(y)
	}
	e.look()
	return any(e.lift(x)).(interface{ Less(T) bool }).Less(e.lift(y))
}

func (e *engine[T]) float(x Number) float64 {
	if x.run == nil {
		return x.c
	}
	if e.known != nil {
		return e.known[x.at]
	}
	e.look()
	return any(e.lift(x)).(interface{ Float() float64 }).Float()
}

func (e *engine[T]) look() {
	if e.looked != nil {
		*e.looked = true
	}
}

// over returns the function over the numbers of an engine.
func over[T ad.Scalar[T]](f Function) func([]T) T {
	return func(x []T) T {
		e := new(engine[T])
		return e.lift(f(e.start(x)))
	}
}

// at is over for a run at the point, where the values of all lines are known.
func at[T ad.Scalar[T]](f Function, known []float64, see func(lines []T)) func([]T) T {
	return func(x []T) T {
		e := &engine[T]{known: known}
		y := e.lift(f(e.start(x)))
		if see != nil {
			see(e.v)
		}
		return y
	}
}

// inside are the packages whose code is not the user's.
var inside = [...]string{"github.com/quartet-ad/ad.", "github.com/quartet-ad/ad/compare/trace.", "github.com/quartet-ad/ad/symbolic."}

// caller returns the place of the statement that asked for an operation: "file.go:12". It
// is "" if none but this module has asked.
func caller() string {
	var pcs [24]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(4, pcs[:])])
	for {
		f, more := frames.Next()
		ours := false
		for _, p := range inside {
			ours = ours || strings.HasPrefix(f.Function, p)
		}
		if !ours || strings.HasSuffix(f.File, "_test.go") {
			if f.File == "" || strings.HasPrefix(f.Function, "runtime.") {
				return ""
			}
			return f.File[strings.LastIndexByte(f.File, '/')+1:] + ":" + strconv.Itoa(f.Line)
		}
		if !more {
			return ""
		}
	}
}

// attempt runs f and returns what it panics with as an error.
func attempt(what string, f func()) (err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case tooLong:
			err = fmt.Errorf("%s: more than %d operations, or too many operands; explain a smaller function, or one of fewer inputs", what, most)
		default:
			err = fmt.Errorf("%s: %v", what, p)
		}
	}()
	f()
	return nil
}

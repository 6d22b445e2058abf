package compare

import (
	"cmp"
	"math"
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare/internal/rounding"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// traced returns where a method that is wrong by itself first goes astray: the first
// operation that the methods differ about when all are given the same operations, or else
// the first that the tape executes in another way than the formula says. Where there is
// neither, the form that the method was given is another function.
func (j *judgement) traced(disagree disagreement, method string) []Place {
	t := j.e.trace
	if t == nil || j.report.Class == Undefined {
		return nil
	}
	d := divergence{e: j.e, seen: map[int]*Finding{}}
	for _, k := range t.Results() {
		if k >= 0 && d.at(k) != nil {
			return []Place{d.place(d.first(k))}
		}
	}
	if disagree[Reverse] != [methods + 1]bool{} {
		if places := j.e.misexecuted(); places != nil {
			return places
		}
	}
	return j.otherForm(method)
}

// formNames are the number types of the forms of a function.
var formNames = [methods]string{"numeric.Real", "dual.Number", "reverse.Var", "symbolic.Expr"}

// otherForm returns the form of the function that the method was given, and the first
// finding about it. It must have another value, or be written by itself: of one generic
// function the mechanism is wrong, in what no statement shows.
func (j *judgement) otherForm(method string) []Place {
	fn := j.e.fn
	for _, f := range j.report.Findings {
		for _, m := range [...]Method{f.A, f.B} {
			other := f.A + f.B - m
			if m.String() != method || other >= methods || f.Operator != j.e.value.operator && fn.written[m] == fn.written[other] {
				continue
			}
			return []Place{{
				Operation: fn.Name, Args: j.e.x, Column: "the form over " + formNames[m], Defined: fn.written[m],
				Quantity: f.Operator + " " + f.Entry, A: f.A, B: f.B, ValueA: f.ValueA, ValueB: f.ValueB,
			}}
		}
	}
	return nil
}

// A divergence is a search for the first statement of a trace that the exact methods
// differ about, where each runs the statements that lead to it.
type divergence struct {
	e    *evidence
	seen map[int]*Finding
}

// at returns how the methods differ about a statement, nil if they do not.
func (d *divergence) at(k int) *Finding {
	t, x := d.e.trace, d.e.x
	if f, ok := d.seen[k]; ok || k < len(t.X) {
		return f
	}
	fn := New("", again[numeric.Real](t, k), again[dual.Number](t, k), again[dual.Hyper](t, k), again[reverse.Var](t, k), again[symbolic.Expr](t, k))
	if !d.e.paper {
		fn.paper = nil
	}
	if d.e.fn.number == nil {
		fn.number = nil
	}
	if d.e.fn.hyper == nil {
		fn.hyper = nil
	}
	if d.e.fn.tape == nil {
		fn.tape = nil
	}
	e, r := gather(fn, x), Report{}
	e.limits()
	j := judgement{e: e, report: &r}
	j.exact(&e.value, &e.jacobian, &e.jvp, &e.vjp)
	if r.agreed() && e.curved {
		e.gatherSecond()
		e.limitsSecond()
		j.exact(&e.gradient, &e.hessian, &e.hvp)
	}
	d.seen[k] = nil
	if !r.agreed() {
		d.seen[k] = &r.Findings[0]
	}
	return d.seen[k]
}

// again returns the function that executes the statements of a trace up to k once more.
func again[T ad.Scalar[T]](t *rounding.Trace, k int) func([]T) T {
	return func(x []T) T {
		values := append(make([]T, 0, k+1), x...)
		operand := func(id int32, v float64) T {
			if id >= 0 {
				return values[id]
			}
			return ad.Const[T](v)
		}
		for i := len(t.X); i <= k; i++ {
			s := &t.Statements[i]
			a := operand(s.A, s.VA)
			switch s.Kind {
			case rounding.Neg:
				a = a.Neg()
			case rounding.Apply:
				a = a.Apply(s.Op)
			default:
				switch b := operand(s.B, s.VB); s.Kind {
				case rounding.Add:
					a = a.Add(b)
				case rounding.Sub:
					a = a.Sub(b)
				case rounding.Mul:
					a = a.Mul(b)
				case rounding.Div:
					a = a.Div(b)
				default:
					a = a.Apply2(s.Op2, b)
				}
			}
			values = append(values, a)
		}
		return values[k]
	}
}

// steps is how many statements are asked about on the way from one that is known to
// diverge to one whose operands do not.
const steps = 64

// first returns a statement before k, or k itself, which diverges while its operands do
// not. It halves the trace until one that diverges follows one that does not, and goes on
// to the operands of that.
func (d *divergence) first(k int) int {
	for lo := len(d.e.x) - 1; k-lo > 1; {
		if m := lo + (k-lo)/2; d.at(m) != nil {
			k = m
		} else {
			lo = m
		}
	}
	for range steps {
		s := &d.e.trace.Statements[k]
		switch {
		case s.A >= 0 && d.at(int(s.A)) != nil:
			k = int(s.A)
		case s.B >= 0 && d.at(int(s.B)) != nil:
			k = int(s.B)
		default:
			return k
		}
	}
	return k
}

// place returns the place of a statement that diverges.
func (d *divergence) place(k int) Place {
	s, f := &d.e.trace.Statements[k], d.at(k)
	p := Place{Operation: s.Name(), Args: s.Args(), Quantity: f.Operator + " up to here", A: f.A, B: f.B, ValueA: f.ValueA, ValueB: f.ValueB}
	d.e.locate(&p, s.V)
	return p
}

// A made is a value that a formula makes, and the slopes of the statement that makes it;
// without their signs, which a formula may move.
type made struct{ v, x, y float64 }

// made returns all of them, the smallest first.
func (e *evidence) made() []made {
	var list []made
	for i := range e.trace.Statements {
		s := &e.trace.Statements[i]
		if x, y := s.Slopes(); s.V == s.V {
			list = append(list, made{math.Abs(s.V), math.Abs(x), math.Abs(y)})
		}
	}
	slices.SortFunc(list, func(a, b made) int { return cmp.Compare(a.v, b.v) })
	return list
}

// equalSize reports whether two magnitudes are the same but for the order of operations.
func equalSize(a, b float64) bool { return same(a, b) || math.Abs(a-b) <= 0x1p-30*(a+b) }

// misexecuted returns the first operation of the tape that no statement of the formula
// has the value of, or an elementary function whose slopes none has.
func (e *evidence) misexecuted() []Place {
	known := e.made()
	for k, op := range e.executed() {
		if op.Name == "array" || op.Name == "neg" || len(op.Operands) > 2 || op.Value != op.Value {
			continue
		}
		p := Place{Operation: op.Name, A: Reverse, B: Symbolic, Quantity: "the value", ValueA: op.Value, ValueB: math.NaN()}
		slopes := [2]float64{}
		for i, o := range op.Operands {
			p.Args = append(p.Args, o.Value)
			if o.Index >= -len(e.x) {
				slopes[i] = math.Abs(o.Slope)
			}
		}
		v, right := math.Abs(op.Value), false
		at, _ := slices.BinarySearchFunc(known, v*(1-0x1p-29), func(m made, v float64) int { return cmp.Compare(m.v, v) })
		for ; at < len(known) && !right && (known[at].v <= v || equalSize(known[at].v, v)); at++ {
			if m := known[at]; equalSize(m.v, v) {
				p.Quantity, p.ValueA, p.ValueB = "the slope", max(slopes[0], slopes[1]), max(m.x, m.y)
				right = arithmetic(op.Name) || equalSize(m.x, slopes[0]) && equalSize(m.y, slopes[1]) || equalSize(m.x, slopes[1]) && equalSize(m.y, slopes[0])
			}
		}
		if !right {
			p.File, p.Line = e.source(k)
			return []Place{p}
		}
	}
	return nil
}

func arithmetic(name string) bool {
	return slices.Contains([]string{"add", "sub", "mul", "div"}, name)
}

package reverse

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse/internal/program"
)

// Var is a number that is recorded on a tape: a value and the slot of the
// statement that computed it. Its zero value is the constant 0. A constant has
// no tape and is not recorded; it joins the tape of what it meets.
type Var struct {
	tape  *tape
	id    uint64 // the tape's generation in the upper half, the slot in the lower
	value float64
}

// slot returns the place of x on its tape, 0 for a constant.
func (x Var) slot() uint32 { return uint32(x.id) }

// IsConst reports whether x is a constant: whether nothing that is being
// differentiated went into it.
func (x Var) IsConst() bool { return x.tape == nil }

// String returns the value.
func (x Var) String() string { return fmt.Sprint(x.value) }

// Arithmetic is where a scalar program spends its time, so that each of these
// four methods records its statement in place where both operands are live on
// one tape, and leaves everything else to recordBinary.

// Add returns x + y.
func (x Var) Add(y Var) Var {
	t := x.tape
	if t == nil || t != y.tape || ((x.id^t.gen)|(y.id^t.gen))>>32 != 0 {
		return recordBinary(program.Add, x, y, x.value+y.value, 1, 1)
	}
	n, c := t.n, t.cur
	c.edges[n%chunkLen] = edgePair{1, 1, x.slot(), y.slot()}
	c.op[n%chunkLen] = program.Add
	v := x.value + y.value
	c.value[n%chunkLen] = v
	t.n = n + 1
	if t.n%chunkLen == 0 {
		t.nextChunk()
	}
	return Var{t, t.gen | uint64(n), v}
}

// Sub returns x - y.
func (x Var) Sub(y Var) Var {
	t := x.tape
	if t == nil || t != y.tape || ((x.id^t.gen)|(y.id^t.gen))>>32 != 0 {
		return recordBinary(program.Sub, x, y, x.value-y.value, 1, -1)
	}
	n, c := t.n, t.cur
	c.edges[n%chunkLen] = edgePair{1, -1, x.slot(), y.slot()}
	c.op[n%chunkLen] = program.Sub
	v := x.value - y.value
	c.value[n%chunkLen] = v
	t.n = n + 1
	if t.n%chunkLen == 0 {
		t.nextChunk()
	}
	return Var{t, t.gen | uint64(n), v}
}

// Mul returns x * y.
func (x Var) Mul(y Var) Var {
	t := x.tape
	if t == nil || t != y.tape || ((x.id^t.gen)|(y.id^t.gen))>>32 != 0 {
		return recordBinary(program.Mul, x, y, float64(x.value*y.value), y.value, x.value)
	}
	n, c := t.n, t.cur
	c.edges[n%chunkLen] = edgePair{y.value, x.value, x.slot(), y.slot()}
	c.op[n%chunkLen] = program.Mul
	v := float64(x.value * y.value) // not fused with a later sum
	c.value[n%chunkLen] = v
	t.n = n + 1
	if t.n%chunkLen == 0 {
		t.nextChunk()
	}
	return Var{t, t.gen | uint64(n), v}
}

// Div returns x / y.
func (x Var) Div(y Var) Var {
	q, dx, dy := divide(x.value, y.value)
	return recordBinary(program.Div, x, y, q, dx, dy)
}

// divide returns x / y and its slopes.
func divide(x, y float64) (q, dx, dy float64) {
	q, dx = x/y, 1/y
	dy = -q * dx
	if dy != dy { // 0 times an infinity that overflow made, perhaps
		dy = -q / y
	}
	return q, dx, dy
}

// recordBinary records an operation of any two operands: where one is a constant, its value
// takes the place of its slope. It panics where two operands do not belong together.
func recordBinary(op program.Op, x, y Var, v, dx, dy float64) Var {
	t := x.tape
	switch {
	case y.tape == nil && x.alive():
		dy = y.value
	case t == nil && y.alive():
		t = y.tape
		dx = x.value
	case join(x, y) == nil:
		return Var{value: v}
	}
	return t.append(op, v, dx, dy, x.slot(), y.slot())
}

// alive reports whether x lies on a tape and has not outlived it.
func (x Var) alive() bool { return x.tape != nil && (x.id^x.tape.gen)>>32 == 0 }

// join returns the tape of x and y, nil if both are constants. It panics if one
// outlived its tape, or if they have different ones.
func join(x, y Var) *tape {
	for _, v := range [...]Var{x, y} {
		if v.tape != nil && !v.alive() {
			panic(fmt.Sprintf("reverse: a Var (value %v) was kept past the end of its derivative", v.value))
		}
	}
	switch {
	case x.tape == nil:
		return y.tape
	case y.tape != nil && y.tape != x.tape:
		panic("reverse: a variable of another derivative got into the function (nested captures); " +
			"use Hessian or HVP for second derivatives, package symbolic to nest them, " +
			"or dual.DerivativeOf, GradientOf or JVPOf over Var, where what is captured is lifted (Of.Lift)")
	}
	return x.tape
}

// Neg returns -x.
func (x Var) Neg() Var {
	if x.tape == nil {
		return Var{value: -x.value}
	}
	join(x, x)
	return x.tape.append(program.Neg, -x.value, -1, 0, x.slot(), 0)
}

// IfPos returns a where x is positive, b where it is zero or negative, and NaN
// where it is NaN.
func (x Var) IfPos(a, b Var) Var {
	join(x, a)
	join(x, b)
	if x.tape != nil && x.tape.recording {
		return x.tape.choose(x, a, b)
	}
	switch {
	case x.value > 0:
		return a
	case x.value <= 0:
		return b
	}
	nan := math.NaN()
	if t := join(a, b); t != nil {
		return t.append(program.NaN, nan, nan, nan, a.slot(), b.slot())
	}
	return Var{value: nan}
}

// Const returns the constant c.
func (Var) Const(c float64) Var { return Var{value: c} }

// Float returns the value without its derivative: a stop-gradient. See
// ad.Ordered. What is computed from it belongs to one point: a function that calls
// Float of what depends on its inputs cannot be replayed; see Record.
func (x Var) Float() float64 {
	if x.tape != nil && x.tape.recording {
		x.tape.unfit = Floated
	}
	return x.value
}

// Less reports whether the value of x is less than that of y.
func (x Var) Less(y Var) bool {
	less := x.value < y.value
	if t := firstOf(x, y); t != nil && t.recording {
		t.guards = append(t.guards, guard{x, y, less})
	}
	return less
}

// firstOf returns the tape of x, or else that of y.
func firstOf(x, y Var) *tape {
	if x.tape != nil {
		return x.tape
	}
	return y.tape
}

// Apply returns the elementary function op of x.
func (x Var) Apply(op ad.Op) Var {
	f := (*rule.Func)(op.Func())
	v := f.Value(x.value)
	t := x.tape
	if t == nil {
		return Var{value: v}
	}
	join(x, x)
	k := len(t.rows)
	if k == 0 || t.rows[k-1] != f {
		t.rows = append(t.rows, f)
		k++
	}
	return t.append(program.Apply.With(k-1), v, f.Slope(x.value, v), 0, x.slot(), 0)
}

// Apply2 returns the elementary function op of x and y.
func (x Var) Apply2(op ad.Op2, y Var) Var {
	f := (*rule.Func2)(op.Func())
	v := f.Value(x.value, y.value)
	t := join(x, y)
	if t == nil {
		return Var{value: v}
	}
	dx, dy := x.value, y.value
	if x.tape != nil {
		dx = f.SlopeX(x.value, y.value, v)
	}
	if y.tape != nil {
		dy = f.SlopeY(x.value, y.value, v)
	}
	k := len(t.rows2)
	if k == 0 || t.rows2[k-1] != f {
		t.rows2 = append(t.rows2, f)
		k++
	}
	return t.append(program.Apply2.With(k-1), v, dx, dy, x.slot(), y.slot())
}

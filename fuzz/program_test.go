package fuzz

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
)

// TestEval holds a program against the same function written in Go.
func TestEval(t *testing.T) {
	p := program(2,
		st(loop, 0).times(3, st(mul, 2, 1), st(apply, 3).of(ad.OpSin)),
		st(constant).value(0.5),
		st(applyN, 2, 3, 1, 0).many(ad.OpDot),
		st(ifPos, 4, 4, 3),
	)
	for _, x := range [][]float64{{1, 2}, {-1, 2}, {0.3, -0.7}} {
		z := x[0]
		for range 3 {
			z = math.Sin(z * x[1])
		}
		want := z*x[1] + 0.5*x[0]
		if !(want > 0) {
			want = 0.5
		}
		if got := Eval(p, []ad.Real{ad.Real(x[0]), ad.Real(x[1])}); math.Abs(float64(got)-want) > 1e-15 {
			t.Errorf("at %v: %v, want %v", x, got, want)
		}
	}
	defer func() {
		if got, want := recover(), "fuzz: Eval of a program of 2 inputs at 1 numbers"; got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}()
	Eval(p, []ad.Real{1})
}

// program and st write programs down.
func program(inputs int, body ...statement) Program { return Program{inputs, body} }

func st(k kind, args ...int) statement {
	for i, op := range operations {
		if op.kind == k {
			return statement{op: i, args: args}
		}
	}
	panic("no such operation")
}

func (s statement) of(op ad.Op) statement     { return s.find(operation{kind: apply, one: op}) }
func (s statement) of2(op ad.Op2) statement   { return s.find(operation{kind: apply2, two: op}) }
func (s statement) many(op ad.OpN) statement  { return s.find(operation{kind: applyN, many: op}) }
func (s statement) value(c float64) statement { s.c = c; return s }
func (s statement) times(n int, body ...statement) statement {
	s.rounds, s.body = n, body
	return s
}

func (s statement) find(want operation) statement {
	for i, op := range operations {
		if op.weight = 0; op == want {
			s.op = i
			return s
		}
	}
	panic("no such operation")
}

package program

import (
	"fmt"
	"testing"

	"github.com/quartet-ad/ad/internal/rule"
)

// TestBuilder: what becomes of recordings.
func TestBuilder(t *testing.T) {
	for _, c := range []struct {
		name  string
		build func(b *Builder, x, y int32) []int32
		code  []string
		saved Savings
	}{
		{"shared", func(b *Builder, x, y int32) []int32 {
			return []int32{b.Op(Mul, x, y), b.Op(Mul, y, x)}
		}, []string{"mul"}, Savings{Recorded: 2, Kept: 1, Shared: 1}},
		{"square", func(b *Builder, x, y int32) []int32 {
			return []int32{b.Op(Mul, x, x)}
		}, []string{"square"}, Savings{Recorded: 1, Kept: 1}},
		{"folded", func(b *Builder, x, y int32) []int32 {
			return []int32{b.Op(Neg, b.Op(Neg, b.Op(Mul, x, b.Const(1)), 0), 0)}
		}, []string{}, Savings{Recorded: 3, Folded: 2, Dead: 1}},
		{"not folded", func(b *Builder, x, y int32) []int32 {
			return []int32{b.Op(Add, x, b.Const(0)), b.Op(Mul, x, b.Const(0))}
		}, []string{"add", "mul"}, Savings{Recorded: 2, Kept: 2}},
		{"dead", func(b *Builder, x, y int32) []int32 {
			b.Apply(rule.Sin, x)
			return []int32{b.Apply(rule.Exp, y)}
		}, []string{"exp"}, Savings{Recorded: 2, Kept: 1, Dead: 1}},
		{"guarded", func(b *Builder, x, y int32) []int32 {
			b.Guard(b.Apply(rule.Sin, x), y, true)
			return []int32{x}
		}, []string{"sin"}, Savings{Recorded: 1, Kept: 1}},
		{"merged", func(b *Builder, x, y int32) []int32 {
			xy := b.Op(Mul, x, y)
			return []int32{b.Op(Add, b.Op(Sub, b.Apply(rule.Sin, x), xy), b.Op(Mul, y, b.Const(3)))}
		}, []string{"mul", "sin", "dot"}, Savings{Recorded: 5, Kept: 3, Merged: 2}},
		{"choice", func(b *Builder, x, y int32) []int32 {
			return []int32{b.Choose(x, b.Apply(rule.Log, x), y), b.Choose(x, b.Apply(rule.Log, x), y)}
		}, []string{"log", "choose"}, Savings{Recorded: 4, Kept: 2, Shared: 2}},
		{"lists", func(b *Builder, x, y int32) []int32 {
			list := []int32{x, y, b.Const(2)}
			return []int32{b.Nary(rule.LogSumExp, list, nil), b.Nary(rule.LogSumExp, list, nil), b.Nary(rule.Norm2, list, nil)}
		}, []string{"logsumexp", "norm2"}, Savings{Recorded: 3, Kept: 2, Shared: 1}},
	} {
		b := NewBuilder(2)
		p := b.Program(c.build(b, b.Input(0), b.Input(1)))
		var code []string
		for _, in := range p.Code {
			code = append(code, p.NameOf(in))
		}
		if fmt.Sprint(code) != fmt.Sprint(c.code) {
			t.Errorf("%s: %v, want %v", c.name, code, c.code)
		}
		if p.Saved != c.saved {
			t.Errorf("%s: saved %+v, want %+v", c.name, p.Saved, c.saved)
		}
		for _, place := range p.Results {
			if place < 1 || int(place) >= p.Size() {
				t.Errorf("%s: a result at place %d of %d", c.name, place, p.Size())
			}
		}
	}
}

// TestPatterns: both branches of a choice count, and what it goes by does not.
func TestPatterns(t *testing.T) {
	b := NewBuilder(4)
	x := func(i int) int32 { return b.Input(i) }
	sum := b.Nary(rule.Sum, []int32{x(0), x(1)}, nil)
	p := b.Program([]int32{
		b.Choose(x(3), b.Op(Mul, x(0), x(1)), x(2)),
		b.Nary(rule.SumSq, []int32{sum, x(2)}, nil),
		b.Const(7),
	})
	if got, want := p.JacobianPattern().String(), "×××·\n×××·\n····"; got != want {
		t.Errorf("Jacobian\n%s\nwant\n%s", got, want)
	}
	if got, want := p.HessianPattern().String(), "××··\n××··\n··×·\n····"; got != want {
		t.Errorf("Hessian\n%s\nwant\n%s", got, want)
	}
}

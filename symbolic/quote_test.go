package symbolic

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/quartet-ad/ad"
)

// TestLongErrors: whatever a text or a name is, what is said about it is short and
// can be printed.
func TestLongErrors(t *testing.T) {
	const n = 1<<20 - 64
	long := func(unit string) string { return strings.Repeat(unit, n/len(unit)) }
	big := Var("x")
	for range 15 {
		big = big.Mul(big.Add(number(1)))
	}
	slope := func(x, y float64) float64 { return 1 }
	own := &ad.Func{Name: long("\x01"), Value: math.Sin, Slope: slope}
	bad := &ad.Func{Name: long("ж"), Value: math.Sin, Slope: slope, Text: long("y") + "("}
	for what, f := range map[string]func() error{
		"an unknown function":  func() error { _, err := Parse(long("f") + "(x)"); return err },
		"letters of two bytes": func() error { _, err := Parse("f" + long("ж") + "(x)"); return err },
		"a number too large":   func() error { _, err := Parse(long("9")); return err },
		"an exponent":          func() error { _, err := Parse("1e" + long("9")); return err },
		"a name after x":       func() error { _, err := Parse("x " + long("y")); return err },
		"a number after x":     func() error { _, err := Parse("x " + long("7")); return err },
		"not UTF-8":            func() error { _, err := Parse("x" + long("\xff")); return err },
		"a control character":  func() error { _, err := Parse("x\x1b[31m" + long("y")); return err },
		"a text too long":      func() error { _, err := Parse(long("y") + long("y")); return err },
		"parentheses":          func() error { _, err := Parse(long("(")); return err },
		"lines":                func() error { _, err := Parse(long("\n") + ")"); return err },
		"arity":                func() error { _, err := Parse("sin(" + long("x,") + "x)"); return err },
		"a name for Var":       panicked(func() { Var(long("y ")) }),
		"bytes for Var":        panicked(func() { Var(long("\x00\xff")) }),
		"a variable unbound":   panicked(func() { Eval[ad.Real](Var(long("y")), nil, nil) }),
		"no variable":          panicked(func() { Eval(Var("x"), []Expr{big}, []ad.Real{1}) }),
		"D by no variable":     panicked(func() { D(Var("x"), big) }),
		"Grad by no variable":  panicked(func() { Grad(Var("x"), []Expr{big}) }),
		"no Text":              panicked(func() { D(Var("x").Apply(ad.NewOp(own)), Var("x")) }),
		"a wrong Text":         panicked(func() { D(Var("x").Apply(ad.NewOp(bad)), Var("x")) }),
	} {
		err := f()
		if err == nil {
			t.Errorf("%s: no error", what)
			continue
		}
		text := err.Error()
		if len(text) > 1024 || !utf8.ValidString(text) || strings.ContainsFunc(text, func(c rune) bool { return c < ' ' || c == 0x7f }) {
			t.Errorf("%s: %d bytes: %.100q", what, len(text), text)
		}
	}
}

// panicked returns what f panics with as an error.
func panicked(f func()) func() error {
	return func() (err error) {
		defer func() {
			if p := recover(); p != nil {
				err = errors.New(fmt.Sprint(p))
			}
		}()
		f()
		return nil
	}
}

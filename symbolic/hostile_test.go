package symbolic

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/quartet-ad/ad"
)

// TestSentinels: no character of a text is taken for a mark of the parser's own:
// its end, a kind of token or an operator that waits.
func TestSentinels(t *testing.T) {
	marks := []rune{0, 1, 0x7f, 0x1a, 4, '\u0080', '\ufeff', '\ufffd', '\ufffe', '\uffff', '\u2028', '\u00a0', utf8.MaxRune, '٣', '½'}
	for c := rune(0); c < 0x80; c++ {
		if !strings.ContainsRune(" \t\n\r+-*/^().,_", c) && !isLetter(c) && !(c < utf8.RuneSelf && isDigit(byte(c))) {
			marks = append(marks, c)
		}
	}
	for _, c := range marks {
		for _, format := range []string{"x%c + 1)) garbage", "%cx", "x + %c", "sin(x%c)", "sin%c(x)", "x%c", "sum(x, %c)", "x +%c y", "1%c", "%c"} {
			if c == '\ufeff' && format[0] == '%' {
				continue // a byte order mark in its place
			}
			if c == '٣' && strings.Contains(format, "x%c") || c == '٣' && strings.Contains(format, "sin%c") {
				continue // a digit of a name
			}
			text := fmt.Sprintf(format, c)
			if e, err := Parse(text); err == nil {
				t.Errorf("Parse(%q) = %v", text, e)
			} else if at := strings.IndexRune(text, c); err.(*ParseError).offset != at {
				t.Errorf("Parse(%q): %v, want the character at offset %d", text, err, at)
			}
		}
	}
}

// TestByteOrderMark: one byte order mark before a text is no part of it.
func TestByteOrderMark(t *testing.T) {
	if e, err := Parse("\ufeffx + 1"); err != nil || e != Var("x").Add(number(1)) {
		t.Errorf("after a byte order mark: %v, %v", e, err)
	}
	for text, want := range map[string]string{
		"\ufeff":          "symbolic: line 1, column 1: the text ends where an operand should follow",
		"\ufeffx y":       `symbolic: line 1, column 3: unexpected "y" after an operand; write x*y for a product`,
		"\ufeff\ufeffx":   `symbolic: line 1, column 1: unexpected "\ufeff" where an operand should follow`,
		"x\n+ y\ufeff":    `symbolic: line 2, column 4: unexpected "\ufeff" after an operand`,
		" \ufeffx":        `symbolic: line 1, column 2: unexpected "\ufeff" where an operand should follow`,
		"\xff\xfex\x00":   "symbolic: line 1, column 1: text that is not UTF-8",
		"\ufeffx + 1e999": "symbolic: line 1, column 5: number 1e999 is out of range",
	} {
		if _, err := Parse(text); err == nil || err.Error() != want {
			t.Errorf("Parse(%q): %v, want %s", text, err, want)
		}
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("Var takes a name with a byte order mark")
			}
		}()
		Var("\ufeffx")
	}()
}

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

// hostile returns texts of a mebibyte that cost as much as one can.
func hostile() map[string]string {
	fill := func(before, unit, after string) string {
		return before + strings.Repeat(unit, (1<<20-len(before)-len(after))/len(unit)) + after
	}
	texts := map[string]string{
		"sum by +":      fill("x", "+x", ""),
		"chain of -":    fill("x", "-x*y", ""),
		"chain of /":    fill("x", "/x", ""),
		"powers":        fill("x", "^x", ""),
		"signs":         fill("", "-", "x"),
		"signs in sums": fill("x", "+-x", ""),
		"hardtanh":      fill("x", "+hardtanh(x+y)", ""),
		"clamp":         fill("x", "*clamp(x,0,1)", ""),
		"branches":      fill("x", "+ifpos(x,x,y)", ""),
		"constants":     fill("1", "+1", ""),
		"a number":      fill("1", "1", ""),
		"digits":        fill("0.", "0", "1"),
		"a name":        fill("x", "x", ""),
		"parentheses":   fill("", "((x))+", "x"),
		"spaces":        fill("", " ", "x"),
		"variables":     "x",
	}
	for i := 0; len(texts["variables"]) < 1<<20-16; i += 1000 {
		var b strings.Builder
		for k := range 1000 {
			fmt.Fprintf(&b, "+x%d", i+k)
		}
		texts["variables"] += b.String()
	}
	texts["variables"] = texts["variables"][:1<<20]
	for name, f := range known {
		switch {
		case f.most < 0:
			texts[name] = fill(name+"(x", ",x", ")")
			texts[name+" nested"] = fill("", name+"(x,y,", "x") // never closed
		case f.each > 1 || name == "mish" || name == "leaky_relu":
			texts["chain of "+name] = fill("x", "+"+name+"(x)", "")
		}
	}
	return texts
}

// TestParseCost: a text of a mebibyte is refused, or read in memory of a small
// multiple of its length, and so are the things that are done with it.
func TestParseCost(t *testing.T) {
	texts := hostile()
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range texts {
			if !yield(name) {
				return
			}
		}
	}) {
		text := texts[name]
		var e Expr
		var err error
		if n := allocated(func() { e, err = Parse(text) }); n > 128<<20 {
			t.Errorf("%s: Parse allocates %d MiB", name, n>>20)
		}
		if err != nil {
			if p := err.(*ParseError); p.Line != 1 || p.Col < 1 {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if n := len(e.compile().steps); n > 2*maxOperations+1 {
			t.Errorf("%s: %d nodes", name, n)
		}
		if testing.Short() {
			continue
		}
		for what, f := range map[string]func(){
			"String": func() { _ = e.String() },
			"Eval":   func() { Eval(e, e.Vars(), make([]ad.Real, len(e.Vars()))) },
			"D":      func() { D(e, Var("x")) },
			"Grad":   func() { Grad(e, []Expr{Var("x"), Var("y")}) },
		} {
			if n := allocated(f); n > 512<<20 {
				t.Errorf("%s: %s allocates %d MiB", name, what, n>>20)
			}
		}
	}
}

// allocated returns how many bytes f allocates, those included that it frees.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestCallsAreCharged: no function builds more nodes than Parse charges for it.
func TestCallsAreCharged(t *testing.T) {
	for name, f := range known {
		for _, n := range []int{f.least, max(f.least, f.most), 100} {
			if n > f.most && f.most >= 0 || n == 2 && name == "hardtanh" {
				continue
			}
			args := make([]Expr, n)
			for i := range args {
				args[i] = Var(fmt.Sprintf("%s_%d", name, i))
			}
			if name == "clamp" || name == "hardtanh" && n == 3 {
				args[1], args[2] = number(2), number(3)
			}
			e, problem := f.apply(args)
			if problem != "" {
				t.Fatalf("%s of %d: %s", name, n, problem)
			}
			if built := len(e.compile().steps) - len(e.Vars()); built > n*f.each+fixed {
				t.Errorf("%s of %d arguments builds %d nodes, and is charged for %d", name, n, built, n*f.each)
			}
		}
	}
}

// fixed is how many constants a call may build beside.
const fixed = 16

// TestParseAtTheLimit: as many operations as Parse allows are read, and one more is
// refused where it stands.
func TestParseAtTheLimit(t *testing.T) {
	if _, err := Parse("0" + strings.Repeat("+x", maxOperations)); err != nil {
		t.Error(err)
	}
	_, err := Parse("0" + strings.Repeat("+x", maxOperations+1))
	if want := fmt.Sprintf("symbolic: line 1, column %d: more than %d operations", 2*maxOperations+2, maxOperations); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	_, err = Parse("1 +\n norm2(x" + strings.Repeat(",x", maxOperations) + ")")
	if want := fmt.Sprintf("symbolic: line 2, column 2: more than %d operations", maxOperations); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

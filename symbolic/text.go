package symbolic

import (
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/quartet-ad/ad/internal/rule"
)

// The Texts of the rows, parsed once: by row, formulas in textVars. The rows of the
// table are a few hundred; a program that makes rows of its own without end makes
// the memory forget.
var (
	texts  sync.Map     // *rule.Func to Expr
	texts2 sync.Map     // *rule.Func2 to [2]Expr
	parsed atomic.Int64 // entries of both, about

	textVars = []Expr{Var("x"), Var("y")}
)

// maxTexts is how many parsed Texts are kept.
const maxTexts = 4096

// remember stores a parsed Text, unless it is there already.
func remember(m *sync.Map, row, text any) any {
	if parsed.Add(1) > maxTexts {
		texts.Clear()
		texts2.Clear()
		parsed.Store(1)
	}
	e, _ := m.LoadOrStore(row, text)
	return e
}

// slope returns the derivative of a function of one variable at a.
func slope(f *rule.Func, a *node) Expr {
	e, ok := texts.Load(f)
	if !ok {
		e = remember(&texts, f, parseText(f.Name, f.Text, functions{f.Name: rowFunction(f)}))
	}
	return Eval(e.(Expr), textVars[:1], []Expr{wrap(a)})
}

// slopes2 returns the derivatives of a function of two variables at a and b.
func slopes2(f *rule.Func2, a, b *node) (dx, dy Expr) {
	e, ok := texts2.Load(f)
	if !ok {
		own := functions{f.Name: rowFunction2(f)}
		e = remember(&texts2, f, [2]Expr{parseText(f.Name, f.TextX, own), parseText(f.Name, f.TextY, own)})
	}
	x := []Expr{wrap(a), wrap(b)}
	t := e.([2]Expr)
	return Eval(t[0], textVars, x), Eval(t[1], textVars, x)
}

// parseText parses the Text of a row. The row is known to it under its own name,
// so that a user's function may occur in its own derivative.
func parseText(name, text string, own functions) Expr {
	if text == "" {
		panic(fmt.Sprintf("symbolic: %s has no Text, which its derivative needs", plain(name)))
	}
	e, err := parse(text, own)
	if err != nil {
		panic(fmt.Sprintf("symbolic: the Text of %s: %v", plain(name), err))
	}
	return e
}

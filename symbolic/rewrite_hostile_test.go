package symbolic

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/memtest"
)

// TestRewriteHostile: what swells or is deep is rewritten in bounded time and memory.
func TestRewriteHostile(t *testing.T) {
	x, y := Var("x"), Var("y")
	tower, swollen, power, sums, logs := x, x, x.Add(y), x, x
	for range 100 {
		tower = ad.Pow(tower.Add(number(1)), number(50))
		swollen = swollen.Mul(ad.Sin(swollen)).Add(swollen)
		logs = ad.Log(ad.Exp(logs).Add(number(1)))
	}
	for range 20 {
		power = power.Mul(power)
	}
	for range 2_000 {
		sums = sums.Mul(x.Add(number(2))).Add(y)
	}
	for name, e := range map[string]Expr{"tower": tower, "swollen": swollen, "power": power, "Horner": sums, "logarithms": logs} {
		for what, f := range map[string]func(){
			"Simplify": func() { Simplify(e) }, "Regular": func() { Simplify(e, Regular()) }, "Expand": func() { Expand(e) }, "Factor": func() { Factor(e) },
			"Collect": func() { Collect(e, x) }, "Stable": func() { Stable(e) }, "Spelled": func() { e.Spelled() }, "Infix": func() { e.Infix() },
			"Steps": func() { Steps(e, x, true) }, "Shared": func() { Shared(e) }, "Compile": func() { Compile([]Expr{x, y}, e) },
		} {
			start := time.Now()
			n := memtest.Allocated(f)
			if d := time.Since(start); d > 20*time.Second || n > 2<<30 {
				t.Errorf("%s of %s: %v, %d MiB", what, name, d, n>>20)
			}
		}
		runtime.GC()
	}
}

// TestParseRefusesFast: hostile text is refused at once, with a place.
func TestParseRefusesFast(t *testing.T) {
	for name, text := range map[string]string{
		"parentheses": strings.Repeat("(", 1_000_000), "bars": strings.Repeat("|", 1_000_000), "roots": strings.Repeat("√", 300_000),
		"stars": strings.Repeat("x**", 300_000), "raised": "x" + strings.Repeat("²", 300_000), "products": strings.Repeat("2(", 500_000),
		"powers of calls": strings.Repeat("sin²(", 150_000), "a number": strings.Repeat("9", 1<<20), "an exponent": "x" + strings.Repeat("⁹", 300_000),
		"names": strings.Repeat("f(", 500_000), "an unknown name": strings.Repeat("q", 1<<19) + "(x)", "subscripts": "x" + strings.Repeat("₁", 300_000) + "(x)",
		"terms": "x" + strings.Repeat("+x", 500_000), "factors": strings.Repeat("(x)", 340_000), "divided": "x" + strings.Repeat("/ x", 300_000),
		"arguments": "max(" + strings.Repeat("x,", 500_000) + "x)", "signs": strings.Repeat("-", 1<<20), "absolute": strings.Repeat("|x|*", 250_000) + "x",
	} {
		start := time.Now()
		var err error
		n := memtest.Allocated(func() { _, err = Parse(text) })
		if d := time.Since(start); d > 2*time.Second { // 10 ms on an idle machine
			t.Errorf("%s: %v", name, d)
		}
		if n > 8<<20 {
			t.Errorf("%s: %d MiB", name, n>>20)
		}
		if p, ok := err.(*ParseError); !ok || p.Line != 1 || p.Col < 1 || len(p.Error()) > 1024 {
			t.Errorf("%s: %.200v", name, err)
		}
	}
}

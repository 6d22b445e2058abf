package ad_test

import (
	"math"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// TestNewOpNames: a row of one's own needs a name of its own. The rows of the table are who
// they are.
func TestNewOpNames(t *testing.T) {
	refused := func(make func()) (text string) {
		defer func() { text, _ = recover().(string) }()
		make()
		return ""
	}
	one := func(name string) func() {
		return func() {
			ad.NewOp(&ad.Func{Name: name, Value: math.Sin, Slope: func(x, _ float64) float64 { return math.Cos(x) }})
		}
	}
	two := func(name string) func() {
		slope := func(_, _, _ float64) float64 { return 1 }
		return func() { ad.NewOp2(&ad.Func2{Name: name, Value: math.Hypot, SlopeX: slope, SlopeY: slope}) }
	}
	var names []string
	for _, row := range rule.Functions {
		names = append(names, row.Name)
		if op := ad.NewOp((*ad.Func)(row)); op.Func() != (*ad.Func)(row) {
			t.Errorf("%s is another row", row.Name)
		}
	}
	for _, row := range rule.Functions2 {
		names = append(names, row.Name)
		if op := ad.NewOp2((*ad.Func2)(row)); op.Func() != (*ad.Func2)(row) {
			t.Errorf("%s is another row", row.Name)
		}
	}
	for _, row := range rule.FunctionsN {
		names = append(names, row.Name)
	}
	for _, name := range names {
		for op, make := range map[string]func(){"NewOp": one(name), "NewOp2": two(name)} {
			if text := refused(make); !strings.HasPrefix(text, "ad: "+op+`: "`+name+`" is the name of another function`) {
				t.Errorf("%s of a row named %s: panic %q", op, name, text)
			}
		}
	}
	for _, name := range []string{"Sin", "mysin", "sin2", "x"} {
		if text := refused(one(name)) + refused(two(name)); text != "" {
			t.Errorf("a row named %s: panic %q", name, text)
		}
	}
}

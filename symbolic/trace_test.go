package symbolic

import (
	"strings"
	"sync"
	"testing"
)

// TestTracesDoNotMix: a formula with variables of another trace, or with the user's own
// of the same name, has no value; it is not taken for one in the variables of the
// operator.
func TestTracesDoNotMix(t *testing.T) {
	own := Var("x0")
	point := []float64{3, 4}
	for name, f := range map[string]func(){
		"Derivative": func() { Derivative(func(x Expr) Expr { return own.Mul(x) }, 2) },
		"Gradient":   func() { Gradient(func(x []Expr) Expr { return own.Mul(x[1]) }, point) },
		"Hessian":    func() { Hessian(func(x []Expr) Expr { return own.Mul(x[1]) }, point) },
		"Jacobian":   func() { Jacobian(func(x []Expr) []Expr { return []Expr{own.Mul(x[1])} }, point) },
		"JVP":        func() { JVP(func(x []Expr) []Expr { return []Expr{own.Mul(x[1])} }, point, point) },
		"VJP":        func() { VJP(func(x []Expr) []Expr { return []Expr{own.Mul(x[1])} }, point, point[:1]) },
		"HVP":        func() { HVP(func(x []Expr) Expr { return own.Mul(x[1]).Mul(x[1]) }, point, point) },
		"nested": func() {
			Gradient(func(x []Expr) Expr {
				return number(Derivative(func(y Expr) Expr { return x[0].Mul(y).Mul(y) }, 2))
			}, point)
		},
	} {
		err := panicked(f)()
		if err == nil || !strings.Contains(err.Error(), "the variable x0 has no value") {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A trace that ended in a panic has given back its mark, and traces that do not mix
	// may nest and run side by side.
	var group sync.WaitGroup
	for i := range 50 {
		group.Go(func() {
			a := float64(i)
			got := Derivative(func(x Expr) Expr {
				return x.Mul(number(Derivative(func(y Expr) Expr { return y.Mul(y).Mul(number(a)) }, 3)))
			}, 2)
			if got != 6*a {
				t.Errorf("a nested derivative is %v, want %v", got, 6*a)
			}
		})
	}
	group.Wait()
	for mark, taken := range marks.taken {
		if taken {
			t.Errorf("mark %d is taken", mark+1)
		}
	}
}

package reverse

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
)

// TestUnfit: what cannot be replayed is run for every point, and Err says why.
func TestUnfit(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func([]Var) []Var
		want error
	}{
		{"float", func(x []Var) []Var { return []Var{x[0].Mul(x[0].Const(x[1].Float())), x[1]} }, Floated},
		{"array", func(x []Var) []Var { a := Stack(x...); return a.Mul(a).Vars() }, Arrays},
		{"float of a constant", func(x []Var) []Var { return []Var{x[0].Mul(x[0].Const(x[1].Const(3).Float())), x[1]} }, nil},
	} {
		calls := 0
		f := Record(func(x []Var) []Var { calls++; return c.f(x) }, 2)
		if err := f.Err(); err != c.want {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if err := f.Check([]float64{1, 2}); err != c.want {
			t.Errorf("%s: Check gives %v, want %v", c.name, err, c.want)
		}
		calls = 0
		for i := range 5 {
			x := []float64{1 + float64(i), 2}
			optest.Equal(t, c.name, entries(f.Jacobian(x)), entries(Jacobian(c.f, x)), relative13)
			optest.Equal(t, c.name, f.VJPBatch(append(x, x...), []float64{1, 2, 3, 4}), append(VJP(c.f, x, []float64{1, 2}), VJP(c.f, x, []float64{3, 4})...), relative13)
		}
		if ran := calls > 0; ran != (c.want != nil) {
			t.Errorf("%s: %d calls", c.name, calls)
		}
	}
	for _, u := range []Unfit{Floated, Arrays, 7} {
		if !strings.Contains(u.Error(), "reverse: ") {
			t.Errorf("%d says %q", u, u.Error())
		}
	}
	// Only the path that is taken counts.
	f := Record(func(x []Var) Var {
		if x[0].Less(Var{}) {
			return Var{value: x[0].Float()}
		}
		return x[0]
	}, 1)
	if f.Eval([]float64{1}); f.Check([]float64{2}) != nil {
		t.Error("a path without Float is not replayed")
	}
	if y := f.Eval([]float64{-3})[0]; y != -3 {
		t.Errorf("value %v", y)
	}
	if got := [2]error{f.Check([]float64{2}), f.Check([]float64{-2})}; got != [2]error{nil, Floated} {
		t.Errorf("Check gives %v", got)
	}
}

// TestChanged: Check says which comparison came out otherwise.
func TestChanged(t *testing.T) {
	f := Record(func(x []Var) Var {
		if x[0].Less(Var{value: 10}) && !x[1].Less(x[0]) {
			return x[0]
		}
		return x[1]
	}, 2)
	f.Eval([]float64{1, 2})
	for _, c := range []struct {
		x    []float64
		want *Changed
		text string
	}{
		{[]float64{3, 4}, nil, ""},
		{[]float64{12, 13}, &Changed{0, 12, 10, true}, "comparison 0 of a recorded function: 12 is not less than 10, which was so"},
		{[]float64{3, 2}, &Changed{1, 2, 3, false}, "comparison 1 of a recorded function: 2 is less than 3, which was not so"},
	} {
		err := f.Check(c.x)
		var changed *Changed
		if errors.As(err, &changed) != (c.want != nil) || c.want != nil && (*changed != *c.want || !strings.Contains(err.Error(), c.text)) {
			t.Errorf("at %v: %v, want %v", c.x, err, c.want)
		}
	}
}

// TestConcurrentUnfit: a function that cannot be replayed is run by all at the same time.
func TestConcurrentUnfit(t *testing.T) {
	var both sync.WaitGroup
	meet := false
	f := Record(func(x []Var) Var {
		if meet {
			both.Done()
			both.Wait() // for ever, were it run by one at a time
		}
		return Var{value: x[0].Float()}.Add(x[0])
	}, 1)
	if f.Err() != Floated {
		t.Fatal(f.Err())
	}
	meet = true
	both.Add(2)
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() { optest.Equal(t, "gradient", f.Gradient([]float64{3}), []float64{1}, relative13) })
	}
	all.Wait()
}

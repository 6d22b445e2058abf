package lsq_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/reverse/lsq"
	"github.com/quartet-ad/ad/symbolic"
)

// A regression is a dataset of NIST's Statistical Reference Datasets.
type regression struct {
	name      string
	starts    [2][]float64
	certified []float64
	deviation float64 // of the residuals
	m         int
	residuals *reverse.Func
}

// notation rewrites a formula as the datasets have it to one that Parse reads.
var notation = strings.NewReplacer("[", "", "]", "", "**", "^", "pi", "3.141592653589793")

func regressions(t testing.TB) []regression {
	t.Helper()
	cases, err := golden.Load("nist")
	if err != nil {
		t.Fatal(err)
	}
	var all []regression
	for _, c := range cases {
		model, err := symbolic.Parse(notation.Replace(c.Params["model"].(string)))
		if err != nil {
			t.Fatal(err)
		}
		response, err := symbolic.Parse(c.Params["response"].(string))
		if err != nil {
			t.Fatal(err)
		}
		certified := c.Certified.Floats()
		n := len(certified)
		var vars []symbolic.Expr
		for i := range certified {
			vars = append(vars, symbolic.Var(fmt.Sprintf("b%d", i+1)))
		}
		var columns [][]float64
		for name, column := range c.Inputs {
			vars = append(vars, symbolic.Var(name))
			columns = append(columns, column.Floats())
		}
		m := len(columns[0])
		f := func(b []reverse.Var) []reverse.Var {
			r := make([]reverse.Var, m)
			for i := range r {
				values := slices.Clone(b)
				for _, column := range columns {
					values = append(values, ad.Const[reverse.Var](column[i]))
				}
				r[i] = symbolic.Eval(model.Sub(response), vars, values)
			}
			return r
		}
		all = append(all, regression{c.Params["name"].(string), [2][]float64{c.Start1.Floats(), c.Start2.Floats()},
			certified, c.ResidualSD.Float(), m, reverse.Record(f, n)})
	}
	return all
}

// digits returns how many decimal digits the worst of the parameters has in common with the
// certified ones, which have 11.
func digits(got, want []float64) float64 {
	least := 11.0
	for i, w := range want {
		d := -math.Log10(math.Abs(got[i]-w) / math.Abs(w))
		if math.IsNaN(d) {
			d = 0
		}
		least = min(least, d)
	}
	return least
}

// TestNIST fits all datasets from both starts, as a recorded function.
func TestNIST(t *testing.T) {
	all := regressions(t)
	if len(all) != 27 {
		t.Fatalf("%d datasets, want 27", len(all))
	}
	for _, p := range all {
		for i, start := range p.starts {
			r, err := lsq.Minimize(lsq.Dense(p.residuals), start, nil)
			if err != nil {
				t.Errorf("%s from start %d: %v", p.name, i+1, err)
				continue
			}
			d := digits(r.X, p.certified)
			t.Logf("%-10s %d %5.1f digits, %v, %+v", p.name, i+1, d, r.Status, r.Stats)
			if d < 10.3 || r.Status.Early() {
				t.Errorf("%s from start %d: %.1f digits, %v, %+v", p.name, i+1, d, r.Status, r.Stats)
			}
		}
	}
}

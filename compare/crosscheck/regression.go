package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/compare/catalog"
	"github.com/quartet-ad/ad/dual"
	reference "github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// A regression is a problem of NIST's Statistical Reference Datasets: a model
// with parameters b1, b2, …, and data to fit it to.
type regression struct {
	name       string
	difficulty string          // "Lower", "Average" or "Higher"
	parameters []symbolic.Expr // b1, b2, …
	residuals  []symbolic.Expr // of every observation: the model less the response
	rss        symbolic.Expr   // the sum of their squares

	starts    [2][]float64
	certified []float64
	deviation float64 // the certified residual standard deviation
}

// regressions returns all datasets.
func regressions() ([]*regression, error) {
	cases, err := reference.Load("nist")
	if err != nil {
		return nil, err
	}
	var all []*regression
	for _, c := range cases {
		p, err := newRegression(c)
		if err != nil {
			return nil, fmt.Errorf("%s: %v", c.ID, err)
		}
		all = append(all, p)
	}
	return all, nil
}

// notation rewrites a formula as the data sets have it to one that Parse reads.
var notation = strings.NewReplacer("[", "", "]", "", "**", "^", "pi", "3.141592653589793")

func newRegression(c reference.Case) (*regression, error) {
	model, err := symbolic.Parse(notation.Replace(c.Params["model"].(string)))
	if err != nil {
		return nil, err
	}
	response, err := symbolic.Parse(c.Params["response"].(string))
	if err != nil {
		return nil, err
	}
	difficulty, _, _ := strings.Cut(c.Params["difficulty"].(string), " ")
	p := &regression{
		name:       c.Params["name"].(string),
		difficulty: difficulty,
		starts:     [2][]float64{c.Start1.Floats(), c.Start2.Floats()},
		certified:  c.Certified.Floats(),
		deviation:  c.ResidualSD.Float(),
	}
	for i := range p.certified {
		p.parameters = append(p.parameters, symbolic.Var(fmt.Sprintf("b%d", i+1)))
	}
	var names []symbolic.Expr // of the columns of the data
	var columns [][]float64
	for name, column := range c.Inputs {
		names = append(names, symbolic.Var(name))
		columns = append(columns, column.Floats())
	}
	residual := model.Sub(response)
	for i := range columns[0] {
		vars, values := slices.Clone(p.parameters), slices.Clone(p.parameters)
		for k, name := range names {
			vars, values = append(vars, name), append(values, ad.Const[symbolic.Expr](columns[k][i]))
		}
		p.residuals = append(p.residuals, symbolic.Eval(residual, vars, values))
	}
	p.rss = ad.SumSq(p.residuals)
	return p, nil
}

// sumOfSquares returns the residual sum of squares as a function of the
// parameters.
func sumOfSquares[T ad.Scalar[T]](p *regression) func([]T) T {
	return func(b []T) T { return symbolic.Eval(p.rss, p.parameters, b) }
}

// entry returns the sum of squares as an entry of the catalog, at both starts
// and at the solution.
func (p *regression) entry() catalog.Entry {
	f := compare.New(p.name, sumOfSquares[ad.Real](p), sumOfSquares[dual.Number](p), sumOfSquares[dual.Hyper](p),
		sumOfSquares[reverse.Var](p), sumOfSquares[symbolic.Expr](p))
	return catalog.Entry{Group: "regression", Func: f, Points: [][]float64{p.starts[0], p.starts[1], p.certified}}
}

package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	reference "github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// A regression is a problem of NIST's Statistical Reference Datasets: a model
// with parameters b1, b2, …, and data to fit it to.
type regression struct {
	model      symbolic.Expr
	vars       []symbolic.Expr // the parameters, then the predictors
	predictors [][]float64     // of every observation
	response   []float64
	points     [][]float64 // both starting points and the certified solution
}

// datasets are the problems that crosscheck differentiates.
var datasets = []string{"Thurber", "MGH17"}

// regressions returns the sums of squares of the datasets as entries of the
// catalogue.
func regressions() ([]compare.Entry, error) {
	cases, err := reference.Load("nist")
	if err != nil {
		return nil, err
	}
	var entries []compare.Entry
	for _, name := range datasets {
		for _, c := range cases {
			if c.Params["name"] != name {
				continue
			}
			p, err := newRegression(c)
			if err != nil {
				return nil, fmt.Errorf("%s: %v", c.ID, err)
			}
			f := compare.New(name, rss[ad.Real](p), rss[dual.Number](p), rss[dual.Hyper](p), rss[reverse.Var](p), rss[symbolic.Expr](p))
			entries = append(entries, compare.Entry{Group: "regression", Func: f, Points: p.points})
		}
	}
	return entries, nil
}

// parameter matches a parameter as the data set writes it.
var parameter = regexp.MustCompile(`b\[(\d+)\]`)

func newRegression(c reference.Case) (*regression, error) {
	text := parameter.ReplaceAllString(c.Params["model"].(string), "b$1")
	text = strings.ReplaceAll(text, "**", "^")
	model, err := symbolic.Parse(text)
	if err != nil {
		return nil, err
	}
	p := &regression{model: model, response: c.Inputs["y"].Floats()}
	for i := range c.Certified.Data {
		p.vars = append(p.vars, symbolic.Var(fmt.Sprintf("b%d", i+1)))
	}
	p.predictors = make([][]float64, len(p.response))
	for _, name := range c.Params["predictors"].([]any) {
		p.vars = append(p.vars, symbolic.Var(name.(string)))
		for i, v := range c.Inputs[name.(string)].Floats() {
			p.predictors[i] = append(p.predictors[i], v)
		}
	}
	p.points = [][]float64{c.Start1.Floats(), c.Start2.Floats(), c.Certified.Floats()}
	return p, nil
}

// rss returns the residual sum of squares as a function of the parameters.
func rss[T ad.Scalar[T]](p *regression) func([]T) T {
	return func(b []T) T {
		residuals := make([]T, len(p.response))
		for i, y := range p.response {
			x := append([]T(nil), b...)
			for _, v := range p.predictors[i] {
				x = append(x, ad.Const[T](v))
			}
			residuals[i] = symbolic.Eval(p.model, p.vars, x).Sub(ad.Const[T](y))
		}
		return ad.SumSq(residuals)
	}
}

// catalogue is that of package compare, and the regressions.
func catalogue() ([]compare.Entry, error) {
	r, err := regressions()
	return append(compare.Catalogue(), r...), err
}

package main

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	reference "github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// golden returns the functions that 60-digit arithmetic knows the derivatives of,
// to be checked with those as referee: elementary functions, and random
// expressions in all of them.
func golden() ([]job, error) {
	var jobs []job
	for _, family := range []string{"elementary", "expressions"} {
		cases, err := reference.Load(family)
		if err != nil {
			return nil, err
		}
		for _, group := range byFunction(cases) {
			l := line{group: "golden", name: group[0].Op}
			var f *function
			if family == "elementary" {
				f = &function{name: l.name}
			}
			jobs = append(jobs, job{"golden/" + l.name, func() (line, *function, error) {
				err := l.refer(group, f)
				return l, f, err
			}})
		}
	}
	return jobs, nil
}

// refer adds cases of one function, and their numbers to its accuracy if that is
// not nil.
func (l *line) refer(cases []reference.Case, f *function) error {
	for _, c := range cases {
		r, err := referee(c)
		if err != nil {
			return err
		}
		l.add(r)
		if f != nil {
			f.measure(c)
		}
	}
	return nil
}

// byFunction groups cases by the function they are about.
func byFunction(cases []reference.Case) [][]reference.Case {
	var groups [][]reference.Case
	index := make(map[string]int)
	for _, c := range cases {
		i, ok := index[c.Op]
		if !ok {
			i = len(groups)
			index[c.Op] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], c)
	}
	return groups
}

// referee checks the function of a case against the case's values.
func referee(c reference.Case) (compare.Report, error) {
	var r compare.Report
	real, err := elementary[numeric.Real](c)
	if err != nil {
		return r, err
	}
	number, _ := elementary[dual.Number](c)
	hyper, _ := elementary[dual.Hyper](c)
	tape, _ := elementary[reverse.Var](c)
	paper, _ := elementary[symbolic.Expr](c)
	want := expected(c)
	ref := compare.Reference{Value: want[0], Jacobian: want[1]}
	if c.Jac != nil {
		return compare.Against(compare.NewVector(c.ID, real, number, hyper, tape, paper), point(c), ref), nil
	}
	ref.Hessian = want[2]
	f := compare.New(c.ID, entry(real, 0), entry(number, 0), entry(hyper, 0), entry(tape, 0), entry(paper, 0))
	return compare.Against(f, point(c), ref), nil
}

// expression returns a random expression of golden's, of the entries of x.
func expression[T ad.Scalar[T]](c reference.Case) (func([]T) []T, error) {
	e, err := symbolic.Parse(c.Params["text"].(string))
	if err != nil {
		return nil, fmt.Errorf("%s: %v", c.ID, err)
	}
	var vars []symbolic.Expr
	for i := range c.Inputs["x"].Data {
		vars = append(vars, symbolic.Var(fmt.Sprintf("x%d", i)))
	}
	return one(func(x []T) T { return symbolic.Eval(e, vars, x) }), nil
}

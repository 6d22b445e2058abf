package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare/explain/playground"
	"github.com/quartet-ad/ad/compare/trace"
	"github.com/quartet-ad/ad/symbolic"
)

// A question is what the arguments ask for.
type question struct {
	formula string
	names   []string // of the inputs
	x       []float64

	why       string // the name of an input, or ""
	method    string
	order     int
	json      bool
	html, svg string
	goFunc    string // file.go:Func
	data      string // an expression of Go, for goFunc
	code      string // file.go:Func, over float64
	gallery   bool
	notes     bool
	exercise  string   // adjoints, tangents or bugs
	sights    []string // of the gallery, or of the notes
	serve     bool
	addr      string // of serve
	folder    string // of the playground
	args      []string
}

func (q question) options() trace.Options {
	return trace.Options{Second: q.order == 2 || q.html != ""}
}

// methods are what -method takes.
var methods = []string{"dual", "reverse", "symbolic", "numeric"}

const usage = `write a formula and a value for each of its variables:
	go run ./compare/explain 'ln(x1)+x1*x2-sin(x2)' x1=2 x2=5`

// parse reads the arguments. Flags stand anywhere; what begins with a minus and is no flag
// is a formula.
func parse(args []string) (question, error) {
	q := question{order: 1, args: args, addr: "127.0.0.1:0"}
	flags := map[string]func(value string) error{
		"why":        func(v string) error { q.why = v; return nil },
		"html":       func(v string) error { q.html = v; return nil },
		"svg":        func(v string) error { q.svg = v; return nil },
		"go":         func(v string) error { q.goFunc = v; return nil },
		"data":       func(v string) error { q.data = v; return nil },
		"code":       func(v string) error { q.code = v; return nil },
		"addr":       func(v string) error { q.addr = v; return nil },
		"playground": func(v string) error { q.folder = v; return nil },
		"exercise": func(v string) error {
			if q.exercise = v; v != "adjoints" && v != "tangents" && v != "bugs" {
				return fmt.Errorf("-exercise %s: write -exercise adjoints, -exercise tangents or -exercise bugs", v)
			}
			return nil
		},
		"order": func(v string) error {
			q.order, _ = strconv.Atoi(v)
			if q.order != 1 && q.order != 2 {
				return fmt.Errorf("-order %s: write -order 1 or -order 2", v)
			}
			return nil
		},
		"method": func(v string) error {
			if v == "differences" {
				v = "numeric"
			}
			if q.method = v; !slices.Contains(methods, v) {
				return fmt.Errorf("-method %s: write one of %s", v, strings.Join(methods, ", "))
			}
			return nil
		},
	}
	var rest []string
	for i := 0; i < len(args); i++ {
		name, value, has := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(args[i], "-"), "-"), "=")
		set, known := flags[name]
		switch {
		case args[i] == "--":
		case !strings.HasPrefix(args[i], "-"):
			rest = append(rest, args[i])
		case name == "json":
			q.json = true
		case name == "gallery" && !has:
			q.gallery = true
		case name == "notes" && !has:
			q.notes = true
		case name == "serve" && !has:
			q.serve = true
		case name == "help" || name == "h":
			return q, fmt.Errorf("%s\nflags: -why NAME, -order 2, -method NAME, -json, -html FILE, -svg FILE, -go FILE:FUNC, -data EXPRESSION, -code FILE:FUNC, -gallery, -notes, -exercise NAME, -serve, -addr HOST:PORT, -playground DIR; see go doc ./compare/explain", usage)
		case known:
			if !has {
				if i++; i == len(args) {
					return q, fmt.Errorf("-%s needs a value: write -%s=…", name, name)
				}
				value = args[i]
			}
			if value == "" {
				return q, fmt.Errorf("-%s needs a value: write -%s=…", name, name)
			}
			if err := set(value); err != nil {
				return q, err
			}
		default:
			rest = append(rest, args[i])
		}
	}
	if q.gallery || q.notes {
		q.sights = rest
		return q, nil
	}
	if q.code != "" {
		if len(rest) > 0 {
			return q, fmt.Errorf("%s: the code of a gradient is for every point; leave it out", short(rest[0]))
		}
		return q, nil
	}
	if q.exercise == "bugs" && (q.goFunc != "" || len(rest) > 0) {
		return q, fmt.Errorf("-exercise bugs has functions of its own: leave %s out", short(strings.TrimSpace(strings.Join(append(rest, q.goFunc), " "))))
	}
	if q.serve || q.folder != "" {
		if len(rest) > 0 {
			return q, fmt.Errorf("%s: the playground takes its formula from the page; leave it out", short(rest[0]))
		}
		return q, nil
	}
	if q.data != "" && q.goFunc == "" {
		return q, fmt.Errorf("-data %s: data are for a function: write -go file.go:Func, too", short(q.data))
	}
	if q.exercise != "" && q.goFunc == "" && len(rest) == 0 {
		first := playground.Gallery[0]
		rest = append([]string{first.Formula}, strings.Fields(first.Point)...)
	}
	if q.goFunc == "" {
		if len(rest) == 0 {
			return q, fmt.Errorf("there is no formula; %s", usage)
		}
		q.formula, rest = rest[0], rest[1:]
	}
	if err := q.point(rest); err != nil {
		return q, err
	}
	if q.goFunc == "" {
		if err := q.match(); err != nil {
			return q, err
		}
	}
	if q.why != "" && len(q.names) > 0 && !slices.Contains(q.names, q.why) {
		return q, fmt.Errorf("-why %s: write one of %s", q.why, strings.Join(q.names, ", "))
	}
	return q, nil
}

// point reads the values of the inputs: x=2, or for Go functions 2 alone.
func (q *question) point(list []string) error {
	for _, arg := range list {
		name, text, ok := strings.Cut(arg, "=")
		name = strings.TrimSpace(name)
		if !ok && strings.HasPrefix(arg, "-") && len(arg) > 1 && unicode.IsLetter(rune(arg[1])) {
			return fmt.Errorf("%s is no flag: write -why, -order, -method, -json, -html, -svg, -go, -gallery or -serve", short(arg))
		}
		if !ok && q.goFunc == "" {
			return fmt.Errorf("%s is no value of a variable: write x=2, and quotes around the formula", short(arg))
		}
		if !ok {
			name, text = "", arg
		}
		e, err := symbolic.Parse(text)
		if err != nil || len(e.Vars()) > 0 {
			return fmt.Errorf("%s gives no number: write x=2 or x=pi/2", short(arg))
		}
		q.names = append(q.names, name)
		q.x = append(q.x, float64(symbolic.Eval(e, nil, []ad.Real{})))
	}
	return nil
}

// match holds the variables of the formula against those that have values.
func (q *question) match() error {
	var vars []symbolic.Expr
	for i, name := range q.names {
		v, err := symbolic.Parse(name)
		if name == "pi" || name == "π" {
			v = symbolic.Var(name)
		}
		if err != nil || len(v.Vars()) != 1 || v.Vars()[0] != v {
			return fmt.Errorf("%s is no name of a variable: write a letter, and letters, digits or _ after it, such as x1=2", short(name))
		}
		if q.names[i] = v.Infix(); q.why == name { // x₁ is x1
			q.why = q.names[i]
		}
		vars = append(vars, v)
	}
	e, err := symbolic.Parse(q.formula, vars...)
	if err != nil {
		return fmt.Errorf("%w\n\tin %s", err, short(q.formula))
	}
	var missing, known []string
	for _, v := range e.Vars() {
		known = append(known, v.Infix())
		if !slices.Contains(vars, v) {
			missing = append(missing, v.Infix())
		}
	}
	slices.Sort(known)
	slices.Sort(missing)
	if len(missing) > 0 {
		return fmt.Errorf("%s has no value: write %s=1 behind the formula", strings.Join(missing, ", "), strings.Join(missing, "=1 "))
	}
	for i, v := range vars {
		if !slices.Contains(e.Vars(), v) && len(known) > 0 {
			return fmt.Errorf("%s=… is no variable of the formula, which has %s: leave it out", q.names[i], strings.Join(known, ", "))
		}
	}
	if len(known) == 0 && len(vars) == 0 {
		return fmt.Errorf("%s has no variables: there is nothing to differentiate; write a variable, such as x, and x=2", short(q.formula))
	}
	return nil
}

// short returns a text that is quoted in an error.
func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return strconv.Quote(s)
}

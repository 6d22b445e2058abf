// Explain shows how four methods differentiate a formula of yours, or a Go function, at a
// point: every operation with its value, its tangent and its adjoint, the derivation on
// paper, differences over a range of steps, and whether all agree.
//
// Usage:
//
//	go run ./compare/explain 'ln(x1)+x1*x2-sin(x2)' x1=2 x2=5
//	go run ./compare/explain -go file.go:Func x1=2 x2=5
//	go run ./compare/explain -code file.go:Func -html page.html
//
// The flags, before or after the formula, are:
//
//	-why NAME       only what concerns the derivative by one input, with its paths
//	-order 2        second derivatives, too
//	-method NAME    one method alone: dual, reverse, symbolic or numeric
//	-json           a document in place of the text (see package compare/trace)
//	-html FILE      also write a page that needs nothing but itself
//	-svg FILE       also write the graph of the function as a picture
//	-go FILE:FUNC   a function in Go, func f[T ad.Scalar[T]](x []T) T or (x, y T) T, of any
//	                package in a module that requires this one
//	-data EXPR      what such a function takes behind its numbers, as func f(x []T, data D) T for
//	                Bind: an expression of Go in its package, such as a variable
//	-code FILE:FUNC the code of the gradient of a function over float64, as symbolic/adgen writes
//	                it; with -html, on a page with the source beside it
//	-gallery        formulas worth seeing, with a sentence each; -gallery NAME explains one
//	-notes          chapters of a course in deep learning; -notes NAME prints one, and
//	                -notes -html DIR writes all of them as pages
//	-exercise NAME  asks for the column of adjoints or tangents, and checks the answers; or
//	                shows engines with bugs, and asks which
//	-serve          the playground and the notes, in a browser on this machine: type a formula, drag the point;
//	                -addr 127.0.0.1:8080 chooses the port
//	-playground DIR writes the playground to a folder, for any server of files
//
// A value may be a formula without variables, such as x=pi/2.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/quartet-ad/ad/compare/internal/draw"
	"github.com/quartet-ad/ad/compare/trace"
	"github.com/quartet-ad/ad/internal/replace"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "explain: %v\n", err)
		os.Exit(2)
	}
}

// run does what the arguments ask for.
func run(args []string, out io.Writer) error {
	q, err := parse(args)
	if err != nil {
		return err
	}
	if q.notes {
		return showNotes(q, q.sights, out)
	}
	if q.exercise == "bugs" {
		return bugs(os.Stdin, out)
	}
	if q.code != "" {
		return showCode(q, out)
	}
	if q.gallery {
		return showGallery(q, q.sights, out)
	}
	if q.serve {
		return serve(q.addr, out)
	}
	if q.folder != "" {
		s, err := newSite()
		if err != nil {
			return err
		}
		return s.write(q.folder)
	}
	for _, file := range []string{q.html, q.svg} { // before the work is done, not after
		if file != "" {
			if err := replace.Check(file); err != nil {
				return err
			}
		}
	}
	t, err := q.trace()
	if err != nil {
		return err
	}
	if q.exercise != "" {
		return exercise(t, q, os.Stdin, out)
	}
	if q.json {
		e := json.NewEncoder(out)
		e.SetIndent("", "\t")
		err = e.Encode(t)
	} else {
		err = writeText(out, t, q)
	}
	if err == nil && q.html != "" {
		err = writePage(q.html, t, q)
	}
	if err == nil && q.svg != "" {
		err = replace.File(q.svg, func(w io.Writer) error {
			_, err := io.WriteString(w, draw.Picture(t))
			return err
		})
	}
	return err
}

// trace traces what is asked about.
func (q question) trace() (*trace.Trace, error) {
	if q.goFunc != "" {
		return traceGo(q)
	}
	return trace.Text(q.formula, q.names, q.x, q.options())
}

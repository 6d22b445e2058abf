package source

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Run is the command adgen, in a directory: it returns the exit code.
func Run(dir string, args []string, out, errs io.Writer) int {
	return run(dir, args, out, errs, nil)
}

// run is Run, which stops to watch when done is closed.
func run(dir string, args []string, out, errs io.Writer, done <-chan struct{}) int {
	flags := flag.NewFlagSet("adgen", flag.ContinueOnError)
	flags.SetOutput(errs)
	funcs := flags.String("func", "", "the functions, as `f,g,Type.Method`")
	wrt := flags.String("wrt", "", "the parameters to differentiate by, as `x,y`; all of type float64 and []float64 if empty")
	file := flags.String("o", "", "the `file` to write; the first function's name and _adgen.go if empty")
	show := flags.Bool("n", false, "print the code and write no file")
	stale := flags.Bool("check", false, "write no file, and fail if the file is not what would be written")
	tests := flags.Bool("tests", false, "write a test of the derivatives too, unless its file is there already")
	html := flags.String("html", "", "write a page of sources and gradients, side by side, to this `file` as well")
	watching := flags.Bool("watch", false, "write again whenever a Go file of the directory changes, until interrupted")
	modes := flags.String("modes", "reverse,forward,generic", "what is written for each function: reverse, forward, generic, jacobian, second")
	flags.Usage = func() {
		fmt.Fprintln(errs, "usage: adgen -func f[,g] [-wrt x[,y]] [-o file] [-n | -check | -tests | -watch] [directory | files]")
		fmt.Fprintln(errs, "       adgen [-n | -check] directory | pattern/...    what the lines of go:generate there say")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return 2
	}
	fail := func(err error) int { fmt.Fprintln(errs, err); return 1 }
	if *watching {
		again := slices.DeleteFunc(slices.Clone(args), func(a string) bool { return a == "-watch" || a == "--watch" || a == "-watch=true" })
		at := dir
		if flags.NArg() == 1 && !strings.HasSuffix(flags.Arg(0), ".go") && !filepath.IsAbs(flags.Arg(0)) {
			at = filepath.Join(dir, flags.Arg(0))
		}
		return watch(at, func() int { return Run(dir, again, out, errs) }, out, done)
	}
	if *funcs == "" && flags.NArg() > 0 && flags.NFlag() <= 1 {
		return runLines(dir, flags.Args(), args[:len(args)-flags.NArg()], out, errs)
	}
	if *funcs == "" {
		flags.Usage()
		return 2
	}
	var names []string
	for _, a := range flags.Args() {
		if strings.HasPrefix(a, "-") {
			fmt.Fprintf(errs, "adgen: %s: flags come first\n", a)
			return 2
		}
		path := a
		if !filepath.IsAbs(a) {
			path = filepath.Join(dir, a)
		}
		if !strings.HasSuffix(a, ".go") {
			if flags.NArg() > 1 {
				return fail(fmt.Errorf("adgen: one directory, or files: %s", strings.Join(flags.Args(), " ")))
			}
			dir = path
			continue
		}
		names = append(names, path)
	}
	list := strings.Split(*funcs, ",")
	if *file == "" {
		*file = strings.ToLower(strings.ReplaceAll(list[0], ".", "_")) + "_adgen.go"
	}
	target := *file
	if !filepath.IsAbs(target) {
		target = filepath.Join(dir, target)
	}
	var mode Mode
	for _, m := range strings.Split(*modes, ",") {
		bit, ok := map[string]Mode{"reverse": Reverse, "forward": Forward, "generic": Generic, "jacobian": Reverse | Jacobian, "second": Second}[m]
		if !ok {
			return fail(fmt.Errorf("adgen: -modes: %q is none of reverse, forward, generic, jacobian and second", m))
		}
		mode |= bit
	}
	p, err := Load(dir, names, filepath.Base(target))
	if err != nil {
		return fail(err)
	}
	var requests []Request
	for _, name := range list {
		r := Request{Func: strings.TrimSpace(name)}
		if *wrt != "" {
			r.Wrt = strings.Split(*wrt, ",")
		}
		requests = append(requests, r)
	}
	code, err := p.Generate(mode, requests...)
	if err != nil {
		return fail(err)
	}
	if *html != "" {
		text, err := p.HTML(requests...)
		if err != nil {
			return fail(err)
		}
		if !filepath.IsAbs(*html) {
			*html = filepath.Join(dir, *html)
		}
		if err := os.WriteFile(*html, text, 0o666); err != nil {
			return fail(fmt.Errorf("adgen: %w", err))
		}
	}
	switch {
	case *show:
		out.Write(code)
	case *stale:
		old, err := os.ReadFile(target)
		if err != nil {
			return fail(fmt.Errorf("adgen: %w", err))
		}
		if !bytes.Equal(old, code) {
			return fail(fmt.Errorf("adgen: %s is stale: run go generate", *file))
		}
	default:
		var test []byte
		if *tests {
			if test, err = p.Test(requests...); err != nil {
				return fail(err)
			}
		}
		if err := os.WriteFile(target, code, 0o666); err != nil {
			return fail(fmt.Errorf("adgen: %w", err))
		}
		if *tests {
			if err := writeNew(strings.TrimSuffix(target, ".go")+"_test.go", test); err != nil {
				return fail(err)
			}
		}
	}
	return 0
}

// writeNew writes a file of tests, unless it is there: somebody may have changed the points.
func writeNew(target string, code []byte) error {
	file, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err == nil {
		_, err = file.Write(code)
		err = errors.Join(err, file.Close())
	}
	if err != nil {
		return fmt.Errorf("adgen: %w", err)
	}
	return nil
}

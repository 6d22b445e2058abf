// Crosscheck differentiates the whole catalogue by all four methods and prints a
// table of agreement: every elementary function, every activation and loss, test
// problems of optimisation, and NIST's regressions on real data, which it also
// fits. It exits with status 1 if any two methods disagree, or if a certified
// solution is not found.
//
// Usage:
//
//	go run ./compare/crosscheck [-run REGEXP] [-v]
//
// With -run it checks only what matches, of names like elementary/sin,
// loss/huber, regression/Thurber and golden/erf. With -v it lists the accuracy
// of every function, with its worst point, and every disagreement in full.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
)

func main() {
	run := flag.String("run", "", "check only what matches this regular `expression`")
	verbose := flag.Bool("v", false, "list the accuracy of every function, and every disagreement in full")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "crosscheck: unexpected argument %q\n", flag.Arg(0))
		os.Exit(2)
	}
	pattern, err := regexp.Compile(*run)
	if err != nil {
		fmt.Fprintf(os.Stderr, "crosscheck: -run: %v\n", err)
		os.Exit(2)
	}
	ok, err := crosscheck(os.Stdout, progress(os.Stderr), pattern, *verbose)
	if err != nil {
		fmt.Fprintf(os.Stderr, "crosscheck: %v\n", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

// crosscheck checks what matches the pattern, prints a table to out and reports
// whether all is well. It calls tick with the name of every check that begins,
// and with "" at the end.
func crosscheck(out io.Writer, tick func(name string), pattern *regexp.Regexp, verbose bool) (bool, error) {
	full := pattern.String() == ""
	entries, err := catalogue()
	if err != nil {
		return false, err
	}
	t := table{out: out, verbose: verbose}
	for _, e := range entries {
		if name := e.Group + "/" + e.Func.Name; pattern.MatchString(name) {
			tick(name)
			t.add(check(e))
		}
	}
	accuracy, err := golden(tick, pattern, t.add)
	if err != nil {
		return false, err
	}
	fits, err := nist(tick, pattern)
	if err != nil {
		return false, err
	}
	tick("")
	fitted := printNIST(out, fits)
	agree := t.summary(full)
	accurate := accuracy.print(out, verbose, full)
	if len(t.lines) == 0 && len(accuracy.functions) == 0 {
		return false, fmt.Errorf("nothing matches %q", pattern)
	}
	return agree && accurate && fitted, nil
}

// progress returns a function that shows what is being checked on one line that
// it rewrites, if w is a terminal, and nothing otherwise.
func progress(w *os.File) func(name string) {
	info, err := w.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return func(string) {}
	}
	return func(name string) { fmt.Fprintf(w, "\r\x1b[K%s", name) }
}

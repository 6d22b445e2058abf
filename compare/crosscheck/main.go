// Crosscheck differentiates the whole catalog by all four methods and prints a
// table of agreement: every elementary function, every activation and loss, test
// problems of optimization, regressions on real data, operations on arrays, and
// functions whose derivatives 60-digit arithmetic knows, with that as referee. It fits NIST's
// regressions and says how many digits of the certified solutions it finds. It
// exits with status 1 if any two methods disagree, or if a solution is not found.
//
// Usage:
//
//	go run ./compare/crosscheck [-run REGEXP] [-v] [-json] [-html FILE]
//
// With -run it checks only what matches, of names like elementary/sin,
// loss/huber, regression/Thurber and golden/erf. With -v it lists the accuracy
// of every function, with its worst point, and every disagreement in full. With
// -json it prints a document (see type document in json.go) in place of the table,
// and with -html it also writes the results to FILE as a page that needs nothing
// but itself.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime/debug"
	"slices"

	"github.com/quartet-ad/ad/internal/replace"
)

func main() {
	run := flag.String("run", "", "check only what matches this regular `expression`")
	verbose := flag.Bool("v", false, "list the accuracy of every function, and every disagreement in full")
	asJSON := flag.Bool("json", false, "print a JSON document in place of the table")
	html := flag.String("html", "", "also write a page to this `file`")
	flag.Parse()
	if flag.NArg() > 0 {
		fail(fmt.Errorf("unexpected argument %q", flag.Arg(0)))
	}
	pattern, err := regexp.Compile(*run)
	if err != nil {
		fail(fmt.Errorf("-run: %w", err))
	}
	if *html != "" { // before the work is done, not after
		if err := replace.Check(*html); err != nil {
			fail(fmt.Errorf("-html: %w", err))
		}
	}
	debug.SetGCPercent(400) // judging makes much garbage, and keeps nothing
	out := io.Writer(os.Stdout)
	if *asJSON {
		out = io.Discard
	}
	r, err := crosscheck(out, progress(os.Stderr), pattern, *verbose)
	if err != nil {
		fail(err)
	}
	if *asJSON || *html != "" {
		r.curves = curves()
	}
	if *asJSON {
		if err := r.writeJSON(os.Stdout); err != nil {
			fail(err)
		}
	}
	if *html != "" {
		if err := r.writePage(*html); err != nil {
			fail(err)
		}
	}
	if !r.ok {
		os.Exit(1)
	}
}

// fail ends the command with status 2: it could not do its work.
func fail(err error) {
	fmt.Fprintf(os.Stderr, "crosscheck: %v\n", err)
	os.Exit(2)
}

// results are what a run found out.
type results struct {
	ok       bool
	lines    []line
	accuracy accuracy
	fits     []nistResult
	curves   []curve
}

// crosscheck checks what matches the pattern and prints a table to out. It calls
// tick with the name of every check that begins, and with "" at the end.
func crosscheck(out io.Writer, tick func(name string), pattern *regexp.Regexp, verbose bool) (results, error) {
	full := pattern.String() == ""
	jobs, err := allJobs()
	if err != nil {
		return results{}, err
	}
	jobs = slices.DeleteFunc(jobs, func(j job) bool { return !pattern.MatchString(j.name) })
	if len(jobs) == 0 {
		return results{}, fmt.Errorf("nothing matches %q", pattern)
	}
	t := table{out: out, verbose: verbose}
	var accuracy accuracy
	var failure error
	inOrder(jobs, tick, func(o outcome) {
		if failure = cmp.Or(failure, o.err); failure != nil {
			return
		}
		t.add(o.line)
		if o.accuracy != nil {
			accuracy.functions = append(accuracy.functions, o.accuracy)
		}
	})
	if failure != nil {
		return results{}, failure
	}
	fits, err := nist(tick, pattern)
	if err != nil {
		return results{}, err
	}
	tick("")
	fitted := printNIST(out, fits)
	agree := t.summary(full)
	accurate := accuracy.print(out, verbose, full)
	accuracy.printGoMath(out)
	return results{ok: agree && accurate && fitted, lines: t.lines, accuracy: accuracy, fits: fits}, nil
}

// allJobs returns the checks of a full run.
func allJobs() (jobs []job, err error) {
	for _, list := range []func() ([]job, error){listed, golden} {
		j, err := list()
		if err != nil {
			return nil, err
		}
		jobs = append(jobs, j...)
	}
	return jobs, nil
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

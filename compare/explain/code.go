package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// showCode prints the code of the gradient of a function over float64, as symbolic/adgen
// writes it, or with -html writes a page with its source beside it. Nothing is written to the
// package.
func showCode(q question, out io.Writer) error {
	file, name, ok := cutLast(q.code, ":")
	if !ok || file == "" || name == "" || !strings.HasSuffix(file, ".go") {
		return fmt.Errorf("-code %s: write -code file.go:Func", short(q.code))
	}
	full, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	if _, err := os.Stat(full); err != nil {
		return fmt.Errorf("-code %s: there is no file %s", short(q.code), file)
	}
	args := []string{"run", "github.com/quartet-ad/ad/symbolic/adgen", "-n", "-modes", "reverse", "-func", name, "-o", writtenTo(filepath.Dir(full), name)}
	if q.html != "" {
		page, err := filepath.Abs(q.html)
		if err != nil {
			return err
		}
		args = append(args, "-html", page)
	}
	var text, errs strings.Builder
	run := exec.Command("go", append(args, ".")...)
	run.Dir, run.Stdout, run.Stderr = filepath.Dir(full), &text, &errs
	if err := run.Run(); err != nil {
		return fmt.Errorf("-code %s: %s", short(q.code), strings.TrimSpace(errs.String()))
	}
	if q.html != "" {
		return nil
	}
	_, err = io.WriteString(out, text.String())
	return err
}

// writtenTo returns the name of the file of a directory that has the gradient of a function
// already, or one that is not there.
func writtenTo(dir, name string) string {
	has := regexp.MustCompile(`(?m)^func (\(.*\) )?` + regexp.QuoteMeta(name[strings.LastIndex(name, ".")+1:]) + `Grad\(`)
	files, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, file := range files {
		if text, err := os.ReadFile(file); err == nil && has.Match(text) {
			return filepath.Base(file)
		}
	}
	return "explain_adgen.go"
}

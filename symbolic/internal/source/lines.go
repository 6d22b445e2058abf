package source

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A line is a line of go:generate that runs adgen.
type line struct {
	at   string // file:line
	args []string
}

var generateLine = regexp.MustCompile(`^//go:generate\s+(?:go\s+run\s+\S*symbolic/adgen(?:@\S+)?|go\s+tool\s+\S*adgen|adgen)\s+(.*)$`)

// lines returns those of the Go files in a directory.
func lines(dir string) ([]line, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var list []line
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for i, l := range strings.Split(string(text), "\n") {
			if m := generateLine.FindStringSubmatch(strings.TrimSpace(l)); m != nil {
				list = append(list, line{fmt.Sprintf("%s:%d", name, i+1), strings.Fields(m[1])})
			}
		}
	}
	return list, nil
}

// Fresh returns an error for every file of a directory that is not what its lines for
// generate would write today, and how many lines there are.
func Fresh(dir string) (n int, stale []error) {
	list, err := lines(dir)
	if err != nil {
		return 0, []error{err}
	}
	for _, l := range list {
		var errs strings.Builder
		if Run(dir, append([]string{"-check"}, l.args...), io.Discard, &errs) != 0 {
			stale = append(stale, fmt.Errorf("%s: %s", l.at, strings.TrimSpace(errs.String())))
		}
	}
	return len(list), stale
}

// runLines does what the lines of go:generate ask for, in the directories that patterns
// name, with more flags before.
func runLines(dir string, patterns, flags []string, out, errs io.Writer) (code int) {
	n := 0
	for _, pattern := range patterns {
		dirs, err := directories(dir, pattern)
		if err != nil {
			fmt.Fprintf(errs, "adgen: %v\n", err)
			return 1
		}
		for _, d := range dirs {
			list, err := lines(d)
			if err != nil {
				fmt.Fprintf(errs, "adgen: %v\n", err)
				return 1
			}
			for _, l := range list {
				n++
				var text strings.Builder
				if c := Run(d, slices.Concat(flags, l.args), out, &text); c != 0 {
					fmt.Fprintf(errs, "%s: %s", l.at, text.String())
					code = 1
				}
			}
		}
	}
	if n == 0 {
		fmt.Fprintf(errs, "adgen: no line of go:generate in %s runs adgen\n", strings.Join(patterns, " "))
		return 1
	}
	return code
}

// directories returns those that a pattern names: one, or all below it for dir/..., but for
// those that the go command passes over.
func directories(dir, pattern string) ([]string, error) {
	root, below := strings.CutSuffix(pattern, "...")
	if !filepath.IsAbs(root) {
		root = filepath.Join(dir, root)
	}
	if !below {
		return []string{root}, nil
	}
	var list []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		name := d.Name()
		if path != filepath.Clean(root) && (name == "testdata" || name == "vendor" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")) {
			return filepath.SkipDir
		}
		list = append(list, path)
		return nil
	})
	return list, err
}

package source

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const roots = `package p

import "math"

func root(x []float64) float64 { return math.Sqrt(x[0]) / x[1] }

func abs(x []float64) float64 { return math.Abs(x[0]) * math.Sqrt(x[1]) }

func absAlong() {}
`

// TestFilesTogether: several files that are generated for a package do not have helpers, or
// anything else, of the same name, whether one function comes first in all of them, or a
// helper would have the name of a function that is there.
func TestFilesTogether(t *testing.T) {
	for _, files := range []string{"", " p.go"} { // the whole package, and a file of it
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "p.go"), []byte(roots), 0o666); err != nil {
			t.Fatal(err)
		}
		all := []string{"-func root,abs", "-func root -modes second -o root_hvp_adgen.go", "-func abs -modes second -o 2.go"}
		for round := range 2 {
			for _, args := range all {
				if round == 1 {
					args = "-check " + args
				}
				var errs bytes.Buffer
				if code := Run(dir, strings.Fields(args+files), &errs, &errs); code != 0 {
					t.Errorf("adgen %s: exit code %d: %s", args+files, code, errs.String())
				}
			}
		}
		p, err := Load(dir, nil, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range p.bad {
			if !strings.Contains(e.Msg, "undefined: ad.") { // only package math is read
				t.Errorf("adgen%s: %v", files, e)
			}
		}
		if n := len(p.decls); n < 3+6+2 {
			t.Errorf("%d functions", n)
		}
	}
}

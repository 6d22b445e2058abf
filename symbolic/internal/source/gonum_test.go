package source

import (
	"errors"
	"go/build"
	"strings"
	"testing"
)

// TestGonumAsItIs: of gonum's test functions and log-densities, as gonum's authors wrote them,
// most are taken. The rest call methods or functions of other packages, or count in float64.
func TestGonumAsItIs(t *testing.T) {
	for _, c := range []struct {
		path, method string
		modes        Mode
		least, of    int
	}{
		{"gonum.org/v1/gonum/optimize/functions", ".Func", Reverse | Forward | Generic | Second, 44, 48},
		{"gonum.org/v1/gonum/stat/distuv", ".LogProb", Reverse | Forward | Generic, 16, 22},
	} {
		dir, err := build.Import(c.path, ".", build.FindOnly)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Load(dir.Dir, nil, "of_adgen.go")
		if err != nil {
			t.Fatal(err)
		}
		taken, all := 0, 0
		for _, name := range sorted(p.decls, func(s string) string { return s }) {
			if !strings.HasSuffix(name, c.method) {
				continue
			}
			all++
			_, err := p.Generate(c.modes, Request{Func: name})
			var list Refusals
			switch {
			case err == nil:
				taken++
			case !errors.As(err, &list):
				t.Errorf("%s: %v", name, err)
			default:
				t.Logf("%s%s", strings.TrimSuffix(name, c.method), strings.TrimPrefix(list[0].Error(), dir.Dir))
			}
		}
		if taken < c.least || all != c.of {
			t.Errorf("%s: %d of %d functions are taken, want %d of %d", c.path, taken, all, c.least, c.of)
		}
	}
}

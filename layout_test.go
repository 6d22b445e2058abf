package ad_test

import (
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/quartet-ad/ad"

// mayImport lists, for every package of the module, which others it may import:
// a line of code knows its room by what it is allowed to know. A command may
// import whatever it likes, and is imported by nobody.
var mayImport = map[string][]string{
	"":                 {"internal/rule"},
	"internal/rule":    {},
	"internal/check":   {},
	"internal/golden":  {},
	"internal/kernel":  {},
	"internal/outside": {},
	"internal/memtest": {},
	"internal/replace": {},
	"internal/page":    {},
	"numeric":          {"", "internal/check", "internal/page", "reverse/sparse"},
	"dual":             {"", "internal/check", "internal/kernel", "internal/rule", "reverse/sparse"},
	"internal/optest":  {"", "internal/golden"},
	"reverse": {"", "internal/check", "internal/kernel", "internal/rule",
		"reverse/internal/layout", "reverse/internal/program", "reverse/internal/vector", "reverse/revolve", "reverse/sparse"},
	"reverse/internal/layout":         {"internal/kernel", "reverse/internal/vector"},
	"reverse/internal/program":        {"internal/kernel", "internal/rule", "reverse/internal/vector", "reverse/sparse"},
	"reverse/internal/vector":         {"internal/kernel", "internal/rule"},
	"reverse/lsq":                     {"internal/check", "reverse", "reverse/sparse"},
	"reverse/revolve":                 {}, // dual may use both later: they know no tape
	"reverse/sparse":                  {"internal/check"},
	"symbolic":                        {"", "internal/check", "internal/kernel", "internal/rule", "symbolic/internal/gosource", "symbolic/internal/notation"},
	"symbolic/adgentest":              {"symbolic/internal/source"},
	"symbolic/internal/gosource":      {},
	"symbolic/internal/notation":      {},
	"symbolic/internal/source":        {"", "internal/page", "symbolic", "symbolic/internal/gosource"},
	"symbolic/internal/source/corpus": {""},

	"symbolic/internal/source/outside/floats": {},
	"symbolic/internal/source/outside/mat":    {},
	"nn":                                      {"", "internal/kernel", "internal/outside", "internal/replace", "reverse"},
	"nn/data":                                 {"internal/outside"},
	"nn/metric":                               {},
	"nn/onnx":                                 {"", "compare", "nn", "nn/vision", "reverse", "symbolic"},
	"nn/optim":                                {"internal/kernel", "nn"},
	"nn/report":                               {"internal/page", "internal/replace", "nn", "nn/metric"},
	"nn/vision":                               {"", "reverse", "nn", "nn/metric"},
	"compare":                                 {"", "compare/internal/rounding", "numeric", "dual", "reverse", "symbolic", "nn"},
	"compare/internal/draw":                   {"compare/trace", "internal/page"},
	"compare/explain/playground":              {"", "compare/internal/draw", "compare/trace", "internal/page", "symbolic"},
	"compare/internal/precise":                {""},
	"compare/internal/rounding":               {"", "symbolic"},
	"compare/adbench":                         {""},
	"compare/catalog":                         {"", "internal/problems", "internal/rule", "numeric", "dual", "reverse", "symbolic", "nn", "compare", "compare/adbench"},
	"compare/notes":                           {"", "numeric", "dual", "reverse", "symbolic", "nn", "nn/data", "nn/metric", "nn/optim", "nn/vision", "compare/trace", "internal/page"},
	"compare/notes/exercises":                 {"", "numeric", "dual", "reverse", "symbolic", "compare"},
	"compare/trace":                           {"", "numeric", "dual", "reverse", "symbolic", "compare", "compare/internal/precise"},
	"fuzz":                                    {"", "numeric", "dual", "reverse", "symbolic", "compare"},

	"compare/notes/exercises/solutions": {"compare/notes/exercises"},
	"internal/problems":                 {""},

	"compare/crosscheck":              nil, // a command
	"compare/explain":                 nil, // a command
	"compare/explain/playground/wasm": nil, // a command
	"nn/train":                        nil, // a command
	"numeric/peers":                   nil, // a command
	"reverse/soak":                    nil, // a command
	"symbolic/adgen":                  nil, // a command
}

// A listed is what go list says of a package.
type listed struct {
	ImportPath, Name string
	Imports          []string
	TestImports      []string
	XTestImports     []string
	Standard         bool
	Deps             []string
	Module           *struct{ Path string }
}

func goList(t *testing.T, args ...string) []listed {
	out, err := exec.Command("go", append([]string{"list", "-json"}, args...)...).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// own returns the path of a package within the module.
func own(path string) (string, bool) {
	if path == module {
		return "", true
	}
	return strings.CutPrefix(path, module+"/")
}

// TestRooms holds the imports of every package against the list above.
func TestRooms(t *testing.T) {
	seen := 0
	for _, p := range goList(t, "./...") {
		name, _ := own(p.ImportPath)
		allowed, ok := mayImport[name]
		if !ok {
			t.Errorf("package %q has no room: say what it may import", name)
			continue
		}
		seen++
		if p.Name == "main" {
			continue
		}
		for _, path := range p.Imports {
			if dep, ok := own(path); ok && !slices.Contains(allowed, dep) {
				t.Errorf("package %q imports %q", name, dep)
			}
		}
		for _, dep := range allowed {
			if path := strings.TrimSuffix(module+"/"+dep, "/"); !slices.Contains(p.Imports, path) {
				t.Errorf("package %q does not import %q: take the permission away", name, dep)
			}
		}
	}
	if seen != len(mayImport) {
		t.Errorf("%d packages are there, %d have a room", seen, len(mayImport))
	}
}

// TestDependencies: packages that a user imports depend on the standard library
// and gonum alone. rapid and go-cmp are for tests, and for what exists for
// testers.
func TestDependencies(t *testing.T) {
	isThird := func(path string, allowed ...string) bool {
		first, _, _ := strings.Cut(path, "/")
		if !strings.Contains(first, ".") { // the standard library
			return false
		}
		_, ours := own(path)
		return !ours && !slices.ContainsFunc(allowed, func(prefix string) bool {
			return path == prefix || strings.HasPrefix(path, prefix+"/")
		})
	}
	for _, p := range goList(t, "./...") {
		if p.Name == "main" {
			continue
		}
		allowed := []string{"gonum.org/v1/gonum", "golang.org/x/tools/container/intsets"} // gonum's optimize has the latter
		if p.ImportPath == module+"/fuzz" {
			allowed = append(allowed, "pgregory.net/rapid")
		}
		if p.ImportPath == module+"/internal/optest" {
			allowed = append(allowed, "github.com/google/go-cmp")
		}
		for _, path := range p.Deps {
			if isThird(path, allowed...) {
				t.Errorf("%s depends on %s", p.ImportPath, path)
			}
		}
		for _, path := range append(p.TestImports, p.XTestImports...) {
			if isThird(path, "gonum.org/v1/gonum", "pgregory.net/rapid", "github.com/google/go-cmp") {
				t.Errorf("the tests of %s depend on %s", p.ImportPath, path)
			}
		}
	}
}

// TestStrangers: the four backends never import each other, not even in what
// they import. Packages that know no tape belong to none of them, wherever they lie.
func TestStrangers(t *testing.T) {
	backends := []string{"numeric", "dual", "reverse", "symbolic"}
	tapeless := []string{"reverse/sparse", "reverse/revolve"}
	for _, name := range backends {
		for _, p := range goList(t, "./"+name+"/...") {
			for _, path := range p.Deps {
				dep, ok := own(path)
				if slices.Contains(tapeless, dep) {
					continue
				}
				dep, _, _ = strings.Cut(dep, "/")
				if ok && dep != name && slices.Contains(backends, dep) {
					t.Errorf("%s depends on %s", name, dep)
				}
			}
		}
	}
}

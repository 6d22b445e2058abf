package corpus

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
)

// TestAllocations: a gradient that keeps nothing, or as much as is known before, allocates
// nothing if its function does not.
func TestAllocations(t *testing.T) {
	names, err := filepath.Glob("*_adgen.go")
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(text)
	}
	sized := regexp.MustCompile(`make\(\[\]\w+, (0, )?\d+\)|\[\]float64\{\d`)
	fused, kept := 0, 0
	for _, p := range programs {
		_, body, ok := strings.Cut(code.String(), "\nfunc "+p.name+"Grad(")
		body, _, _ = strings.Cut(body, "\n}\n")
		if !ok {
			t.Errorf("there is no gradient of %s", p.name)
		}
		if strings.Contains(body, "0, 32)") { // how much is kept is not known
			continue
		}
		if strings.Contains(sized.ReplaceAllString(body, ""), "make(") {
			continue
		}
		if strings.Contains(body, "make(") {
			kept++
		} else {
			fused++
		}
		x := p.points[0]
		grad := make([]float64, len(x))
		if n := memtest.Allocations(10, func() { p.grad(grad, x) }); n != 0 {
			t.Errorf("%s allocates %v times", p.name, n)
		}
	}
	if fused < 70 || kept < 8 {
		t.Errorf("%d gradients keep nothing, and %d what is known", fused, kept)
	}
}

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCode: the gradient of a plain function is printed, or stands beside it on a page; what
// adgen refuses is said.
func TestCode(t *testing.T) {
	const file = "../../symbolic/internal/source/corpus/tutorial.go"
	page := filepath.Join(t.TempDir(), "page.html")
	for _, c := range []struct {
		args      []string
		out, errs string
	}{
		{[]string{"-code", file + ":valley"}, "func valleyGrad(xGrad []float64, x []float64) float64 {", ""},
		{[]string{"-code", file + ":valley", "-html", page}, "", ""},
		{[]string{"-code", file + ":peak"}, "", "there is no function peak"},
		{[]string{"-code", "nowhere.go:f"}, "", "there is no file nowhere.go"},
		{[]string{"-code", file + ":valley", "x=1"}, "", "leave it out"},
		{[]string{"-code", "valley"}, "", "write -code file.go:Func"},
	} {
		var out bytes.Buffer
		err := run(c.args, &out)
		if (err != nil) != (c.errs != "") || err != nil && !strings.Contains(err.Error(), c.errs) || !strings.Contains(out.String(), c.out) {
			t.Errorf("explain %v: %v, and\n%s", c.args, err, out.String())
		}
	}
	text, err := os.ReadFile(page)
	if err != nil || !bytes.Contains(text, []byte("gradient of valley")) {
		t.Errorf("the page is\n%.300s, %v", text, err)
	}
}

package source

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestHTML: the page has every line of the source and of the gradient, its links lead to
// lines, and it is well-formed.
func TestHTML(t *testing.T) {
	name := filepath.Join(t.TempDir(), "page.html")
	var out, errs bytes.Buffer
	if code := Run("corpus", []string{"-html", name, "-n", "-func", "valley,growth,survival", "tutorial.go"}, &out, &errs); code != 0 {
		t.Fatal(errs.String())
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	for _, want := range []string{
		"<h2>growth</h2>", "b := x[i+1] - x[i]*x[i]</span>", `<span class="adjoint"><i>12</i>`, "bAdj := 2 * (100 * b)",
		`func valley(x []float64) float64 {`, `func survivalGrad(xGrad []float64, `,
	} {
		if !strings.Contains(html.UnescapeString(page), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	links := 0
	for _, after := range strings.Split(page, `<a href="#`)[1:] {
		links++
		if id, _, _ := strings.Cut(after, `"`); strings.Count(page, `id="`+id+`"`) != 1 {
			t.Errorf("the link to %s leads nowhere", id)
		}
	}
	if links < 1 {
		t.Errorf("%d links", links)
	}
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if code := Run("corpus", []string{"-html", name, "-n", "-func", "nobody", "tutorial.go"}, &out, &errs); code != 1 {
		t.Errorf("exit code %d", code)
	}
}

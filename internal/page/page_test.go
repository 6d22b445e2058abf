package page

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	var b strings.Builder
	text := `{{template "head" .Title}}</head><body>{{twice .Title}}</body></html>`
	twice := func(s string) string { return s + s }
	if err := Parse(text, map[string]any{"twice": twice}).Execute(&b, struct{ Title string }{"a <b>"}); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, want := range []string{"<!doctype html>", "<title>a &lt;b&gt;</title>", ":root{color-scheme:light dark;", "<body>a &lt;b&gt;a &lt;b&gt;</body>"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not have %q:\n%s", want, page)
		}
	}
	for _, not := range []string{"<script", "http:", "https:", "ZgotmplZ"} {
		if strings.Contains(page, not) {
			t.Errorf("the page has %q", not)
		}
	}
}

func TestSVG(t *testing.T) {
	for label, want := range map[string]string{
		"":      `<svg class="c" viewBox="0 0 3 4" width="3" height="4" aria-hidden="true"><path/></svg>`,
		"a < b": `<svg class="c" viewBox="0 0 3 4" width="3" height="4" role="img" aria-label="a &lt; b"><path/></svg>`,
	} {
		if got := SVG("c", 3, 4, label, "<path/>"); string(got) != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

package notes_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/compare/notes"
)

var keep = flag.String("pages", "", "write the pages to this folder, to look at")

// TestPages: every chapter has a picture, says which equations it explains, shows no number that a
// template could not print, and needs nothing but itself.
func TestPages(t *testing.T) {
	dir := *keep
	if dir == "" {
		dir = t.TempDir()
	}
	if err := notes.WritePages(dir); err != nil {
		t.Fatal(err)
	}
	explained := make(map[int]bool)
	for _, c := range notes.Chapters() {
		text, err := os.ReadFile(filepath.Join(dir, c.Name+".html"))
		if err != nil {
			t.Fatal(err)
		}
		page := string(text)
		if !strings.Contains(page, "<svg") {
			t.Errorf("%s has no picture", c.Name)
		}
		for _, not := range []string{"<script", "http:", "https:", "url(", "%!", "ZgotmplZ", "+Inf", `="NaN`} {
			if strings.Contains(page, not) {
				t.Errorf("%s has %q", c.Name, not)
			}
		}
		if bad := regexp.MustCompile(`[ML,]-?NaN|"NaN`).FindString(page); bad != "" {
			t.Errorf("%s has a picture with %q", c.Name, bad)
		}
		if len(page) > 300_000 {
			t.Errorf("%s has %d bytes", c.Name, len(page))
		}
		for _, n := range c.Equations {
			explained[n] = true
			if !regexp.MustCompile(`<b>\(` + regexp.QuoteMeta(strconv.Itoa(n)) + `\)</b>`).MatchString(page) {
				t.Errorf("%s does not show equation %d", c.Name, n)
			}
		}
		var b bytes.Buffer
		if err := c.WriteText(&b); err != nil || b.Len() < 1500 {
			t.Errorf("%s as text has %d bytes, %v", c.Name, b.Len(), err)
		}
	}
	if len(explained) != 34 {
		t.Errorf("chapters explain %d equations", len(explained))
	}
}

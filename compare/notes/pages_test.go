package notes_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/compare/notes"
)

var keep = flag.String("pages", "", "write the pages to this folder, to look at")

// TestPages: every chapter has a picture, says which equations it explains, shows no number that a
// template could not print, and needs nothing but itself.
func TestPages(t *testing.T) {
	pages, err := notes.Pages()
	if err != nil {
		t.Fatal(err)
	}
	if *keep != "" {
		for name, text := range pages {
			if err := os.WriteFile(filepath.Join(*keep, name), text, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	explained := make(map[int]bool)
	for _, c := range notes.Chapters() {
		page := string(pages[c.Name+".html"])
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
		if strings.Contains(page, `class="plot" viewBox`) && strings.Contains(page, `aria-hidden="true"`) {
			t.Errorf("%s has a picture that is not described", c.Name)
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
	}
	if len(explained) != 34 {
		t.Errorf("chapters explain %d equations", len(explained))
	}
}

// TestText: a chapter's text has what its page shows, and the numbers that misprints lead to. It does
// not depend on the number of processors.
func TestText(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	shown := map[string][]string{
		"descent":       {"(1)", "(6)", "24 times as long"},
		"activations":   {"σ′ (8) 40 0 4.248·10⁻¹⁸", "800 NaN 1", "one is −6 and the other −3"},
		"normalization": {"3.0000", "0.1111", "9.81 here where the variance is 9"},
		"overfitting":   {"E_gen", "Early stopping"},
		"dropout":       {"sums of 0.50 in training for 1 afterwards"},
		"losses":        {"−800 +∞ 800", "4.248·10⁻¹⁸"},
		"differences":   {"extrapolated finds its own", "product rule", "TensorFlow"},
		"dualnumbers":   {"6 + 17ε", "1.5 − 3.25ε", "1.9726023611"},
		"autodiff":      {"v₂ gives to v₀", "1.716", "5.500"},
		"optimizers":    {"L-BFGS", "Lion", "RAdam"},
		"convolution":   {"48 3 1 2 1 24 24"},
		"backbones":     {"4 × stride 2 31", "61706"},
		"detection":     {"0.3 3"},
		"metrics":       {"1.3125, above 1", "0.65625", "0.6444", "0.6262", "0.4884", "0.3333", "0.5652"},
		"segmentation":  {"Dice = 2TP", "U-Net"},
	}
	for _, c := range notes.Chapters() {
		if testing.Short() && (c.Name == "overfitting" || c.Name == "segmentation") {
			continue // they train
		}
		write := func(processors int) string {
			runtime.GOMAXPROCS(processors)
			var b bytes.Buffer
			if err := c.WriteText(&b); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
		written := write(1)
		if !testing.Short() && write(3) != written {
			t.Errorf("%s depends on the number of processors", c.Name)
		}
		text := strings.Join(strings.Fields(written), " ")
		if len(shown[c.Name]) == 0 {
			t.Errorf("%s is not looked at", c.Name)
		}
		for _, want := range shown[c.Name] {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q:\n%s", c.Name, want, text)
			}
		}
	}
}

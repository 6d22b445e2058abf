package report

import (
	"bytes"
	"errors"
	"html/template"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/metric"
)

// history returns that of epochs with losses, on held-out data too if there are numbers.
func history(loss, valid []float64, best int) nn.History {
	h := nn.History{Best: best}
	for i, v := range loss {
		e := nn.Epoch{Epoch: i, Loss: v, Valid: math.NaN()}
		if valid != nil {
			e.Valid = valid[i]
		}
		h.Epochs = append(h.Epochs, e)
	}
	return h
}

func render(t *testing.T, p Page) string {
	t.Helper()
	var b strings.Builder
	if err := p.Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, not := range []string{"<script", "http:", "https:", "ZgotmplZ", "NaN", "<no value>", "{{"} {
		if strings.Contains(b.String(), not) {
			t.Errorf("the page has %q", not)
		}
	}
	return b.String()
}

// has reports texts that a page should have, and those that it should not.
func has(t *testing.T, page string, want, not []string) {
	t.Helper()
	for _, s := range want {
		if !strings.Contains(page, s) {
			t.Errorf("the page does not have %q", s)
		}
	}
	for _, s := range not {
		if strings.Contains(page, s) {
			t.Errorf("the page has %q", s)
		}
	}
}

// TestPage holds what a page with everything shows.
func TestPage(t *testing.T) {
	c := metric.NewConfusionMatrix(2)
	c.Add([]int{0, 0, 1}, []int{0, 1, 1})
	page := render(t, Page{
		Headline: "2 < 3 are right", About: "three points", Figures: []Figure{{"accuracy", "66.7 %"}},
		History: history([]float64{2, 1, 0.5}, []float64{2, 1.25, 1.5}, 1), Score: "accuracy", Scores: []float64{0.25, 0.75, 0.5},
		Confusion: c, Classes: []string{"cat", "dog"},
		AboutSamples: "On the line.", Plot: Scatter([]float64{1, 2, math.NaN()}, []float64{1, 3, 1}),
		Samples: []Sample{{Picture: template.HTML("<b>x</b>"), Caption: "a cat", Right: true}},
		Network: "small network", Model: nn.Sequential{nn.NewLinear(2, 1, rand.New(rand.NewPCG(1, 2)))}, Input: []int{2},
		Command: "go run .",
	})
	has(t, page, []string{
		"<title>2 &lt; 3 are right</title>", "<h1>2 &lt; 3 are right</h1>", "three points", "<dt>accuracy</dt><dd>66.7 %</dd>",
		`<tr class="best"><th scope="row">2 (best)</th><td>1.0000</td><td>1.2500</td><td>0.7500</td></tr>`,
		"<span>1</span>Learning", "<span>2</span>What", "<span>3</span>Predictions", "<span>4</span>The small network",
		`<td class="l5 on">1</td>`, "Predicted against true values of 2 samples.", "<b>x</b>", "Linear", "<code>go run .</code>",
	}, nil)
}

// TestPageOfLittle: what is left out is not shown.
func TestPageOfLittle(t *testing.T) {
	all := []string{"Held-out", "held-out", "confusion", "Predictions", "network", "<dl", "<footer", "(best)", "<pre>"}
	has(t, render(t, Page{}), []string{"<title>Training</title>", "Learning"}, all)
	page := render(t, Page{Headline: "done", History: history([]float64{2, math.Inf(1), 0.5}, nil, -1)})
	has(t, page, []string{`<th scope="row">3</th><td>0.5000</td></tr>`, "<polyline"}, all)

	c := metric.NewConfusionMatrix(3)
	c.Add([]int{2}, []int{0})
	has(t, render(t, Page{Confusion: c}), []string{`<th scope="row">2</th>`, "<span>2</span>What"}, nil)
	if plot := Scatter(nil, nil); plot != "" {
		t.Errorf("a picture of nothing: %s", plot)
	}
}

// TestPageErrors: what does not fit is an error, and what w says.
func TestPageErrors(t *testing.T) {
	net := nn.NewLinear(2, 1, rand.New(rand.NewPCG(1, 2)))
	for _, c := range []struct {
		p    Page
		want string
	}{
		{Page{Score: "accuracy", History: history([]float64{1}, nil, -1)}, "report: 0 Scores of 1 epochs"},
		{Page{Confusion: metric.NewConfusionMatrix(2), Classes: []string{"a"}}, "report: 1 Classes of a Confusion of 2"},
		{Page{Model: net, Input: []int{3}}, "report: the Model for samples of shape [3]: nn: Linear(2→1) wants 2 features, got [1 3]"},
	} {
		if err := c.p.Write(new(bytes.Buffer)); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
	if err := (Page{}).Write(broken{}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("the error of the writer is %v", err)
	}
	if err := (Page{}).Save(t.TempDir()); err == nil || !strings.HasPrefix(err.Error(), "report: Save: ") {
		t.Errorf("a page in place of a folder: %v", err)
	}
	path := filepath.Join(t.TempDir(), "page.html")
	if err := (Page{Headline: "saved"}).Save(path); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || !strings.Contains(string(text), "<h1>saved</h1>") {
		t.Errorf("%v, or no page", err)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, os.ErrClosed }

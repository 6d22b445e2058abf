package playground

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"maps"

	"github.com/quartet-ad/ad/compare/internal/draw"
	"github.com/quartet-ad/ad/internal/page"
)

//go:embed page.html
var pageText string

//go:embed playground.css
var style string

//go:embed playground.js
var script string

//go:embed worker.js
var worker string

// Files returns the page, with its first answer in it, and its scripts, by name. What they need
// beside them is playground.wasm, the command in folder wasm, and wasm_exec.js of the Go
// distribution that has built it.
func Files() (map[string][]byte, error) {
	first := Question{State: Gallery[0].Start(), Both: true}
	a := Ask(first)
	first.State, first.Part = a.State, "late"
	maps.Copy(a.Pieces, Ask(first).Pieces)
	begin, err := json.Marshal(a.State)
	if err != nil {
		return nil, err
	}
	t := page.Parse(pageText, template.FuncMap{
		"css":   func() template.CSS { return template.CSS(draw.Style) },
		"own":   func() template.CSS { return template.CSS(style) },
		"piece": func(id string) template.HTML { return template.HTML(a.Pieces[id]) },
	})
	type link struct {
		Sight
		Link string
	}
	type choice struct{ Value, Name string }
	d := struct {
		Answer
		Begin     template.JS
		Bars      template.HTML
		Gallery   []link
		Methods   []choice
		MostSteps int
	}{Answer: a, Begin: template.JS(begin), Bars: template.HTML(draw.Bars("")), MostSteps: mostSteps,
		Methods: []choice{{"all", "All"}, {"dual", "Dual numbers"}, {"reverse", "Tape"}, {"symbolic", "Symbolic"}, {"numeric", "Differences"}}}
	for _, s := range Gallery {
		d.Gallery = append(d.Gallery, link{s, "#" + s.Start().Fragment()})
	}
	var b bytes.Buffer
	if err := t.Execute(&b, d); err != nil {
		return nil, err
	}
	return map[string][]byte{
		"index.html": b.Bytes(), "playground.js": []byte(script), "worker.js": []byte(worker), "sweeps.js": []byte(draw.Script),
	}, nil
}

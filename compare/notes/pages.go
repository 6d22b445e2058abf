package notes

import (
	"bytes"
	_ "embed"
	"fmt"
	"html"
	"html/template"
	"io"
	"strings"

	"github.com/quartet-ad/ad/internal/page"
)

//go:embed notes.css
var style string

//go:embed chapter.html
var chapterText string

//go:embed index.html
var indexText string

var funcs = template.FuncMap{
	"more": func() template.CSS { return template.CSS(style) },
	"prose": func(text string) template.HTML {
		parts := strings.Split(html.EscapeString(text), "`")
		for i := 1; i < len(parts); i += 2 {
			parts[i] = "<code>" + parts[i] + "</code>"
		}
		return template.HTML(strings.Join(parts, ""))
	},
	"numeric":    isNumber,
	"misprinted": misprinted,
	"column":     block.numeric,
}

var chapterTemplate, indexTemplate = page.Parse(chapterText, funcs), page.Parse(indexText, funcs)

// WriteHTML writes the chapter as a page, which needs nothing but itself. It refers to the chapters
// before and after it by the names that Pages gives them.
func (c Chapter) WriteHTML(w io.Writer) error {
	v := struct {
		Chapter
		Place        int
		Blocks       []block
		Before, Next *Chapter
	}{Chapter: c, Blocks: c.sheet().Blocks}
	all := Chapters()
	for i := range all {
		if all[i].Name == c.Name {
			v.Place = i + 1
			if i > 0 {
				v.Before = &all[i-1]
			}
			if i+1 < len(all) {
				v.Next = &all[i+1]
			}
		}
	}
	return chapterTemplate.Execute(w, v)
}

// Pages returns index.html, which lists the chapters, and a page NAME.html for every chapter.
//
// Cost: about a second, since every chapter is computed.
func Pages() (map[string][]byte, error) {
	var b bytes.Buffer
	if err := indexTemplate.Execute(&b, Chapters()); err != nil {
		return nil, err
	}
	pages := map[string][]byte{"index.html": bytes.Clone(b.Bytes())}
	for _, c := range Chapters() {
		b.Reset()
		if err := c.WriteHTML(&b); err != nil {
			return nil, fmt.Errorf("chapter %s: %w", c.Name, err)
		}
		pages[c.Name+".html"] = bytes.Clone(b.Bytes())
	}
	return pages, nil
}

// Range says which equations the chapter explains: "equations (1)–(6)", or "" if none.
func (c Chapter) Range() string {
	switch n := len(c.Equations); n {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("equation (%d)", c.Equations[0])
	default:
		return fmt.Sprintf("equations (%d)–(%d)", c.Equations[0], c.Equations[n-1])
	}
}

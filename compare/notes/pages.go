package notes

import (
	_ "embed"
	"fmt"
	"html"
	"html/template"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/quartet-ad/ad/internal/page"
	"github.com/quartet-ad/ad/internal/replace"
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
// before and after it by the names that WritePages gives them.
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

// WriteIndex writes the page that lists the chapters.
func WriteIndex(w io.Writer) error {
	return indexTemplate.Execute(w, Chapters())
}

// WritePages writes index.html and a page NAME.html for every chapter to a folder, which it makes
// if it is not there.
func WritePages(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	if err := replace.File(filepath.Join(dir, "index.html"), WriteIndex); err != nil {
		return err
	}
	for _, c := range Chapters() {
		if err := replace.File(filepath.Join(dir, c.Name+".html"), c.WriteHTML); err != nil {
			return fmt.Errorf("chapter %s: %w", c.Name, err)
		}
	}
	return nil
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

package source

import (
	_ "embed"
	"fmt"
	"go/format"
	"regexp"
	"strconv"
	"strings"

	"github.com/quartet-ad/ad/internal/page"
)

//go:embed page.html
var pageText string

var pageTemplate = page.Parse(pageText, nil)

// A sideBySide is a function and its gradient on a page.
type sideBySide struct {
	Name             string
	Source, Gradient []codeLine
}

// A codeLine is a line of code on a page.
type codeLine struct {
	Number  int
	ID      string // the place of a line of the source
	Indent  string // of a link
	Text    string
	Of      string // the place of the line of the source that a comment names
	Adjoint bool   // it carries derivatives
}

var (
	adjointCode = regexp.MustCompile(`\b\w+(Adj|Grad)\b`)
	aboutCode   = regexp.MustCompile(`^(//|func |\s*if len\(|\s*panic\()`)
	ofLine      = regexp.MustCompile(`// (?:Backward through .* of )?line (\d+)(?:: .*|\.)$`)
)

// HTML returns a page with functions and their gradients side by side: what carries
// derivatives stands out, and what undoes a loop or branch of the source links to it. The
// error is that of Generate.
func (p *Package) HTML(requests ...Request) ([]byte, error) {
	if _, err := p.Generate(Reverse, requests...); err != nil {
		return nil, err
	}
	prefix := p.prefix(requests[0])
	var list []sideBySide
	for k, r := range requests {
		u, err := p.build(r.Func, r.Wrt, prefix)
		if err != nil {
			return nil, err
		}
		begin, end := p.files.Position(u.decl.Pos()), p.files.Position(u.decl.End())
		text := p.texts[begin.Filename][begin.Offset:end.Offset]
		gradient, err := format.Source([]byte(newGenerator(u, prefix).gradient()))
		if err != nil {
			return nil, fmt.Errorf("adgen: %w", err)
		}
		s := sideBySide{Name: r.Func}
		place := func(line string) string { return fmt.Sprintf("f%d-%s", k+1, line) }
		for i, line := range strings.Split(text, "\n") {
			n := begin.Line + i
			s.Source = append(s.Source, codeLine{Number: n, ID: place(strconv.Itoa(n)), Text: spaced(line)})
		}
		for i, line := range strings.Split(strings.TrimSpace(string(gradient)), "\n") {
			c := codeLine{Number: i + 1, Text: spaced(line), Adjoint: adjointCode.MatchString(line) && !aboutCode.MatchString(line)}
			if m := ofLine.FindStringSubmatch(line); m != nil {
				c.Of, c.Adjoint = place(m[1]), true
				comment := strings.TrimLeft(c.Text, " ")
				c.Indent, c.Text = c.Text[:len(c.Text)-len(comment)], comment
			}
			s.Gradient = append(s.Gradient, c)
		}
		list = append(list, s)
	}
	var b strings.Builder
	if err := pageTemplate.Execute(&b, struct {
		Title     string
		Functions []sideBySide
	}{"Gradients of package " + p.Name, list}); err != nil {
		return nil, fmt.Errorf("adgen: %w", err)
	}
	return []byte(b.String()), nil
}

// spaced returns a line with spaces for tabs, which are not counted from the line's number.
func spaced(line string) string { return strings.ReplaceAll(line, "\t", "    ") }

package notes

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"
)

// A sheet is what a chapter says, block by block.
type sheet struct{ Blocks []block }

// A block is one of these: a heading, a paragraph, an equation, a misprint, a table, a figure,
// or sources. Texts are plain, but for `code`.
type block struct {
	Kind, Text string
	Number     int // of an equation, 0 for one that has none
	Head       []string
	Rows       [][]string
	Pictures   []template.HTML
	List       []string
}

func (s *sheet) add(b block) { s.Blocks = append(s.Blocks, b) }

// h begins a part with a heading.
func (s *sheet) h(text string) { s.add(block{Kind: "h", Text: text}) }

// p adds a paragraph.
func (s *sheet) p(format string, args ...any) {
	s.add(block{Kind: "p", Text: fmt.Sprintf(format, args...)})
}

// eq adds an equation with its number, or 0.
func (s *sheet) eq(number int, text string) { s.add(block{Kind: "eq", Number: number, Text: text}) }

// misprint says what is wrong with an equation as printed, and what it comes to.
func (s *sheet) misprint(number int, format string, args ...any) {
	s.add(block{Kind: "misprint", Number: number, Text: fmt.Sprintf(format, args...)})
}

// table adds a table with a caption.
func (s *sheet) table(caption string, head []string, rows [][]string) {
	s.add(block{Kind: "table", Text: caption, Head: head, Rows: rows})
}

// figure adds pictures with a caption.
func (s *sheet) figure(caption string, pictures ...template.HTML) {
	s.add(block{Kind: "figure", Text: caption, Pictures: pictures})
}

// sources adds where more is to be read.
func (s *sheet) sources(list ...string) { s.add(block{Kind: "sources", List: list}) }

// num writes a number for people: four digits and a true minus sign.
func num(x float64) string {
	switch {
	case math.IsNaN(x):
		return "NaN"
	case math.IsInf(x, 1):
		return "+∞"
	case math.IsInf(x, -1):
		return "−∞"
	case x == 0:
		return "0"
	}
	text := fmt.Sprintf("%.4g", x)
	if a := math.Abs(x); a >= 1e4 && a < 1e6 {
		text = fmt.Sprintf("%.0f", x)
	}
	if digits, exponent, ok := strings.Cut(text, "e"); ok {
		n, _ := strconv.Atoi(exponent)
		text = digits + "·10" + superscript(n)
	}
	return strings.Replace(text, "-", "−", 1)
}

// fix writes a number with so many decimals.
func fix(x float64, decimals int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return num(x)
	}
	text := fmt.Sprintf("%.*f", decimals, x)
	if strings.Trim(text, "-0.") == "" {
		text = strings.TrimPrefix(text, "-")
	}
	return strings.Replace(text, "-", "−", 1)
}

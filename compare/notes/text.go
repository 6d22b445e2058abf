package notes

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// WriteText writes the chapter for a terminal. Pictures are left out, but for what they show.
func (c Chapter) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n", c.Title, c.Section)
	for _, k := range c.sheet().Blocks {
		switch k.Kind {
		case "h":
			fmt.Fprintf(&b, "%s\n%s\n\n", k.Text, strings.Repeat("─", utf8.RuneCountInString(k.Text)))
		case "p":
			wrap(&b, "", k.Text)
		case "eq":
			number := ""
			if k.Number > 0 {
				number = fmt.Sprintf("    (%d)", k.Number)
			}
			fmt.Fprintf(&b, "    %s%s\n\n", k.Text, number)
		case "misprint":
			wrap(&b, "  ✕ ", strings.TrimSpace(misprinted(k.Number)+" "+k.Text))
		case "table":
			writeTable(&b, k)
		case "figure":
			wrap(&b, "  ▧ ", k.Text)
		case "sources":
			b.WriteString("Sources\n")
			for _, s := range k.List {
				wrap(&b, "  ", s)
				b.WriteString("\x08") // no empty line between sources
			}
		}
	}
	_, err := io.WriteString(w, strings.ReplaceAll(b.String(), "\n\n\x08", "\n"))
	return err
}

// misprinted names what is wrong as printed.
func misprinted(number int) string {
	if number == 0 {
		return ""
	}
	return fmt.Sprintf("Equation %d as printed:", number)
}

// wrap writes a paragraph with a mark before its first line.
func wrap(b *strings.Builder, mark, text string) {
	const width = 88
	indent := strings.Repeat(" ", utf8.RuneCountInString(mark))
	line := mark
	for k, word := range strings.Fields(strings.ReplaceAll(text, "`", "")) {
		if k > 0 && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			b.WriteString(line + "\n")
			line = indent
		} else if k > 0 {
			line += " "
		}
		line += word
	}
	b.WriteString(line + "\n\n")
}

// writeTable writes a table in columns.
func writeTable(b *strings.Builder, k block) {
	rows := append([][]string{k.Head}, k.Rows...)
	width := make([]int, len(k.Head))
	for _, row := range rows {
		for j, cell := range row {
			width[j] = max(width[j], utf8.RuneCountInString(cell))
		}
	}
	fmt.Fprintf(b, "  %s\n", k.Text)
	for i, row := range rows {
		line := "  "
		for j, cell := range row {
			space := strings.Repeat(" ", width[j]-utf8.RuneCountInString(cell))
			if j == 0 || !isNumber(cell) && !(i == 0 && k.numeric(j)) {
				line += "  " + cell + space
			} else {
				line += "  " + space + cell
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	b.WriteString("\n")
}

// numeric reports whether a column of a table has numbers.
func (k block) numeric(j int) bool {
	return len(k.Rows) > 0 && j > 0 && j < len(k.Rows[0]) && k.Rows[0][j] != "" && isNumber(k.Rows[0][j])
}

// isNumber reports whether a cell is a number, which stands at the right.
func isNumber(cell string) bool {
	return cell == "" || strings.Trim(cell, "0123456789.,−+e%×≤·() ∞⁰¹²³⁴⁵⁶⁷⁸⁹⁻") == "" || cell == "NaN"
}

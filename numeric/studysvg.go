package numeric

import (
	"fmt"
	"math"
	"strings"

	"github.com/quartet-ad/ad/internal/page"
)

// The picture of a study, in pixels.
const (
	studyWidth, studyHeight       = 640, 400
	studyLeft, studyRight         = 56, 520
	studyTop, studyBottom         = 12, 360
	studyLeastError, studyMaximum = -16.0, 2.0 // powers of ten
)

// The lines of a study's curves, in their order: a color and a dash. Colors of middle
// brightness are seen on light and on dark paper, and dashes tell neighbors apart without them.
var studyLines = [...][2]string{
	{"#4a80c9", ""}, {"#4a80c9", "5 3"}, {"#cf5b42", ""}, {"#d98e32", ""}, {"#4f9350", ""},
	{"currentColor", ""}, {"#9a6abb", "2 2"}, {"#8c8c8c", "7 2"},
}

// SVG returns a picture of the errors against the steps, both in powers of ten, with a
// ring where theory has the best step. It stands alone, or in a page, where it takes
// the color of the text.
func (s *Steps) SVG() string {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, c := range s.Curves {
		for _, p := range c.Points {
			lo, hi = min(lo, math.Log10(p.Step)), max(hi, math.Log10(p.Step))
		}
	}
	if !(lo < hi) {
		lo, hi = -studyDecades, 0
	}
	right := page.Scale([]float64{lo, hi}, studyLeft, studyRight)
	down := page.Scale([]float64{studyLeastError, studyMaximum}, studyBottom, studyTop)
	across := func(step float64) float64 { return right(math.Log10(step)) }
	up := func(err float64) float64 {
		return down(min(max(math.Log10(max(err, 1e-300)), studyLeastError), studyMaximum))
	}
	var b, rings strings.Builder
	b.WriteString(`<style>svg.study:root{color-scheme:light dark}</style><g fill="currentColor">`)
	const grid = `stroke="currentColor" stroke-opacity="0.15"`
	for e := math.Ceil(lo); e <= hi; e += 3 {
		fmt.Fprintf(&b, `<path d="M%.1f %dV%d" %s/><text x="%.1f" y="%d" text-anchor="middle">%s</text>`,
			right(e), studyTop, studyBottom, grid, right(e), studyBottom+16, power(e))
	}
	for e := studyLeastError; e <= studyMaximum; e += 3 {
		fmt.Fprintf(&b, `<path d="M%d %.1fH%d" %s/><text x="%d" y="%.1f" text-anchor="end">%s</text>`,
			studyLeft, down(e), studyRight, grid, studyLeft-6, down(e)+4, power(e))
	}
	of := "relative"
	if s.Truth.Value == 0 {
		of = "absolute"
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">step</text>`, (studyLeft+studyRight)/2, studyHeight-6)
	fmt.Fprintf(&b, `<text transform="translate(12 %d)rotate(-90)" text-anchor="middle">%s error</text>`, (studyTop+studyBottom)/2, of)
	for i, c := range s.Curves {
		style := studyLines[i%len(studyLines)]
		stroke := fmt.Sprintf(`fill="none" stroke="%s" stroke-width="1.4"`, style[0])
		if style[1] != "" {
			stroke += fmt.Sprintf(` stroke-dasharray="%s"`, style[1])
		}
		line := "M"
		for _, p := range c.Points {
			line += fmt.Sprintf("%.1f %.1f ", across(p.Step), up(p.Err))
		}
		if len(c.Points) > 0 {
			fmt.Fprintf(&b, `<path d="%s" %s/>`, strings.TrimSpace(line), stroke)
		}
		if finite(c.Best) && math.Log10(c.Best) >= lo && math.Log10(c.Best) <= hi {
			fmt.Fprintf(&rings, `<circle cx="%.1f" cy="%.1f" r="5" fill="none" stroke="%s" stroke-width="2.5"/>`, across(c.Best), up(c.near(c.Best)), style[0])
		}
		at := studyTop + 12 + 18*i
		fmt.Fprintf(&b, `<path d="M%d %dh22" %s/><text x="%d" y="%d">%s</text>`, studyRight+8, at-4, stroke, studyRight+35, at, c.Scheme)
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d">○ best in theory</text>`, studyRight+8, studyTop+12+18*len(s.Curves))
	b.WriteString(rings.String() + `</g>`)
	svg := string(page.SVG("study", studyWidth, studyHeight, fmt.Sprintf("%s error of the derivative at %.6g against the step, by scheme", of, s.X), b.String()))
	return strings.Replace(svg, "<svg ", `<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" font-size="11" `, 1)
}

// near returns the error at the step of the curve that is nearest to the given one.
func (c Curve) near(step float64) (err float64) {
	least := math.Inf(1)
	for _, p := range c.Points {
		if d := math.Abs(math.Log(p.Step / step)); d < least {
			least, err = d, p.Err
		}
	}
	return err
}

// power returns 10ᵉ in writing.
func power(e float64) string {
	digits := []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")
	s := "10"
	for _, r := range fmt.Sprint(e) {
		if r == '-' {
			s += "⁻"
		} else {
			s += string(digits[r-'0'])
		}
	}
	return s
}

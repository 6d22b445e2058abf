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

var studyColors = []string{"#3b6fb6", "#7fa3d1", "#c8553d", "#d98e32", "#5b8c5a", "#222222", "#8a5aa8", "#888888"}

// SVG returns a picture of the errors against the steps, both in powers of ten, with a
// ring where theory has the best step. It stands alone.
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
	var b strings.Builder
	for e := math.Ceil(lo); e <= hi; e += 3 {
		fmt.Fprintf(&b, `<path d="M%.1f %dV%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle">%s</text>`,
			right(e), studyTop, studyBottom, right(e), studyBottom+16, power(e))
	}
	for e := studyLeastError; e <= studyMaximum; e += 3 {
		fmt.Fprintf(&b, `<path d="M%d %.1fH%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%s</text>`,
			studyLeft, down(e), studyRight, studyLeft-6, down(e)+4, power(e))
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">step</text>`, (studyLeft+studyRight)/2, studyHeight-6)
	for i, c := range s.Curves {
		color := studyColors[i%len(studyColors)]
		line := "M"
		for _, p := range c.Points {
			line += fmt.Sprintf("%.1f %.1f ", across(p.Step), up(p.Err))
		}
		if len(c.Points) > 0 {
			fmt.Fprintf(&b, `<path d="%s" fill="none" stroke="%s" stroke-width="1.3"/>`, strings.TrimSpace(line), color)
		}
		if finite(c.Best) && math.Log10(c.Best) >= lo && math.Log10(c.Best) <= hi {
			fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="4.5" fill="#fff" stroke="%s" stroke-width="2"/>`, across(c.Best), up(c.near(c.Best)), color)
		}
		fmt.Fprintf(&b, `<text x="%d" y="%d" fill="%s">%s</text>`, studyRight+10, studyTop+12+18*i, color, c.Scheme)
	}
	svg := string(page.SVG("study", studyWidth, studyHeight, fmt.Sprintf("relative error of the derivative at %.6g against the step, by scheme", s.X), b.String()))
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

package compare

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// hand is a table of derivatives that was written by hand, as it is judged.
type hand struct {
	what, entry string // "gradient", and what its entries are called: "grad"
	rows, cols  int
	symmetric   bool
	plain       func(x []float64) []float64    // the function
	call        func(dst, x []float64) error   // writes all entries, row by row
	column      quotients                      // of the Jacobian, or of the Hessian
	combine     func(jacobian []truth) []truth // makes entries of a product of those of the Jacobian; may be nil
	mirrored    func(jacobian []truth) []truth // the same with the transposed Jacobian; may be nil
}

// label names an entry.
func (h *hand) label(e int) string {
	if h.rows == 1 || h.cols == 1 {
		return fmt.Sprintf("%s[%d]", h.entry, e)
	}
	return fmt.Sprintf("%s[%d,%d]", h.entry, e/h.cols, e%h.cols)
}

// entries returns what differences say of all entries at x.
func (h *hand) entries(x []float64, careful bool) []truth {
	t := h.truths(x, careful)
	if h.combine != nil {
		return h.combine(t)
	}
	return t
}

// judge returns nil, or an error that says what is wrong at x.
func (h *hand) judge(x []float64) error {
	for _, y := range h.plain(copied(x)) {
		if !finite(y) {
			return fmt.Errorf("the %s at %s cannot be judged: the function is %v there", h.what, pointText(x), y)
		}
	}
	got, err := h.written(x)
	if err != nil {
		return fmt.Errorf("the %s at %s %w", h.what, pointText(x), err)
	}
	wobble := h.wobble(x, got)
	truths := h.entries(x, false)
	wrong, evident := h.compare(got, truths, wobble)
	if len(wrong) > 0 || evident == 0 {
		truths = h.entries(x, true)
		wrong, evident = h.compare(got, truths, wobble)
	}
	switch {
	case len(wrong) > 0:
		return errors.New(h.report(x, got, truths, wrong))
	case evident == 0:
		return fmt.Errorf("the %s at %s cannot be judged: differences settle on too few digits (%s is %v, by differences %v)",
			h.what, pointText(x), h.label(0), got[0], truths[0])
	}
	return nil
}

// written returns what is written at x, or an error if that depends on what was there
// before, is not the same twice, or if the point is changed.
func (h *hand) written(x []float64) ([]float64, error) {
	at := func(fill float64) (dst []float64, err error) {
		dst = slices.Repeat([]float64{fill}, h.rows*h.cols)
		arg := copied(x)
		err = h.call(dst, arg)
		if err == nil && !slices.EqualFunc(arg, x, same) {
			err = fmt.Errorf("changes its argument x to %s", pointText(arg))
		}
		return dst, err
	}
	const before = 1.5
	got, err := at(0)
	if err != nil {
		return nil, err
	}
	again, err := at(0)
	if err != nil {
		return nil, err
	}
	other, err := at(before)
	if err != nil {
		return nil, err
	}
	for e, g := range got {
		switch o := other[e]; {
		case !same(g, again[e]):
			return nil, fmt.Errorf("is not the same twice: %s is %v, then %v", h.label(e), g, again[e])
		case same(g, o):
		case g == 0 && o == before:
			return nil, fmt.Errorf("is not written: %s stays what it was before", h.label(e))
		case math.Abs(o-g-before) <= 1e-12*(math.Abs(g)+before):
			return nil, fmt.Errorf("is added to what was there before, and not set: %s is %v if it was 0, and %v if it was %v", h.label(e), g, o, before)
		default:
			return nil, fmt.Errorf("depends on what was there before: %s is %v if all was 0, and %v if all was %v", h.label(e), g, o, before)
		}
	}
	return got, nil
}

// wobble returns what a rounding of the point makes of the entries.
func (h *hand) wobble(x, got []float64) []float64 {
	w := make([]float64, len(got))
	for _, turn := range [...]int{0, 1, 2} {
		near := copied(x)
		for i := range near {
			if (i+turn)%3 > 0 {
				near[i] *= 1 + 0x1p-52
			} else {
				near[i] *= 1 - 0x1p-53
			}
		}
		dst := make([]float64, len(got))
		if h.call(dst, near) != nil {
			continue
		}
		for e, g := range dst {
			if d := math.Abs(g - got[e]); finite(d) {
				w[e] = max(w[e], d)
			}
		}
	}
	return w
}

// compare returns the entries that are wrong, and how many others prove something.
func (h *hand) compare(got []float64, truths []truth, wobble []float64) (wrong []int, evident int) {
	for e, g := range got {
		d := truths[e]
		if h.symmetric && e/h.cols > e%h.cols || !d.known() {
			continue
		}
		tolerance := d.tolerance(g, wobble[e])
		switch size := max(math.Abs(g), scaleOf(d.lo, d.hi)); {
		case !(g >= d.lo-tolerance && g <= d.hi+tolerance):
			wrong = append(wrong, e)
		case tolerance <= blunt*max(size, d.scale), size == 0 && d.scale == 0: // the latter is constant
			evident++
		}
	}
	return wrong, evident
}

// tolerance returns how far an entry may be from what differences say.
func (d truth) tolerance(g, wobble float64) float64 {
	size := scaleOf(g, d.lo, d.hi)
	return trust*d.err + min(4*wobble, slack*max(size, d.scale)) + 0x1p-48*size
}

// report lists the entries that are wrong, and says what they look like.
func (h *hand) report(x, got []float64, truths []truth, wrong []int) string {
	var b strings.Builder
	all := len(got)
	if h.symmetric {
		all = h.cols * (h.cols + 1) / 2
	}
	fmt.Fprintf(&b, "the %s at %s is wrong in %d of %d entries", h.what, pointText(x), len(wrong), all)
	for i, e := range wrong {
		if i == maxListed {
			fmt.Fprintf(&b, "\n\t… and %d more", len(wrong)-i)
			break
		}
		fmt.Fprintf(&b, "\n\t%s is %v, by differences %v", h.label(e), got[e], truths[e])
	}
	if m := h.mistake(x, got, truths, wrong); m != "" {
		fmt.Fprintf(&b, "\n\tit looks like %s", m)
	}
	return b.String()
}

// pointText returns a point as text, and of one with many coordinates the first.
func pointText(x []float64) string {
	if len(x) <= maxListed {
		return fmt.Sprint(x)
	}
	return fmt.Sprintf("%s …] (%d coordinates)", strings.TrimSuffix(fmt.Sprint(x[:maxListed]), "]"), len(x))
}

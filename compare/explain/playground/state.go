package playground

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/symbolic"
)

// A State is what the reader has chosen: it is what a link holds.
type State struct {
	Formula string  `json:"formula"`
	Beside  string  `json:"beside"` // another formula of the same function, or ""
	Point   []Place `json:"point"`
	Along   string  `json:"along"`  // the input that moves
	Method  string  `json:"method"` // all, dual, reverse, symbolic or numeric
	Step    int     `json:"step"`   // of the secant: a place of its slider
	Phase   string  `json:"phase"`  // of the sweeps: all, v, t or a
	At      int     `json:"at"`     // the step of the sweep
}

// A Place is the value of an input, as it is typed, and the range that it moves in.
type Place struct {
	Name string  `json:"name"`
	Text string  `json:"text"`
	Lo   float64 `json:"lo"`
	Hi   float64 `json:"hi"`
}

// What bounds a state: links come from anywhere.
const (
	mostText  = 2000 // bytes of a formula
	mostVars  = 16
	mostSteps = 40 // places of the slider of the secant's step
	firstStep = 38
	mostParts = 400 // places of an input's slider
)

var methods = []string{"all", "dual", "reverse", "symbolic", "numeric"}

// Start returns the state of a formula of the gallery.
func (s Sight) Start() State {
	state := State{Formula: s.Formula, Beside: s.Beside, Method: "all", Step: firstStep, Phase: "all"}
	for _, p := range strings.Fields(s.Point) {
		name, text, _ := strings.Cut(p, "=")
		state.Point = append(state.Point, Place{Name: name, Text: text})
	}
	return state
}

// Fragment returns the state as the fragment of a link, without #.
func (s State) Fragment() string {
	v := url.Values{}
	v.Set("f", s.Formula)
	set := func(key, value, usual string) {
		if value != usual {
			v.Set(key, value)
		}
	}
	set("g", s.Beside, "")
	for i, p := range s.Point {
		v.Set("x."+p.Name, p.Text)
		if x, err := value(p.Text); err == nil {
			if lo, hi := window(x); lo != p.Lo || hi != p.Hi {
				set("r."+p.Name, fmt.Sprintf("%v,%v", p.Lo, p.Hi), "0,0")
			}
		}
		if i == 0 {
			set("along", s.Along, p.Name)
		}
	}
	set("by", s.Method, "all")
	set("h", strconv.Itoa(s.Step), strconv.Itoa(firstStep))
	set("sweep", s.Phase, "all")
	set("step", strconv.Itoa(s.At), "0")
	if s.Along == "" {
		v.Del("along")
	}
	return v.Encode()
}

// FromFragment returns the state that a link holds. What is missing or makes no sense is
// left to Ask.
func FromFragment(text string) State {
	v, _ := url.ParseQuery(strings.TrimPrefix(text, "#")) // what can be read
	s := State{Formula: v.Get("f"), Beside: v.Get("g"), Along: v.Get("along"), Method: v.Get("by"), Phase: v.Get("sweep"), Step: firstStep}
	if s.Formula == "" {
		return Gallery[0].Start()
	}
	if h, err := strconv.Atoi(v.Get("h")); err == nil {
		s.Step = h
	}
	s.At, _ = strconv.Atoi(v.Get("step"))
	var names []string
	for key := range v {
		if name, ok := strings.CutPrefix(key, "x."); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names[:min(len(names), mostVars)] {
		p := Place{Name: name, Text: v.Get("x." + name)}
		lo, hi, _ := strings.Cut(v.Get("r."+name), ",")
		p.Lo, _ = strconv.ParseFloat(lo, 64)
		p.Hi, _ = strconv.ParseFloat(hi, 64)
		if !sound(p.Lo, p.Hi) {
			p.Lo, p.Hi = 0, 0
		}
		s.Point = append(s.Point, p)
	}
	return s
}

// value reads a number: 2, or pi/2.
func value(text string) (float64, error) {
	if len(text) > 100 {
		return 0, fmt.Errorf("too long for a number")
	}
	e, err := symbolic.Parse(text)
	if err != nil || len(e.Vars()) > 0 {
		return 0, fmt.Errorf("%q gives no number: write 2 or pi/2", text)
	}
	return float64(symbolic.Eval(e, nil, []ad.Real{})), nil
}

// window returns the range that an input of that value moves in at first.
func window(x float64) (lo, hi float64) {
	size := math.Abs(x)
	switch {
	case !(size < 1e100):
		return -3, 3
	case size < 1e-100 || size >= 0.1 && size < 1:
		return -3, 3
	case size < 0.1:
		return x - 3*size, x + 3*size
	}
	return x - 2*size, x + 2*size
}

// sound reports whether a range can be drawn.
func sound(lo, hi float64) bool {
	size := max(math.Abs(lo), math.Abs(hi))
	return size < 1e200 && hi-lo > 1e-6*size && hi-lo > 1e-200
}

// settle gives every variable of a formula its place, in the order of the names.
func (s *State) settle(vars []string) error {
	if len(vars) > mostVars {
		return fmt.Errorf("%d variables: the page shows at most %d", len(vars), mostVars)
	}
	var list []Place
	for _, name := range vars {
		p := Place{Name: name, Text: "1"}
		if i := slices.IndexFunc(s.Point, func(p Place) bool { return p.Name == name }); i >= 0 {
			p = s.Point[i]
		}
		x, err := value(p.Text)
		if err == nil && !sound(p.Lo, p.Hi) {
			p.Lo, p.Hi = window(x)
		}
		list = append(list, p)
	}
	s.Point = list
	if !slices.Contains(vars, s.Along) && len(vars) > 0 {
		s.Along = vars[0]
	}
	if !slices.Contains(methods, s.Method) {
		s.Method = "all"
	}
	if !slices.Contains([]string{"all", "v", "t", "a"}, s.Phase) {
		s.Phase = "all"
	}
	s.Step, s.At = min(max(s.Step, 0), mostSteps), min(max(s.At, 0), 10_000)
	return nil
}

// secant returns the step of the secant: from three tenths of the range down to 10⁻¹² of it.
func (s State) secant(p Place) float64 {
	return 0.3 * (p.Hi - p.Lo) * math.Pow(10, float64(s.Step-mostSteps)*0.3)
}

// A Change is what the reader does to a place.
type Change struct {
	Kind     string  `json:"kind"` // slide, drag, in or out
	Name     string  `json:"name"` // of the input
	Position int     `json:"position"`
	Fraction float64 `json:"fraction"` // of the width of the plot
}

// grain is how far a place moves at least: a round number.
func (p Place) grain() float64 {
	g := (p.Hi - p.Lo) / mostParts
	ten := math.Pow(10, math.Floor(math.Log10(g)))
	for _, f := range []float64{1, 2, 5} {
		if f*ten >= 0.999*g {
			return f * ten
		}
	}
	return 10 * ten
}

// moved returns the place at a number, which is rounded to a grain.
func (p Place) moved(x float64) Place {
	x = min(max(x, p.Lo), p.Hi)
	x = math.Round(x/p.grain()) * p.grain()
	figures := 1
	if size := math.Abs(x) / p.grain(); size > 1 {
		figures = min(17, 2+int(math.Log10(size)))
	}
	p.Text = strconv.FormatFloat(x, 'g', figures, 64)
	if p.Text == "-0" {
		p.Text = "0"
	}
	return p
}

// position returns where the slider of a place stands.
func (p Place) position(x float64) int {
	if !(x >= p.Lo) {
		return 0
	}
	return int(math.Round(mostParts * (min(x, p.Hi) - p.Lo) / (p.Hi - p.Lo)))
}

// zoomed returns the place in a range that is wider by a factor, around its value.
func (p Place) zoomed(x, factor float64) Place {
	if half := (p.Hi - p.Lo) / 2 * factor; sound(x-half, x+half) {
		p.Lo, p.Hi = x-half, x+half
	}
	return p
}

package playground

import (
	"errors"
	"fmt"
	"html"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/compare/internal/draw"
	"github.com/quartet-ad/ad/symbolic"
)

// A Question is what the page asks.
type Question struct {
	State    State   `json:"state"`
	Fragment string  `json:"fragment"` // in place of State, if it is not empty
	Change   *Change `json:"change"`   // to the state, or nil
	Narrow   bool    `json:"narrow"`   // pictures for a narrow page
	Both     bool    `json:"-"`        // pictures for both, of which the page shows one

	// Part is "first" for what the reader looks at while typing, "rest" for the sweeps, paths
	// and derivations, and "late" for what takes longer: the judge, differences over many
	// steps. It is "" for the first two.
	Part string `json:"part"`
}

// An Answer is what the page shows of a state.
type Answer struct {
	State    State  `json:"state"`
	Fragment string `json:"fragment"` // of a link

	// Pieces are HTML by the id of the element whose content they are. Where there is a
	// mistake, the pieces are only those that say so.
	Pieces  map[string]string `json:"pieces"`
	Mistake *Mistake          `json:"mistake,omitempty"`

	Title   string                 `json:"title"`
	Sliders []Slider               `json:"sliders"`
	Steps   map[string][]draw.Step `json:"steps,omitempty"` // of the sweeps
}

// A Slider is where the slider of an input stands.
type Slider struct {
	Name     string `json:"name"`
	Text     string `json:"text"`
	Position int    `json:"position"`
	Lo       string `json:"lo"`
	Hi       string `json:"hi"`
}

// A Mistake is what is wrong with what was typed.
type Mistake struct {
	Where   string `json:"where"` // the id of the field: formula, beside, or value and its number
	Message string `json:"message"`
}

// Ask returns what the page shows.
//
// Cost: some hundred evaluations and derivatives of the formula; for "late" some thousands.
func Ask(q Question) Answer {
	if q.Fragment != "" {
		q.State = FromFragment(q.Fragment)
	}
	a := Answer{State: q.State, Pieces: make(map[string]string)}
	if err := a.answer(q); err != nil {
		var wrong *mistake
		if !errors.As(err, &wrong) {
			wrong = &mistake{"formula", err}
		}
		a.Mistake = &Mistake{wrong.where, wrong.err.Error()}
		a.Pieces = map[string]string{"mistake-" + wrong.where: wrong.html(q.State)}
	}
	a.Fragment = a.State.Fragment()
	return a
}

// A mistake is an error of a field.
type mistake struct {
	where string
	err   error
}

func (m *mistake) Error() string { return m.err.Error() }

// html shows a mistake, in a formula at its column.
func (m *mistake) html(s State) string {
	text := html.EscapeString(m.err.Error())
	typed := map[string]string{"formula": s.Formula, "beside": s.Beside}[m.where]
	var at *symbolic.ParseError
	if !errors.As(m.err, &at) || typed == "" {
		return text
	}
	r := []rune(strings.Split(typed, "\n")[min(at.Line-1, strings.Count(typed, "\n"))])
	col := min(max(at.Col-1, 0), len(r))
	here, after := "␣", ""
	if col < len(r) {
		here, after = string(r[col]), string(r[col+1:])
	}
	before := string(r[:col])
	if col > 40 {
		before = "…" + string(r[col-39:col])
	}
	return fmt.Sprintf(`<code>%s<mark>%s</mark>%s</code> <span>Column %d: %s</span>`, html.EscapeString(before), html.EscapeString(here),
		html.EscapeString(draw.Clip(after, 40)), at.Col, html.EscapeString(draw.Clip(at.Message, 300)))
}

// parsed reads a formula of a field.
func parsed(where, text string) (symbolic.Expr, error) {
	if len(text) > mostText {
		return symbolic.Expr{}, &mistake{where, fmt.Errorf("%d bytes: a formula may have %d here", len(text), mostText)}
	}
	if strings.TrimSpace(text) == "" {
		return symbolic.Expr{}, &mistake{where, errors.New("there is no formula: type one, such as x*sin(x)")}
	}
	e, err := symbolic.Parse(text)
	if err != nil {
		return e, &mistake{where, err}
	}
	return e, nil
}

func (a *Answer) answer(q Question) error {
	e, err := parsed("formula", a.State.Formula)
	if err != nil {
		return err
	}
	var other symbolic.Expr
	if a.State.Beside != "" {
		if other, err = parsed("beside", a.State.Beside); err != nil {
			return err
		}
	}
	names := variables(e)
	if len(names) == 0 {
		return errors.New("there is no variable to differentiate by: type one, such as x")
	}
	for _, name := range variables(other) {
		if !slices.Contains(names, name) {
			return &mistake{"beside", fmt.Errorf("%s is no variable of the first formula, which has %s", name, strings.Join(names, ", "))}
		}
	}
	if err := a.State.settle(names); err != nil {
		return err
	}
	x := make([]float64, len(names))
	for i, p := range a.State.Point {
		if x[i], err = value(p.Text); err != nil {
			return &mistake{fmt.Sprintf("value%d", i), err}
		}
	}
	along := slices.Index(names, a.State.Along)
	if c := q.Change; c != nil {
		if err := a.State.change(*c, q.Narrow, x); err != nil {
			return err
		}
	}
	t, err := traced(a.State.Formula, names, x, q.Part == "late")
	if err != nil {
		return err
	}
	v := draw.New(t, a.State.Along)
	var beside *draw.View
	if a.State.Beside != "" {
		u, err := traced(a.State.Beside, names, x, false)
		if err != nil {
			return &mistake{"beside", err}
		}
		beside = draw.New(u, a.State.Along)
	}
	if q.Part == "late" {
		a.late(v, beside, e, other)
		return nil
	}
	if q.Part != "first" {
		a.rest(q, v)
	}
	if q.Part == "rest" {
		return nil
	}
	a.first(v)
	a.sliders(v, x)
	return a.plot(q, v, beside, names, x, along)
}

// both returns a picture in the width that is asked for, or in both.
func (q Question) both(picture func(narrow bool) string) string {
	if q.Both {
		return picture(false) + picture(true)
	}
	return picture(q.Narrow)
}

func variables(e symbolic.Expr) []string {
	var names []string
	for _, v := range e.Vars() {
		names = append(names, v.Infix())
	}
	slices.Sort(names)
	return names
}

// change does to the state, and to the point, what the reader does.
func (s *State) change(c Change, narrow bool, x []float64) error {
	name := c.Name
	if name == "" {
		name = s.Along
	}
	i := slices.IndexFunc(s.Point, func(p Place) bool { return p.Name == name })
	if i < 0 {
		return nil // of an input that is gone
	}
	p := s.Point[i]
	switch c.Kind {
	case "slide":
		p = p.moved(p.Lo + (p.Hi-p.Lo)*float64(c.Position)/mostParts)
	case "drag":
		p = p.moved(draw.Window(narrow, p.Lo, p.Hi)(c.Fraction))
	case "in":
		p = p.zoomed(x[i], 0.5)
	case "out":
		p = p.zoomed(x[i], 2)
	}
	s.Point[i] = p
	var err error
	x[i], err = value(p.Text)
	return err
}

// first fills in what the reader looks at while typing.
func (a *Answer) first(v *draw.View) {
	a.Title = v.Output + " = " + draw.Clip(v.Heading(), 80)
	for id, piece := range map[string]string{
		"typeset": `<span class="vh">` + html.EscapeString(v.Output+" = "+v.Heading()) + `</span><span aria-hidden="true">` + v.Formula() + "</span>",
		"latex":   html.EscapeString(draw.Clip(v.Output+" = "+v.Trace.Formula.LaTeX, 6000)),
		"point":   v.Point(), "answer": html.EscapeString(v.Answer()), "digits": v.DigitsTable(), "lesson": "", "moves": a.moves(v),
		"mistake-formula": "", "mistake-beside": "",
	} {
		a.Pieces[id] = piece
	}
	for i := range v.Inputs {
		a.Pieces[fmt.Sprintf("mistake-value%d", i)] = ""
	}
	for _, s := range Gallery {
		if s.Formula == a.State.Formula {
			a.Pieces["lesson"] = html.EscapeString(s.Lesson)
		}
	}
}

// rest fills in what stands further down.
func (a *Answer) rest(q Question, v *draw.View) {
	a.Steps = v.Steps()
	a.Pieces["graphs"] = q.both(v.Graph)
	a.Pieces["traces"] = v.Traces()
	a.Pieces["paths"] = v.ByPaths()
	a.Pieces["paper"] = v.OnPaper()
}

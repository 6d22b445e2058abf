package draw

import (
	"fmt"
	"html"
	"strings"

	"github.com/quartet-ad/ad/compare/trace"
)

// A Step is a statement of a sweep, as the page's script shows it.
type Step struct {
	Row  string            `json:"row"` // of a table
	On   []int             `json:"on"`  // nodes
	Edge []string          `json:"e"`
	Say  string            `json:"say"`
	Set  map[string]string `json:"set"` // what numbers are from now on
}

// Steps are those of the three sweeps, of values "v", tangents "t" and adjoints "a", for Script.
// There are none of large functions.
func (v *View) Steps() map[string][]Step {
	all := map[string][]Step{"v": {}, "t": {}, "a": {}}
	if len(v.Lines) > mostNodes || len(v.Contributions) > 3*mostNodes {
		return all
	}
	for i, l := range v.Lines {
		var in []string
		for _, o := range l.Operands {
			if o.Line >= 0 {
				in = append(in, fmt.Sprintf("%d_%d", o.Line, i))
			}
		}
		value, tangent := "Take the value of "+l.Text.Text+".", "Seed: the tangent is 1 if "+l.Text.Text+" is the input that moves, and 0 if not."
		if len(l.Operands) > 0 {
			value = fmt.Sprintf("%s = %s = %s = %s.", l.Name, l.Text.Text, l.Numbers, trace.Short(float64(l.Value)))
			dotted, _ := v.Accented(i)
			tangent = fmt.Sprintf("%s = %s: each operand's tangent, times the slope in it.", dotted, l.Tangent.Text)
		}
		all["v"] = append(all["v"], Step{fmt.Sprintf("p%d", i), []int{i}, in, Sign(value), map[string]string{fmt.Sprintf("v%d", i): ""}})
		all["t"] = append(all["t"], Step{fmt.Sprintf("t%d", i), []int{i}, in, Sign(tangent), map[string]string{fmt.Sprintf("t%d", i): ""}})
	}
	if v.Result >= 0 {
		all["a"] = v.adjointSteps()
	}
	return all
}

// adjointSteps walks back over the statements.
func (v *View) adjointSteps() []Step {
	list := []Step{{"y", []int{v.Result}, []string{}, "Start at the end: " + v.Output + " moves one for one with itself.", map[string]string{fmt.Sprintf("a%d", v.Result): "1"}}}
	for k := 0; k < len(v.Contributions); {
		from := v.Contributions[k].From
		_, own := v.Accented(from)
		s := Step{Row: fmt.Sprintf("a%d", from), On: []int{from}, Set: map[string]string{}}
		var says []string
		for ; k < len(v.Contributions) && v.Contributions[k].From == from; k++ {
			c := v.Contributions[k]
			_, to := v.Accented(c.To)
			s.On = append(s.On, c.To)
			s.Edge = append(s.Edge, fmt.Sprintf("%d_%d", c.To, from))
			s.Set[fmt.Sprintf("a%d", c.To)] = Sign(trace.Short(float64(c.Sum)))
			if c.First {
				says = append(says, fmt.Sprintf("%s becomes %s", to, trace.Short(float64(c.Sum))))
			} else {
				says = append(says, fmt.Sprintf("%s holds %s already, and grows to %s", to, trace.Short(float64(c.Sum-c.Term)), trace.Short(float64(c.Sum))))
			}
		}
		s.Say = Sign(fmt.Sprintf("%s = %s is complete, and goes to its operands times their slopes: %s.", own, trace.Short(float64(v.Lines[from].Adjoint)), strings.Join(says, "; ")))
		list = append(list, s)
	}
	read := Step{Row: "a0", Edge: []string{}, Say: "Read the inputs: the whole gradient, from one sweep.", Set: map[string]string{}}
	for i := range v.Inputs {
		read.On = append(read.On, i)
		read.Set[fmt.Sprintf("a%d", i)] = Sign(trace.Short(float64(v.Lines[i].Adjoint)))
	}
	return append(list, read)
}

// Bars are the controls of Script, beside a choice of the input that moves.
func Bars(moves string) string {
	return `<div class="bars noprint"><div class="ctl ui"><fieldset id="phases" hidden><legend>Show</legend><div class="seg">` +
		`<label><input type="radio" name="ph" value="all" checked>All</label><label><input type="radio" name="ph" value="v">Values</label>` +
		`<label><input type="radio" name="ph" value="t">Tangents →</label><label><input type="radio" name="ph" value="a">Adjoints ←</label></div></fieldset>` + "\n" +
		`<div id="seeds">` + moves + `</div>` + "\n" +
		`<div id="stp" class="btns" hidden><button type="button" id="first">⇤<span class="vh"> first step</span></button> <button type="button" id="back">← Back</button> ` +
		`<button type="button" id="next" class="pri">Next →</button> <button type="button" id="last">⇥<span class="vh"> last step</span></button></div></div>` + "\n" +
		`<div class="say" id="say" role="status" hidden><span class="c ui"></span><span class="w"></span></div></div>`
}

// Moves is the choice of the input that moves, whose tangents are shown.
func (v *View) Moves() string {
	var b strings.Builder
	b.WriteString(`<fieldset><legend>Input that moves</legend><div class="seg">`)
	for k, i := range v.Shown {
		checked := ""
		if k == 0 {
			checked = " checked"
		}
		fmt.Fprintf(&b, `<label><input type="radio" name="seed" id="seed%d"%s>%s</label>`, k+1, checked, html.EscapeString(v.Inputs[i].Name))
	}
	b.WriteString("</div></fieldset>")
	return b.String()
}

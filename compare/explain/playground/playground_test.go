package playground

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// notDrawn finds places in pictures that are no numbers.
var notDrawn = regexp.MustCompile(`\b(x|y|cx|cy|r|d|width|height|viewBox|transform)="[^"]*(NaN|Inf|%!)`)

// TestAskGallery: every formula of the gallery has its pieces, at once and late, and a link
// that leads back to it.
func TestAskGallery(t *testing.T) {
	for i, s := range Gallery {
		few := testing.Short() && i%4 > 0
		for _, method := range methods {
			if few && method != "all" {
				continue
			}
			state := s.Start()
			state.Method = method
			a := Ask(Question{State: state})
			if a.Mistake != nil {
				t.Fatalf("%s: %s", s.Name, a.Mistake.Message)
			}
			for _, id := range []string{"typeset", "latex", "point", "answer", "digits", "graphs", "traces", "paths", "paper", "moves", "sliders", "plot", "legend", "lesson"} {
				if a.Pieces[id] == "" {
					t.Errorf("%s has no %s", s.Name, id)
				}
			}
			if (a.Pieces["compare"] == "") != (s.Beside == "") {
				t.Errorf("%s: beside it is %q", s.Name, a.Pieces["compare"])
			}
			whole(t, s.Name, a)
			back := Ask(Question{Fragment: "#" + a.Fragment})
			optest.Equal(t, s.Name+": a link", back.State, a.State)
			if few || method != "all" {
				continue
			}
			late := Ask(Question{State: a.State, Part: "late"})
			if late.Mistake != nil || !strings.Contains(late.Pieces["digits"], "comparisons") || late.Pieces["curves"] == "" || (late.Pieces["same"] == "") != (s.Beside == "") {
				t.Errorf("%s, late: %+v", s.Name, late.Mistake)
			}
			whole(t, s.Name+", late", late)
			if lost := strings.Contains(late.Pieces["answer"], "53 bits lose it"); lost != (s.Name == "cancellation" || s.Name == "overflow") {
				t.Errorf("%s: the referee says %q", s.Name, late.Pieces["answer"])
			}
		}
	}
}

// whole demands an answer that is text, with pictures whose places are numbers.
func whole(t *testing.T, what string, a Answer) {
	t.Helper()
	text, err := json.Marshal(a)
	if err != nil || len(text) > 1_500_000 {
		t.Errorf("%s: %d bytes, %v", what, len(text), err)
	}
	for id, piece := range a.Pieces {
		if bad := notDrawn.FindString(piece); bad != "" {
			t.Errorf("%s: %s has %s", what, id, bad)
		}
		for _, not := range []string{"<script", "<img", "<b>x", "onerror=\"", "一", "愀", "%!"} {
			if strings.Contains(piece, not) {
				t.Errorf("%s: %s has %q", what, id, not)
			}
		}
	}
}

// TestAskNumbers: what is shown are the numbers of the operators.
func TestAskNumbers(t *testing.T) {
	const formula = "x*sin(y)/(1+x^2)"
	x := []float64{0.7, -1.3}
	a := Ask(Question{State: State{Formula: formula, Point: []Place{{Name: "y", Text: "-1.3"}, {Name: "x", Text: "7/10"}}, Along: "y"}})
	vars := []symbolic.Expr{symbolic.Var("x"), symbolic.Var("y")}
	e, err := symbolic.Parse(formula)
	if err != nil || a.Mistake != nil {
		t.Fatal(err, a.Mistake)
	}
	forward := dual.Gradient(func(x []dual.Number) dual.Number { return symbolic.Eval(e, vars, x) }, x)
	backward := reverse.Gradient(func(x []reverse.Var) reverse.Var { return symbolic.Eval(e, vars, x) }, x)
	for _, g := range append(forward, backward...) {
		if text := strings.ReplaceAll(fmt.Sprint(g), "-", "−"); !strings.Contains(a.Pieces["digits"], text[:len(text)-2]) {
			t.Errorf("no %s in %s", text, a.Pieces["digits"])
		}
	}
	value := float64(symbolic.Eval(e, vars, []ad.Real{0.7, -1.3}))
	for _, want := range []float64{value, forward[1], -value} { // f″ = -f along y
		if text := strings.ReplaceAll(fmt.Sprintf("%.3f", want), "-", "−"); !strings.Contains(a.Pieces["legend"], text) {
			t.Errorf("no %s in %s", text, a.Pieces["legend"])
		}
	}
	optest.Equal(t, "sliders", a.Sliders, []Slider{{"x", "7/10", 247, "−3", "3"}, {"y", "-1.3", 200, "−3.9", "1.3"}})
}

// TestMistakes are shown in the field that they are in, those of formulas at their column.
func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		state State
		where string
		want  string
	}{
		{State{Formula: "x*sin(x))"}, "formula", "<code>x*sin(x)<mark>)</mark></code> <span>Column 9:"},
		{State{Formula: "x+"}, "formula", "<mark>␣</mark>"},
		{State{Formula: "foo(x)"}, "formula", "no function foo"},
		{State{Formula: "<b>x"}, "formula", "<mark>&lt;</mark>b&gt;x"},
		{State{Formula: " "}, "formula", "there is no formula"},
		{State{Formula: "2+3"}, "formula", "there is no variable"},
		{State{Formula: strings.Repeat("x+", 2000) + "x"}, "formula", "bytes"},
		{State{Formula: "sum(" + strings.Repeat("a,b,c,d,", 1) + "e1,e2,e3,e4,e5,e6,e7,e8,e9,f1,f2,f3,f4,f5)"}, "formula", "at most 16"},
		{State{Formula: "x", Beside: "x*)"}, "beside", "<mark>)</mark>"},
		{State{Formula: "x", Beside: "z"}, "beside", "z is no variable of the first"},
		{State{Formula: "x*y", Point: []Place{{Name: "y", Text: "two"}}}, "value1", "gives no number"},
		{State{Formula: "x", Point: []Place{{Name: "x", Text: ""}}}, "value0", "gives no number"},
	} {
		a := Ask(Question{State: c.state})
		if a.Mistake == nil || a.Mistake.Where != c.where || !strings.Contains(a.Pieces["mistake-"+c.where], c.want) {
			t.Errorf("%.40q: %+v, %q; want %q", c.state.Formula, a.Mistake, a.Pieces["mistake-"+c.where], c.want)
		}
		whole(t, c.state.Formula, a)
	}
}

// TestChanges: the point moves by slider and by pointer, to round numbers, and its range grows.
func TestChanges(t *testing.T) {
	start := Ask(Question{State: State{Formula: "x^2", Point: []Place{{Name: "x", Text: "2"}}}}).State
	for _, c := range []struct {
		change Change
		text   string
		lo, hi float64
	}{
		{Change{Kind: "slide", Name: "x", Position: 0}, "-2", -2, 6},
		{Change{Kind: "slide", Name: "x", Position: mostParts / 4}, "0", -2, 6},
		{Change{Kind: "slide", Name: "x", Position: mostParts}, "6", -2, 6},
		{Change{Kind: "drag", Fraction: -1}, "-2", -2, 6},
		{Change{Kind: "drag", Fraction: (58 + 0.25*586) / 660}, "0", -2, 6},
		{Change{Kind: "drag", Fraction: 2}, "6", -2, 6},
		{Change{Kind: "in"}, "2", 0, 4},
		{Change{Kind: "out"}, "2", -6, 10},
		{Change{Kind: "slide", Name: "gone", Position: 3}, "2", -2, 6},
	} {
		a := Ask(Question{State: start, Change: &c.change})
		p := a.State.Point[0]
		if a.Mistake != nil || p.Text != c.text || p.Lo != c.lo || p.Hi != c.hi {
			t.Errorf("%+v: %+v", c.change, p)
		}
		if back := FromFragment(a.Fragment).Point[0]; Ask(Question{Fragment: a.Fragment}).State.Point[0] != p {
			t.Errorf("%+v: the link holds %+v", c.change, back)
		}
	}
}

// TestFiles: the page asks for nothing from elsewhere, and has a place for every piece.
func TestFiles(t *testing.T) {
	files, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	text := string(files["index.html"])
	if len(text) > 300_000 {
		t.Errorf("%d bytes", len(text))
	}
	for _, not := range []string{"http:", "https:", "ZgotmplZ", "<no value>", "onclick", "onsubmit"} {
		if strings.Contains(text, not) {
			t.Errorf("the page has %q", not)
		}
	}
	for id := range Ask(Question{State: Gallery[0].Start()}).Pieces {
		if !strings.Contains(text, ` id="`+id+`"`) {
			t.Errorf("the page has no place for %s", id)
		}
	}
	for _, m := range regexp.MustCompile(`\$\('#([a-z]+)'\)`).FindAllStringSubmatch(string(files["playground.js"])+string(files["sweeps.js"]), -1) {
		if !strings.Contains(text, ` id="`+m[1]+`"`) {
			t.Errorf("a script looks for %s", m[1])
		}
	}
	for _, s := range Gallery {
		if !strings.Contains(text, s.Start().Fragment()[:8]) {
			t.Errorf("no link to %s", s.Name)
		}
	}
}

// FuzzAsk: whatever a link holds, there is an answer, which holds no markup of the link's.
func FuzzAsk(f *testing.F) {
	for _, s := range Gallery {
		f.Add(s.Start().Fragment(), "slide", 100)
	}
	f.Add("f=<b>x&x.x=1&r.x=1,1", "in", 0)
	f.Add("f=x%2By&x.x=Inf&x.y=NaN&along=y&h=-7&by=numeric", "out", 1)
	f.Add("f=x/y&x.x=1e308&r.x=NaN,1e-320&x.y=5e-324", "drag", -9)
	f.Fuzz(func(t *testing.T, fragment, kind string, position int) {
		if len(fragment) > 200 {
			return
		}
		whole(t, fragment, Ask(Question{Fragment: fragment, Change: &Change{Kind: kind, Position: position, Fraction: float64(position) / 100}}))
	})
}

// TestPlace: a moved place stays a number in its range.
func TestPlace(t *testing.T) {
	for _, x := range []float64{0, 1e-300, 1e-8, 0.3, 1, 2, -5, 1000, 1e99, -1e150, math.Inf(1)} {
		p := Place{Name: "x"}
		p.Lo, p.Hi = window(x)
		if !sound(p.Lo, p.Hi) {
			t.Fatalf("%v: from %v to %v", x, p.Lo, p.Hi)
		}
		for k := 0; k <= mostParts; k += mostParts / 8 {
			q := p.moved(p.Lo + (p.Hi-p.Lo)*float64(k)/mostParts)
			v, err := value(q.Text)
			if err != nil || v < p.Lo-p.grain() || v > p.Hi+p.grain() || len(q.Text) > 12 {
				t.Errorf("from %v to %v: %q", p.Lo, p.Hi, q.Text)
			}
		}
	}
}

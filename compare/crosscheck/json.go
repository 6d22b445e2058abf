package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/quartet-ad/ad/compare"
)

// schema names the form of the document that -json prints. A field may be added
// to it; one that is renamed, removed or given another meaning makes it schema 2.
const schema = "ad/crosscheck/1"

// A document is what -json prints.
type document struct {
	Schema    string        `json:"schema"`
	Agree     bool          `json:"agree"`     // no two methods disagree anywhere, and nothing else failed
	Functions []functionDoc `json:"functions"` // in the order in which they were checked
	Accuracy  []accuracyDoc `json:"accuracy"`  // of every function, method and order of derivative
	NIST      []nistDoc     `json:"nist"`      // certified solutions, and how closely they were found
	Steps     []curveDoc    `json:"steps"`     // how differences depend on their step
}

// A functionDoc is a line of the table of agreement.
type functionDoc struct {
	Group       string `json:"group"` // elementary, loss, golden, …
	Name        string `json:"name"`
	Points      int    `json:"points"`
	Kinks       int    `json:"kinks"`     // points where the derivative jumps,
	Jumps       int    `json:"jumps"`     // where the function does,
	Undefined   int    `json:"undefined"` // and where it is not a number
	Comparisons int    `json:"comparisons"`
	Skipped     int    `json:"skipped"`  // without an answer
	Measured    int    `json:"measured"` // comparisons with a difference,
	Sharp       int    `json:"sharp"`    // and with one that is good to six digits

	// Of those without an answer: the numbers by reason that lack evidence, and that have
	// no right answer by definition.
	Lacking map[string]int `json:"lacking,omitempty"`
	Moot    map[string]int `json:"moot,omitempty"`

	// The least relative fault of a slope that exact methods would notice, of all points;
	// null where no elementary function occurs.
	PowerMedian *real `json:"power_median"`
	PowerWorst  *real `json:"power_worst"`

	WorstULP      real         `json:"worst_ulp"`
	WorstEstimate real         `json:"worst_estimate"` // of differences, in multiples of their own estimate
	Verdict       string       `json:"verdict"`        // agree or disagree
	Culprit       string       `json:"culprit,omitempty"`
	Findings      []findingDoc `json:"findings,omitempty"`
}

// A findingDoc is a disagreement of two methods about one number.
type findingDoc struct {
	At        []real `json:"at"`       // the point
	Operator  string `json:"operator"` // gradient, HVP, …
	Entry     string `json:"entry"`    // which of its results
	A         string `json:"a"`        // the methods: differences, dual, reverse, symbolic, referee
	B         string `json:"b"`
	ValueA    real   `json:"value_a"`
	ValueB    real   `json:"value_b"`
	Tolerance real   `json:"tolerance"`
}

// An accuracyDoc is the distance of a method's numbers from 60-digit arithmetic.
type accuracyDoc struct {
	Function string      `json:"function"`
	Method   string      `json:"method"` // dual, reverse, symbolic
	Order    string      `json:"order"`  // value, first, second
	Numbers  int         `json:"numbers"`
	Limit    float64     `json:"limit"` // in units in the last place
	Within   int         `json:"within"`
	Spread   [spread]int `json:"spread"` // exact, within 1, 2, 4, 16 units, beyond
	Worst    real        `json:"worst_ulp"`
	At       string      `json:"worst_case"`
}

// A nistDoc is a regression of NIST's, fitted from both of its starting points.
type nistDoc struct {
	Dataset      string    `json:"dataset"`
	Difficulty   string    `json:"difficulty"`
	Parameters   int       `json:"parameters"`
	Observations int       `json:"observations"`
	Fits         [2]fitDoc `json:"fits"`
}

// A fitDoc is where a fit ended. Digits are the decimal digits that it has in
// common with the certified solution, 11 at the most: of all parameters, and of
// the residual standard deviation.
type fitDoc struct {
	Parameters      []real `json:"parameters"`
	Digits          real   `json:"digits"`
	Deviation       real   `json:"deviation"`
	DeviationDigits real   `json:"deviation_digits"`
	Iterations      int    `json:"iterations"`
}

// A curveDoc is the relative error of difference quotients by their step.
type curveDoc struct {
	Function string      `json:"function"`
	X        float64     `json:"x"`
	Exact    float64     `json:"exact"` // the derivative, by dual numbers
	Forward  []sampleDoc `json:"forward"`
	Central  []sampleDoc `json:"central"`
	Default  sampleDoc   `json:"default"`          // what numeric takes when it is not told a step
	Estimate real        `json:"default_estimate"` // its own estimate of the relative error
}

type sampleDoc struct {
	Step  real `json:"step"`
	Error real `json:"error"`
}

// A real is a float64 whose JSON form may be "NaN", "Infinity" or "-Infinity".
type real float64

// MarshalJSON returns the shortest decimal that reads back as the number, or the
// name of one that is not finite.
func (x real) MarshalJSON() ([]byte, error) {
	switch v := float64(x); {
	case v != v:
		return []byte(`"NaN"`), nil
	case math.IsInf(v, 1):
		return []byte(`"Infinity"`), nil
	case math.IsInf(v, -1):
		return []byte(`"-Infinity"`), nil
	default:
		return strconv.AppendFloat(nil, v, 'g', -1, 64), nil
	}
}

// writeJSON writes the results as a document.
func (r results) writeJSON(w io.Writer) error {
	d := document{Schema: schema, Agree: r.ok, Functions: []functionDoc{}, Accuracy: []accuracyDoc{}, NIST: []nistDoc{}}
	for _, l := range r.lines {
		d.Functions = append(d.Functions, l.document())
	}
	for _, f := range r.accuracy.functions {
		for m := range exact {
			for o := range orders {
				t := f.by[m][o]
				d.Accuracy = append(d.Accuracy, accuracyDoc{f.name, methodNames[m], orderNames[o],
					t.n, limits[o], t.within, t.spread, real(t.ulp), t.at})
			}
		}
	}
	for _, n := range r.fits {
		doc := nistDoc{Dataset: n.Name, Difficulty: n.Difficulty, Parameters: n.Parameters, Observations: n.Observations}
		for i, f := range n.Fits {
			doc.Fits[i] = fitDoc{reals(f.X), real(f.Digits), real(f.Deviation), real(f.DeviationDigits), f.Iterations}
		}
		d.NIST = append(d.NIST, doc)
	}
	for _, c := range r.curves {
		d.Steps = append(d.Steps, curveDoc{c.name, c.x, c.exact,
			sampleDocs(c.forward), sampleDocs(c.central), c.found.document(), real(c.estimate)})
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "\t")
	if err := out.Encode(d); err != nil {
		return fmt.Errorf("-json: %w", err)
	}
	return nil
}

func (l line) document() functionDoc {
	d := functionDoc{
		Group: l.group, Name: l.name, Points: l.points,
		Kinks: l.classes[compare.Kink], Jumps: l.classes[compare.Jump], Undefined: l.classes[compare.Undefined],
		Comparisons: l.comparisons, Skipped: l.skipped, Measured: l.measured, Sharp: l.sharp,
		WorstULP: real(l.worstULP), WorstEstimate: real(l.worstEstimate), Verdict: "agree",
	}
	e := l.evidence()
	d.Lacking, d.Moot = byReason(e.lacking), byReason(e.moot)
	if median, worst, ok := l.power(); ok {
		d.PowerMedian, d.PowerWorst = (*real)(&median), (*real)(&worst)
	}
	for i, r := range l.failed {
		if i == 0 {
			d.Verdict, d.Culprit = "disagree", r.Culprit
		}
		for _, f := range r.Findings {
			d.Findings = append(d.Findings, findingDoc{reals(r.X), f.Operator, f.Entry, f.A.String(), f.B.String(),
				real(f.ValueA), real(f.ValueB), real(f.Tolerance)})
		}
	}
	return d
}

// byReason returns the numbers that are not 0 by the reason's name.
func byReason(r compare.Reasons) map[string]int {
	list := map[string]int{}
	for k, n := range r {
		if n > 0 {
			list[compare.Reason(k).String()] = n
		}
	}
	return list
}

func reals(x []float64) []real {
	out := make([]real, len(x))
	for i, v := range x {
		out[i] = real(v)
	}
	return out
}

func (s sample) document() sampleDoc { return sampleDoc{real(s.step), real(s.err)} }

func sampleDocs(samples []sample) []sampleDoc {
	var out []sampleDoc
	for _, s := range samples {
		out = append(out, s.document())
	}
	return out
}

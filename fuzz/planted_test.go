package fuzz

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
)

// A plant is a fault in a row.
type plant struct {
	name   string
	change func(f *ad.Func)
	second bool // it shows in second derivatives alone
}

func slopeOff(by float64) func(f *ad.Func) {
	return func(f *ad.Func) {
		right := f.Slope
		f.Slope = func(x, y float64) float64 { return by * right(x, y) }
	}
}

var plants = []plant{
	{"Slope × 1.5", slopeOff(1.5), false},
	{"Slope × (1 + 1e-4)", slopeOff(1 + 1e-4), false},
	{"Slope × (1 + 1e-6)", slopeOff(1 + 1e-6), false},
	{"Text × 1.5", func(f *ad.Func) { f.Text = "1.5*(" + f.Text + ")" }, false},
	{"Value × 1.5", func(f *ad.Func) {
		right, slope, curve := f.Value, f.Slope, f.Curve
		f.Value = func(x float64) float64 { return 1.5 * right(x) }
		f.Slope = func(x, y float64) float64 { return slope(x, y/1.5) }
		f.Curve = func(x, y float64) float64 { return curve(x, y/1.5) }
	}, false},
	{"Curve × 1.5", func(f *ad.Func) {
		right := f.Curve
		f.Curve = func(x, y float64) float64 { return 1.5 * right(x, y) }
	}, true},
}

// planted returns the program with one of its functions, picked at random, replaced by a
// faulty one, and by the same without the fault; false if it has none.
func planted(p Program, r *rand.Rand, fault plant) (wrong, right Program, ok bool) {
	var at []int
	for i, s := range p.body {
		if operations[s.op].kind == apply && operations[s.op].one.Func().Curve != nil {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return p, p, false
	}
	i := at[r.IntN(len(at))]
	row := *operations[p.body[i].op].one.Func()
	row.Name = "g"
	good := row
	fault.change(&row)
	if fault.name == "Value × 1.5" { // a Value of which Slope and Text know nothing
		good.Value = row.Value
		slope, text := good.Slope, good.Text
		good.Slope = func(x, y float64) float64 { return 1.5 * slope(x, y/1.5) }
		good.Text = "1.5*(" + text + ")"
	}
	with := func(f *ad.Func) Program {
		q := p
		q.body = slices.Clone(p.body)
		operations = append(operations, operation{kind: apply, one: ad.NewOp(f)})
		q.body[i].op = len(operations) - 1
		return q
	}
	return with(&row), with(&good), true
}

// effect returns by which share a fault changes the derivative that it changes most, or
// the second derivative.
func effect(wrong, right Program, x []float64, second bool) float64 {
	most := 0.0
	see := func(a, b float64) {
		if d := math.Abs(a-b) / max(math.Abs(a), math.Abs(b)); d > most && !math.IsInf(a, 0) && !math.IsInf(b, 0) {
			most = d
		}
	}
	a, b := dual.Gradient(over[dual.Number](wrong), x), dual.Gradient(over[dual.Number](right), x)
	for i := range a {
		see(a[i], b[i])
	}
	if second {
		h, g := dual.Hessian(over[dual.Hyper](wrong), x), dual.Hessian(over[dual.Hyper](right), x)
		for i := range x {
			for j := range x {
				see(h.At(i, j), g.At(i, j))
			}
		}
	}
	return most
}

// TestPlanted plants faults in functions of random programs: where a fault changes a
// derivative by a thousandth of itself at least, or by half of what was planted, it is
// caught.
func TestPlanted(t *testing.T) {
	programs := 4000
	if testing.Short() {
		programs /= 10
	}
	defer func(n int) { operations = operations[:n] }(len(operations))
	for _, fault := range plants {
		tried, caught, undecided, missed := 0, 0, 0, 0
		for i := range programs {
			r := rand.New(rand.NewPCG(2, uint64(i)))
			p, x := Random(r)
			wrong, right, ok := planted(p, r, fault)
			least := 1e-3
			if fault.name == "Slope × (1 + 1e-6)" || fault.name == "Slope × (1 + 1e-4)" {
				least = 5e-7
			}
			if !ok || fault.name != "Text × 1.5" && !(effect(wrong, right, x, fault.second) >= least) {
				continue
			}
			if fault.name == "Text × 1.5" { // as large an effect as that of a Slope
				s, q, _ := planted(p, rand.New(rand.NewPCG(3, uint64(i))), plants[0])
				if wrong.body = slices.Clone(wrong.body); !(effect(s, q, x, false) >= least) {
					continue
				}
				q.body = slices.Clone(q.body)
				for k := range s.body {
					if s.body[k].op != q.body[k].op {
						row := *operations[q.body[k].op].one.Func()
						row.Name = "my" + row.Name
						fault.change(&row)
						operations = append(operations, operation{kind: apply, one: ad.NewOp(&row)})
						q.body[k].op = len(operations) - 1
					}
				}
				wrong = q
			}
			tried++
			switch rep := compare.Check(wrong.Func(), x); rep.Verdict() {
			case compare.Disagree:
				caught++
			case compare.Undecided:
				undecided++
			default:
				if missed++; missed <= 2 {
					t.Logf("%s missed: %v\n%v", fault.name, rep, wrong)
				}
			}
		}
		t.Logf("%-20s planted in %d programs: caught %d, undecided %d, missed %d", fault.name, tried, caught, undecided, missed)
		if tried < programs/8 || float64(caught) < 0.99*float64(tried) {
			t.Errorf("%s: caught %d of %d", fault.name, caught, tried)
		}
	}
}

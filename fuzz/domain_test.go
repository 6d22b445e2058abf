package fuzz

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// domains is a property of what a Decoder reads: all of it lies where it should.
func domains(t compare.TB, d *Decoder) {
	n := 1 + int(d.Byte())%6
	for _, x := range d.Point(n) {
		if !(-8 <= x && x < 8) {
			t.Errorf("a point has the coordinate %v", x)
		}
	}
	a, b := d.Positive(), d.Positive()
	lo, hi := min(a, -b), max(a, -b)
	if x := d.Range(lo, hi); !(lo <= x && x <= hi) {
		t.Errorf("%v lies outside of [%v, %v]", x, lo, hi)
	}
	if !(a > 0) || math.IsInf(a, 0) {
		t.Errorf("%v is not positive", a)
	}
	if p := d.Probability(); !(0 <= p && p <= 1) {
		t.Errorf("%v is no probability", p)
	}
	p := d.Simplex(n)
	if s := floats.Sum(p); !(math.Abs(s-1) <= float64(n)*0x1p-52) || floats.Min(p) < 0 {
		t.Errorf("the sum of %v is %v", p, s)
	}
	var c mat.Cholesky
	if a := d.SPD(n); !c.Factorize(a) || a.SymmetricDim() != n || !(c.Cond() < 0x1p24*float64(n*n*n)) {
		t.Errorf("not positive definite, or nearly not:\n%v", mat.Formatted(a))
	}
	if x := d.Ties(n); len(x) != n || !(floats.Norm(x, math.Inf(1)) <= 8+0x1p-40) {
		t.Errorf("ties %v", x)
	}
	if x := d.Kink(-3, 3); !(math.Abs(math.Abs(x)-3) <= 1) {
		t.Errorf("%v lies far from -3 and 3", x)
	}
}

func FuzzDomains(f *testing.F) {
	AddSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) { domains(t, NewDecoder(data)) })
}

func TestDomains(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		Drawn(func(d *Decoder) int { domains(t, d); return 0 }).Draw(t, "domains")
	})
}

// TestDomainsReach: what makes a domain worth while occurs: ends, ties, kinks, zeros, and
// numbers of all sizes.
func TestDomainsReach(t *testing.T) {
	seen := make(map[string]int)
	r := rand.New(rand.NewPCG(4, 0))
	note := func(what string, is bool) {
		if is {
			seen[what]++
		}
	}
	const rounds = 2000
	for range rounds {
		d := NewDecoder(generator{r}.bytes(256))
		x := d.Range(-1, 2)
		note("lower end", x == -1)
		note("upper end", x == 2)
		note("inside", -1 < x && x < 2)
		note("next to the lower end", -1 < x && x < -1+1e-6)
		note("next to the upper end", 2-1e-6 < x && x < 2)
		y := d.Positive()
		note("small", y < 1e-100)
		note("large", y > 1e100)
		note("moderate", 1e-3 <= y && y <= 1e3)
		p := d.Simplex(3)
		note("zero probability", floats.Min(p) == 0)
		note("no zero probability", floats.Min(p) > 0)
		note("corner", floats.Max(p) == 1)
		z := d.Ties(2)
		note("tie", z[0] == z[1])
		note("near tie", z[0] != z[1] && math.Nextafter(z[0], z[1]) == z[1])
		note("no tie", math.Abs(z[0]-z[1]) > 0.1)
		k := d.Kink(0, 6)
		note("kink at 0", k == 0)
		note("kink at 6", k == 6)
		note("beside a kink", 0 < math.Abs(k) && math.Abs(k) < 1e-9)
		var c mat.Cholesky
		c.Factorize(d.SPD(2))
		note("ill-conditioned", c.Cond() > 1e3)
		note("well-conditioned", c.Cond() < 1e2)
	}
	for _, what := range []string{
		"lower end", "upper end", "inside", "next to the lower end", "next to the upper end", "small", "large", "moderate",
		"zero probability", "no zero probability", "corner", "tie", "near tie", "no tie",
		"kink at 0", "kink at 6", "beside a kink", "ill-conditioned", "well-conditioned",
	} {
		if seen[what] < rounds/200 {
			t.Errorf("%s: %d of %d", what, seen[what], rounds)
		}
	}
}

// TestDrawn: generators draw what a Decoder reads.
func TestDrawn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if x := Ranges(2, 3).Draw(t, "range"); x < 2 || x > 3 {
			t.Errorf("range %v", x)
		}
		if x := Positives().Draw(t, "positive"); x <= 0 {
			t.Errorf("positive %v", x)
		}
		if x := Probabilities().Draw(t, "probability"); x < 0 || x > 1 {
			t.Errorf("probability %v", x)
		}
		if x := Simplexes(4).Draw(t, "simplex"); math.Abs(floats.Sum(x)-1) > 1e-15 {
			t.Errorf("simplex %v", x)
		}
		if x := Points(3).Draw(t, "point"); len(x) != 3 {
			t.Errorf("point %v", x)
		}
		if x := Ties(3).Draw(t, "ties"); len(x) != 3 {
			t.Errorf("ties %v", x)
		}
		if x := Kinks(1).Draw(t, "kink"); x < 0 || x > 2 {
			t.Errorf("kink %v", x)
		}
		if a := SPDs(2).Draw(t, "SPD"); !(mat.Det(a) > 0) {
			t.Errorf("SPD %v", a)
		}
	})
}

func TestDomainMisuse(t *testing.T) {
	d := NewDecoder(nil)
	for want, f := range map[string]func(){
		"fuzz: no range goes from 2 to 1":    func() { d.Range(2, 1) },
		"fuzz: no range goes from NaN to 1":  func() { d.Range(math.NaN(), 1) },
		"fuzz: no range goes from 0 to +Inf": func() { d.Range(0, math.Inf(1)) },
		"fuzz: no simplex has 0 corners":     func() { d.Simplex(0) },
		"fuzz: no matrix is -1×-1":           func() { d.SPD(-1) },
		"fuzz: Kink of no numbers":           func() { d.Kink() },
	} {
		optest.Panics(t, want, f)
	}
}

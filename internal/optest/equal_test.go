package optest

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// A record keeps what a check says.
type record struct{ said string }

func (r *record) Helper()                           {}
func (r *record) Errorf(format string, args ...any) { r.said += fmt.Sprintf(format, args...) }

func TestEqual(t *testing.T) {
	inf, nan, next := math.Inf(1), math.NaN(), math.Nextafter(1, 2)
	zero := math.Copysign(0, -1)
	for _, c := range []struct {
		name      string
		got, want []float64
		opts      []cmp.Option
		equal     bool
	}{
		{"nothing", nil, []float64{}, nil, true},
		{"special numbers", []float64{nan, inf, 0}, []float64{nan, inf, zero}, nil, true},
		{"zeros of both signs", []float64{0}, []float64{zero}, nil, true},
		{"a step apart", []float64{next}, []float64{1}, nil, false},
		{"lengths", []float64{1, 2}, []float64{1}, nil, false},
		{"a step allowed", []float64{next}, []float64{1}, []cmp.Option{ULP(1)}, true},
		{"two steps", []float64{math.Nextafter(next, 2)}, []float64{1}, []cmp.Option{ULP(1)}, false},
		{"NaN and a number", []float64{nan}, []float64{1}, []cmp.Option{ULP(1e300)}, false},
		{"bits of NaN", []float64{nan}, []float64{-nan}, []cmp.Option{Bits()}, true},
		{"bits of zeros", []float64{0}, []float64{zero}, []cmp.Option{Bits()}, false},
		{"an option of others", []float64{1.25}, []float64{1}, []cmp.Option{cmpopts.EquateApprox(0, 0.25)}, true},
		{"NaN under such an option", []float64{nan}, []float64{nan}, []cmp.Option{cmpopts.EquateApprox(0, 1)}, false},
	} {
		var r record
		Equal(&r, c.name, c.got, c.want, c.opts...)
		if (r.said == "") != c.equal {
			t.Errorf("%s: %v and %v: %q", c.name, c.got, c.want, r.said)
		}
	}
	var r record
	Equal(&r, "gradient", []float64{1, 2}, []float64{1, 3})
	for _, want := range []string{"gradient (-want +got):\n", "3", "2"} {
		if !strings.Contains(r.said, want) {
			t.Errorf("the failure does not say %q: %s", want, r.said)
		}
	}
}

package reverse

import (
	"math"
	"reflect"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/check"
)

// TestPoison fills every list of a tape, and finds nothing left of it after its
// release in a build with the tag poison, and everything in any other. It looks
// at all fields, so that one which is added later is not forgotten.
func TestPoison(t *testing.T) {
	tape := new(tape)
	x := tape.start([]float64{2, 3})
	s := ad.Sin(x[0].Mul(x[1])).Apply2(ad.OpHypot, x[1]).Div(x[0])
	y := ad.Dot([]Var{s, x[0]}, []Var{x[1], s}).Add(ad.Dot(x, []Var{{value: 4}, {value: 5}}))
	tape.v = append(tape.v, 1, 2)
	tape.pullSecondOne(y, tape.v)
	last := tape.seed([]Var{y}, []float64{1})
	tape.reached = zeroed(tape.reached, int(tape.n))
	tape.reached[last] = true
	tape.pullCareful(last)
	tape.pushCareful()
	tape.adjMoved = zeroed(tape.adjMoved, int(tape.n))
	used := tape.n
	old := s

	tape.release()
	entries := 0
	look := func(name string, v reflect.Value) {
		entries++
		// Without the tag a flag may be set as well, and rows are gone.
		open := v.Kind() == reflect.Bool || v.Kind() == reflect.Pointer
		if got := poisoned(v); got != check.Poison && (check.Poison || !open) {
			t.Errorf("%s is %v after release; poisoned %v, want %v", name, v, got, check.Poison)
		}
	}
	for i := range used {
		c := tape.chunks[i/chunkLen]
		look("edges", reflect.ValueOf(c.edges[i%chunkLen]))
		look("a value", reflect.ValueOf(c.value[i%chunkLen]))
		look("an op", reflect.ValueOf(c.op[i%chunkLen]))
	}
	for name, field := range fields(reflect.ValueOf(*tape)) {
		if field.Kind() != reflect.Slice || name == "chunks" {
			continue
		}
		if field.Len() == 0 {
			t.Errorf("%s is empty: the test does not fill it", name)
		}
		for i := range field.Len() {
			look(name, field.Index(i))
		}
	}
	if entries < 80 {
		t.Errorf("%d entries were looked at", entries)
	}
	defer func() {
		if recover() == nil {
			t.Error("a Var of a released tape can be used")
		}
	}()
	old.Add(old)
}

// TestPoisonArrays does the same with arrays and Reset.
func TestPoisonArrays(t *testing.T) {
	tape := NewTape()
	x := tape.Param([]float64{1, 2, 3}, nil)
	y := ad.Tanh(x.Mul(x))
	y.HVP(make([]float64, 3), []Array{x}, [][]float64{{1, 2, 3}})
	storage := *y.a
	tape.Reset()
	for q, values := range storage.data {
		for _, v := range values {
			if poisoned := math.IsNaN(v); poisoned != check.Poison {
				t.Errorf("quantity %d is %v after Reset", q, v)
			}
		}
		if len(values) != 3 {
			t.Errorf("quantity %d has %d elements: the test does not fill it", q, len(values))
		}
	}
}

// fields ranges over the fields of a struct, and over those of embedded structs
// in their place.
func fields(v reflect.Value) func(yield func(string, reflect.Value) bool) {
	return func(yield func(string, reflect.Value) bool) {
		for i := range v.NumField() {
			f := v.Type().Field(i)
			switch f.Type {
			case reflect.TypeFor[arrayStore](): // see TestPoisonArrays
				continue
			case reflect.TypeFor[recordingState](): // endRecording empties it before release
				continue
			}
			if f.Anonymous {
				fields(v.Field(i))(yield)
			} else if !yield(f.Name, v.Field(i)) {
				return
			}
		}
	}
}

// poisoned reports whether every number in v is NaN or out of range, and every
// row is gone. A pointer to the tape itself may stay.
func poisoned(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Float64:
		return math.IsNaN(v.Float())
	case reflect.Uint32, reflect.Uint64:
		return uint32(v.Uint()) == nowhere
	case reflect.Int:
		return v.Int() < 0
	case reflect.Bool:
		return v.Bool()
	case reflect.Pointer:
		return v.IsNil() || v.Type().Elem() == reflect.TypeFor[tape]()
	case reflect.Struct:
		for i := range v.NumField() {
			if !poisoned(v.Field(i)) {
				return false
			}
		}
		return true
	}
	panic("poisoned: a field of kind " + v.Kind().String())
}

package nn_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/nn"
)

// file returns a file of the header and data.
func file(header string, data ...byte) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(b, header...), data...)
}

// eights returns n bytes of data.
func eights(n int) []byte { return bytes.Repeat([]byte{8}, n) }

// named iterates over params by their own names.
func named(params ...*nn.Param) iter.Seq2[string, *nn.Param] {
	return func(yield func(string, *nn.Param) bool) {
		for _, p := range params {
			if !yield(p.Name, p) {
				return
			}
		}
	}
}

// sameParams compares to the bit, those of NaN too.
func sameParams(a, b []*nn.Param) bool {
	return cmp.Equal(a, b, cmpopts.EquateEmpty(), cmp.Transformer("bits", math.Float64bits))
}

func TestSafetensorsRoundTrip(t *testing.T) {
	strange := math.Float64frombits(0x7ff0_dead_beef_0001) // a NaN that signals
	params := []*nn.Param{
		{Name: "0.weight", Value: []float64{1, -2, 3e300, 5e-324, math.Inf(-1), strange}, Shape: []int{2, 3}},
		{Name: "scalar", Value: []float64{math.Copysign(0, -1)}, Shape: []int{}},
		{Name: "", Value: []float64{}, Shape: []int{0, 5}},
		{Name: "ümlaut \" \\ <\n", Value: make([]float64, 20000), Shape: []int{20000}},
	}
	params[3].Value[19999] = 7
	for _, metadata := range []map[string]string{nil, {}, {"step": "3", "": "&\x00"}} {
		var b bytes.Buffer
		if err := nn.WriteSafetensors(&b, named(params...), metadata); err != nil {
			t.Fatal(err)
		}
		if n := binary.LittleEndian.Uint64(b.Bytes()); n%8 != 0 {
			t.Errorf("header of %d bytes: data are not aligned", n)
		}
		got, more, err := nn.ReadSafetensors(iotest.OneByteReader(&b))
		if err != nil || !sameParams(got, params) || !maps.Equal(more, metadata) || (more == nil) != (metadata == nil) {
			t.Errorf("read %v, %v, error %v", got, more, err)
		}
	}
}

// TestSafetensorsForeign: files as others write them.
func TestSafetensorsForeign(t *testing.T) {
	single := binary.LittleEndian.AppendUint32(nil, math.Float32bits(0.1))
	double := binary.LittleEndian.AppendUint64(nil, math.Float64bits(0.1))
	b := file(`{"b":{"data_offsets":[8,12],"dtype":"F32","shape":[1,1]},`+
		` "__metadata__":{"format":"pt"},"\u0061":{"dtype":"F64","shape":[],"data_offsets":[0,8]}}   `, append(double, single...)...)
	got, metadata, err := nn.ReadSafetensors(bytes.NewReader(b))
	want := []*nn.Param{
		{Name: "a", Value: []float64{0.1}, Shape: []int{}},
		{Name: "b", Value: []float64{float64(float32(0.1))}, Shape: []int{1, 1}},
	}
	if err != nil || !sameParams(got, want) || metadata["format"] != "pt" {
		t.Errorf("read %v, %v, error %v", got, metadata, err)
	}
}

// badFiles are files that are not in the format, or not for us, with what the error says.
var badFiles = []struct {
	name string
	file []byte
	want string
}{
	{"empty", nil, "length of the header: unexpected EOF"},
	{"short length", []byte{1, 2, 3}, "length of the header: unexpected EOF"},
	{"no header", binary.LittleEndian.AppendUint64(nil, 100), "after 0 bytes of a header of 100: unexpected EOF"},
	{"header cut", file(`{"a":`)[:10], "after 2 bytes of a header of 5: unexpected EOF"},
	{"length lies", binary.LittleEndian.AppendUint64(nil, 1<<40), "header of 1099511627776 bytes, at most 16777216 are read"},
	{"length of all bits", binary.LittleEndian.AppendUint64(nil, math.MaxUint64), "header of 18446744073709551615 bytes"},
	{"length 0", file(``), "does not begin with {"},
	{"array", file(`[]`), "does not begin with {"},
	{"space first", file(` {}`), "does not begin with {"},
	{"not UTF-8", file("{\"\xff\":{}}"), "not UTF-8"},
	{"not JSON", file(`{"a":{"dtype":F64}}`), "header: \"a\": \"dtype\": 'F' at byte 14, want \""},
	{"unfinished", file(`{"a":{"dtype":"F64"`), `"a": unexpected EOF`},
	{"two objects", file(`{}{}`), "header: more than an object, at byte 2"},
	{"tensor no object", file(`{"a":[0,8]}`), `header: "a": '[' at byte 5, want {`},
	{"tensor null", file(`{"a":null}`), `header: "a": 'n' at byte 5, want {`},
	{"metadata no strings", file(`{"__metadata__":{"step":3}}`), `"__metadata__": "step": '3' at byte 24, want "`},
	{"metadata null", file(`{"__metadata__":{"step":null}}`), `"__metadata__": "step": 'n' at byte 24, want "`},
	{"metadata twice", file(`{"__metadata__":{},"__metadata__":{}}`), `"__metadata__": occurs twice`},
	{"name twice", file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"a":{"dtype":"F64","shape":[1],"data_offsets":[8,16]}}`, eights(16)...),
		`"a" occurs twice`},
	{"field twice", file(`{"a":{"dtype":"F64","shape":[2],"shape":[1],"data_offsets":[0,8]}}`, eights(8)...), `"a": "shape": occurs twice`},
	{"unknown field", file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8],"DType":"F32"}}`, eights(8)...), `"a": "DType": unknown`},
	{"no shape", file(`{"a":{"dtype":"F64","data_offsets":[0,8]}}`, eights(8)...), `"a": want a dtype, a shape and two data_offsets`},
	{"one offset", file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[0]}}`, eights(8)...), `"a": want a dtype, a shape and two data_offsets`},
	{"three offsets", file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8,8]}}`, eights(8)...), `"a": "data_offsets": more than 2 numbers`},
	{"shape null", file(`{"a":{"dtype":"F64","shape":null,"data_offsets":[0,8]}}`, eights(8)...), `"a": "shape": 'n' at byte 28, want [`},
	{"length null", file(`{"a":{"dtype":"F64","shape":[null],"data_offsets":[0,0]}}`), `"a": "shape": 'n' at byte 29, want a digit`},
	{"negative length", file(`{"a":{"dtype":"F64","shape":[-1,-1],"data_offsets":[0,8]}}`, eights(8)...), `"a": "shape": '-' at byte 29, want a digit`},
	{"fractional length", file(`{"a":{"dtype":"F64","shape":[1.0],"data_offsets":[0,8]}}`, eights(8)...), `"a": "shape": '.' at byte 30, want a digit`},
	{"length too large", file(`{"a":{"dtype":"F64","shape":[9223372036854775808],"data_offsets":[0,8]}}`, eights(8)...), `"a": "shape": the number that ends at byte 48 is out of range`},
	{"dtype", file(`{"a":{"dtype":"F8_E5M2","shape":[8],"data_offsets":[0,8]}}`, eights(8)...), `"a": dtype "F8_E5M2", want one of F64, F32, F16, BF16, I64`},
	{"size", file(`{"a":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}`, eights(8)...), `"a": 8 bytes of data for shape [2] of F64`},
	{"size that overflows", file(`{"a":{"dtype":"F64","shape":[4294967296,4294967296],"data_offsets":[0,0]}}`),
		`"a": 0 bytes of data for shape [4294967296 4294967296] of F64`},
	{"bytes that overflow", file(`{"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}}`), `"a": 0 bytes`},
	{"backwards", file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"b":{"dtype":"F64","shape":[1],"data_offsets":[8,0]}}`, eights(8)...),
		`"b": data from 8 to 0`},
	{"hole", file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[8,16]}}`, eights(16)...), `tensor "a": data at 8, the tensor before ends at 0`},
	{"overlap", file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"b":{"dtype":"F64","shape":[1],"data_offsets":[4,12]}}`, eights(12)...),
		`tensor "b": data at 4, the tensor before ends at 8`},
	{"same data", file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"b":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}`, eights(8)...),
		`tensor "b": data at 0, the tensor before ends at 8`},
	{"data cut", file(`{"a":{"dtype":"F64","shape":[2],"data_offsets":[0,16]}}`, eights(11)...), `tensor "a", of shape [2]: after 1 elements: unexpected EOF`},
	{"no data", file(`{"a":{"dtype":"F64","shape":[1073741824,1073741824],"data_offsets":[0,9223372036854775807]}}`), `"a": 9223372036854775807 bytes of data for shape`},
	{"terabytes that are not there", file(`{"a":{"dtype":"F64","shape":[1099511627776],"data_offsets":[0,8796093022208]}}`, eights(80000)...),
		`shape [1099511627776]`},
	{"a long name", file(`{"` + strings.Repeat("x", 1<<20) + `":{"dtype":"F8","shape":[],"data_offsets":[0,2]}}`), `xxx"…: dtype "F8"`},
	{"a long number", file(`{"a":{"dtype":"F64","shape":[` + strings.Repeat("9", 1<<20) + `],"data_offsets":[0,2]}}`), `"a": "shape": the number that ends at byte 48 is out of range`},
	{"many axes", file(`{"a":{"dtype":"F64","shape":[1`+strings.Repeat(",1", 1<<10)+`],"data_offsets":[0,8]}}`, eights(8)...), `"a": "shape": more than 64 numbers`},
	{"trailing", file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}`, eights(9)...), `bytes after the last tensor`},
}

func TestSafetensorsBad(t *testing.T) {
	for _, test := range badFiles {
		var tensors []*nn.Param
		var metadata map[string]string
		var err error
		n := memtest.Allocated(func() { tensors, metadata, err = nn.ReadSafetensors(bytes.NewReader(test.file)) })
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "nn: ReadSafetensors: ") {
			t.Errorf("%s: error %q, want %q", test.name, err, test.want)
		}
		if err != nil && len(err.Error()) > 1<<10 {
			t.Errorf("%s: an error of %d bytes", test.name, len(err.Error()))
		}
		if tensors != nil || metadata != nil {
			t.Errorf("%s: read %v, %v and an error", test.name, tensors, metadata)
		}
		if n > 1<<20+24*uint64(len(test.file)) {
			t.Errorf("%s: %d bytes allocated for a file of %d", test.name, n, len(test.file))
		}
	}
}

// TestSafetensorsReadError: the errors of the reader come through.
func TestSafetensorsReadError(t *testing.T) {
	whole := file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}`, eights(8)...)
	broken := errors.New("broken")
	for n := range len(whole) + 1 {
		r := io.MultiReader(bytes.NewReader(whole[:n]), iotest.ErrReader(broken))
		if _, _, err := nn.ReadSafetensors(r); !errors.Is(err, broken) {
			t.Errorf("after %d bytes: error %v", n, err)
		}
	}
}

func TestWriteSafetensorsErrors(t *testing.T) {
	p := func(name string) *nn.Param { return nn.NewParam(name, 2) }
	tests := []struct {
		params   []*nn.Param
		metadata map[string]string
		want     string
	}{
		{[]*nn.Param{p("a"), p("b"), p("a")}, nil, `nn: WriteSafetensors: a second tensor "a"`},
		{[]*nn.Param{p("__metadata__")}, nil, `nn: WriteSafetensors: a second tensor "__metadata__"`},
		{[]*nn.Param{p("\xff")}, nil, `nn: WriteSafetensors: name "\xff" is not UTF-8`},
		{nil, map[string]string{"a": "\xff"}, `nn: WriteSafetensors: metadata "a": "\xff" is not UTF-8`},
		{[]*nn.Param{{Name: "a", Value: make([]float64, 3), Shape: []int{2}}}, nil, `nn: WriteSafetensors: tensor "a" has 3 values and shape [2]`},
		{nil, map[string]string{"a": strings.Repeat("x", 17<<20)}, `nn: WriteSafetensors: too many tensors: the header is too long`},
	}
	for _, test := range tests {
		var b bytes.Buffer
		if err := nn.WriteSafetensors(&b, named(test.params...), test.metadata); fmt.Sprint(err) != test.want || b.Len() != 0 {
			t.Errorf("error %v after %d bytes, want %v", err, b.Len(), test.want)
		}
	}
	big := nn.NewParam("a", 10000)
	for n := range 2 {
		if err := nn.WriteSafetensors(&failing{after: n}, named(big), nil); !errors.Is(err, errFull) {
			t.Errorf("writer that fails after %d calls: error %v", n, err)
		}
	}
}

var errFull = errors.New("full")

// failing is a Writer that takes some calls and no more.
type failing struct{ after int }

func (w *failing) Write(b []byte) (int, error) {
	if w.after--; w.after < 0 {
		return 0, errFull
	}
	return len(b), nil
}

// FuzzReadSafetensors: no file makes a panic or takes memory beyond its size, and what is read is
// written and read again as it was.
func FuzzReadSafetensors(f *testing.F) {
	for _, bad := range badFiles {
		f.Add(bad.file)
	}
	var good bytes.Buffer
	p, q := nn.NewParam("0.weight", 2, 3), nn.NewParam("0.bias", 0)
	if err := nn.WriteSafetensors(&good, named(p, q), map[string]string{"step": "3"}); err != nil {
		f.Fatal(err)
	}
	f.Add(good.Bytes())
	f.Add(file(`{"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}`, eights(8)...))
	f.Fuzz(func(t *testing.T, b []byte) {
		var tensors []*nn.Param
		var metadata map[string]string
		var err error
		got := memtest.Allocated(func() { tensors, metadata, err = nn.ReadSafetensors(bytes.NewReader(b)) })
		if got > 2<<20+16*uint64(len(b)) { // other goroutines count too
			t.Fatalf("%d bytes for a file of %d", got, len(b))
		}
		if err != nil {
			if len(err.Error()) > 1<<10 {
				t.Fatalf("a text of %d bytes", len(err.Error()))
			}
			if tensors != nil || metadata != nil {
				t.Fatalf("read %v, %v and error %v", tensors, metadata, err)
			}
			return
		}
		elements := 0
		for _, p := range tensors {
			elements += len(p.Value)
			if p.Grad != nil {
				t.Fatalf("tensor %q has a Grad", p.Name)
			}
		}
		if 4*elements > len(b) {
			t.Fatalf("%d elements from %d bytes", elements, len(b))
		}
		var again bytes.Buffer
		if err := nn.WriteSafetensors(&again, named(tensors...), metadata); err != nil {
			t.Fatal(err)
		}
		back, more, err := nn.ReadSafetensors(&again)
		if err != nil || !sameParams(back, tensors) || !maps.Equal(more, metadata) {
			t.Fatalf("read %v, %v, error %v; want %v, %v", back, more, err, tensors, metadata)
		}
	})
}

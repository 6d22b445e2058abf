package nn_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/nn"
)

// manyTensors returns the header of n tensors of a shape, each of so many bytes.
func manyTensors(n int, size int64, dtype, shape string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"%x":{"dtype":"%s","shape":%s,"data_offsets":[%d,%d]}`, i, dtype, shape, int64(i)*size, int64(i+1)*size)
	}
	return "{" + b.String()[1:] + "}"
}

// TestSafetensorsMemory: files of all kinds take little more than what is read of them.
func TestSafetensorsMemory(t *testing.T) {
	long := strings.Repeat("x", 3<<20)
	numbers := 1 << 20
	whole := func(dtype string, size int) []byte {
		return file(fmt.Sprintf(`{"a":{"dtype":"%s","shape":[%d],"data_offsets":[0,%d]}}`, dtype, numbers, numbers*size), make([]byte, numbers*size)...)
	}
	var keys strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&keys, `,"number.loss.%d":"%v"`, i, 1/float64(i+1))
	}
	for _, test := range []struct {
		name string
		file []byte
		good bool
		more float64 // besides the file once or twice
	}{
		{"F64", whole("F64", 8), true, 1},
		{"F32", whole("F32", 4), true, 2},
		{"cut", whole("F64", 8)[:numbers], false, 1},
		{"trailing", append(whole("F64", 8), 1), false, 1},
		{"tiny tensors", file(manyTensors(40_000, 8, "F64", "[]"), make([]byte, 8*40_000)...), true, 2},
		{"empty tensors", file(manyTensors(40_000, 0, "F32", "[0]")), true, 2.2},
		{"one too short", file(manyTensors(40_000, 8, "F64", "[]"), make([]byte, 8*40_000-1)...), false, 2},
		{"promises", file(manyTensors(40_000, 1<<40, "F64", "[137438953472]")), false, 2},
		{"long name", file(`{"` + long + `":{"dtype":"F64","shape":[0],"data_offsets":[0,0]}}`), true, 2},
		{"long name that is wrong", file(`{"` + long + `":{"dtype":"F8","shape":[0],"data_offsets":[0,0]}}`), false, 2},
		{"long name of NUL", file(`{"` + strings.Repeat(`\u0000`, 1<<20) + `":{"dtype":"F8","shape":[0],"data_offsets":[0,0]}}`), false, 2},
		{"long name twice", file(`{"` + long + `":{"dtype":"F64","shape":[0],"data_offsets":[0,0]},"` + long + `":{"dtype":"F64","shape":[0],"data_offsets":[0,0]}}`), false, 2},
		{"long name without end", file(`{"` + long), false, 1},
		{"long dtype", file(`{"a":{"dtype":"` + long + `","shape":[0],"data_offsets":[0,0]}}`), false, 2},
		{"long key", file(`{"a":{"` + long + `":"F64","shape":[0],"data_offsets":[0,0]}}`), false, 2},
		{"long value", file(`{"__metadata__":{"a":"` + long + `"}}`), true, 2},
		{"long key of metadata", file(`{"__metadata__":{"` + long + `":1}}`), false, 2},
		{"many axes", file(`{"a":{"dtype":"F64","shape":[` + strings.Repeat("1,", 1<<20) + `1],"data_offsets":[0,8]}}`), false, 0},
		{"a number of many digits", file(`{"a":{"dtype":"F64","shape":[` + strings.Repeat("9", 3<<20) + `],"data_offsets":[0,8]}}`), false, 0},
		{"nested", file(strings.Repeat(`{"a":`, 1<<20)), false, 0},
		{"nested lists", file(`{"a":` + strings.Repeat(`[`, 3<<20)), false, 0},
		{"spaces", file(`{` + strings.Repeat(" ", 3<<20) + `}`), true, 0},
		{"metadata", file(`{"__metadata__":{` + keys.String()[1:] + `}}`), true, 4},
	} {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, test.file, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		size := float64(len(test.file))
		for _, source := range []struct {
			name string
			r    io.Reader
			more float64
		}{
			{"bytes", bytes.NewReader(test.file), test.more},
			{"file", f, test.more},
			{"stream", io.MultiReader(bytes.NewReader(test.file)), test.more + 1},
		} {
			var err error
			total := memtest.Allocated(func() { _, _, err = nn.ReadSafetensors(source.r) })
			if (err == nil) != test.good {
				t.Errorf("%s: %v", test.name, err)
			}
			if err != nil && len(err.Error()) > 1<<10 {
				t.Errorf("%s: a text of %d bytes", test.name, len(err.Error()))
			}
			if float64(total) > source.more*size+1<<20 {
				t.Errorf("%s from %s: %d bytes for a file of %d", test.name, source.name, total, len(test.file))
			}
		}
	}
}

package data

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/quartet-ad/ad/internal/memtest"
	"pgregory.net/rapid"
)

// idx returns an IDX file of a type with dimensions and the bytes after them.
func idx(code byte, shape []uint32, content ...byte) []byte {
	b := []byte{0, 0, code, byte(len(shape))}
	for _, d := range shape {
		b = binary.BigEndian.AppendUint32(b, d)
	}
	return append(b, content...)
}

func zip(b []byte) []byte {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	w.Write(b)
	w.Close()
	return buf.Bytes()
}

func TestReadIDXTypes(t *testing.T) {
	big := binary.BigEndian
	for _, c := range []struct {
		name string
		file []byte
		want []float64
	}{
		{"uint8", idx(0x08, []uint32{3}, 0, 1, 255), []float64{0, 1, 255}},
		{"int8", idx(0x09, []uint32{3}, 0x80, 0xff, 127), []float64{-128, -1, 127}},
		{"int16", idx(0x0b, []uint32{2}, 0x80, 0, 0x7f, 0xff), []float64{-32768, 32767}},
		{"int32", idx(0x0c, []uint32{2}, 0x80, 0, 0, 0, 0, 0, 1, 2), []float64{math.MinInt32, 258}},
		{"float32", idx(0x0d, []uint32{2}, big.AppendUint32(big.AppendUint32(nil, math.Float32bits(-1.5)), math.Float32bits(float32(math.Inf(1))))...), []float64{-1.5, math.Inf(1)}},
		{"float64", idx(0x0e, []uint32{2}, big.AppendUint64(big.AppendUint64(nil, math.Float64bits(math.Pi)), 1<<63)...), []float64{math.Pi, math.Copysign(0, -1)}},
	} {
		for _, file := range [][]byte{c.file, zip(c.file)} {
			shape, values, err := ReadIDX(iotest.OneByteReader(bytes.NewReader(file)), len(c.want))
			if err != nil || !slices.Equal(shape, []int{len(c.want)}) || !reflect.DeepEqual(values, c.want) {
				t.Errorf("%s: %v, %v, %v, want %v", c.name, shape, values, err, c.want)
			}
		}
	}
}

func TestReadIDXShapes(t *testing.T) {
	for _, c := range []struct {
		file  []byte
		shape []int
		n     int
	}{
		{idx(8, nil, 7), nil, 1},
		{idx(8, []uint32{0}), []int{0}, 0},
		{idx(8, []uint32{0, 28, 28}), []int{0, 28, 28}, 0},
		{idx(8, []uint32{2, 1, 3}, 1, 2, 3, 4, 5, 6), []int{2, 1, 3}, 6},
		{idx(8, []uint32{3, 5000}, make([]byte, 15000)...), []int{3, 5000}, 15000},
	} {
		shape, values, err := ReadIDX(bytes.NewReader(c.file), 15000)
		if err != nil || !slices.Equal(shape, c.shape) || len(values) != c.n || cap(values) > 15000 {
			t.Errorf("%v: shape %v, %d numbers in room for %d, %v", c.shape, shape, len(values), cap(values), err)
		}
	}
}

func TestReadIDXErrors(t *testing.T) {
	whole := idx(8, []uint32{2, 3}, 1, 2, 3, 4, 5, 6)
	zipped := zip(whole)
	damaged := slices.Clone(zipped)
	damaged[len(damaged)-5] ^= 1 // of the checksum
	huge := idx(8, []uint32{math.MaxUint32, math.MaxUint32, math.MaxUint32, math.MaxUint32})
	for name, c := range map[string]struct {
		file  []byte
		limit int
		want  string
	}{
		"empty":                    {nil, 9, "byte 0: the header of 4 bytes: unexpected EOF"},
		"half a header":            {whole[:3], 9, "byte 3: the header of 4 bytes: unexpected EOF"},
		"other magic":              {[]byte("\x89PNG----"), 9, "byte 0: the first bytes are 89 50 4e 47"},
		"other type":               {idx(0x0a, []uint32{1}, 1), 9, "byte 0: the first bytes are 00 00 0a 01"},
		"half a dimension":         {whole[:10], 9, "byte 10: the length of axis 1 of 2: unexpected EOF"},
		"no numbers":               {whole[:12], 9, "byte 12: 6 numbers of shape [2 3]: unexpected EOF"},
		"half the numbers":         {whole[:15], 9, "byte 15: 6 numbers of shape [2 3]: unexpected EOF"},
		"half a number":            {idx(0x0e, []uint32{1}, 1, 2, 3), 9, "byte 11: 1 numbers of shape [1]: unexpected EOF"},
		"more":                     {append(slices.Clone(whole), 0), 9, "byte 18: there is more after the 6 numbers"},
		"limit":                    {whole, 5, "byte 8: axis 1 of length 3 after [2] makes more than 5 numbers"},
		"limit 0":                  {idx(8, nil, 1), 0, "byte 4: 1 numbers are more than 0"},
		"limit below 0":            {whole, -1, "byte 4: axis 0 of length 2"},
		"overflow":                 {huge, math.MaxInt, "of length 4294967295"},
		"overflow after 0":         {idx(8, []uint32{0, math.MaxUint32}), 9, "byte 8: axis 1 of length 4294967295 after [0]"},
		"promise":                  {idx(8, []uint32{1 << 27}), 1 << 27, "byte 8: 134217728 numbers of shape [134217728]: unexpected EOF"},
		"gzip header":              {zipped[:5], 9, "unexpected EOF"},
		"gzip cut":                 {zipped[:len(zipped)-9], 9, "unexpected EOF"},
		"gzip checksum":            {damaged, 9, "gzip: invalid checksum"},
		"gzip, more":               {zip(append(slices.Clone(whole), 0)), 9, "byte 18: there is more"},
		"gzip, garbage":            {append(slices.Clone(zipped), 1, 2), 9, "byte 18: after the numbers: "},
		"gzip, a second that adds": {append(slices.Clone(zipped), zipped...), 9, "byte 18: there is more"},
	} {
		shape, values, err := ReadIDX(bytes.NewReader(c.file), c.limit)
		if err == nil || !strings.HasPrefix(err.Error(), "data: IDX: ") || !strings.Contains(err.Error(), c.want) || shape != nil || values != nil {
			t.Errorf("%s: shape %v, error %v, want %s", name, shape, err, c.want)
		}
	}
	if _, _, err := ReadIDX(io.MultiReader(bytes.NewReader(whole[:14]), iotest.ErrReader(io.ErrClosedPipe)), 9); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("error %v, want that of the reader", err)
	}
}

// TestReadIDXMemory: files of all kinds take no more than they and their numbers do.
func TestReadIDXMemory(t *testing.T) {
	const many = 1 << 20
	bytes8 := idx(0x08, []uint32{many}, make([]byte, many)...)
	doubles := idx(0x0e, []uint32{many}, make([]byte, 8*many)...)
	var members []byte // of gzip, all of them empty but the first
	members = append(members, zip(bytes8)...)
	for range 1000 {
		members = append(members, zip(nil)...)
	}
	for name, c := range map[string]struct {
		file []byte
		good bool
		most int // bytes, besides 1 MiB
	}{
		"bytes":                {bytes8, true, 8 * many},
		"float64":              {doubles, true, 8 * many},
		"bytes, gzip":          {zip(bytes8), true, (8 + 1) * many},
		"float64, gzip":        {zip(doubles), true, (8 + 8) * many},
		"many members":         {members, true, (8 + 1) * many},
		"a promise":            {idx(0x0e, []uint32{1 << 30}, make([]byte, 1<<16)...), false, 0},
		"a promise, gzip":      {zip(idx(0x08, []uint32{1 << 30}, make([]byte, 1<<16)...)), false, 0},
		"cut":                  {doubles[:4*many], false, 4 * many},
		"more":                 {append(slices.Clone(bytes8), 1), false, 8 * many},
		"more than the limit":  {zip(idx(0x08, []uint32{1 << 31}, make([]byte, many)...)), false, 0},
		"much after a little":  {zip(idx(0x08, []uint32{1}, make([]byte, 16*many)...)), false, 0},
		"many axes of 1":       {idx(0x08, slices.Repeat([]uint32{1}, 255), 1), true, 0},
		"many axes, cut":       {idx(0x08, slices.Repeat([]uint32{1}, 255)), false, 0},
		"many axes that are 0": {idx(0x08, slices.Repeat([]uint32{0, 1 << 30}, 100)), true, 0},
	} {
		var err error
		got := memtest.Allocated(func() { _, _, err = ReadIDX(bytes.NewReader(c.file), 1<<30) })
		if (err == nil) != c.good || err != nil && len(err.Error()) > 1<<10 {
			t.Errorf("%s: error %v", name, err)
		}
		if got > uint64(c.most)+1<<20 {
			t.Errorf("%s: %d bytes for a file of %d", name, got, len(c.file))
		}
	}
}

func TestReadIDXRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := rapid.SliceOfN(rapid.IntRange(0, 5), 0, 4).Draw(t, "shape")
		n := sizeOf(shape)
		content := rapid.SliceOfN(rapid.Byte(), n, n).Draw(t, "content")
		lengths := make([]uint32, len(shape))
		for i, d := range shape {
			lengths[i] = uint32(d)
		}
		file := idx(8, lengths, content...)
		if rapid.Bool().Draw(t, "gzip") {
			file = zip(file)
		}
		got, values, err := ReadIDX(bytes.NewReader(file), 1000)
		if err != nil || !slices.Equal(got, shape) || len(values) != n {
			t.Fatalf("shape %v, %d numbers, %v", got, len(values), err)
		}
		for i, v := range values {
			if v != float64(content[i]) {
				t.Fatalf("number %d is %g, want %d", i, v, content[i])
			}
		}
	})
}

func FuzzReadIDX(f *testing.F) {
	f.Add(idx(8, []uint32{2, 3}, 1, 2, 3, 4, 5, 6))
	f.Add(zip(idx(0x0d, []uint32{2}, 1, 2, 3, 4, 5, 6, 7, 8)))
	f.Add(idx(0x0e, []uint32{0, math.MaxUint32}))
	f.Add(idx(9, nil))
	f.Fuzz(func(t *testing.T, file []byte) {
		const limit = 1 << 16
		var shape []int
		var values []float64
		var err error
		if got := memtest.Allocated(func() { shape, values, err = ReadIDX(bytes.NewReader(file), limit) }); got > 4<<20 { // other goroutines count too
			t.Fatalf("%d bytes for a file of %d and at most %d numbers", got, len(file), limit)
		}
		if err != nil {
			if shape != nil || values != nil {
				t.Fatalf("shape %v with the error %v", shape, err)
			}
			return
		}
		if len(values) != sizeOf(shape) || len(values) > limit {
			t.Fatalf("%d numbers of shape %v", len(values), shape)
		}
		if size := 4 + 4*len(shape) + len(values); file[0] == 0 && len(file) < size {
			t.Fatalf("shape %v from %d bytes", shape, len(file))
		}
	})
}

// writeMNIST writes four files of n and m images of 2×2 pixels, and returns their folder.
func writeMNIST(t *testing.T, n, m int, change func(files map[string][]byte)) string {
	t.Helper()
	files := map[string][]byte{}
	for prefix, n := range map[string]int{"train": n, "t10k": m} {
		pixels, labels := make([]byte, 4*n), make([]byte, n)
		for i := range pixels {
			pixels[i] = byte(51 * (i % 6))
		}
		for i := range labels {
			labels[i] = byte(i % 10)
		}
		files[prefix+"-images-idx3-ubyte"] = idx(8, []uint32{uint32(n), 2, 2}, pixels...)
		files[prefix+"-labels-idx1-ubyte.gz"] = zip(idx(8, []uint32{uint32(n)}, labels...))
	}
	if change != nil {
		change(files)
	}
	dir := t.TempDir()
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestMNIST(t *testing.T) {
	train, test, err := MNIST(writeMNIST(t, 12, 3, nil))
	if err != nil {
		t.Fatal(err)
	}
	if train.Len() != 12 || test.Len() != 3 || !slices.Equal(train.Shape, []int{1, 2, 2}) {
		t.Errorf("%d and %d samples of shape %v", train.Len(), test.Len(), train.Shape)
	}
	if got, want := train.Sample(1), []float64{204. / 255, 1, 0, 51. / 255}; !slices.Equal(got, want) || train.Label(11) != 1 {
		t.Errorf("sample %v, want %v; label %d, want 1", got, want, train.Label(11))
	}
}

func TestMNISTErrors(t *testing.T) {
	for name, c := range map[string]struct {
		change func(map[string][]byte)
		want   string
	}{
		"missing": {func(f map[string][]byte) { delete(f, "t10k-labels-idx1-ubyte.gz") }, "t10k-labels-idx1-ubyte.gz"},
		"damaged": {func(f map[string][]byte) { f["train-images-idx3-ubyte"][3] = 9 }, "train-images-idx3-ubyte: data: IDX: byte "},
		"rank":    {func(f map[string][]byte) { f["train-images-idx3-ubyte"] = idx(8, []uint32{12}, make([]byte, 12)...) }, "train-images-idx3-ubyte: shape [12], want 3 axes"},
		"labels":  {func(f map[string][]byte) { f["train-labels-idx1-ubyte.gz"] = f["t10k-labels-idx1-ubyte.gz"] }, "3 labels for 12 images"},
		"class":   {func(f map[string][]byte) { f["t10k-labels-idx1-ubyte.gz"] = idx(9, []uint32{3}, 1, 255, 2) }, "number 1 is -1, which is no byte"},
		"fraction": {func(f map[string][]byte) {
			f["t10k-labels-idx1-ubyte.gz"] = idx(0x0d, []uint32{3}, 0, 0, 0, 0, 0x3f, 0, 0, 0, 0, 0, 0, 0)
		}, "number 1 is 0.5, which"},
		"NaN": {func(f map[string][]byte) {
			f["t10k-images-idx3-ubyte"] = idx(0x0d, []uint32{1, 1, 1}, 0x7f, 0xff, 0, 0)
		}, "number 0 is NaN, which"},
		"size": {func(f map[string][]byte) { f["t10k-images-idx3-ubyte"] = idx(8, []uint32{3, 1, 1}, 1, 2, 3) }, "for training of shape [1 2 2], for testing of [1 1 1]"},
	} {
		train, test, err := MNIST(writeMNIST(t, 12, 3, c.change))
		if err == nil || !strings.Contains(err.Error(), c.want) || train != nil || test != nil {
			t.Errorf("%s: error %v, want %s", name, err, c.want)
		}
	}
}

package outside_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/quartet-ad/ad/internal/outside"
)

func TestLeft(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, make([]byte, 10), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, c := range []struct {
		r    io.Reader
		want int64 // after a byte
	}{
		{bytes.NewReader(make([]byte, 10)), 9},
		{bytes.NewBuffer(make([]byte, 10)), 9},
		{strings.NewReader("0123456789"), 9},
		{file, 9},
		{io.NewSectionReader(strings.NewReader("0123456789"), 2, 5), 4},
		{io.LimitReader(strings.NewReader("0123456789"), 5), 4},
		{io.LimitReader(strings.NewReader("0123456789"), 50), 9},
		{io.LimitReader(iotest.HalfReader(strings.NewReader("0123456789")), 5), -1},
		{iotest.HalfReader(strings.NewReader("0123456789")), -1},
	} {
		if _, err := io.ReadFull(c.r, make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		if got := outside.Left(c.r); got != c.want {
			t.Errorf("%T has %d bytes left, want %d", c.r, got, c.want)
		}
	}
}

// TestNumbers: numbers are read alike whether it is sure or not that they are there.
func TestNumbers(t *testing.T) {
	decode := func(x []float64, b []byte) {
		for i := range x {
			x[i] = float64(binary.BigEndian.Uint16(b[2*i:]))
		}
	}
	for _, n := range []int{0, 1, 8191, 8192, 8193, 32768, 100_001} {
		var file []byte
		var want []float64
		for i := range n {
			file = binary.BigEndian.AppendUint16(file, uint16(i))
			want = append(want, float64(uint16(i)))
		}
		for _, sure := range []bool{false, true} {
			r := outside.Numbers{R: bytes.NewReader(file), Sure: sure}
			got, read, err := r.Read(n, 2, decode)
			if err != nil || read != 2*n || !slices.Equal(got, want) {
				t.Errorf("%d numbers, sure %v: %d bytes, %v", n, sure, read, err)
			}
			if n == 0 {
				continue
			}
			r = outside.Numbers{R: bytes.NewReader(file[:len(file)-1]), Sure: sure}
			if got, read, err := r.Read(n, 2, decode); err != io.ErrUnexpectedEOF || read != 2*n-1 || got != nil {
				t.Errorf("%d numbers and a byte too few, sure %v: %d bytes, %v", n, sure, read, err)
			}
		}
	}
	r := outside.Numbers{R: bytes.NewReader(nil), Sure: true}
	if _, _, err := r.Read(math.MaxInt, 1, decode); err == nil {
		t.Error("more numbers than memory has room for: no error")
	}
}

package outside_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/quartet-ad/ad/internal/outside"
	"pgregory.net/rapid"
)

func TestQuote(t *testing.T) {
	for text, want := range map[string]string{
		"":                            `""`,
		"a\"\n":                       `"a\"\n"`,
		strings.Repeat("x", 60):       `"` + strings.Repeat("x", 60) + `"`,
		strings.Repeat("x", 61):       `"` + strings.Repeat("x", 60) + `"…`,
		strings.Repeat("ü", 31):       `"` + strings.Repeat("ü", 30) + `"…`,
		strings.Repeat("€", 30):       `"` + strings.Repeat("€", 20) + `"…`,
		"x" + strings.Repeat("€", 30): `"x` + strings.Repeat("€", 19) + `"…`,
	} {
		if got := outside.Quote(text); got != want {
			t.Errorf("%q is quoted as %s, want %s", text, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOf(rapid.Byte()).Draw(t, "text"))
		if got := outside.Quote(text); len(got) > 250 || !utf8.ValidString(got) {
			t.Fatalf("%q is quoted as %s", text, got)
		}
	})
}

func TestBrief(t *testing.T) {
	if outside.Brief(nil) != nil {
		t.Error("no error is one")
	}
	short := errors.New("short")
	if outside.Brief(short) != short {
		t.Error("a short error is another one")
	}
	for _, middle := range []string{"x", "ü", "€", "\xff", "\U0001f600"} {
		err := outside.Brief(fmt.Errorf("head %s: %w", strings.Repeat(middle, 1<<16), io.ErrUnexpectedEOF))
		text := err.Error()
		if len(text) > 1<<10 || !utf8.ValidString(text) || !strings.HasPrefix(text, "head ") || !strings.HasSuffix(text, ": unexpected EOF") || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%q", text)
		}
	}
}

func TestText(t *testing.T) {
	for text, want := range map[string]string{
		"":                "",
		"a":               "a",
		"\ufeff":          "",
		"\ufeffabc":       "abc",
		"a\ufeff":         "a\ufeff",
		"\xef\xbb":        "\xef\xbb",
		"\ufeff\ufeffabc": "\ufeffabc",
	} {
		for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
			b, err := outside.Text(r)
			if err != nil {
				t.Errorf("%q: %v", text, err)
				continue
			}
			if got, err := io.ReadAll(b); string(got) != want || err != nil {
				t.Errorf("%q is read as %q, %v", text, got, err)
			}
		}
	}
	for _, text := range []string{"\xff\xfea\x00", "\xfe\xff\x00a", "\xff\xfe", "\xff\xfe\x00\x00a\x00\x00\x00", "\x00\x00\xfe\xff\x00\x00\x00a"} {
		if _, err := outside.Text(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "UTF-") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

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

func TestList(t *testing.T) {
	for _, n := range []int{0, 1, 8, 9, 4096, 20_000} {
		var l outside.List[int]
		var pointers []*int
		for i := range n {
			pointers = append(pointers, l.Add(i))
		}
		if l.Len() != n || !slices.Equal(l.Pointers(nil), pointers) {
			t.Errorf("a list of %d has %d", n, l.Len())
		}
		x := l.Slice()
		for i, v := range x {
			if v != i {
				t.Fatalf("element %d is %d", i, v)
			}
		}
		if len(x) != n || l.Len() != 0 {
			t.Errorf("%d elements of %d, %d are left", len(x), n, l.Len())
		}
	}
}

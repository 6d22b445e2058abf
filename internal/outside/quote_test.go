package outside_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
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

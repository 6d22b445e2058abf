package outside_test

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/quartet-ad/ad/internal/outside"
)

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

package outside

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	// mostQuoted is how many bytes of a text from outside are quoted.
	mostQuoted = 60
	// mostText is how many bytes the text of an error has at most: its head, which says where the
	// fault is, and its tail, which says what it is.
	mostHead, mostTail = 600, 300
)

// Quote returns the text in quotes, as strconv.Quote writes it; of a long one the beginning, with an
// ellipsis behind the quotes. It has at most 250 bytes.
func Quote(text string) string {
	if len(text) <= mostQuoted {
		return strconv.Quote(text)
	}
	return strconv.Quote(text[:boundary(text, mostQuoted)]) + "…"
}

// boundary returns the last place up to at where no character is cut.
func boundary(text string, at int) int {
	for i := at; i > at-utf8.UTFMax; i-- {
		if utf8.RuneStart(text[i]) {
			return i
		}
	}
	return at // this is no UTF-8
}

// Brief returns the error, with a text of at most 1 KiB: what is too long loses its middle. The
// text is made first: what may be long is quoted by Quote.
func Brief(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	if len(text) <= mostHead+mostTail {
		return err
	}
	head, tail := text[:mostHead], text[len(text)-mostTail:]
	return &brief{strings.ToValidUTF8(head, "") + " … " + strings.ToValidUTF8(tail, ""), err}
}

// brief is an error with a shorter text.
type brief struct {
	text string
	err  error
}

func (e *brief) Error() string { return e.text }
func (e *brief) Unwrap() error { return e.err }

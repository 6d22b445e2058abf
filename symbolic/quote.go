package symbolic

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxQuote is how many bytes of a text from outside go into a message.
const maxQuote = 60

// quoted returns text in quotes for a message, cut short if it is long.
func quoted(text string) string {
	head, rest := beginning(text)
	return strconv.Quote(head) + rest
}

// plain returns text for a message, cut short if it is long, and in quotes if it
// cannot be printed.
func plain(text string) string {
	head, rest := beginning(text)
	if !utf8.ValidString(head) || strings.ContainsFunc(head, func(c rune) bool { return !unicode.IsPrint(c) }) {
		head = strconv.Quote(head)
	}
	return head + rest
}

// beginning returns the first characters of text and, if they are not all, a note
// of how long it is.
func beginning(text string) (head, rest string) {
	if len(text) <= maxQuote {
		return text, ""
	}
	n := maxQuote
	for n > maxQuote-utf8.UTFMax && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n], fmt.Sprintf("… (%d bytes)", len(text))
}

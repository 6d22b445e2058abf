package outside

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// Mark is the byte order mark, as UTF-8 has it.
const Mark = "\ufeff"

// Text returns a reader of a text in UTF-8, without the byte order mark that it may begin with. It
// returns an error for a text that begins with the mark of UTF-16 or of UTF-32.
func Text(r io.Reader) (*bufio.Reader, error) {
	b := bufio.NewReader(r)
	start, _ := b.Peek(4) // an error comes again
	switch {
	case bytes.HasPrefix(start, []byte(Mark)):
		b.Discard(len(Mark))
	case bytes.Equal(start, []byte{0xff, 0xfe, 0, 0}), bytes.Equal(start, []byte{0, 0, 0xfe, 0xff}):
		return nil, errors.New("the text is UTF-32, want UTF-8")
	case bytes.HasPrefix(start, []byte{0xff, 0xfe}), bytes.HasPrefix(start, []byte{0xfe, 0xff}):
		return nil, errors.New("the text is UTF-16, want UTF-8")
	}
	return b, nil
}

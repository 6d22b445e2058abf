package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/quartet-ad/ad/nn"
)

// A bar shows on one line of a terminal, which it rewrites, how far training is. Elsewhere it
// shows nothing.
type bar struct {
	w               io.Writer // nil where nothing is shown
	epochs, batches int
	began, last     time.Time
	first           int // the step that it began with
}

const (
	barWidth = 30
	barPause = 100 * time.Millisecond // between two showings
)

func newBar(w io.Writer, epochs, batches int, quiet bool) *bar {
	b := &bar{epochs: epochs, batches: batches, first: -1}
	if f, ok := w.(*os.File); ok && !quiet {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			b.w = w
		}
	}
	return b
}

// show shows a step that was made.
func (b *bar) show(s nn.Step) {
	if b.w == nil {
		return
	}
	now := time.Now()
	if b.first < 0 {
		b.first, b.began = s.Step, now
	}
	if now.Sub(b.last) < barPause {
		return
	}
	b.last = now
	io.WriteString(b.w, "\r\x1b[K"+b.line(s, now))
}

// line returns what is shown after a step.
func (b *bar) line(s nn.Step, now time.Time) string {
	done := barWidth * (s.Batch + 1) / b.batches
	left := ""
	if made := s.Step - b.first; made > 0 {
		rest := time.Duration(float64(now.Sub(b.began)) * float64(b.epochs*b.batches-s.Step-1) / float64(made))
		left = "   " + rest.Round(time.Second).String() + " left"
	}
	return fmt.Sprintf("epoch %d/%d %s%s %d/%d   loss %.4f%s", s.Epoch+1, b.epochs,
		strings.Repeat("█", done), strings.Repeat("░", barWidth-done), s.Batch+1, b.batches, s.Loss, left)
}

// clear empties the line.
func (b *bar) clear() {
	if b.w != nil {
		io.WriteString(b.w, "\r\x1b[K")
	}
}

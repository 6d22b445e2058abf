package main

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/quartet-ad/ad/internal/page"
	"github.com/quartet-ad/ad/internal/replace"
	"github.com/quartet-ad/ad/nn"
)

//go:embed page.html
var pageText string

// pageTemplate is the page that -html writes.
var pageTemplate = page.Parse(pageText, nil)

// A report is what the template shows.
type report struct {
	outcome
	Task, About, Network string
	Command              string
	Epochs               []pageEpoch
	Figure               string
	Loss, Score          template.HTML
	Layers               string
}

type pageEpoch struct {
	Number             int
	Loss, Valid, Score string
	Best               bool
}

// writePage writes the results to a file as a page.
func (s *session) writePage(name string) error {
	if err := replace.File(name, s.render); err != nil {
		return fmt.Errorf("-html: %w", err)
	}
	return nil
}

func (s *session) render(w io.Writer) error {
	p := report{
		outcome: s.outcome,
		Task:    s.kind.name,
		About:   s.about,
		Network: s.network,
		Command: "go run ./nn/train " + s.kind.name + s.source() + s.flags(),
		Figure:  s.figure,
	}
	p.Figures = append(p.Figures,
		figure{"parameters", fmt.Sprint(s.parameters())},
		figure{"samples to train on", fmt.Sprint(s.train.Len())},
		figure{"epochs", fmt.Sprint(len(s.history.Epochs))},
	)
	var loss, valid, score []float64
	for i, e := range s.history.Epochs {
		loss, valid, score = append(loss, e.Loss), append(valid, e.Valid), append(score, s.scores.Value[i])
		p.Epochs = append(p.Epochs, pageEpoch{
			Number: e.Epoch + 1,
			Loss:   fmt.Sprintf("%.4f", e.Loss),
			Valid:  fmt.Sprintf("%.4f", e.Valid),
			Score:  fmt.Sprintf("%.4f", s.scores.Value[i]),
			Best:   e.Epoch == s.history.Best,
		})
	}
	p.Loss = chart("Loss over the epochs, in training and on held-out data.", true, s.history.Best,
		series{"training", "tr", loss}, series{"held out", "va", valid})
	p.Score = chart(s.figure+" on held-out data over the epochs.", false, s.history.Best, series{s.figure, "va", score})
	var layers strings.Builder
	if err := nn.Summary(&layers, s.model, append([]int{1}, s.train.Shape...)...); err != nil {
		return err
	}
	p.Layers = layers.String()
	return pageTemplate.Execute(w, p)
}

// source returns the arguments that say what csv and images read.
func (s *session) source() string {
	if s.kind.takes == "" {
		return ""
	}
	text := " " + quoted(s.path)
	for _, f := range []struct{ name, value, usual string }{
		{"label", s.label, ""}, {"target", s.target, ""}, {"drop", s.drop, ""}, {"category", s.category, ""},
		{"comma", s.comma, ","}, {"fill", s.fill, "mean"}, {"size", fmt.Sprint(s.size), "32"},
	} {
		if f.value != f.usual {
			text += " -" + f.name + " " + quoted(f.value)
		}
	}
	if s.gray {
		text += " -gray"
	}
	return text
}

// quoted returns an argument as a shell takes it.
func quoted(text string) string {
	if strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./,") == "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// flags returns the flags that the course of training depends on.
func (s *session) flags() string {
	text := fmt.Sprintf(" -epochs %d -batch %d -rate %g -seed %d", s.epochs, s.options.batch, s.rate, s.seed)
	if s.float32 {
		text += " -float32"
	}
	return text
}

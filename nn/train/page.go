package main

import (
	"fmt"
	"strings"

	"github.com/quartet-ad/ad/nn/report"
)

// writePage writes the results to a file as a page.
func (s *session) writePage(name string) error {
	r := s.outcome
	figures := append(r.Figures,
		figure{"parameters", fmt.Sprint(s.parameters())},
		figure{"samples to train on", fmt.Sprint(s.train.Len())},
		figure{"epochs", fmt.Sprint(len(s.history.Epochs))},
	)
	shown := make([]report.Figure, len(figures))
	for i, f := range figures {
		shown[i] = report.Figure(f)
	}
	p := report.Page{
		Headline: r.Headline,
		Title:    r.Headline + " – train " + s.kind.name,
		About:    "train " + s.kind.name + ": " + s.about,
		Figures:  shown,
		History:  s.history, Score: s.figure, Scores: s.scores.Value[:len(s.history.Epochs)],
		Confusion: r.Confusion, Classes: r.Classes,
		AboutSamples: r.AboutSamples, Plot: r.Plot, Samples: r.Samples, Wide: r.Wide,
		Network: s.network, Model: s.model, Input: s.train.Shape,
		Command: "go run ./nn/train " + s.kind.name + s.source() + s.flags(),
	}
	if err := p.Save(name); err != nil {
		return fmt.Errorf("-html: %w", err)
	}
	return nil
}

// source returns the arguments that say what csv and images read.
func (s *session) source() string {
	if s.kind.takes == "" {
		return ""
	}
	text := " " + quoted(s.path)
	for _, f := range []struct{ name, value, usual string }{
		{"label", s.label, ""}, {"target", s.target, ""}, {"drop", s.drop, ""}, {"category", s.category, ""},
		{"comma", s.comma, ","}, {"test", s.testFile, ""}, {"fill", s.fill, "mean"}, {"size", fmt.Sprint(s.size), "32"},
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

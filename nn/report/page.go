package report

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"strings"

	"github.com/quartet-ad/ad/internal/page"
	"github.com/quartet-ad/ad/internal/replace"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/metric"
)

//go:embed page.html
var pageText string

var pageTemplate = page.Parse(pageText, nil)

// A Page is what is shown of a training.
type Page struct {
	Headline string   // what came of it: a sentence without its full stop
	Title    string   // of the page; the Headline, if it is left out
	About    string   // the data, in a line
	Figures  []Figure // numbers that stand out

	// History is what nn.Trainer.Fit returned. Without Validate, it has one curve.
	History nn.History

	Score  string    // the name of what Scores are, such as "accuracy"
	Scores []float64 // on held-out data, after each epoch of History

	Confusion *metric.ConfusionMatrix
	Classes   []string // the names of its classes; their numbers, if there are none

	AboutSamples string        // a sentence on what follows
	Plot         template.HTML // a picture, such as Scatter returns; it is written as it is
	Samples      []Sample      // pictures with what the model made of them
	Wide         bool          // those are wide

	Network string   // the model in words
	Model   nn.Layer // described by nn.Summary,
	Input   []int    // for samples of that shape

	Command string // how to have it again
}

// A Figure is a number with what it is.
type Figure struct{ Name, Value string }

// A Sample is a picture with what the model made of it.
type Sample struct {
	Picture         template.HTML // written as it is
	Caption, Detail string
	Right           bool
}

// Save writes the page to a file, whole or not at all.
//
// Save returns an error as Write does, or if the file cannot be written.
func (p Page) Save(path string) error {
	if err := replace.File(path, p.Write); err != nil {
		return fmt.Errorf("report: Save: %w", err)
	}
	return nil
}

// Write writes the page to w.
//
// Cost: a forward pass of the Model, for the shapes of its layers.
//
// Write returns an error if Scores are not one for each epoch, Classes not one for each row of
// Confusion, or if the Model does not take samples of the shape Input; errors of w are returned as they
// are.
func (p Page) Write(w io.Writer) error {
	shown, err := p.prepare()
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return pageTemplate.Execute(w, shown)
}

// A prepared page is what the template shows.
type prepared struct {
	Page
	Validated   bool
	Loss, Curve template.HTML
	Epochs      []epoch
	Matrix      *matrix
	Layers      string

	sections int
}

type epoch struct {
	Number             int
	Loss, Valid, Score string
	Best               bool
}

// Next returns the number of the next section.
func (p *prepared) Next() int {
	p.sections++
	return p.sections
}

func (p Page) prepare() (*prepared, error) {
	epochs := p.History.Epochs
	if p.Score != "" && len(p.Scores) != len(epochs) {
		return nil, fmt.Errorf("%d Scores of %d epochs", len(p.Scores), len(epochs))
	}
	v := &prepared{Page: p}
	v.Title = cmp.Or(v.Title, v.Headline, "Training")
	best := p.History.Best
	var loss, valid []float64
	for i, e := range epochs {
		v.Validated = v.Validated || !math.IsNaN(e.Valid)
		loss, valid = append(loss, e.Loss), append(valid, e.Valid)
		row := epoch{Number: e.Epoch + 1, Loss: fmt.Sprintf("%.4f", e.Loss), Valid: fmt.Sprintf("%.4f", e.Valid)}
		if p.Score != "" {
			row.Score = fmt.Sprintf("%.4f", p.Scores[i])
		}
		v.Epochs = append(v.Epochs, row)
	}
	if !v.Validated {
		best = -1
		v.Loss = curves("Loss over the epochs.", true, best, line{"training", "va", loss})
	} else {
		v.Loss = curves("Loss over the epochs, in training and on held-out data.", true, best,
			line{"training", "tr", loss}, line{"held out", "va", valid})
	}
	if best >= 0 && best < len(v.Epochs) {
		v.Epochs[best].Best = true
	}
	if p.Score != "" {
		v.Curve = curves(p.Score+" on held-out data over the epochs.", false, best, line{p.Score, "va", p.Scores})
	}
	var err error
	if v.Matrix, err = newMatrix(p.Confusion, p.Classes); err != nil {
		return nil, err
	}
	v.Layers, err = p.layers()
	return v, err
}

// layers describes the model.
func (p Page) layers() (text string, err error) {
	if p.Model == nil {
		return "", nil
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the Model for samples of shape %v: %v", p.Input, r)
		}
	}()
	var b strings.Builder
	err = nn.Summary(&b, p.Model, append([]int{1}, p.Input...)...)
	return b.String(), err
}

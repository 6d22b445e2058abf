// Train trains small networks on real data and says how good they are.
//
// Usage:
//
//	go run ./nn/train [TASK] [flags]
//	go run ./nn/train csv FILE -label COLUMN [flags]
//	go run ./nn/train csv FILE -target COLUMN [flags]
//	go run ./nn/train csv FILE -test FILE -label COLUMN [flags]
//	go run ./nn/train images DIR [flags]
//
// Tasks are
//
//	digits    8×8 handwritten digits, which are embedded: what happens without a TASK
//	mnist     28×28 handwritten digits: fetched as a Go module, or from -data
//	fashion   28×28 pictures of clothes, from -data
//	detect    boxes of digits in a scene
//	segment   classes of the pixels of a scene
//	regress   the width of an iris's petals from its other lengths
//	csv       a column of a table of one's own, from its other columns
//	images    pictures of one's own, in a folder for each class
//
// A part of the training data is held out. The model of the epoch that is best on it is measured in
// the end, on test data that no choice depended on. A terminal shows a progress bar. With -html the
// command writes a self-contained page. With -checkpoint an interrupt keeps what was learned, and
// the same command with -resume continues with the same bits as without the interrupt.
//
// The status is 0 after training, 1 if it failed or was interrupted, and 2 if the command was not
// understood.
//
// # Files
//
//	main.go                            the command line
//	task.go, train.go                  what a task is; training and measuring one
//	classify.go, regress.go            the tasks digits, mnist and fashion; the task regress
//	detect.go, segment.go, scenes.go   the tasks detect and segment, and their scenes
//	table.go, images.go                the tasks csv and images
//	fetch.go                           MNIST as a Go module
//	progress.go, report.go             the bar and the text of a terminal
//	page.go, pixels.go                 the page and its pictures
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // a second interrupt ends at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// options are what the command line says.
type options struct {
	kind       *kind
	path       string   // of what csv and images read
	stray      []string // flags of other tasks
	epochs     int
	batch      int
	rate       float64
	seed       uint64
	data       string
	html       string
	checkpoint string
	resume     bool
	quiet      bool
	float32    bool

	label, target, drop, category, comma, fill string // of csv
	testFile                                   string // of csv, a file
	size                                       int    // of images
	gray                                       bool
}

// most is how many epochs, or samples in a batch, there may be.
const most = 1_000_000

// errUsage is an error of the command line, which has been reported.
var errUsage = errors.New("usage")

// run is the command: it returns its status.
func run(ctx context.Context, args []string, out, status io.Writer) int {
	o, err := parse(args, status)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	}
	if err := train(ctx, o, out, status); err != nil {
		fmt.Fprintf(status, "train: %v\n", err)
		return 1
	}
	return 0
}

// parse reads the command line, where the task may stand before or behind flags.
func parse(args []string, status io.Writer) (*options, error) {
	o := &options{}
	f := flag.NewFlagSet("train", flag.ContinueOnError)
	f.SetOutput(status)
	f.IntVar(&o.epochs, "epochs", 0, "passes over the data; 0 for what suits the task")
	f.IntVar(&o.batch, "batch", 0, "`samples` in a batch; 0 for what suits the task")
	f.Float64Var(&o.rate, "rate", 0, "learning rate at first; 0 for what suits the task")
	f.Uint64Var(&o.seed, "seed", 1, "of all random numbers")
	f.StringVar(&o.data, "data", "", "`folder` of the four IDX files of mnist or fashion, compressed by gzip or not")
	f.StringVar(&o.html, "html", "", "also write a page to this `file`")
	f.StringVar(&o.checkpoint, "checkpoint", "", "`file` to keep training in, after every epoch and when interrupted")
	f.BoolVar(&o.resume, "resume", false, "go on from the file of -checkpoint")
	f.BoolVar(&o.quiet, "quiet", false, "print the result alone")
	f.BoolVar(&o.float32, "float32", false, "compute products and convolutions in float32, which is faster")
	f.StringVar(&o.label, "label", "", "csv: the `column` of the class")
	f.StringVar(&o.target, "target", "", "csv: the `column` of a number to be predicted")
	f.StringVar(&o.drop, "drop", "", "csv: `columns` to leave out, such as identifiers, with commas between")
	f.StringVar(&o.category, "category", "", "csv: `columns` whose numbers are names, with commas between")
	f.StringVar(&o.comma, "comma", ",", "csv: what is between fields: a `character`, or tab")
	f.StringVar(&o.fill, "fill", "mean", "csv: what stands for missing numbers: mean, median, zero, or none to refuse them")
	f.StringVar(&o.testFile, "test", "", "csv: the `file` to test with, whose columns are read like those of the first; without, a part of the first")
	f.IntVar(&o.size, "size", 32, "images: height and width that pictures are brought to, in `pixels`")
	f.BoolVar(&o.gray, "gray", false, "images: without colors")
	f.Usage = func() {
		fmt.Fprintf(status, "usage: train [TASK] [flags]\n       train csv FILE -label COLUMN [flags]\n       train images DIR [flags]\n\nTasks:\n")
		for _, k := range kinds {
			fmt.Fprintf(status, "  %-9s %s\n", k.name, k.about)
		}
		fmt.Fprintf(status, "\nFlags:\n")
		f.PrintDefaults()
	}
	complain := func(format string, a ...any) error {
		fmt.Fprintf(status, "train: %s\n", fmt.Sprintf(format, a...))
		return errUsage
	}
	task := "digits"
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	if f.NArg() > 0 {
		task = f.Arg(0)
		if err := f.Parse(f.Args()[1:]); err != nil {
			return nil, err
		}
	}
	if o.kind = kindOf(task); o.kind == nil {
		return nil, complain("there is no task %q; -h lists them", task)
	}
	if o.kind.takes != "" && f.NArg() > 0 {
		o.path = f.Arg(0)
		if err := f.Parse(f.Args()[1:]); err != nil {
			return nil, err
		}
	}
	if f.NArg() > 0 {
		return nil, complain("unexpected argument %q", f.Arg(0))
	}
	f.Visit(func(g *flag.Flag) {
		if of, _, ok := strings.Cut(g.Usage, ": "); ok && kindOf(of) != nil && of != task {
			o.stray = append(o.stray, g.Name)
		}
	})
	switch {
	case o.kind.takes != "" && o.path == "":
		return nil, complain("%s wants the %s: train %s %[2]s", task, o.kind.takes, task)
	case len(o.stray) > 0:
		return nil, complain("-%s is not for %s", o.stray[0], task)
	case task == "csv" && (o.label == "") == (o.target == ""):
		return nil, complain("csv wants -label COLUMN for classes, or -target COLUMN for numbers")
	case o.size < 8 || o.size > 256:
		return nil, complain("-size is %d, want 8 to 256", o.size)
	case o.epochs < 0 || o.epochs > most:
		return nil, complain("-epochs is %d, want at most %d", o.epochs, most)
	case o.batch < 0 || o.batch > most:
		return nil, complain("-batch is %d, want at most %d", o.batch, most)
	case !(o.rate >= 0 && o.rate <= 10):
		return nil, complain("-rate is %v, want at most 10", o.rate)
	case o.resume && o.checkpoint == "":
		return nil, complain("-resume without -checkpoint")
	case o.checkpoint != "" && o.checkpoint == o.html:
		return nil, complain("-checkpoint and -html are one file")
	case o.data != "" && !o.kind.reads:
		return nil, complain("-data is for mnist and fashion")
	}
	o.defaults()
	return o, nil
}

// defaults sets what the command line leaves to the task.
func (o *options) defaults() {
	if o.epochs == 0 {
		o.epochs = o.kind.epochs
	}
	if o.batch == 0 {
		o.batch = o.kind.batch
	}
	if o.rate == 0 {
		o.rate = o.kind.rate
	}
}

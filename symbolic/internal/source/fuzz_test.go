package source

import (
	"errors"
	"flag"
	"fmt"
	"go/scanner"
	"go/token"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var mutations = flag.Int("mutations", 80, "changed programs that TestMutated gives to the generator")

// unsound returns what is wrong with what the generator makes of a text: a refusal that does
// not say where, why and what to write instead; code that cannot be read; or code that does not
// type-check beside the text. What is no Go may be refused without that.
func unsound(text, fault string) (wrong []string, taken int) {
	p, err := Parse("f.go", text)
	if err != nil {
		return nil, 0
	}
	p.fault = fault
	for name := range p.decls {
		modes := Reverse | Forward
		if len(p.bad) > 0 {
			modes |= Generic
		} else if len(text) < 1500 {
			modes |= Second
		}
		code, err := p.Generate(modes, Request{Func: name})
		var list Refusals
		switch {
		case errors.As(err, &list):
			for _, r := range list {
				if !r.Pos.IsValid() || r.Construct == "" || r.Reason == "" || r.Instead == "" {
					wrong = append(wrong, fmt.Sprintf("%s: an incomplete refusal: %v", name, r))
				}
				own := strings.HasPrefix(r.Construct, "the second derivative") // of code that was generated
				if own && (strings.HasSuffix(r.Construct, "code that does not type-check") || r.Reason == "it is not declared in what is read") {
					wrong = append(wrong, fmt.Sprintf("%s: %v", name, r))
				}
			}
			continue
		case len(p.bad) > 0: // code may come out, but nobody could use it
			continue
		case err != nil && strings.Contains(err.Error(), "cannot be read"):
			wrong = append(wrong, err.Error())
			continue
		case err != nil:
			continue
		}
		taken++
		both, err := parseAll(map[string]string{"f.go": text, "f_adgen.go": string(code)})
		if err != nil {
			wrong = append(wrong, err.Error())
			continue
		}
		for _, e := range both.bad {
			wrong = append(wrong, fmt.Sprintf("%s: %v\n%s", name, e, code))
		}
	}
	return wrong, taken
}

// mutated returns a text with some of its lines or words exchanged.
func mutated(text string, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 1))
	for range r.IntN(4) {
		lines := strings.Split(text, "\n")
		i, j := r.IntN(len(lines)), r.IntN(len(lines))
		switch r.IntN(9) {
		case 0:
			lines[i] = ""
		case 1:
			lines[i] += "\n" + lines[j]
		case 2:
			lines[i], lines[j] = lines[j], lines[i]
		default:
			text = exchanged(text, r)
			continue
		}
		text = strings.Join(lines, "\n")
	}
	return text
}

// exchanged returns a text with a word in the place of another of its kind.
func exchanged(text string, r *rand.Rand) string {
	type word struct {
		at  int
		tok token.Token
		lit string
	}
	var s scanner.Scanner
	files := token.NewFileSet()
	s.Init(files.AddFile("", files.Base(), len(text)), []byte(text), func(token.Position, string) {}, 0)
	var words []word
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			break
		}
		if tok.IsOperator() {
			lit = tok.String()
		}
		if tok == token.IDENT || tok.IsOperator() && tok != token.SEMICOLON || tok == token.INT || tok == token.FLOAT {
			words = append(words, word{files.Position(pos).Offset, tok, lit})
		}
	}
	for range 50 {
		if len(words) == 0 {
			break
		}
		a, b := words[r.IntN(len(words))], words[r.IntN(len(words))]
		alike := a.tok == b.tok || a.tok.IsOperator() && b.tok.IsOperator() && a.tok.Precedence() == b.tok.Precedence()
		if alike && a.lit != b.lit {
			return text[:a.at] + b.lit + text[a.at+len(a.lit):]
		}
	}
	return text
}

// seeds are programs of one function, or of a few.
func seeds(n int) []string {
	var list []string
	gen := rapid.Custom(func(t *rapid.T) string { return randomProgram(t, "f") })
	for i := range n {
		list = append(list, gen.Example(1000+i))
	}
	list = append(list, "package A\nfunc A(A []float64) float64 { s := make(B); return s }")
	for _, r := range refusals {
		params, body, _ := strings.Cut(r, "|")
		list = append(list, refusalHead+"func f("+params+") float64 {\n"+strings.ReplaceAll(body, "; ", "\n")+"\n}\n")
	}
	return list
}

// FuzzAdgen: whatever the text is, there is a refusal that says where, or code, which
// type-checks beside it.
func FuzzAdgen(f *testing.F) {
	for _, name := range corpusFiles(f) {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if len(text) < 3000 {
			f.Add(string(text), uint64(0))
		}
	}
	for i, text := range seeds(10) {
		f.Add(text, uint64(i))
	}
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		if len(text) > 20000 {
			return
		}
		if seed != 0 {
			text = mutated(text, seed)
		}
		wrong, _ := unsound(text, "")
		for _, w := range wrong {
			t.Errorf("%s\n%s", w, text)
		}
	})
}

// TestMutated gives changed programs to the generator: most are no Go, many are refused, and
// the rest must come out as code that type-checks.
func TestMutated(t *testing.T) {
	n := *mutations
	if testing.Short() {
		n = min(n, 30)
	}
	all := seeds(40)[:40]
	total := 0
	for i := range n {
		text := mutated(all[i%len(all)], uint64(i+1))
		wrong, taken := unsound(text, "")
		total += taken
		for _, w := range wrong {
			t.Errorf("%d: %s\n%s", i, w, text)
		}
	}
	t.Logf("%d functions of %d texts were taken", total, n)
	if total < n/8 {
		t.Errorf("%d functions of %d texts were taken", total, n)
	}
}

// TestMutatedFails: code that does not type-check would be seen.
func TestMutatedFails(t *testing.T) {
	text := "package p\n\nfunc f(x []float64) float64 {\n\tv := x[0] * x[1]\n\treturn v * v\n}\n"
	if wrong, taken := unsound(text, ""); len(wrong) > 0 || taken != 1 {
		t.Errorf("%d taken, %q", taken, wrong)
	}
	if wrong, _ := unsound(text, "declare"); len(wrong) == 0 {
		t.Error("adjoints that are not declared are not seen")
	}
}

package source

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
)

var update = flag.Bool("update", false, "write golden files and the generated code of the corpus anew")

// refusals are functions that are not taken: after each the parameters of f.
var refusals = []string{
	"x []float64| s := x; s[0] = 2; return s[0]",
	"x []float64| x[0] = 2; return x[0]",
	"x []float64| x = x[1:]; return x[0]",
	"x []float64| s := make([]float64, 2); r := s[1:]; s[0] = x[0]; return r[0]",
	"x []float64| s := make([]float64, 2); s = make([]float64, 3); return s[0] * x[0]",
	"x []float64| s := append(x, 1); return s[0]",
	"x []float64| s := make([]float64, 2); copy(s, s[1:]); return s[0] * x[0]",
	"x []float64| copy(x, x[1:]); return x[0]",
	"x []float64| clear(x); return x[0]",
	"x []float64| s := []float64{1}; s = append(s, x[0]); return s[1]",
	"x []float64| go g(x[0]); return x[0]",
	"x []float64| defer g(x[0]); return x[0]",
	"x []float64, c chan float64| return x[0] * <-c",
	"x []float64, c chan float64| c <- x[0]; return x[0]",
	"x []float64| f := func() float64 { return x[0] }; return f()",
	"x []float64| m := map[string]float64{}; m[\"a\"] = x[0]; return m[\"a\"]",
	"x []float64, m map[int]float64| y := x[0]; for _, v := range m { y *= v }; return y",
	"x []float64| return x[int(x[0])]",
	"x []float64| n := int(x[0]); return x[n]",
	"x []float64| return math.J0(x[0])",
	"x []float64| return fmt.Sprint(x[0])",
	"x []float64| return rec(x[0])",
	"x []float64| p := &x[0]; *p = 3; return x[0]",
	"x []float64| return x[0] * global",
	"x []float64| global = x[0]; return x[0]",
	"x []float64, p *params| p.rate = x[0]; return p.rate",
	"x []float64| var p params; p.rate = x[0]; return p.rate",
	"x []float64| goto end; end: return x[0]",
	"x []float64| outer: switch { case x[0] > 0: for { break outer } }; return x[0]",
	"x []float64| y := 0.0; for t := 0.0; t < 1; t += 0.1 { y += t * x[0] }; return y",
	"x []float64| c := complex(x[0], 1); return real(c)",
	"x []float64| return float64(float32(x[0]))",
	"x []float64| return math.Float64frombits(math.Float64bits(x[0]))",
	"x []float64| i := 0; i, x[i] = 1, 2; return x[0]",
	"x []float64| fr, e := math.Frexp(x[0]); return fr * float64(e)",
	"x []float64| y := x[0]; if x[0] > 0 && g(x[0]) > 1 { y = 2 }; return y",
	"x []float64| l, s := math.Lgamma(x[0]); return l * float64(s)",
	"x ...float64| return x[0]",
	"n int| return float64(n)",
	"x []float64| y := x[0]; for i := range uint8(3) { y *= float64(i) }; return y",
	"x []float64| a := [2]float64{x[0], x[1]}; b := a; return b[0]",
	"x []float64| fill(x, x[0]); return x[0]",
	"x []float64| s := alias(x); return s[0]",
	"x []float64| s := early(x); return s[0]",
	"x []float64| y, err := logged(x[0]); if err != nil { return 0 }; return y",
	"x []float64| s := make([]float64, 2); return s[0] + filled(s, x[0])",
	"x []float64| var a any = x[0]; return a.(float64)",
	"x []float64| return *(*float64)(unsafe.Pointer(&x[0]))",
	"x []float64| idx := []int{0, 1}; idx[0] = 1; return x[idx[0]]",
	"x []float64| var s []float64; return x[0] + float64(len(s))",
	"x []float64| for i := range 3 { i = 2; _ = i }; return x[0]",
	"x []float64| rand.Seed(1); return x[0]",
	"x []float64| return x[0] * undefined",
	"x []float64, h interface{ F(float64) float64 }| return h.F(x[0])",
	"x []float64, h func(float64) float64| return h(x[0])",
	"x []float64| a := []float64{1, 2}; for i, v := range a { a[1-i] = v * x[0] }; b := a[:]; return b[0]",
	"x []celsius| return float64(x[0])",
	"x []float64| w := []float64{1, 2}; s := [][]float64{w}; w[0] = 2; return x[0] * s[0][0]",
	"x []float64| s := [][]float64{{x[0]}, {1}}; return s[0][0]",
	"x []float64| return floats.Span(x, 1, 2)[0]",
	"x []float64| return float64(floats.MaxIdx(x)) * x[0]",
	"x []float64| floats.Scale(2, x); return x[0]",
	"x []float64| y, z := math.Modf(x[0]); return y * z",
	"x []float64| return math.Remainder(x[0], x[1])",
	"x []float64| return generic(x[0])",
	"p params| q := p; return q.rate",
	"p *params| p.rate = 2; return p.rate",
	"x []float64| s := make([][]float64, 1); return s[0][0] * x[0]",
	"x []float64| var m [2][2]float64; m[0][1] = x[0]; return m[0][1]",
	"x []float64| h := math.Sin; return h(x[0])",
	"x []float64| return ruled(x[0])",
	"x []float64, n int| return ruledInt(x[0], n)",
}

const refusalHead = `package p

import (
	"fmt"
	"math"
	"math/rand"
	"unsafe"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

var global = 1.0

type params struct{ rate float64 }

type celsius float64

func g(x float64) float64 { return x * x }

func rec(x float64) float64 {
	if x < 1 {
		return x
	}
	return rec(x / 2)
}

func fill(s []float64, v float64) { s[0] = v }

func alias(s []float64) []float64 { return s }

func early(s []float64) []float64 {
	t := make([]float64, len(s))
	if len(s) == 1 {
		return t
	}
	t[0] = s[1]
	return t
}

func logged(x float64) (float64, error) { return x, fmt.Errorf("%g", x) }

func generic[T float64 | float32](x T) T { return x * x }

func pair(x float64) (float64, float64) { return x, x * x }

//ad:rule ruled(x): math.Cos(x)
func ruled(x float64) float64 { return math.Sin(x) }

//ad:rule ruledInt(x, n): _; _
func ruledInt(x float64, n int) float64 { return x * float64(n) }

func filled(s []float64, v float64) float64 { s[0] = v; return v }

var _, _, _ = fmt.Sprint, rand.Int, unsafe.Sizeof(0)

`

// TestRefusals holds the message of every refusal against a golden file.
func TestRefusals(t *testing.T) {
	var got strings.Builder
	for _, r := range refusals {
		params, body, _ := strings.Cut(r, "|")
		body = strings.ReplaceAll(strings.TrimSpace(body), "; ", "\n")
		text := refusalHead + "func f(" + params + ") float64 {\n" + body + "\n}\n"
		p, err := Parse("f.go", text)
		if err != nil {
			t.Errorf("%s: %v", r, err)
			continue
		}
		code, err := p.Generate(Reverse|Forward|Generic, Request{Func: "f"})
		list, ok := err.(Refusals)
		if !ok || len(list) == 0 {
			t.Errorf("%s: it is taken, with the error %v:\n%s", r, err, code)
			continue
		}
		got.WriteString(r + "\n")
		for _, one := range list {
			if !one.Pos.IsValid() || one.Construct == "" || one.Reason == "" || one.Instead == "" {
				t.Errorf("%s: %v lacks a part", r, one)
			}
		}
		for line := range strings.Lines(err.Error() + "\n") {
			got.WriteString("\t" + line)
		}
	}
	if n := len(refusals); n != 72 {
		t.Errorf("%d refusals", n)
	}
	const path = "testdata/refusals.txt"
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	optest.Equal(t, "refusals", got.String(), string(want))
}

// TestRuleErrors: what is no rule is no comment either.
func TestRuleErrors(t *testing.T) {
	for rule, want := range map[string]string{
		"//ad:rule f":                            "f.go:3:1: adgen: //ad:rule: it reads //ad:rule f(x, y): the derivative in x; that in y, or _ for none",
		"//ad:rule f(x, y): 1":                   "f has 2 parameters, at most 6, and 1 derivatives",
		"//ad:rule f(x): y":                      "y is none of its parameters",
		"//ad:rule f(x): x +":                    "x +: ",
		"//ad:rule f(x): x % 2":                  "x % 2: a derivative has numbers, parameters, + - * / and calls",
		"//ad:rule f(x): -func(){}":              "a derivative has numbers, parameters, + - * / and calls",
		"//ad:rule f(x): 1\n\n//ad:rule f(x): 2": "f.go:5:1: adgen: //ad:rule: a second rule for f",
	} {
		if _, err := Parse("f.go", "package p\n\n"+rule+"\n"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", rule, err, want)
		}
	}
}

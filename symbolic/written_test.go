package symbolic

import (
	"fmt"
	"strings"
	"testing"
)

// TestParseWritten: operations stand as the text has them, from left to right.
func TestParseWritten(t *testing.T) {
	for text, want := range map[string]string{
		"ln(x1)+x1*x2-sin(x2)": "x1 log(0) x1 x2 mul(2,3) add(1,4) x2 sin(6) sub(5,7)",
		"sin(x)*sin(x)":        "x sin(0) x sin(2) mul(1,3)",
		"1x - -x/1":            "1 x mul(0,1) x neg(3) 1 div(4,5) sub(2,6)",
		"sin²(x)^2 + |√x|":     "x sin(0) 2 pow(1,2) 2 pow(3,4) x sqrt(6) abs(7) add(5,8)",
		"norm2(x, pi, ∛y)":     "x 3.141592653589793 y cbrt(2) norm2(0,1,3)",
		"softmax_1(x,θ)":       "x θ softmax_1(0,1)",
		"2*3":                  "2 3 mul(0,1)",
	} {
		e, list, err := ParseWritten(text)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range list {
			switch w.Name {
			case "number":
				got = append(got, fmt.Sprint(w.Value))
			case "variable":
				got = append(got, w.Var.Infix())
			default:
				got = append(got, w.Name+strings.ReplaceAll(strings.Trim(fmt.Sprintf("(%v)", w.Args), "()"), " ", ","))
			}
		}
		if s := strings.NewReplacer("[", "(", "]", ")").Replace(strings.Join(got, " ")); s != want {
			t.Errorf("%s is written as\n%s, want\n%s", text, s, want)
		}
		if same, _ := Parse(text); same != e {
			t.Errorf("%s is %v, and %v", text, e, same)
		}
	}
	if _, list, err := ParseWritten("x+"); err == nil || list != nil {
		t.Errorf("%v, %v", list, err)
	}
}

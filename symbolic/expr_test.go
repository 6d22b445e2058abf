package symbolic

import (
	"testing"
)

// TestConstructors: they simplify where IEEE 754 agrees bit for bit, and only
// there.
func TestConstructors(t *testing.T) {
	for text, want := range map[string]string{
		"x*1": "x", "1*x": "x", "x/1": "x", "x-0": "x", "-(-x)": "x", "x*-1": "-x",
		"x+-y": "x - y", "-x+y": "y - x", "x--y": "x + y", "-x*-y": "x*y", "-x/y": "-(x/y)",
		"2+3": "5", "2*3-1/4": "5.75", "ifpos(2, x, y)": "x", "ifpos(-0, x, y)": "y",
		"0*x": "0*x", "x+0": "x + 0", "x-x": "x - x", "x/x": "x/x", "x^0": "x^0", "sin(0)": "sin(0)",
		"(x+y)+z": "x + y + z", "x+(y+z)": "x + (y + z)", "x-(y-z)": "x - (y - z)", "x/(y*z)": "x/(y*z)",
		"(x^y)^z": "(x^y)^z", "x^(y^z)": "x^y^z", "(-x)^2": "(-x)^2", "x^(-y)": "x^-y", "(-2)^x": "(-2)^x",
		"-(x+y)": "-(x + y)", "-(x^2)": "-x^2",
	} {
		if got := parse1(t, text).String(); got != want {
			t.Errorf("%s prints as %s, want %s", text, got, want)
		}
	}
}

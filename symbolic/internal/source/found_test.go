package source

import (
	"fmt"
	"strings"
	"testing"
)

// found are functions whose generated code was wrong once, with what was wrong.
var found = []struct{ wrong, body string }{
	{"an adjoint of one branch was declared in another, where nothing reads it", `
	v, w := x[0], x[1]
	for range 2 {
		if w > 0 {
			v = math.Sin(1.5)
		} else if v > 1 {
			v *= x[2]
			break
		}
		t := math.Tanh(v)
		w += 0.2 * t
	}
	return v * w`},
	{"helpers with fused operations have second derivatives", `
	a, b := math.Sin(x[0]), math.Cos(x[1])
	return math.Asin(a*b)*math.Acos(0.5*b) + math.Hypot(a, b*x[2])*math.Erf(x[0]) + math.Atan2(a, b)*math.Erfc(b) + math.Pow(1.5+a, b)`},
	{"constants of a product overflowed to a name that is not Go", `
	sum := 0.0
	if x[0] > 1e9 {
		sum -= 1e200 * (1e200 * x[1])
	}
	return sum + x[0]*x[2]`},
	{"integers of other types are kept", `
	v := x[0]
	var flags uint8 = 3
	for i := int8(0); i < 3; i++ {
		v = v*float64(i) + x[1]*v + float64(flags)
		flags >>= 1
		if v > 3 {
			break
		}
	}
	for i := uint(2); i < 3; i-- {
		v = v*float64(i) + math.Sin(v)
	}
	return v * x[2]`},
	{"a loop that is undone at once read a value that comes later", `
	sum, v := 0.0, x[0]
	for i := range x {
		sum += x[i] * math.Cos(v)
	}
	s := math.Sin(v)
	t := math.Cos(v)
	return sum + s*t*x[1]`},
	{"what branches call is kept, with branches within, and in loops in loops", `
	v, w := x[0], x[1]
	if w > 0 {
		e := math.Exp(-w)
		w = e / (1 + e)
		if v > 0 {
			w += math.Sin(e * v)
		}
	} else {
		w = 1 / (1 + math.Exp(w))
	}
	for i := range 3 {
		for range 2 {
			if v*w > 0 {
				v = math.Tanh(v+w) + math.Log(2+math.Cos(w))
			} else if i > 0 {
				w = w*math.Exp(-v*v) + 1/(1+math.Exp(w))
			}
		}
		v += 0.5 * w
	}
	return v * w`},
	{"a value whose adjoint is a number is not computed again, and was read", `
	b := 0.5
	if x[1] < 0 {
		return math.Erf(x[0])
	}
	s, c := math.Sincos(x[2])
	if x[0] > 0 {
		b = math.Sin(x[0] * b)
	}
	return c + s + b`},
	{"quotients and slopes of values at hand, where they are saturated too", `
	v := x[0]
	for i := range 3 {
		v = x[1]*v/(2+x[2]*v*x[2]*v+3*v*v) + 1/(3+v) + 1/v
		v += math.Tanh(4*v*float64(i)) * math.Tan(0.3*x[1]) / (1 + 0*x[2])
	}
	return v`},
}

// TestFound holds what was wrong once against dual numbers, the tape and differences, at first
// and second order.
func TestFound(t *testing.T) {
	files := make(map[string]string)
	var table strings.Builder
	for i, f := range found {
		name := fmt.Sprintf("found%d", i)
		text := "package main\n\nimport \"math\"\n\nvar _ = math.Pi\n\nfunc " + name + "(x []float64) float64 {" + f.body + "\n}\n"
		code, err := generated(name, text, true)
		if err != nil {
			t.Fatalf("%s: %v", f.wrong, err)
		}
		files[name+".go"], files[name+"_adgen.go"] = text, code
		table.WriteString(row(name, true))
	}
	files["judge.go"] = strings.Replace(judge, "TABLE", table.String(), 1)
	if out := runVirtual(t, files); !strings.HasPrefix(out, fmt.Sprintf("%d programs, ", len(found))) {
		t.Error(out)
	}
}

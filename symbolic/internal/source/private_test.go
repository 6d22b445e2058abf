package source

import (
	"strings"
	"testing"
)

// nearly are functions with lists that are, or nearly are, filled anew by every iteration, and
// loops that overwrite elements.
var nearly = map[string]string{
	"own": `
	w, sum := make([]float64, 3), 0.0
	for i := range x {
		for j := range w {
			w[j] = x[i] * x[j]
		}
		sum += w[0] * w[1] * w[2]
	}
	return sum`,
	"readBefore": `
	w, sum := make([]float64, 3), x[0]
	for i := range x {
		sum += w[i] * x[i]
		for j := range w {
			w[j] = x[i] * math.Sin(x[j])
		}
	}
	return sum`,
	"readAfter": `
	w, sum := make([]float64, 3), x[0]
	for i := range x {
		for j := range w {
			w[j] = x[i] * math.Sin(x[j])
		}
		sum += w[1] * w[2]
	}
	return sum * w[0] * w[1]`,
	"inPart": `
	w, sum := make([]float64, 3), x[0]
	for i := range x {
		for j := range 2 {
			w[j] = x[i] * x[j]
		}
		w[2] += w[0] * w[1]
		sum += w[2] * w[2]
	}
	return sum`,
	"sometimes": `
	w, sum := make([]float64, 3), x[0]
	for i := range x {
		for j := range w {
			if x[j] > 0 {
				w[j] = x[i] * x[j]
			}
		}
		sum += w[0]*w[1] + w[2]*w[2]
	}
	return sum`,
	"leaves": `
	w, sum := make([]float64, 3), x[0]
	for i := range x {
		for j := range w {
			if x[j] > 1 {
				break
			}
			w[j] = x[i] * x[j]
		}
		sum += w[0]*w[1] + w[2]*w[2]
	}
	return sum`,
	"readsOthers": `
	w, sum := make([]float64, 3), x[0]
	w[0] = x[1]
	for i := range x {
		for j := range w {
			w[j] = x[i]*x[j] + w[(j+1)%3]
		}
		sum += w[0]*w[1] + w[2]*w[2]
	}
	return sum`,
	"twice": `
	w, sum := make([]float64, 3), x[0]
	for i := range x {
		for j := range w {
			w[j] = x[i] * x[j]
		}
		for j := range w {
			w[j] *= w[j] * x[i]
		}
		for j := range w {
			w[j] = w[j] + w[(j+1)%3]
			sum += w[j] * w[j]
		}
	}
	return sum`,
	"deep": `
	w, u, sum := make([]float64, 3), make([]float64, 3), 0.0
	for i := range x {
		for k := range x {
			for j := range u {
				u[j] = x[i] * x[j]
			}
			for j := range u {
				for m := range j {
					u[j] += x[m] * x[k]
				}
			}
			w[k] = u[0]*u[1] + u[2]*u[2]
		}
		sum += w[0]*w[1] + w[2]
	}
	return sum`,
	"deepCarried": `
	u, y := make([]float64, 3), x[0]
	for j := range u {
		u[j] = x[j]
	}
	y += u[0] * u[1] * u[2]
	for k := range x {
		for j := range u {
			u[j] = x[k] * x[j]
		}
		for j := range u {
			for m := range j {
				u[j] += x[m] * x[k]
			}
		}
		y = math.Sin(y) * (u[0]*u[1] + u[2]*u[2])
	}
	return y * u[1]`,
	"steps": `
	w := make([]float64, 5)
	w[0], w[4] = x[0], x[1]
	for t := 0; t < 3; t++ {
		for i := 1; i < len(w)-1; i++ {
			w[i] += 0.3 * (w[i-1] - 2*w[i]*w[i] + w[i+1]) * math.Cos(x[2])
		}
		for i := 4; i > 0; i-- {
			if w[i] > w[i-1] {
				w[i], w[i-1] = w[i-1], w[i]*0.9
			}
		}
	}
	return w[2]*w[1] + w[3]`,
	"counting": `
	w, n := make([]float64, 4), 0
	for i := 0; i < 9; i += 2 {
		n = (n + i) % 4
		w[n] = w[n]*x[1] + math.Sin(x[i%3])
		for k := n; k > 0; k /= 2 {
			w[k-1] *= w[k] + x[0]
		}
	}
	return w[0]*w[1] + w[2]*w[3]`,
}

// TestPrivate: lists that are filled anew, or nearly so, have the right gradients.
func TestPrivate(t *testing.T) {
	files := make(map[string]string)
	var table strings.Builder
	for name, body := range nearly {
		text := "package main\n\nimport \"math\"\n\nvar _ = math.Pi\n\nfunc " + name + "(x []float64) float64 {" + body + "\n}\n"
		p, err := Parse(name+".go", text)
		if err != nil {
			t.Fatal(err)
		}
		code, err := p.Generate(Reverse|Forward|Generic, Request{Func: name})
		if err != nil {
			t.Fatal(err)
		}
		files[name+".go"], files[name+"_adgen.go"] = text, string(code)
		table.WriteString(row(name, false))
	}
	files["judge.go"] = strings.Replace(judge, "TABLE", table.String(), 1)
	const want = "12 programs, 24 differences, 0 second derivatives\n" // 24 of 36 points are smooth
	if out := runVirtual(t, files); out != want {
		t.Errorf("%s, want %s", out, want)
	}
}

package source

import (
	"slices"
	"strings"
	"testing"
)

// planted are faults of the generator, each with a function that shows it.
var planted = map[string]string{
	// a variable that is not kept
	"keep": `
	v := x[0]
	for range 5 {
		v = v*v*0.5 + x[1]
	}
	return v * x[2]`,
	// an adjoint that is not set to 0 when its variable is overwritten
	"reset": `
	v := x[0]
	w := v * v
	v = math.Sin(x[1]*v) + x[2]
	return v * w`,
	// a loop that is undone from its beginning
	"direction": `
	v := x[0]
	for i := 0; i < 3; i++ {
		v = v*x[i] + math.Cos(v)
	}
	return v`,
	// a loop that is undone without its last iteration
	"index": `
	v := x[0]
	for i := range x {
		v += v * x[i]
	}
	return v`,
	// a loop that is undone at once, although the adjoint of v is reset afterwards
	"fusion": `
	v := x[0]
	sum := 0.0
	for i := 0; i < 3; i++ {
		sum += v * x[i]
	}
	v = math.Sin(v)
	sum += v * v
	return sum`,
	// a list that is taken to be filled anew by every iteration, which it is but in part
	"private": `
	w := make([]float64, 2)
	w[1] = x[1]
	sum := 0.0
	for i := range x {
		for j := range 1 {
			w[j] = x[i] * x[i]
		}
		sum += w[0] * w[1] * w[1]
		w[1] *= x[i]
	}
	return sum`,
	// a value that is computed again from an element that was overwritten
	"tape": `
	w := make([]float64, 4)
	w[0] = x[0]
	for i := range 3 {
		t := math.Sin(w[i])
		w[i+1] = t * t * x[i]
		w[i] = t + w[i+1]*w[i+1]
	}
	return w[1]*w[2] + w[3]`,
	// a value that is kept and taken for another
	"stack": `
	v := x[0]
	for i := range 3 {
		a := math.Sin(v * x[i])
		b := math.Exp(a * x[1])
		v = a*b + v*b
	}
	return v`,
	// what a loop adds to several elements is added to one
	"gather": `
	v := x[0]
	k := 0
	for range 3 {
		v = v*x[k] + math.Sin(v)
		k = (k + 1) % 3
	}
	return v`,
	// a variable that is not brought back to what it was before a branch
	"version": `
	v := x[0]
	w := v * v * x[1]
	if x[2] < 10 {
		v = 3 * v * x[1]
	}
	return v * w`,
	// an adjoint that is assigned, and not added to
	"accumulate": `
	v := x[0] * x[1]
	return math.Sin(v) * v * x[1]`,
	// what was kept last is not taken first
	"order": `
	v, w := x[0], x[1]
	for range 3 {
		v = v*w + x[2]
		w = w*v + 0.5
	}
	return v * w`,
	// a branch that is done and not undone
	"replay": `
	v := x[0]
	if x[2] < 10 {
		v = math.Sin(v * x[1])
	}
	return v * x[2]`,
	// a function whose adjoint is not carried to its operand
	"call": `
	v := math.Exp(x[0] * x[1])
	return v * x[2]`,
	// elements that were overwritten are brought back in the order in which they were
	"log": `
	s := make([]float64, 2)
	s[0] = x[0]
	for i := range 3 {
		if s[0] < 10 {
			s[0] = s[0]*x[i] + math.Sin(s[0])
			s[0] = s[0]*x[1] + math.Sin(s[0])
		}
	}
	return s[0]`,
	// forward mode leaves out a factor of a product
	"tangent": `
	v := x[0] * x[1]
	return v * x[2]`,
}

// TestPlantedFaults: every fault that is planted in the generator shows, and without it the
// same functions are right. A fault of the reverse mode is seen against dual numbers, the tape,
// the forward mode and differences, each of which would be enough.
func TestPlantedFaults(t *testing.T) {
	files := make(map[string]string)
	var table strings.Builder
	for fault, body := range planted {
		for _, plant := range []string{"", fault} {
			name := "right" + strings.ToUpper(fault[:1]) + fault[1:]
			if plant != "" {
				name = "wrong" + strings.ToUpper(fault[:1]) + fault[1:]
			}
			text := "package main\n\nimport \"math\"\n\nvar _ = math.Pi\n\nfunc " + name + "(x []float64) float64 {" + body + "\n}\n"
			p, err := Parse(name+".go", text)
			if err != nil {
				t.Fatal(err)
			}
			p.fault = plant
			code, err := p.Generate(Reverse|Forward|Generic, Request{Func: name})
			if err != nil {
				t.Fatal(err)
			}
			files[name+".go"], files[name+"_adgen.go"] = text, string(code)
			table.WriteString(row(name, false))
		}
	}
	files["judge.go"] = strings.Replace(judge, "TABLE", table.String(), 1)
	seen := make(map[string]string)
	for line := range strings.Lines(runVirtual(t, files)) {
		name, what, _ := strings.Cut(line, " at ")
		seen[name] = what
	}
	checks := []string{", by dual", ", by reverse", ", by gradient", ", by differences"}
	for fault := range planted {
		title := strings.ToUpper(fault[:1]) + fault[1:]
		if what := seen["right"+title]; what != "" {
			t.Errorf("without the fault %q: %s", fault, what)
		}
		var by []string
		for _, c := range checks {
			if strings.Contains(seen["wrong"+title], c) {
				by = append(by, strings.TrimPrefix(c, ", by "))
			}
		}
		want := []string{"dual", "reverse", "gradient", "differences"}
		if fault == "tangent" { // the gradient is right
			want = []string{"dual", "gradient"}
		}
		if !slices.Equal(by, want) {
			t.Errorf("the fault %q is seen by %q, want %q: %s", fault, by, want, seen["wrong"+title])
		}
	}
}

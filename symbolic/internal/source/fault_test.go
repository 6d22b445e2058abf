package source

import (
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
	// a variable that is not brought back to what it was before a branch
	"version": `
	v := x[0]
	w := v * v * x[1]
	if x[2] < 10 {
		v = 3 * v * x[1]
	}
	return v * w`,
}

// TestPlantedFaults: every fault that is planted in the generator shows in a gradient, and
// without it the same functions are right.
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
	out := runVirtual(t, files)
	for fault := range planted {
		title := strings.ToUpper(fault[:1]) + fault[1:]
		if !strings.Contains(out, "wrong"+title+" at") {
			t.Errorf("the fault %q is not seen", fault)
		}
		if strings.Contains(out, "right"+title+" at") {
			t.Errorf("without the fault %q:\n%s", fault, out)
		}
	}
}

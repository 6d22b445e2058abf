package source

import (
	"fmt"
	"go/format"
	"strconv"
	"strings"
)

// Test returns a Go file that tests what Generate writes with Reverse, Forward and Generic:
// the gradient and the tangent against differences, and the generic form by every method of
// package compare. It is a beginning: the points are any numbers, and yours to change.
func (p *Package) Test(requests ...Request) ([]byte, error) {
	var b strings.Builder
	scalars := false
	for _, r := range requests {
		u, err := p.build(r.Func, r.Wrt, "")
		if err != nil {
			return nil, err
		}
		f, err := u.tested()
		if err != nil {
			return nil, err
		}
		scalars = scalars || f.scalars
		b.WriteString(f.text)
	}
	imports := "\"testing\"\n\n"
	if scalars {
		imports += "\"github.com/quartet-ad/ad\"\n"
	}
	imports += "\"github.com/quartet-ad/ad/compare\"\n"
	return format.Source([]byte("package " + p.Name + "\n\nimport (\n" + imports + ")\n" + b.String()))
}

// A testedFunc is the test of a function.
type testedFunc struct {
	text    string
	scalars bool // it has a form of its own that takes a list of numbers
}

// tested writes the test of a function of one list, or of numbers alone.
func (u *unit) tested() (testedFunc, error) {
	if len(u.results) > 0 {
		return testedFunc{}, fmt.Errorf("adgen: -tests: %s has several results; write the test with compare.TestProducts", u.name)
	}
	lists := 0
	for _, v := range u.params {
		if !v.wrt || v == u.receiver {
			return testedFunc{}, fmt.Errorf("adgen: -tests: %s has %s, which is not differentiated; write the test with compare.TestGradient and compare.NewWith", u.name, v.name)
		}
		if v.kind == list {
			lists++
		}
	}
	if lists > 1 || lists == 1 && len(u.params) > 1 {
		return testedFunc{}, fmt.Errorf("adgen: -tests: %s has several parameters and a list among them; write the test with compare.TestGradient", u.name)
	}
	generic := newGenerator(u, "").genericForm()
	constraint, paper := "ad.Scalar", u.name+"Generic"
	if strings.Contains(generic, "ad.Ordered[") {
		constraint, paper = "ad.Ordered", "nil" // it compares numbers, which no formula does
	}
	title := strings.ToUpper(u.name[:1]) + u.name[1:]
	if lists == 1 {
		return testedFunc{text: testText(u.name, title, u.name, "grad, x", u.name+"JVP(x, v)", u.name+"Generic", paper, 4)}, nil
	}
	var x, dst, v []string
	for i := range u.params {
		x = append(x, "x["+strconv.Itoa(i)+"]")
		dst = append(dst, "grad["+strconv.Itoa(i)+"]")
		v = append(v, "v["+strconv.Itoa(i)+"]")
	}
	args := strings.Join(x, ", ")
	of := u.name + "Of"
	if paper != "nil" {
		paper = of
	}
	text := fmt.Sprintf("\n// %s is %sGeneric of a list.\nfunc %s[T %s[T]](x []T) T { return %sGeneric(%s) }\n", of, u.name, of, constraint, u.name, args)
	text += testText(u.name, title, "func(x []float64) float64 { return "+u.name+"("+args+") }",
		"_, "+strings.Join(dst, ", ")+" = "+u.name+"Grad("+args+")", u.name+"JVP("+args+", "+strings.Join(v, ", ")+")", of, paper, len(x))
	return testedFunc{text, true}, nil
}

// testText writes a test at points of n numbers.
func testText(name, title, f, grad, jvp, generic, paper string, n int) string {
	if grad == "grad, x" {
		grad = name + "Grad(grad, x)"
	}
	point := func(from float64) string {
		var list []string
		for i := range n {
			list = append(list, strconv.FormatFloat(from+0.1*float64(i*7%10), 'g', 3, 64))
		}
		return "{" + strings.Join(list, ", ") + "}"
	}
	return fmt.Sprintf(`
// Test%[2]sDerivatives holds the derivatives of %[1]s against differences, and its generic form by all methods.
func Test%[2]sDerivatives(t *testing.T) {
	f := %[3]s
	for _, x := range [][]float64{%[8]s, %[9]s} {
		compare.TestGradient(t, f, func(grad, x []float64) { %[4]s }, x)
		compare.TestProducts(t, func(x []float64) []float64 { return []float64{f(x)} },
			func(dst, x, v []float64) { _, dst[0] = %[5]s }, nil, x)
		compare.Test(t, compare.New(%[1]q, %[6]s, %[6]s, %[6]s, %[6]s, %[7]s), x)
	}
}
`, name, title, f, grad, jvp, generic, paper, point(0.4), point(0.7))
}

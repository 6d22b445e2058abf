package source

import (
	"fmt"
	"go/types"
	"strings"
	"testing"
)

// refusedMath are the functions of package math that return a float64 and are refused where
// their operand has a derivative, with the reason.
var refusedMath = map[string]string{
	"Dim": "write max(x-y, 0)", "Erfcinv": "package ad does not have it", "Erfinv": "package ad does not have it",
	"Float64frombits": "bits have no derivative", "Frexp": "its exponent is an integer", "Ilogb": "an integer",
	"Inf": "it has no operand of type float64", "J0": "package ad does not have it", "J1": "package ad does not have it",
	"Jn": "package ad does not have it", "Ldexp": "write the product with a power of 2", "Lgamma": "taken as v, _ := math.Lgamma(x)",
	"Logb": "package ad does not have it", "Modf": "write x - math.Trunc(x)", "NaN": "it has no operand",
	"Nextafter": "its next number has no derivative", "Pow10": "its operand is an integer", "Remainder": "package ad does not have it",
	"Sincos": "taken as s, c := math.Sincos(x)", "Y0": "package ad does not have it", "Y1": "package ad does not have it",
	"Yn": "package ad does not have it", "Float32frombits": "bits have no derivative", "Nextafter32": "a float32",
	"Float64bits": "bits have no derivative", "Float32bits": "bits have no derivative",
	"IsNaN": "taken as a condition", "IsInf": "taken as a condition", "Signbit": "a bool: compare with 0",
}

// TestMathIsDecided: every function of package math is taken or refused, and a call with a
// number that has a derivative does what the table says.
func TestMathIsDecided(t *testing.T) {
	pkg, err := mathPackage()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, name := range pkg.Scope().Names() {
		f, ok := pkg.Scope().Lookup(name).(*types.Func)
		if !ok || !f.Exported() {
			continue
		}
		n++
		taken := mathFunctions["math."+name] != nil
		if _, refused := refusedMath[name]; refused == taken {
			t.Errorf("math.%s: taken %v, refused %v", name, taken, refused)
		}
		sig := f.Type().(*types.Signature)
		if sig.Params().Len() == 0 || sig.Params().At(0).Type().String() != "float64" || sig.Results().At(0).Type().String() != "float64" || sig.Results().Len() != 1 {
			continue
		}
		var args []string
		for i := range sig.Params().Len() {
			if a := fmt.Sprintf("x[%d]", i); sig.Params().At(i).Type().String() == "float64" {
				args = append(args, a)
			} else {
				args = append(args, "2")
			}
		}
		p, err := Parse("f.go", "package p\n\nimport \"math\"\n\nfunc f(x []float64) float64 { return math."+name+"("+strings.Join(args, ", ")+") }\n")
		if err != nil {
			t.Fatal(err)
		}
		_, err = p.Generate(Reverse|Forward|Generic, Request{Func: "f"})
		if _, refused := err.(Refusals); refused == taken || err != nil && !refused {
			t.Errorf("math.%s: taken is %v, and the error %v", name, taken, err)
		}
	}
	if n < 60 {
		t.Errorf("%d functions", n)
	}
}

package source

import (
	"strings"

	"github.com/quartet-ad/ad"
)

// mathFunctions are the functions of package math, and min and max, that the table of
// package ad has.
var mathFunctions = func() map[string]*function {
	all := make(map[string]*function)
	for _, op := range []ad.Op{
		ad.OpSqrt, ad.OpCbrt, ad.OpExp, ad.OpExp2, ad.OpExpm1, ad.OpLog, ad.OpLog2, ad.OpLog10, ad.OpLog1p,
		ad.OpSin, ad.OpCos, ad.OpTan, ad.OpAsin, ad.OpAcos, ad.OpAtan,
		ad.OpSinh, ad.OpCosh, ad.OpTanh, ad.OpAsinh, ad.OpAcosh, ad.OpAtanh,
		ad.OpAbs, ad.OpFloor, ad.OpCeil, ad.OpTrunc, ad.OpRound, ad.OpErf, ad.OpErfc, ad.OpGamma,
	} {
		row := op.Func()
		title := strings.ToUpper(row.Name[:1]) + row.Name[1:]
		all["math."+title] = &function{name: "math." + title, generic: "ad." + title, row: row.Name, slopes: []string{row.Text}}
	}
	row := ad.OpRoundToEven.Func()
	all["math.RoundToEven"] = &function{name: "math.RoundToEven", generic: "ad.RoundToEven", row: row.Name, slopes: []string{row.Text}}
	for _, op := range []ad.Op2{ad.OpHypot, ad.OpPow, ad.OpAtan2, ad.OpMax, ad.OpMin, ad.OpCopysign, ad.OpMod} {
		row := op.Func()
		title := strings.ToUpper(row.Name[:1]) + row.Name[1:]
		all["math."+title] = &function{name: "math." + title, generic: "ad." + title, row: row.Name, slopes: []string{row.TextX, row.TextY}}
	}
	for _, name := range []string{"Max", "Min"} {
		f := *all["math."+name]
		f.name = strings.ToLower(name)
		all[f.name] = &f
	}
	// The logarithm of |Γ| comes from Lgamma with a sign that nobody asks for.
	all["lgamma"] = &function{name: "lgamma", generic: "ad.Lgamma", row: "lgamma", slopes: []string{ad.OpLgamma.Func().Text}}
	all["math.FMA"] = &function{name: "math.FMA", generic: "ad.FMA", params: []string{"x", "y", "z"}, slopes: []string{"y", "x", "1"}}
	return all
}()

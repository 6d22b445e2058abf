// Command avo writes the assembly of package kernel. The module is nested, so
// that who uses ad does not meet its dependencies.
package main

import (
	"flag"
	"fmt"
	"os"

	. "github.com/mmcloughlin/avo/build"
)

// A width is the register file that a kernel is written for.
type width struct {
	name  string // the suffix of the kernels' names
	bytes int    // in a register
}

var (
	avx2   = width{"AVX2", 32}
	avx512 = width{"AVX512", 64}
)

var parts = map[string]func(){
	"cpu":         cpu,
	"exp":         exp,
	"log":         log,
	"erf":         erf,
	"elementwise": elementwise,
	"reduce":      reduce,
	"update":      update,
	"gemm":        gemm,
	"pack":        pack,
	"combine":     combine,
	"lanes":       lanes,
}

func main() {
	part := flag.String("part", "", "which kernels to write")
	flag.Parse()
	emit, ok := parts[*part]
	if !ok {
		fmt.Fprintf(os.Stderr, "no part %q\n", *part)
		os.Exit(2)
	}
	ConstraintExpr("!purego")
	emit()
	Generate()
}

// leave returns from a kernel. Go's own floating point is legacy SSE, which is
// slow while the upper halves of the registers are in use.
func leave() {
	VZEROUPPER()
	RET()
}

// Adgen reads plain Go functions over float64 and writes their derivatives as Go code.
//
// From
//
//	func valley(x []float64) float64 {
//		sum := 0.0
//		for i := 0; i < len(x)-1; i++ {
//			a := 1 - x[i]
//			b := x[i+1] - x[i]*x[i]
//			sum += a*a + 100*b*b
//		}
//		return sum
//	}
//
// in valley.go, the command
//
//	go run github.com/quartet-ad/ad/symbolic/adgen -func valley valley.go
//
// writes to valley_adgen.go
//
//	func valleyGrad(xGrad []float64, x []float64) float64 {
//		if len(xGrad) != len(x) {
//			panic("valleyGrad: xGrad and x differ in length")
//		}
//		clear(xGrad)
//		sum := 0.0
//		for i := 0; i < len(x)-1; i++ {
//			a := 1 - x[i]
//			b := x[i+1] - x[i]*x[i]
//			sum += a*a + 100*b*b
//			// line 8: sum += a*a + 100*b*b
//			aAdj := 2 * a
//			bAdj := 2 * (100 * b)
//			// line 7: b := x[i+1] - x[i]*x[i]
//			xGrad[i+1] += bAdj
//			xGrad[i] -= 2 * (bAdj * x[i])
//			// line 6: a := 1 - x[i]
//			xGrad[i] -= aAdj
//		}
//		return sum
//	}
//
// and, beside it, valleyJVP, which returns the derivative along a direction, and
// valleyGeneric, which is valley over any number type of package ad: all methods of the
// module and package compare take it. The code imports math alone, and package ad if it has
// a generic form. Loops and branches are kept; a value that is overwritten is kept only
// where its derivative needs it.
//
// What has no derivative that is surely right is refused, with its place, a reason and what
// to write instead. All refusals are printed, nothing is written, and the exit code is 1.
// The comment of package symbolic/internal/source has the table of what is taken.
//
//	-func f,g,T.m   the functions and methods
//	-wrt x,y        the parameters to differentiate by; all of type float64 and []float64 if it is left out
//	-o file         what is written; the first function's name and _adgen.go if it is left out
//	-n              print the code, and write nothing
//	-check          write nothing, and fail if the file is not what would be written
//	-tests          write a test too, which holds the derivatives by package compare, unless there is one
//	-modes list     of reverse, forward and generic, which are the default, jacobian, of several results by gradients, and second: the product of Hessian and direction
//	-html file      write a page of the functions and their gradients, side by side, as well
//	-watch          write again whenever a Go file of the directory changes, until interrupted
//
// The arguments are a directory, or files of a package, and the directory here if there are
// none. A line
//
//	//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func valley valley.go
//
// lets go generate do it. Without -func, the arguments are directories and patterns such as
// ./..., and what these lines say there is done, or checked with -check. Fresh of package
// symbolic/adgentest is a test of a user's package that fails if what they wrote is stale.
package main

import (
	"os"

	"github.com/quartet-ad/ad/symbolic/internal/source"
)

func main() { os.Exit(source.Run(".", os.Args[1:], os.Stdout, os.Stderr)) }

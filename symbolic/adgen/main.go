// Adgen reads plain Go functions over float64 and writes their derivatives as Go code.
//
//	go run github.com/quartet-ad/ad/symbolic/adgen -func rosenbrock rosenbrock.go
//
// See package symbolic/internal/source for what it takes.
package main

import (
	"os"

	"github.com/quartet-ad/ad/symbolic/internal/source"
)

func main() { os.Exit(source.Run(".", os.Args[1:], os.Stdout, os.Stderr)) }

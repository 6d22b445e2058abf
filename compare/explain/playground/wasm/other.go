//go:build !(js && wasm)

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "this command runs in a browser: write go run ./compare/explain -serve")
	os.Exit(2)
}

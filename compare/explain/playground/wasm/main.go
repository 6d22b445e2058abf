//go:build js && wasm

// Wasm is the playground in the browser: it gives the page's script two functions, both from
// JSON to JSON, and tells it that they are there by calling adReady. The command
// compare/explain builds it:
//
//	GOOS=js GOARCH=wasm go build -tags purego -ldflags '-s -w' ./compare/explain/playground/wasm
package main

import (
	"encoding/json"
	"runtime/debug"
	"syscall/js"

	"github.com/quartet-ad/ad/compare/explain/playground"
)

func main() {
	debug.SetGCPercent(400) // one thread computes and collects
	export("adAsk", playground.Ask)
	export("adFragment", playground.State.Fragment)
	js.Global().Call("adReady")
	select {}
}

// export makes a function of the page's script from text to text.
func export[Q, A any](name string, f func(Q) A) {
	js.Global().Set(name, js.FuncOf(func(_ js.Value, args []js.Value) any {
		var q Q
		if err := json.Unmarshal([]byte(args[0].String()), &q); err != nil {
			return js.ValueOf(nil)
		}
		answer, err := json.Marshal(f(q))
		if err != nil {
			return js.ValueOf(nil)
		}
		return string(answer)
	}))
}

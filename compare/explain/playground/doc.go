// Package playground answers what a reader of the page types and drags: Ask takes the
// state of the page and returns the pieces of it that are new, as HTML. Nothing that is shown
// is computed elsewhere; the page's script only moves pieces and input around.
//
// The same function runs in three places: in the browser, as WebAssembly (the command in
// folder wasm), in the command compare/explain, which writes the page with its first answer in
// it, and in tests.
//
// # Testing in a browser
//
// The script testdata/browser.mjs opens the page in headless Chromium: it times the first
// paint and a keystroke, asks axe-core for faults, watches requests and writes pictures. It
// needs playwright-core and axe-core, and a browser:
//
//	npm install --prefix FOLDER playwright-core axe-core
//	go run ./compare/explain -playground SITE
//	node compare/explain/playground/testdata/browser.mjs SITE FOLDER /usr/bin/chromium PICTURES
package playground

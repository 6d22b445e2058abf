// Package page holds what the module's HTML pages share: the frame, the axes of
// charts, and pictures.
//
// A page is one file, but for those that a command serves. It makes no request, is complete without script, and reads in
// light and dark, on paper and on a phone.
package page

import (
	_ "embed"
	"fmt"
	"html/template"
)

//go:embed page.css
var style string

const head = `{{define "head"}}{{template "begin"}}; img-src data:">{{template "rest" .}}{{end}}
{{define "scripted"}}{{template "begin"}}; img-src data:; script-src 'unsafe-inline'">{{template "rest" .}}{{end}}
{{define "served"}}{{template "begin"}}; img-src data:; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'">{{template "rest" .}}{{end}}
{{define "begin"}}<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'{{end}}
{{define "rest"}}
<title>{{.}}</title><link rel="icon" href="data:,">
<style>{{style}}</style>
{{end}}`

// Parse returns the template of a page with functions of its own. The text begins
// with {{template "head" TITLE}}, "scripted" for a page with a script, or "served" for one whose scripts lie beside it, goes on with what else belongs into the head of
// the document, and ends it.
//
// Parse panics if the text is no template.
func Parse(text string, funcs template.FuncMap) *template.Template {
	shared := template.FuncMap{"style": func() template.CSS { return template.CSS(style) }}
	t := template.Must(template.New("page").Funcs(shared).Parse(head))
	return template.Must(t.Funcs(funcs).Parse(text))
}

// SVG returns a picture of w by h pixels. A label describes it to those who do not
// see it; without one it is hidden from screen readers.
func SVG(class string, w, h int, label, body string) template.HTML {
	aria := `aria-hidden="true"`
	if label != "" {
		aria = `role="img" aria-label="` + template.HTMLEscapeString(label) + `"`
	}
	return template.HTML(fmt.Sprintf(`<svg class="%s" viewBox="0 0 %d %d" width="%d" height="%d" %s>%s</svg>`, class, w, h, w, h, aria, body))
}

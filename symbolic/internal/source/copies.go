package source

import (
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// withoutCopies leaves out numbers that are copies of others, but those that the source names:
// the other is read instead, if neither changes meanwhile.
func withoutCopies(list []*node) []*node {
	for _, n := range list {
		n.body, n.els = withoutCopies(n.body), withoutCopies(n.els)
	}
	for i := 0; i < len(list); i++ {
		from, to := list[i].copied()
		if from == "" {
			continue
		}
		rest := list[i+1:]
		last := len(rest) - 1
		for last >= 0 && !rest[last].mentions(from) {
			last--
		}
		if slices.ContainsFunc(rest[:last+1], func(n *node) bool { return n.changes(from) || n.changes(to) || n.declares(from) || n.declares(to) }) {
			continue
		}
		for _, n := range rest[:last+1] {
			n.rename(from, to)
		}
		list = slices.Delete(list, i, i+1)
		i--
	}
	return list
}

// copied returns the names of v := u, where both are numbers.
func (n *node) copied() (v, u string) {
	v, u, ok := strings.Cut(n.text, " := ")
	if n.shape != leafNode || n.keep || n.named || n.typ != "float64" || !ok || n.decl != v || !token.IsIdentifier(u) || !slices.Contains(n.reads, u) {
		return "", ""
	}
	return v, u
}

// declares reports whether a node, or one within, declares a name.
func (n *node) declares(name string) bool {
	in := func(m *node) bool { return m.declares(name) }
	return n.decl == name || slices.ContainsFunc(n.body, in) || slices.ContainsFunc(n.els, in)
}

// rename writes another name in the place of one that a node reads.
func (n *node) rename(from, to string) {
	if !n.mentions(from) {
		return
	}
	for _, text := range []*string{&n.text, &n.bare, &n.value} {
		*text = renamed(*text, from, to)
	}
	for i, name := range n.reads {
		if name == from {
			n.reads[i] = to
		}
	}
	for _, m := range append(slices.Clone(n.body), n.els...) {
		m.rename(from, to)
	}
}

// renamed returns Go code with another name of a variable.
func renamed(code, from, to string) string {
	var s scanner.Scanner
	files := token.NewFileSet()
	file := files.AddFile("", files.Base(), len(code))
	s.Init(file, []byte(code), nil, scanner.ScanComments)
	var b strings.Builder
	done, before := 0, token.ILLEGAL
	for {
		pos, tok, text := s.Scan()
		if tok == token.EOF {
			return b.String() + code[done:]
		}
		if at := file.Offset(pos); tok == token.IDENT && text == from && before != token.PERIOD {
			b.WriteString(code[done:at] + to)
			done = at + len(text)
		}
		before = tok
	}
}

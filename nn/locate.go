package nn

import (
	"fmt"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/reverse"
)

// ForwardPart returns l.Forward(x) for the i-th of the Layers of a Container. If it panics with a
// text, the text gets the place and the name of the layer, so that in the end it has the path from
// the outermost container, as Walk gives it:
//
//	nn: 2.0 Linear(5→3) wants 5 features, got [16 4]
//
// Other values of panics stay as they are. On a tape that is watched, operations of the layer know
// the path too: see reverse.Tape.Watch.
//
// Cost: that of Forward.
func ForwardPart(i int, l Layer, x reverse.Array) reverse.Array {
	defer locate(i, l)
	if t := x.Tape(); t != nil && t.Watched() {
		defer t.Enter(i, nameOf(l))()
	}
	return l.Forward(x)
}

// locate adds to the text of a panic that it comes from l, the i-th part of a container.
func locate(i int, l Layer) {
	switch r := recover().(type) {
	case nil:
	case string:
		panic(located(i, l, r))
	default:
		panic(r)
	}
}

// located returns the text of a panic with the place of the layer that it comes from, and with its
// name unless it begins with that or with a path.
func located(i int, l Layer, text string) string {
	rest, ours := strings.CutPrefix(text, "nn: ")
	switch {
	case ours && rest != "" && rest[0] >= '0' && rest[0] <= '9':
		return fmt.Sprintf("nn: %d.%s", i, rest)
	case ours && strings.HasPrefix(rest, typeOf(l)):
		return fmt.Sprintf("nn: %d %s", i, rest)
	case ours:
		text = rest
	}
	return fmt.Sprintf("nn: %d %s: %s", i, nameOf(l), text)
}

// nameOf returns what a layer calls itself, or else its type.
func nameOf(l Layer) string {
	if s, ok := l.(fmt.Stringer); ok {
		return s.String()
	}
	return typeOf(l)
}

// typeOf returns the type of a layer without its package.
func typeOf(l Layer) string {
	name := fmt.Sprintf("%T", l)
	return name[strings.LastIndexByte(name, '.')+1:]
}

// wants panics because of the shape of an input: l says what it takes.
func wants(l fmt.Stringer, what string, x reverse.Array) {
	panic(fmt.Sprintf("nn: %s wants %s, got %v", l, what, x.Shape()))
}

// endsWith reports whether the last axes of x have those lengths.
func endsWith(x reverse.Array, shape ...int) bool {
	n := x.Rank() - len(shape)
	return n >= 0 && slices.Equal(x.Shape()[n:], shape)
}

// checkChannels panics unless x has the axes that are named and, behind the first, so many channels.
func checkChannels(l fmt.Stringer, x reverse.Array, channels int, images string, axes ...string) {
	if s := x.Shape(); len(s) != len(axes)+2 || s[1] != channels {
		wants(l, fmt.Sprintf("[%s %d %s]", images, channels, strings.Join(axes, " ")), x)
	}
}

package nn

import "github.com/quartet-ad/ad/reverse"

// Residual is x + f(x) (He et al. 2016).
type Residual struct {
	Body Layer // f

	// Shortcut is applied to x before the sum, where the shapes of x and f(x) differ. If it is
	// nil, x stays as it is.
	Shortcut Layer
}

// Forward returns the sum, in the shape of f(x).
//
// Cost: that of Body and Shortcut, and one sum.
//
// Forward panics if the shapes of the terms differ.
func (l *Residual) Forward(x reverse.Array) reverse.Array {
	y := ForwardPart(0, l.Body, x)
	if l.Shortcut != nil {
		x = ForwardPart(1, l.Shortcut, x)
	}
	return l.sum(x, y)
}

func (*Residual) sum(x, y reverse.Array) reverse.Array {
	checkEqual("Residual", x, y)
	return x.Add(y)
}

// Params returns the parameters of the body, then those of the shortcut.
func (l *Residual) Params() []*Param { return Sequential(l.Layers()).Params() }

// Layers returns the body, and the shortcut if there is one.
func (l *Residual) Layers() []Layer {
	if l.Shortcut == nil {
		return []Layer{l.Body}
	}
	return []Layer{l.Body, l.Shortcut}
}

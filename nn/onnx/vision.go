package onnx

import (
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

// unet writes a U-Net: as its Forward, whose parts are at the places of its Layers.
func (e *exporter) unet(path string, u *vision.UNet, x array) (y array, err error) {
	if _, err := e.forward(path, u, func() reverse.Array { return u.Forward(x.of) }); err != nil {
		return x, err
	}
	part := func(i int, l nn.Layer, x array) array {
		if err == nil {
			x, err = e.layer(join(path, i), l, x)
		}
		e.place = path
		return x
	}
	down := func(i int, x array) array {
		if err == nil {
			x, err = e.layer(join(join(path, 0), i), u.Down[i], x)
		}
		e.place = path
		return x
	}
	h, w, unit := x.shape()[2], x.shape()[3], 1<<len(u.Up)
	below, right := (unit-h%unit)%unit, (unit-w%unit)%unit
	if below+right > 0 {
		e.place = path
		name := e.node("Pad", []string{x.name, e.indices(0, 0, 0, 0, 0, 0, below, right)})
		x = array{name, x.of.Pad(0, [2]int{}, [2]int{}, [2]int{0, below}, [2]int{0, right})}
	}
	seen := make([]array, len(u.Up))
	for i := range u.Up {
		seen[i] = down(i, x)
		x = part(0, nn.NewMaxPool2D(2), seen[i])
	}
	x = down(len(u.Up), x)
	for i := len(u.Up) - 1; i >= 0 && err == nil; i-- {
		large := part(1+2*i, u.Expand[i], x)
		if err != nil {
			break
		}
		name := e.node("Concat", []string{seen[i].name, large.name}, attribute{"axis", 1})
		x = part(2+2*i, u.Up[i], array{name, reverse.Concat(1, seen[i].of, large.of)})
	}
	x = part(1+2*len(u.Up), u.Head, x)
	if err == nil && below+right > 0 {
		name := e.slice(e.slice(x.name, 2, 0, h), 3, 0, w)
		x = array{name, x.of.Pad(0, [2]int{}, [2]int{}, [2]int{0, -below}, [2]int{0, -right})}
	}
	return x, err
}

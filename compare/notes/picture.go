package notes

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"github.com/quartet-ad/ad/nn/metric"
)

// pixels draws an image of gray values from 0 to 1, dark on light, with its corner at x, y.
func (d *drawing) pixels(x, y, scale float64, columns int, values []float64) {
	rows := len(values) / columns
	m := image.NewGray(image.Rect(0, 0, columns, rows))
	for k, v := range values {
		m.SetGray(k%columns, k/columns, color.Gray{Y: uint8(255 - 255*min(max(v, 0), 1))})
	}
	d.image(x, y, scale*float64(columns), scale*float64(rows), m)
}

// mask draws the pixels that are set, half transparent.
func (d *drawing) mask(x, y, scale float64, columns int, set func(k int) bool, n int, c color.NRGBA) {
	m := image.NewNRGBA(image.Rect(0, 0, columns, n/columns))
	for k := range n {
		if set(k) {
			m.SetNRGBA(k%columns, k/columns, c)
		}
	}
	d.image(x, y, scale*float64(columns), scale*float64(n/columns), m)
}

func (d *drawing) image(x, y, w, h float64, m image.Image) {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(fmt.Sprintf("notes: %v", err)) // a buffer takes everything, and images here are small
	}
	d.add(`<image x="%.1f" y="%.1f" width="%.1f" height="%.1f" href="data:image/png;base64,%s"/>`, x, y, w, h, base64.StdEncoding.EncodeToString(b.Bytes()))
}

// box draws a box of pixels in an image that was drawn at x, y.
func (d *drawing) box(class string, x, y, scale float64, b metric.Box) {
	d.add(`<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, class, x+scale*b.X1, y+scale*b.Y1, scale*(b.X2-b.X1), scale*(b.Y2-b.Y1))
}

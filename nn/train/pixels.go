package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html/template"
	"image"
	"image/color"
	"image/png"
)

// grayPicture returns an image of a shape [1, height, width] with numbers from 0, paper, to 1, ink.
func grayPicture(x []float64, shape []int) template.HTML {
	h, w := shape[1], shape[2]
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i, v := range x {
		m.Pix[i] = shade(v)
	}
	return img(m, w, h)
}

// photo returns an image of a shape [channels, height, width] with 1 or 3 channels, from 0, black, to
// 1.
func photo(x []float64, shape []int) template.HTML {
	channels, h, w := shape[0], shape[1], shape[2]
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range h * w {
		for k := range 3 {
			m.Pix[4*i+k] = 255 - shade(x[k%channels*h*w+i])
		}
		m.Pix[4*i+3] = 255
	}
	return img(m, w, h)
}

// img returns a picture within the page.
func img(m image.Image, w, h int) template.HTML {
	return template.HTML(fmt.Sprintf(`<img class="px" width="%d" height="%d" alt="" src="%s">`, w, h, dataURI(m)))
}

// shade returns how bright a number is, from 0, white, to 1, black.
func shade(v float64) uint8 { return uint8(255 - 255*min(max(v, 0), 1)) }

// wrongPixel is the color of a pixel that is not what it should be.
var wrongPixel = color.RGBA{0xa8, 0x12, 0x3a, 0xff}

// dataURI returns a picture as a PNG within its address.
func dataURI(m image.Image) string {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err) // a Buffer takes everything
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
}
